"""Account tables written as YAML: titles as keys, under each the rows with their figures.

Promise: the same figures give the same tables as a sheet would; what is not a table of the form
is reported at its key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from site_builder.model.tables import Form, FormTable
from site_builder.model.values import Entry, Listed, Mapped, Scalar, Value
from site_builder.problems import Problem
from site_builder.sources.account_rows import WrittenRow, bare
from site_builder.sources.written import WrittenTable

UNIT, FILLER, OWN, NOTE = "单位", "填报单位", "本项", "说明"
CODED = re.compile(r"([0-9]{1,7})\s*(.*)", re.DOTALL)


def tables_of_values(
    form: Form, values: Mapped
) -> tuple[tuple[WrittenTable, ...], tuple[Problem, ...]]:
    """The tables a YAML file holds.

    A key is a table's title; below it the rows, each with one figure or a list of them. A coded
    row is `2200101 行政运行: […]`, a row with parts has its own figures under 本项. Text in place
    of rows, or under 说明, says why a table has no figures. 单位 at the top goes for all tables,
    below a title for that one.
    """
    head = {e.key.text: e.value for e in values.entries if e.key.text in (UNIT, FILLER)}
    unit = _scalar(head.get(UNIT)) or Scalar("", replace(values.place, column=0))
    filler = _scalar(head.get(FILLER))
    tables: list[WrittenTable] = []
    problems: list[Problem] = []
    for entry in values.entries:
        if entry.key.text in head:
            continue
        part = _part(form, entry.key.text)
        if part is None:
            problems.append(_unknown(form, entry))
        else:
            tables.append(_table(part, entry, unit=unit, filler=filler.text if filler else ""))
    return tuple(tables), tuple(problems)


def _part(form: Form, title: str) -> FormTable | None:
    named = (p for p in form.tables if bare(title) in {bare(t) for t in (p.title, *p.also)})
    return next(named, None)


def _unknown(form: Form, entry: Entry) -> Problem:
    names = "、".join(part.title for part in form.tables)
    message = f"表式里没有“{entry.key.text}”这张表"
    return Problem("T202", entry.key.place, message, hint=f"应当有的表：{names}。")


def _table(part: FormTable, entry: Entry, *, unit: Scalar, filler: str) -> WrittenTable:
    place = entry.key.place
    if not isinstance(entry.value, Mapped):
        note = _scalar(entry.value)
        return WrittenTable(part, place, unit, note=note if note and note.text else None)
    own = next((e.value for e in entry.value.entries if e.key.text == UNIT), None)
    said = next((e.value for e in entry.value.entries if e.key.text == NOTE), None)
    rows = tuple(_rows(entry.value))
    return WrittenTable(part, place, _scalar(own) or unit, rows, _scalar(said), filler)


def _rows(values: Mapped) -> Iterator[WrittenRow]:
    for entry in values.entries:
        if entry.key.text in (UNIT, OWN, NOTE):
            continue
        if isinstance(entry.value, Mapped):
            own = next((e.value for e in entry.value.entries if e.key.text == OWN), None)
            yield _row(entry.key, own)
            yield from _rows(entry.value)
        else:
            yield _row(entry.key, entry.value)


def _row(key: Scalar, value: Value | None) -> WrittenRow:
    coded = CODED.fullmatch(key.text.strip())
    figures = _figures(value)
    if coded is None:
        return WrittenRow(key, figures)
    return WrittenRow(Scalar(coded[2], key.place), figures, Scalar(coded[1], key.place))


def _figures(value: Value | None) -> tuple[Scalar, ...]:
    if isinstance(value, Listed):
        return tuple(i if isinstance(i, Scalar) else Scalar("…", i.place) for i in value.items)
    if isinstance(value, Scalar):
        return (value,)
    return () if value is None else (Scalar("…", value.place),)


def _scalar(value: Value | None) -> Scalar | None:
    return value if isinstance(value, Scalar) else None
