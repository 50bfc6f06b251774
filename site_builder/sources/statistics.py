"""Statistics: a filled-in form → the table of one year.

Promise: every figure keeps the text and the place it was written at; a label that the form does
not know, a row that is missing and a value of the wrong kind are reported, never passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from itertools import groupby

from site_builder.model.fields import Origin, clerk, origin_field
from site_builder.model.tables import Cell, Form, FormTable, Row, Table
from site_builder.model.values import Listed, Mapped, Scalar, Value
from site_builder.problems import Place, Problem

OWN = "本项"  # the key under which a row with parts carries its own value
MOST_NAMED = 4  # of missing rows in a row so many are named


@dataclass(frozen=True, slots=True)
class Head:
    """What a statistics file says above its figures."""

    year: int = clerk("年度")
    filler: str = clerk("填报单位", "")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class _Line:
    """One written row: its label, its values, and the row of the form it was matched with."""

    label: Scalar
    values: tuple[Scalar, ...]
    row: Row | None = None
    unit: str = ""


def table_from_values(
    form: Form, head: Head, *, values: Value
) -> tuple[Table | None, tuple[Problem, ...]]:
    """The table written as YAML, nested like the form's rows under the official labels."""
    table = form.tables[0]
    if not isinstance(values, Mapped):
        return None, (Problem("T204", values.place, "统计数应当按表中的指标逐行填写"),)
    lines: list[_Line] = []
    problems: list[Problem] = []
    _nested(table.rows, values, lines=lines, problems=problems)
    return _table(form, head, lines=lines, place=values.place, problems=problems)


def table_from_rows(
    form: Form, head: Head, *, rows: tuple[tuple[Scalar, ...], ...], place: Place
) -> tuple[Table | None, tuple[Problem, ...]]:
    """The table written as a sheet: 统计指标, 单位, then one column of figures each.

    Rows above the heading row (title, 填报单位) are passed over.
    """
    table = form.tables[0]
    start = next((i for i, row in enumerate(rows) if _is_heading(row)), None)
    if start is None:
        message = "没有找到表头“统计指标 | 单位 | 统计数”"
        return None, (Problem("T205", place, message),)
    lines = [
        _Line(row[0], row[2 : 2 + len(table.columns)], unit=row[1].text if len(row) > 1 else "")
        for row in rows[start + 1 :]
        if row and any(cell.text.strip() for cell in row)
    ]
    matched, problems = _in_order(table, lines)
    return _table(form, head, lines=matched, place=place, problems=problems)


def _is_heading(row: tuple[Scalar, ...]) -> bool:
    return len(row) > 2 and _folded(row[0].text) == "统计指标"


def _folded(label: str) -> str:
    """A label without what typing habits change: width of characters, spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", label))


def _names(row: Row) -> tuple[str, ...]:
    return tuple(_folded(name) for name in (row.label, *row.also))


def _nested(
    rows: tuple[Row, ...], values: Mapped, *, lines: list[_Line], problems: list[Problem]
) -> None:
    open_rows = list(rows)
    written = {_folded(entry.key.text) for entry in values.entries}
    for entry in values.entries:
        row = next((r for r in open_rows if _folded(entry.key.text) in _names(r)), None)
        if row is None:
            row = _meant(entry.key, open_rows, written=written)
            problems.append(_unknown(entry.key, rows, meant=row))
        if row is None:
            continue
        open_rows.remove(row)
        own, parts = _own_and_parts(entry.value)
        lines.append(_Line(entry.key, own, row))
        _nested(row.rows, parts, lines=lines, problems=problems)


def _own_and_parts(value: Value) -> tuple[tuple[Scalar, ...], Mapped]:
    """A row's own figures and the mapping of its parts."""
    if isinstance(value, Mapped):
        own = next((e.value for e in value.entries if e.key.text == OWN), None)
        rest = tuple(e for e in value.entries if e.key.text != OWN)
        return (_figures(own) if own else ()), Mapped(rest, value.place)
    return _figures(value), Mapped((), value.place)


def _figures(value: Value) -> tuple[Scalar, ...]:
    if isinstance(value, Listed):
        return tuple(item for item in value.items if isinstance(item, Scalar))
    return (value,) if isinstance(value, Scalar) else ()


def _in_order(table: FormTable, lines: list[_Line]) -> tuple[list[_Line], list[Problem]]:
    """Sheet lines matched with the form from top to bottom: a repeated label is the next one."""
    rows = [row for _, row in table.walk()]
    matched: list[_Line] = []
    problems: list[Problem] = []
    written = {_folded(line.label.text) for line in lines}
    taken: set[str] = set()
    position = 0
    for line in lines:
        fits = [i for i, r in enumerate(rows) if _matches(line, r) and r.id not in taken]
        row = rows[next((i for i in fits if i >= position), fits[0])] if fits else None
        if row is None:
            left = [r for r in rows if r.id not in taken]
            row = _meant(line.label, left, written=written)
            problems.append(_unknown(line.label, tuple(rows), meant=row))
        if row is None:
            continue
        position = rows.index(row)
        taken.add(row.id)
        matched.append(replace(line, row=row))
    return matched, problems


def _matches(line: _Line, row: Row) -> bool:
    return _folded(line.label.text) in _names(row)


