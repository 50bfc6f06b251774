"""Statistics: a filled-in form → the tables of one year.

Promise: every figure keeps the text and the place it was written at; a label that the form does
not know, a row that is missing and a row with too few or too many figures are reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import groupby

from site_builder.model.fields import Origin, clerk, origin_field
from site_builder.model.tables import Cell, Form, FormTable, Row, Table
from site_builder.model.values import Listed, Mapped, Scalar, Value
from site_builder.problems import Place, Problem
from site_builder.sources.figures import cell_of
from site_builder.sources.sheet_blocks import Block, SheetRow, blocks, folded

OWN = "本项"  # the key under which a row with parts carries its own value
MOST_NAMED = 4  # of missing rows in a row so many are named


@dataclass(frozen=True, slots=True)
class Head:
    """What a statistics file says above its figures."""

    year: int = clerk("年度")
    filler: str = clerk("填报单位", "")
    form: str = clerk("表式", "", about="一个年度有几种表式可用时，写明用哪一种；地方表式一定要写")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class _Line:
    """One written row: its label, its values, and the row of the form it was matched with."""

    label: Scalar
    values: tuple[Scalar, ...]
    row: Row
    unit: str = ""


@dataclass(slots=True)
class _Filling:
    """A table being filled in; it lives as long as one file is read."""

    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def table_from_values(
    form: Form, head: Head, *, values: Value
) -> tuple[Table | None, tuple[Problem, ...]]:
    """The figures written as YAML, nested like the form's rows under the official labels.

    A form of several tables has their titles as first keys.
    """
    if not isinstance(values, Mapped):
        return None, (Problem("T204", values.place, "统计数应当按表中的指标逐行填写"),)
    filling = _Filling()
    for part, inner in _parts(form, values, filling=filling):
        lines: list[_Line] = []
        _nested(part.rows, inner, lines=lines, filling=filling)
        _fill(part, lines, place=inner.place, filling=filling)
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
    filling = _Filling(problems=list(problems))
    for block in found:
        lines = _in_order(block, filling)
        _fill(block.part, lines, place=place, filling=filling)
    return _finished(form, head, place=place, filling=filling)


def _finished(
    form: Form, head: Head, *, place: Place, filling: _Filling
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


def _parts(form: Form, values: Mapped, *, filling: _Filling) -> Iterator[tuple[FormTable, Mapped]]:
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


def _nested(
    rows: tuple[Row, ...], values: Mapped, *, lines: list[_Line], filling: _Filling
) -> None:
    open_rows = list(rows)
    written = {folded(entry.key.text) for entry in values.entries}
    for entry in values.entries:
        row = next((r for r in open_rows if folded(entry.key.text) in _names(r)), None)
        if row is None:
            row = _meant(entry.key, open_rows, written=written)
            filling.problems.append(_unknown(entry.key, rows, meant=row))
        if row is None:
            continue
        open_rows.remove(row)
        own, inner = _own_and_parts(entry.value)
        lines.append(_Line(entry.key, own, row))
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


def _in_order(block: Block, filling: _Filling) -> list[_Line]:
    """Sheet rows matched with the form from top to bottom: a repeated label is the next one."""
    rows = [row for _, row in block.part.walk()]
    width = len(block.part.leaves())
    filled = [cells for cells in block.rows if any(cell.text.strip() for cell in cells)]
    labels = {folded(cells[0].text) for cells in filled}
    lines: list[_Line] = []
    taken: set[str] = set()
    position = 0
    for cells in filled:
        fits = [i for i, r in enumerate(rows) if _is_named(cells[0], r) and r.id not in taken]
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
        lines.append(_Line(cells[0], figures, row, unit))
    return lines


def _names(row: Row) -> tuple[str, ...]:
    return tuple(folded(name) for name in (row.label, *row.also))


def _is_named(label: Scalar, row: Row) -> bool:
    return folded(label.text) in _names(row)


def _meant(label: Scalar, rows: list[Row], *, written: set[str]) -> Row | None:
    """The row that a misspelt label stands for: near enough, and not written otherwise."""
    free = {folded(row.label): row for row in rows if not written.intersection(_names(row))}
    near = get_close_matches(folded(label.text), free, n=1, cutoff=0.6)
    return free[near[0]] if near else None


def _unknown(label: Scalar, rows: tuple[Row, ...], *, meant: Row | None) -> Problem:
    if meant is not None:
        message, hint = f"表式里没有“{label.text}”", f"是不是“{meant.label}”？"
    elif not label.text.strip():
        message, hint = "这一行没有写指标名称", "补上名称；多余的行请删除。"
    elif any(_is_named(label, row) for row in rows):
        message, hint = f"“{label.text}”填了两次", "只保留一行。"
    else:
        message = f"表式里这个位置没有“{label.text}”"
        hint = "指标的名称和上下级关系应当与官方表式一致，可以从空白表复制。"
    return Problem("T202", label.place, message, hint=hint)


def _unknown_table(label: Scalar, form: Form) -> Problem:
    names = "、".join(part.title for part in form.tables)
    message = f"这个年度的表式里没有“{label.text}”这张表（或者里面没有逐行填写）"
    return Problem("T202", label.place, message, hint=f"应当有的表：{names}。")


def _fill(part: FormTable, lines: list[_Line], *, place: Place, filling: _Filling) -> None:
    columns = part.leaves()
    written = {line.row.id: line for line in lines}
    filling.problems.extend(_missing_rows(part, written, place=place))
    for line in written.values():
        filling.problems.extend((*_width(line, len(columns)), *_other_unit(line)))
        for column, value in zip(columns, line.values, strict=False):
            cell, problems = cell_of(line.row, column, label=line.label.text, value=value)
            filling.cells[line.row.id, column.id] = cell
            filling.problems.extend(problems)
        _note_wording(line, filling)


def _missing_rows(part: FormTable, written: dict[str, _Line], *, place: Place) -> Iterator[Problem]:
    """One problem for each gap, at the line behind which the rows belong."""
    above: _Line | None = None
    for missing, group in groupby((r for _, r in part.walk()), lambda r: r.id not in written):
        rows = list(group)
        if not missing:
            above = written[rows[-1].id]
            continue
        names = "、".join(f"“{row.label}”" for row in rows[:MOST_NAMED])
        more = f"等 {len(rows)} 个指标" if len(rows) > MOST_NAMED else ""
        where = f"“{above.label.text}”后面" if above else "表的开头"
        spot = replace(above.label.place if above else place, column=0)
        yield Problem("T203", spot, f"{where}缺少{names}{more}")


def _other_unit(line: _Line) -> Iterator[Problem]:
    """万元 and 元 make a figure another one; 件 and 条 do not, and sheets use either."""
    row, unit = line.row, folded(line.unit)
    if row.type == "amount" and unit and unit != folded(row.unit):
        message = f"“{line.label.text}”的单位应当是“{row.unit}”，现在是“{unit}”"
        hint = f"换算成{row.unit}，再改单位。"
        yield Problem("T204", line.label.place, message, hint=hint)


def _width(line: _Line, columns: int) -> Iterator[Problem]:
    """A row has a figure for every column, or none at all."""
    given = len(line.values)
    surplus = [value for value in line.values[columns:] if value.text.strip()]
    blank = not any(value.text.strip() for value in line.values)
    if surplus:
        message = f"“{line.label.text}”多出一个数：{surplus[0].text}"
        yield Problem("T204", surplus[0].place, message)
    elif given < columns and not blank:
        message = f"“{line.label.text}”应当有 {columns} 个数，现在只有 {given} 个"
        yield Problem("T204", line.label.place, message)


def _note_wording(line: _Line, filling: _Filling) -> None:
    """A spelling other than the form's is kept for printing, and said."""
    if folded(line.label.text) == folded(line.row.label) or not _is_named(line.label, line.row):
        return
    filling.wordings[line.row.id] = line.label.text
    message = f"“{line.label.text}”与表式的“{line.row.label}”写法不同，网页按原文显示"
    filling.problems.append(Problem("T206", line.label.place, message))
