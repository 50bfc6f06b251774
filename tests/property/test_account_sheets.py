"""Any filled-in budget or account, in any layout of sheets: read back, it is the same.

Nothing that stands in a sheet is lost: it is in a table, or a problem names its cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from random import Random

import pytest

from site_builder.problems import Place, errors
from site_builder.sources.account_rows import bare
from site_builder.sources.account_sheets import tables_of_grids
from site_builder.sources.blocks import Box, Grid
from site_builder.sources.written import WrittenTable
from tests.account_layouts import Content, ContentRow, as_csv, as_workbook, content_of, layout_of
from tests.unit.account_books import form_of, found_in

SEEDS = range(40)
ODD = (
    "",
    "科目编码",
    "类",
    "款",
    "项",
    "科目名称",
    "行次",
    "栏次",
    "1",
    "2",
    "3.50",
    "208",
    "05",
    "¨",
)
STRAY = "7777777.77"  # a figure that no table holds
Meant = tuple[str, str, str, tuple[str, ...]]


@pytest.mark.parametrize("kind", ["预算", "决算"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_document_reads_back_equal_from_any_layout(kind: str, seed: int) -> None:
    random = Random(seed)
    contents = content_of(form_of(kind), random)
    layout = layout_of(2017, random)
    if seed % 4:
        data, name = as_workbook(contents, layout, random=random), "表.xlsx"
    else:
        data, name = as_csv(contents, layout, random=random), "表.csv"
    tables, problems = found_in(data, kind=kind, name=name)
    assert [(p.code, str(p.place), p.message) for p in errors(problems)] == []
    assert {id: read(table) for id, table in tables.items()} == {
        content.part.id: meant(content) for content in contents
    }


@pytest.mark.parametrize("kind", ["预算", "决算"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_stray_figure_is_in_a_table_or_in_a_problem(kind: str, seed: int) -> None:
    random = Random(seed)
    contents = content_of(form_of(kind), random)
    data = as_csv(contents, layout_of(2017, random), random=random)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    free = [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if is_free(cell)]
    for row, column in random.sample(free, 6):
        changed = [list(cells) for cells in rows]
        changed[row][column] = STRAY
        text = io.StringIO()
        csv.writer(text).writerows(changed)
        tables, problems = found_in(text.getvalue().encode("utf-8-sig"), kind=kind, name="表.csv")
        held = any(STRAY in one for table in tables.values() for one in texts_of(table))
        said = any(p.place.line == row + 1 or p.code == "T232" for p in problems)
        assert held or said, (row, column)


@pytest.mark.parametrize("kind", ["预算", "决算"])
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_stands_in_a_sheet_the_answer_is_tables_or_problems(kind: str, seed: int) -> None:
    random = Random(seed)
    form = form_of(kind)
    words = [*ODD, *(part.printed or part.title for part in form.tables)]
    words += [column.label for part in form.tables for column in part.leaves()]
    words += [row.label for part in form.tables for _, row in part.walk()]
    for _ in range(5):
        grid = grid_of_words(words, random)
        tables, problems = tables_of_grids(form, [grid], year=2017)
        assert {problem.place.file for problem in problems} <= {"a"}
        for table in tables:
            wide = {len(row.values) for row in table.rows}
            assert wide <= {len(table.part.leaves())}


def grid_of_words(words: list[str], random: Random) -> Grid:
    """A sheet of words at random, some of them in merged cells."""
    height, width = random.randint(1, 14), random.randint(1, 9)
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for row in range(height):
        for column in range(width):
            size = random.choice(((1, 1), (1, 1), (1, 1), (2, 1), (1, 2), (1, 3)))
            area = {(row + n, column + m) for n in range(size[0]) for m in range(size[1])}
            if area & taken:
                continue
            taken |= area
            text = random.choice(words) if random.random() < 0.7 else ""
            boxes.append(Box(text, Place("a", row + 1, column + 1), row, column, *size))
    return Grid("表", Place("a", 1, 1), tuple(boxes))


def is_free(cell: str) -> bool:
    """Whether a cell is blank or holds an amount."""
    return not cell or "." in cell


def texts_of(table: WrittenTable) -> Iterator[str]:
    """What a table holds; its names and codes are judged when its rows are matched."""
    for row in table.rows:
        yield f"{row.code.text if row.code else ''}{row.label.text}"
        yield from (value.text for value in row.values)


def meant(content: Content) -> list[Meant]:
    """A table as it was meant, or the words in its place."""
    if content.note:
        return [("", content.note, "", ())]
    return [_meant(content.unit, row) for row in content.rows]


def _meant(unit: str, row: ContentRow) -> Meant:
    figures = ("" if v is None else str(Decimal(f"{v:.2f}").normalize()) for v in row.values)
    return row.code, bare(row.label), unit, tuple(figures)


def read(table: WrittenTable) -> list[Meant]:
    """A table as it was read, in the same terms."""
    if table.note is not None:
        return [("", table.note.text.rstrip("。"), "", ())]
    return [
        (
            row.code.text if row.code else "",
            bare(row.label.text),
            table.unit.text,
            tuple(str(Decimal(v.text).normalize()) if v.text else "" for v in row.values),
        )
        for row in table.rows
    ]