def _meant(label: Scalar, rows: list[Row], *, written: set[str]) -> Row | None:
    """The row that a misspelt label stands for: near enough, and not written otherwise."""
    free = {_folded(row.label): row for row in rows if not written.intersection(_names(row))}
    near = get_close_matches(_folded(label.text), free, n=1, cutoff=0.6)
    return free[near[0]] if near else None


def _unknown(label: Scalar, rows: tuple[Row, ...], *, meant: Row | None) -> Problem:
    if meant is not None:
        message, hint = f"表式里没有“{label.text}”", f"是不是“{meant.label}”？"
    elif not label.text.strip():
        message, hint = "这一行没有写指标名称", "补上名称；多余的行请删除。"
    elif any(_folded(label.text) in _names(row) for row in rows):
        message, hint = f"“{label.text}”填了两次", "只保留一行。"
    else:
        message = f"表式里这个位置没有“{label.text}”"
        hint = "指标的名称和上下级关系应当与官方表式一致，可以从空白表复制。"
    return Problem("T202", label.place, message, hint=hint)


def _table(
    form: Form, head: Head, *, lines: list[_Line], place: Place, problems: list[Problem]
) -> tuple[Table | None, tuple[Problem, ...]]:
    table = form.tables[0]
    written = {line.row.id: line for line in lines if line.row}
    problems.extend(_missing_rows(table, written, place=place))
    cells: dict[tuple[str, str], Cell] = {}
    for line in written.values():
        for column, value in zip(table.columns, line.values, strict=False):
            cell, problem = _cell(line, value)
            cells[line.row.id, column.id] = cell  # type: ignore[union-attr]  # matched above
            problems.extend(problem)
        problems.extend(_surplus(line, len(table.columns)))
        problems.extend(_other_unit(line))
    wordings = {id: line.label.text for id, line in written.items() if _reworded(line)}
    problems.extend(_wording_notes(written, wordings))
    return Table(form, head.year, head.filler, cells, wordings, Origin(place)), tuple(problems)


def _missing_rows(
    table: FormTable, written: dict[str, _Line], *, place: Place
) -> Iterator[Problem]:
    """One problem for each gap, at the line behind which the rows belong."""
    above: _Line | None = None
    for missing, group in groupby((r for _, r in table.walk()), lambda r: r.id not in written):
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
    row = line.row
    unit = _folded(line.unit)
    if row and row.type == "amount" and unit and unit != _folded(row.unit):
        message = f"“{line.label.text}”的单位应当是“{row.unit}”，现在是“{unit}”"
        hint = f"换算成{row.unit}，再改单位。"
        yield Problem("T204", line.label.place, message, hint=hint)


def _surplus(line: _Line, width: int) -> Iterator[Problem]:
    for extra in line.values[width:]:
        if extra.text.strip():
            yield Problem("T204", extra.place, f"“{line.label.text}”多出一个数：{extra.text}")


def _reworded(line: _Line) -> bool:
    """Whether it is an accepted spelling other than the form's own."""
    if line.row is None or _folded(line.label.text) == _folded(line.row.label):
        return False
    return _matches(line, line.row)


def _wording_notes(written: dict[str, _Line], wordings: dict[str, str]) -> Iterator[Problem]:
    for id, wording in wordings.items():
        line = written[id]
        official = line.row.label if line.row else ""
        message = f"“{wording}”与官方表式的“{official}”写法不同，网页按原文显示"
        yield Problem("T206", line.label.place, message)


def _cell(line: _Line, value: Scalar) -> tuple[Cell, tuple[Problem, ...]]:
    text = value.text.strip()
    row = line.row
    if not row or not text or text in ("—", "/"):
        return Cell(text, None, value.place), ()
    number = _number(row, text)
    fault = _fault(row, text, number=number)
    if not fault:
        return Cell(text, number, value.place), ()
    message = f"“{line.label.text}”{fault}，现在是“{text}”"
    return Cell(text, None, value.place), (
        Problem("T204", value.place, message, hint=_width_hint(row, text)),
    )


def _number(row: Row, text: str) -> Decimal | None:
    pattern = r"([0-9]{1,15})" if row.type == "names" else r"([0-9]{1,15}(?:\.[0-9]{1,6})?)$"
    found = re.match(pattern, text)
    return Decimal(found[1]) if found and row.type not in ("text", "yes_no") else None


def _fault(row: Row, text: str, *, number: Decimal | None) -> str:
    """What is wrong with a value, by the row's type; empty when nothing is."""
    match row.type:
        case "heading":
            return "是分组标题，不填数"
        case "count" if number is None or "." in text:
            return f"应当填 0 或正整数（单位：{row.unit}）"
        case "amount" if number is None:
            return f"应当填数，最多六位小数（单位：{row.unit}）"
        case "yes_no" if text not in ("是", "否"):
            return "只能填“是”或“否”"
        case "names" if number is None:
            return "应当先写个数，再在括号里注明名称"
    return ""


def _width_hint(row: Row, text: str) -> str:
    plain = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))
    numeric = row.type in ("count", "amount") and re.fullmatch(r"[0-9]+(\.[0-9]+)?", plain)
    return f"请只写半角数字：{plain}。" if numeric and plain != text else ""
