"""Statistics: a filled-in form → the tables of one year.

Promise: every figure keeps the text and the place it was written at; a label that the form does
not know, a row that is missing and a row with too few or too many figures are reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from site_builder.model.fields import Origin, clerk, origin_field
from site_builder.model.tables import Form, FormTable, Row, Table
from site_builder.model.values import Listed, Mapped, Scalar, Value
from site_builder.problems import Place, Problem
from site_builder.sources.filling import Filling, Line, fill, is_named, names_of
from site_builder.sources.sheet_blocks import Block, SheetRow, blocks, folded
from site_builder.sources.sheet_headings import check_headings, surplus_columns

OWN = "本项"  # the key under which a row with parts carries its own value


@dataclass(frozen=True, slots=True)
class Head:
    """What a statistics file says above its figures."""

    year: int = clerk("年度")
    filler: str = clerk("填报单位", "")
    form: str = clerk("表式", "", about="一个年度有几种表式可用时，写明用哪一种；地方表式一定要写")
    origin: Origin = origin_field()


def table_from_values(
    form: Form, head: Head, *, values: Value
) -> tuple[Table | None, tuple[Problem, ...]]:
    """The figures written as YAML, nested like the form's rows under the official labels.

    A form of several tables has their titles as first keys.
    """
    if not isinstance(values, Mapped):
        return None, (Problem("T204", values.place, "统计数应当按表中的指标逐行填写"),)
    filling = Filling()
    for part, inner in _parts(form, values, filling=filling):
        lines: list[Line] = []
        _nested(part.rows, inner, lines=lines, filling=filling)
        fill(part, lines, place=inner.place, filling=filling)
    return _finished(form, head, place=values.place, filling=filling)


def table_from_rows(
    form: Form, head: Head, *, rows: tuple[SheetRow, ...], place: Place
) -> tuple[Table | None, tuple[Problem, ...]]:
    """The figures written as a sheet: for each table its heading row, then label and figures.

    The heading row begins with the table's own label (统计指标 …); a second column headed 单位 is
    passed over, and so is what stands above the heading row.
    """
    found, problems = blocks(form, rows, place=place)
    if not found:
        return None, problems
    headed = tuple(problem for block in found for problem in check_headings(block))
    if any(problem.code == "T212" for problem in headed):
        return None, (*problems, *headed)  # every figure behind it would be told as well
    filling = Filling(problems=[*problems, *headed])
    for block in found:
        lines = _in_order(block, filling)
        fill(block.part, lines, place=place, filling=filling)
        filling.problems.extend(surplus_columns(block))
    return _finished(form, head, place=place, filling=filling)


def _finished(
    form: Form, head: Head, *, place: Place, filling: Filling
) -> tuple[Table, tuple[Problem, ...]]:
    table = Table(
        form=form,
        year=head.year,
        filler=head.filler,
        cells=filling.cells,
        wordings=filling.wordings,
        origin=Origin(place),
    )
    return table, tuple(filling.problems)


def _parts(form: Form, values: Mapped, *, filling: Filling) -> Iterator[tuple[FormTable, Mapped]]:
    """Each table of the form with the values written for it."""
    if len(form.tables) == 1:
        yield form.tables[0], values
        return
    titles = {folded(part.title): part for part in form.tables}
    for entry in values.entries:
        part = titles.pop(folded(entry.key.text), None)
        if part is None or not isinstance(entry.value, Mapped):
            filling.problems.append(_unknown_table(entry.key, form))
        else:
            yield part, entry.value
    for part in titles.values():
        filling.problems.append(Problem("T203", values.place, f"缺少表“{part.title}”"))


def _nested(rows: tuple[Row, ...], values: Mapped, *, lines: list[Line], filling: Filling) -> None:
    open_rows = list(rows)
    written = {folded(entry.key.text) for entry in values.entries}
    for entry in values.entries:
        row = next((r for r in open_rows if folded(entry.key.text) in names_of(r)), None)
        if row is None:
            row = _meant(entry.key, open_rows, written=written)
            filling.problems.append(_unknown(entry.key, rows, meant=row))
        if row is None:
            continue
        open_rows.remove(row)
        own, inner = _own_and_parts(entry.value)
        lines.append(Line(entry.key, own, row))
        _nested(row.rows, inner, lines=lines, filling=filling)


def _own_and_parts(value: Value) -> tuple[tuple[Scalar, ...], Mapped]:
    """A row's own figures and the mapping of its parts."""
    if isinstance(value, Mapped):
        own = next((e.value for e in value.entries if e.key.text == OWN), None)
        rest = tuple(e for e in value.entries if e.key.text != OWN)
        return (_figures(own) if own else ()), Mapped(rest, value.place)
    return _figures(value), Mapped((), value.place)


def _figures(value: Value) -> tuple[Scalar, ...]:
    """The figures of a row; a nested value counts as its place alone, so that it is reported."""
    if isinstance(value, Listed):
        return tuple(i if isinstance(i, Scalar) else Scalar("…", i.place) for i in value.items)
    return (value,) if isinstance(value, Scalar) else (Scalar("…", value.place),)


def _in_order(block: Block, filling: Filling) -> list[Line]:
    """Sheet rows matched with the form from top to bottom: a repeated label is the next one."""
    rows = [row for _, row in block.part.walk()]
    width = len(block.part.leaves())
    filled = [cells for cells in block.rows if any(cell.text.strip() for cell in cells)]
    labels = {folded(cells[0].text) for cells in filled}
    lines: list[Line] = []
    taken: set[str] = set()
    position = 0
    for cells in filled:
        fits = [i for i, r in enumerate(rows) if is_named(cells[0], r) and r.id not in taken]
        row = rows[next((i for i in fits if i >= position), fits[0])] if fits else None
        if row is None:
            row = _meant(cells[0], [r for r in rows if r.id not in taken], written=labels)
            filling.problems.append(_unknown(cells[0], tuple(rows), meant=row))
        if row is None:
            continue
        position = rows.index(row)
        taken.add(row.id)
        unit = cells[1].text if block.skip > 1 and len(cells) > 1 else ""
        figures = cells[block.skip : block.skip + width]
        lines.append(Line(cells[0], figures, row, unit))
    return lines


def _meant(label: Scalar, rows: list[Row], *, written: set[str]) -> Row | None:
    """The row that a misspelt label stands for: near enough, and not written otherwise."""
    free = {folded(row.label): row for row in rows if not written.intersection(names_of(row))}
    near = get_close_matches(folded(label.text), free, n=1, cutoff=0.6)
    return free[near[0]] if near else None


def _unknown(label: Scalar, rows: tuple[Row, ...], *, meant: Row | None) -> Problem:
    if meant is not None:
        message, hint = f"表式里没有“{label.text}”", f"是不是“{meant.label}”？"
    elif not label.text.strip():
        message, hint = "这一行没有写指标名称", "补上名称；多余的行请删除。"
    elif any(is_named(label, row) for row in rows):
        message, hint = f"“{label.text}”填了两次", "只保留一行。"
    else:
        message = f"表式里这个位置没有“{label.text}”"
        hint = "指标的名称和上下级关系应当与官方表式一致，可以从空白表复制。"
    return Problem("T202", label.place, message, hint=hint)


def _unknown_table(label: Scalar, form: Form) -> Problem:
    names = "、".join(part.title for part in form.tables)
    message = f"这个年度的表式里没有“{label.text}”这张表（或者里面没有逐行填写）"
    return Problem("T202", label.place, message, hint=f"应当有的表：{names}。")
