"""Filled-in budgets and accounts, and sheets of them in the many layouts that bureaus use.

Promise: one seed gives one document and one layout; what is written is what `Content` holds,
whatever the layout.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from random import Random

import xlsxwriter

from site_builder.model.tables import Form, FormTable, Row, ValueColumn

Value = str | float | None
Area = tuple[int, int, int, int]
FUNCTIONAL = (
    "2010301",
    "2080501",
    "2080505",
    "2101101",
    "2120801",
    "2200101",
    "2200104",
    "2210201",
)
ECONOMIC = ("30101", "30102", "30108", "30201", "30211", "30231", "30302", "31002")
CLASSES = ("一般公共服务支出", "社会保障和就业支出", "城乡社区支出", "住房保障支出")
LEADING = ("functional", "economic")  # codes that stand in columns of their own
LEVELS = ((0, 3, "类"), (3, 5, "款"), (5, 7, "项"))


@dataclass(frozen=True, slots=True)
class ContentRow:
    """A row as it is meant: its code, its name, how deep it stands, and its figures."""

    code: str
    label: str
    depth: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A table as it is meant."""

    part: FormTable
    unit: str
    rows: tuple[ContentRow, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Canvas:
    """Cells of a sheet being laid out, and the areas to merge."""

    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    bottom: int = 0

    def put(
        self, row: int, column: int, value: Value, *, to: tuple[int, int] | None = None
    ) -> None:
        """Write a cell; `to` is the last row and column of an area to merge."""
        if value is not None:
            self.cells[row, column] = value
        if to is not None and to != (row, column):
            self.merged.append((row, column, *to))
        self.bottom = max(self.bottom, row + 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """The choices of one document: what a bureau does the same way in all its tables."""

    year: int
    split_codes: bool
    repeat_codes: bool
    merge: bool
    serials: bool
    numbered: bool
    gaps: bool
    stacked: bool
    indent: str
    strips: int
    left: int


def content_of(form: Form, random: Random) -> tuple[Content, ...]:
    """Random figures in every table of a form; those that may be empty sometimes are."""
    contents: list[Content] = []
    for _, parts in groupby(form.tables, key=lambda part: part.printed or part.title):
        halves = tuple(parts)
        unit = random.choice(halves[0].units)
        for part in halves:
            if part.note and random.random() < 0.5:
                contents.append(Content(part, unit, note=part.note))
            else:
                contents.append(Content(part, unit, tuple(_rows(part, random))))
    return tuple(contents)


def layout_of(year: int, random: Random) -> Layout:
    """A random layout."""
    return Layout(
        year=year,
        split_codes=_toss(random),
        repeat_codes=_toss(random),
        merge=_toss(random),
        serials=_toss(random),
        numbered=_toss(random),
        gaps=_toss(random),
        stacked=_toss(random),
        indent=random.choice(("", "  ", "　　")),
        strips=random.choice((1, 2, 3)),
        left=random.choice((0, 0, 2)),
    )


def as_workbook(contents: tuple[Content, ...], layout: Layout, *, random: Random) -> bytes:
    """The tables in an .xlsx file: a sheet for each printed one, or several in one."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    canvases = _canvases(contents, layout, random=random)
    for number, canvas in enumerate(canvases, 1):
        sheet = book.add_worksheet(f"Sheet{number}")
        for (row, column), value in canvas.cells.items():
            sheet.write(row, column, value)
        for area in canvas.merged:
            sheet.merge_range(*area, canvas.cells.get(area[:2], ""))
    book.close()
    return stream.getvalue()


def as_csv(contents: tuple[Content, ...], layout: Layout, *, random: Random) -> bytes:
    """All tables one below the other in a CSV file."""
    stacked = replace(layout, stacked=True, merge=False)
    (canvas,) = _canvases(contents, stacked, random=random, at_most=1)
    width = max(column for _, column in canvas.cells) + 1
    text = io.StringIO()
    writer = csv.writer(text)
    for row in range(canvas.bottom):
        cells = (canvas.cells.get((row, column), "") for column in range(width))
        writer.writerow(f"{cell:.2f}" if isinstance(cell, float) else cell for cell in cells)
    return text.getvalue().encode("utf-8-sig")


def _toss(random: Random) -> bool:
    return random.random() < 0.5


def _rows(part: FormTable, random: Random) -> Iterator[ContentRow]:
    above = [row for row in part.rows if part.codes in LEADING and _is_total(part, row)]
    below = [row for row in part.rows if row not in above]
    yield from (row for fixed in above for row in _fixed(fixed, part, 0, random=random))
    yield from _coded(part, random)
    yield from (row for fixed in below for row in _fixed(fixed, part, 0, random=random))


def _is_total(part: FormTable, row: Row) -> bool:
    return any(row.id in rule.this and f"{part.id}.*" in rule.that for rule in part.rules)


def _fixed(row: Row, part: FormTable, depth: int, *, random: Random) -> Iterator[ContentRow]:
    if row.optional and _toss(random):
        return
    yield ContentRow("", row.label, depth, _figures(part, random))
    for inner in row.rows:
        yield from _fixed(inner, part, depth + 1, random=random)


def _coded(part: FormTable, random: Random) -> Iterator[ContentRow]:
    if part.codes == "classes":
        for label in sorted(random.sample(CLASSES, 3)):
            yield ContentRow("", label, 0, _figures(part, random))
    if part.codes not in LEADING:
        return
    pool = FUNCTIONAL if part.codes == "functional" else ECONOMIC
    leaves = random.sample(pool, random.randint(1, len(pool)))
    codes = sorted({leaf[:n] for leaf in leaves for n in (3, 5, 7)})
    for code in codes:
        depth = len(code) // 2 - 1
        yield ContentRow(code, f"科目甲{code}支出", depth, _figures(part, random))


def _figures(part: FormTable, random: Random) -> tuple[Value, ...]:
    figures = tuple(_figure(random) for _ in part.leaves())
    return (12.34, *figures[1:]) if not any(figures) else figures


def _figure(random: Random) -> Value:
    kind = random.random()
    if kind < 0.2:
        return None
    return 0.0 if kind < 0.3 else random.randrange(-100, 99_999_999) / 100


def _canvases(
    contents: tuple[Content, ...], layout: Layout, *, random: Random, at_most: int = 99
) -> list[Canvas]:
    canvases: list[Canvas] = []
    groups = groupby(contents, key=lambda content: content.part.printed or content.part.title)
    for number, (title, group) in enumerate(groups, 1):
        together = layout.stacked and canvases and (_toss(random) or at_most == 1)
        if not together:
            canvases.append(Canvas())
        canvas = canvases[-1]
        canvas.bottom += 1 if together else random.choice((0, 0, 1))
        halves = tuple(group)
        _above(canvas, title, number=number, unit=halves[0].unit, to=(layout, random))
        _printed(canvas, halves, layout=layout, random=random)
    return canvases


def _above(
    canvas: Canvas, title: str, *, number: int, unit: str, to: tuple[Layout, Random]
) -> None:
    """The title and what stands around it, as bureaus write it."""
    layout, random = to
    year, left = layout.year, layout.left
    before = ("", f"{year}年度", f"{year}年部门", f"示例市自然资源局{year}年度", f"附件{number}：")
    quoted = title.translate(random.choice(({}, str.maketrans("“”", '""'))))
    text = random.choice(before) + random.choice((quoted, " ".join(quoted)))
    mark, filler = f"公开{number:02}表", "编制单位：示例局"
    stated = random.choice((f"单位：{unit}", f"金额单位：{unit}", f"单位:{unit}"))
    forms: tuple[tuple[tuple[str, ...], ...], ...] = (
        ((text,), (filler, stated)),
        ((mark,), (text,), (f"部门：示例局  {stated}",)),
        ((text, mark), (stated,)),
        ((text + f"（{mark}）",), (), (filler, mark, stated)),
    )
    top = canvas.bottom
    for row, cells in enumerate(random.choice(forms), top):
        for column, cell in enumerate(cells):
            canvas.put(row, left + column * 2, cell)
        canvas.bottom = row + 1


def _printed(
    canvas: Canvas, halves: tuple[Content, ...], *, layout: Layout, random: Random
) -> None:
    strips = _strips(halves, layout)
    top = canvas.bottom
    depth = max(2, *(_depth(half.part.columns) for half, _ in strips)) + (len(strips) > 1)
    left, bottom, numbers = layout.left, top + depth, 0
    note = halves[0].note
    for content, rows in strips:
        start = top
        if len(strips) > 1:
            width = _labels(content.part, layout) + len(content.part.leaves())
            canvas.put(top, left, "一侧", to=(top, left + width - 1) if layout.merge else None)
            start += 1
        left = _headings(canvas, content.part, (start, top + depth - 1), left=left, layout=layout)
        first = top + depth + layout.numbered
        columns = len(content.part.leaves())
        if layout.numbered:
            numbers = _numbers(
                canvas, content.part, first - 1, left=left, after=numbers, layout=layout
            )
        bottom = max(
            bottom, _body(canvas, content.part, rows, top=first, left=left, to=(layout, random))
        )
        left += columns
    canvas.bottom = bottom + 1
    if note:
        canvas.put(canvas.bottom, layout.left, random.choice(("注：", "")) + note + "。")
    elif _toss(random):
        canvas.put(canvas.bottom, layout.left, "注：本表反映部门本年度的收支情况。")


def _strips(
    halves: tuple[Content, ...], layout: Layout
) -> list[tuple[Content, tuple[ContentRow, ...]]]:
    """The halves of a table, or one long list in up to three stretches."""
    if len(halves) > 1 or halves[0].part.codes != "economic":
        return [(half, half.rows) for half in halves]
    (content,) = halves
    size = max(-(-len(content.rows) // layout.strips), 1)
    return [
        (content, content.rows[n : n + size]) for n in range(0, max(len(content.rows), 1), size)
    ]


def _code_parts(part: FormTable, layout: Layout) -> tuple[tuple[int, int, str], ...]:
    if part.codes not in LEADING:
        return ()
    if not layout.split_codes:
        return ((0, 7, "科目编码"),)
    return LEVELS[: 3 if part.codes == "functional" else 2]


def _labels(part: FormTable, layout: Layout) -> int:
    named = 1 if part.label or part.codes else 0
    return len(_code_parts(part, layout)) + named + (layout.serials and bool(named))


def _headings(
    canvas: Canvas, part: FormTable, rows: tuple[int, int], *, left: int, layout: Layout
) -> int:
    """Write the headings of a strip; returns the column where its figures begin."""
    top, bottom = rows
    parts = _code_parts(part, layout)
    if len(parts) > 1:
        last = left + len(parts) - 1
        canvas.put(top, left, "科目编码", to=(top, last) if layout.merge else None)
        for n, (_, _, name) in enumerate(parts):
            canvas.put(top + 1, left + n, name)
    elif parts:
        canvas.put(top, left, parts[0][2], to=(bottom, left) if layout.merge else None)
    left += len(parts)
    if part.label or part.codes:
        canvas.put(top, left, part.label or "项目", to=(bottom, left) if layout.merge else None)
        left += 1
        if layout.serials:
            canvas.put(top, left, "行次", to=(bottom, left) if layout.merge else None)
            left += 1
    _columns(canvas, part.columns, (top, bottom), left=left, merge=layout.merge)
    return left


def _columns(
    canvas: Canvas,
    columns: tuple[ValueColumn, ...],
    rows: tuple[int, int],
    *,
    left: int,
    merge: bool,
) -> int:
    top, bottom = rows
    for column in columns:
        if column.columns:
            width = sum(1 for _ in _leaves(column))
            last = (top, left + width - 1)
            canvas.put(top, left, column.label, to=last if merge else None)
            left = _columns(canvas, column.columns, (top + 1, bottom), left=left, merge=merge)
        else:
            canvas.put(top, left, column.label, to=(bottom, left) if merge else None)
            left += 1
    return left


def _leaves(column: ValueColumn) -> Iterator[ValueColumn]:
    for inner in column.columns or (column,):
        yield from _leaves(inner) if column.columns else (column,)


def _depth(columns: tuple[ValueColumn, ...]) -> int:
    return 1 + max((_depth(c.columns) for c in columns if c.columns), default=0)


def _numbers(
    canvas: Canvas, part: FormTable, row: int, *, left: int, after: int, layout: Layout
) -> int:
    """The row 栏次; returns the last number."""
    labels = _labels(part, layout)
    if labels:
        canvas.put(row, left - labels, "栏次")
    for n, _ in enumerate(part.leaves()):
        canvas.put(row, left + n, after + n + 1)
    return after + len(part.leaves())


def _body(
    canvas: Canvas,
    part: FormTable,
    rows: tuple[ContentRow, ...],
    *,
    top: int,
    left: int,
    to: tuple[Layout, Random],
) -> int:
    """Write the rows of a strip; returns the row below the last."""
    layout, random = to
    above = ""
    number = top
    for serial, row in enumerate(rows, 1):
        if layout.gaps and random.random() < 0.1:
            number += 1
        _labelled(canvas, part, row, at=(number, left), layout=layout, above=above)
        if layout.serials and _labels(part, layout):
            canvas.put(number, left - 1, serial)
        for column, value in enumerate(row.values, left):
            canvas.put(number, column, value)
        above = row.code or above
        number += 1
    return number


def _labelled(
    canvas: Canvas,
    part: FormTable,
    row: ContentRow,
    *,
    at: tuple[int, int],
    layout: Layout,
    above: str,
) -> None:
    """Write the code and the name of a row."""
    number, left = at
    if not _labels(part, layout):
        return
    name = left - 1 - layout.serials
    parts = _code_parts(part, layout)
    first = name - len(parts)
    if parts and not row.code and layout.merge:
        canvas.put(number, first, row.label, to=(number, name))
        return
    canvas.put(number, name, layout.indent * row.depth + row.label)
    for n, (start, end, _) in enumerate(parts):
        written = row.code[start:end]
        lowest = len(row.code) <= end
        if written and (lowest or layout.repeat_codes or above[:end] != row.code[:end]):
            canvas.put(number, first + n, written)
