"""Written tables: the tables of a budget or an account as files hold them → one filled-in form.

Promise: a coded row stands under its parent code, whatever the order it is written in; a table
that is missing, a code that cannot be one and a row written twice are reported.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from site_builder.model.fields import Origin
from site_builder.model.form_rules import Rule
from site_builder.model.subjects import is_code
from site_builder.model.tables import Cell, Form, FormTable, Row, Table
from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem
from site_builder.sources.account_rows import Matches, WrittenRow, bare, match
from site_builder.sources.filling import Filling, Line, fill
from site_builder.sources.sheet_blocks import folded


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """One table of a form as found in a file. `note` explains why it has no figures.

    `unit` is what is written (the empty text where nothing is), at its place.
    """

    part: FormTable
    place: Place
    unit: Scalar
    rows: tuple[WrittenRow, ...] = ()
    note: Scalar | None = None
    filler: str = ""


def fill_form(
    form: Form, written: Sequence[WrittenTable], *, year: int, place: Place, names: dict[str, str]
) -> tuple[Table, tuple[Problem, ...]]:
    """The form filled in with what was written; `names` are the subjects' names by code."""
    filling = Filling()
    parts: list[FormTable] = []
    notes: dict[str, Cell] = {}
    first: dict[str, WrittenTable] = {}
    for one in written:
        if other := first.get(one.part.id):
            filling.problems.append(_second(one, other))
        else:
            first[one.part.id] = one
    for part in form.tables:
        found = first.get(part.id)
        if found is None:
            filling.problems.append(Problem("T203", place, f"缺少“{part.title}”"))
            continue
        parts.append(_filled(found, filling, names=names))
        if found.note is not None:
            notes[part.id] = Cell(found.note.text, None, found.note.place)
    table = Table(
        form=replace(form, tables=tuple(parts)),
        year=year,
        filler=next((t.filler for t in written if t.filler), ""),
        cells=filling.cells,
        wordings=filling.wordings,
        notes=notes,
        places={id: found.place for id, found in first.items()},
        origin=Origin(place),
    )
    return table, tuple(filling.problems)


def _second(table: WrittenTable, other: WrittenTable) -> Problem:
    message = f"“{table.part.title}”有两份"
    return Problem("T207", table.place, message, related=(other.place,))


def _filled(written: WrittenTable, filling: Filling, *, names: dict[str, str]) -> FormTable:
    part = written.part
    unit, problems = _unit(written)
    filling.problems.extend(problems)
    if not written.rows:
        return replace(part, rows=(), rules=(), units=(unit,))
    matches = Matches()
    for position, row in enumerate(written.rows):
        found = match(part, row, position=position, matches=matches, names=names)
        filling.problems.extend(found)
    coded = _coded_rows(part, matches.coded, names=names)
    rows = tuple(_with_unit(r, unit) for r in _in_written_order(part, matches, coded=coded))
    made = replace(part, rows=rows, units=(unit,))
    rules = (*_expanded(made, coded), *_parents(made, coded))
    made = replace(made, rules=rules)
    known = {row.id: row for _, row in made.walk()}
    lines = [
        *(replace(line, row=known[line.row.id]) for line in matches.lines),
        *(Line(r.label, r.values, known[id]) for id, (_, r) in matches.coded.items()),
    ]
    fill(made, lines, place=written.place, filling=filling)
    return made


def _unit(written: WrittenTable) -> tuple[str, tuple[Problem, ...]]:
    """The unit a table is filled in in; 元 and 万元 must not be guessed."""
    part, stated = written.part, folded(written.unit.text)
    if stated in part.units or not (part.units and written.rows):
        return stated, ()
    units = "或者".join(f"“{unit}”" for unit in part.units)
    what = f"单位是“{stated}”" if stated else "没有写明单位"
    message = f"“{part.title}”{what}，应当是{units}"
    return part.units[0], (Problem("T220", written.unit.place, message),)


def _coded_rows(
    part: FormTable, coded: dict[str, tuple[int, WrittenRow]], *, names: dict[str, str]
) -> tuple[Row, ...]:
    """The coded rows as a tree: each under the longest code that begins it."""
    children: dict[str, list[str]] = {}
    for id in coded:
        children.setdefault(_parent(id, coded), []).append(id)

    def row(id: str) -> Row:
        code = id.rpartition(".")[2]
        written = coded[id][1].label.text
        label = written if part.codes == "named" else bare(written) or names.get(code, code)
        return Row(id, label, "money", rows=tuple(map(row, children.get(id, ()))))

    return tuple(map(row, children.get("", ())))


def _parent(id: str, known: Container[str]) -> str:
    shorter = (id[:end] for end in range(len(id) - 1, 0, -1))
    return next((other for other in shorter if other in known), "")


def _in_written_order(
    part: FormTable, matches: Matches, *, coded: tuple[Row, ...]
) -> tuple[Row, ...]:
    """The rows of the table from top to bottom; what may be left out and was stands no more."""
    kept = tuple(pruned for row in part.rows if (pruned := _pruned(row, matches.fixed)))
    order = {row.id: position for row in kept if (position := _position(row, matches)) is not None}
    order |= {row.id: matches.coded[row.id][0] for row in coded}
    return tuple(sorted((*kept, *coded), key=lambda row: order.get(row.id, len(order) ** 2)))


def _position(row: Row, matches: Matches) -> int | None:
    own = matches.fixed.get(row.id)
    inner = (p for r in row.rows if (p := _position(r, matches)) is not None)
    return own if own is not None else min(inner, default=None)


def _pruned(row: Row, written: dict[str, int]) -> Row | None:
    inner = tuple(pruned for r in row.rows if (pruned := _pruned(r, written)))
    if row.optional and not inner and row.id not in written:
        return None
    return replace(row, rows=inner)


def _with_unit(row: Row, unit: str) -> Row:
    return replace(row, unit=unit, rows=tuple(_with_unit(inner, unit) for inner in row.rows))


def _expanded(part: FormTable, coded: tuple[Row, ...]) -> Iterator[Rule]:
    """The table's rules over the rows it has: `T3.*` stands for its uppermost coded rows.

    Parts that may be left out and were say nothing of their total; a total of coded rows without
    any is a total of nothing.
    """
    known = {row.id for _, row in part.walk()}
    tops = tuple(row.id for row in coded)
    for rule in part.rules:
        if rule.over == "columns":
            yield rule
            continue
        that = tuple(id for id in rule.that if id in known)
        if f"{part.id}.*" in rule.that:
            that = tops
        this = tuple(id for id in rule.this if id in known)
        if this and (that or _names_codes(part, rule)):
            yield replace(rule, this=this, that=that)


def _names_codes(part: FormTable, rule: Rule) -> bool:
    names = (id.removeprefix(f"{part.id}.") for id in rule.that)
    return any(name == "*" or is_code(name, part.codes) for name in names)


def _parents(part: FormTable, rows: tuple[Row, ...]) -> Iterator[Rule]:
    """B8: the figure of a code is the sum of those of the codes below it."""
    for row in rows:
        if row.rows:
            id = f"B8 {row.id.rpartition('.')[2]}"
            below = tuple(inner.id for inner in row.rows)
            why = "上级科目的数应当等于下级科目之和"
            yield Rule(id, "sums", (row.id,), below, why=why)
            yield from _parents(part, row.rows)
