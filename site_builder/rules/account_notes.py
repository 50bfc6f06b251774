"""Empty tables: what stands in place of figures, and whether tables with figures are called empty.

Promise: a table with a figure other than 0 is full, one without any figure is empty; one with
zeros alone may be called either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.disclosure import Account
from site_builder.model.library import Library
from site_builder.model.tables import FormTable, Table
from site_builder.problems import Problem
from site_builder.rules.cells import quoted
from site_builder.rules.prose import folded, lines

ABSENT = re.compile(r"没有|无(?!数据)|未(?:安排|发生)")
EMPTY = re.compile(r"无数据|没有数据|空表|表(?:格)?为空")
KIND = re.compile(r"没有(.+?)(?:支出|收入|财政拨款|[，,])")
SENTENCE = re.compile(r"[^。;!?]+")
OTHER_YEAR = re.compile(r"上年|去年|往年|以前年度")


def says_empty(text: str) -> bool:
    """Whether words say that there is no such money and that the table is therefore empty."""
    plain = folded(text)
    return bool(ABSENT.search(plain) and EMPTY.search(plain))


def check_account_notes(library: Library) -> Iterator[Problem]:
    """Empty tables without their words, full tables that are called empty."""
    accounts = [account.table for account in library.accounts]
    unread = [file.table for file in library.unread]
    for table in (*accounts, *unread):
        if table and table.form.relations:
            for part in table.form.tables:
                yield from _check_part(table, part)
    for account in library.accounts:
        yield from _check_text(account)


def _check_part(table: Table, part: FormTable) -> Iterator[Problem]:
    note, place = table.notes.get(part.id), table.places.get(part.id, table.origin.place)
    if _is_empty(table, part) and not part.note:
        yield Problem("T228", place, f"{quoted(part.title)}没有填数，这张表不能是空的")
    elif _is_empty(table, part) and not (note and says_empty(note.text)):
        said = f"，现在写的是“{note.text}”" if note else ""
        message = f"{quoted(part.title)}没有数，也没有写明为什么{said}"
        hint = f"没有发生的，请写：{part.note}。"
        yield Problem("T223", note.place if note else place, message, hint=hint)
    elif note and says_empty(note.text) and (full := _full_cell(table, part)):
        message = f"{quoted(part.title)}有数，却写着“{note.text}”"
        yield Problem("T224", note.place, message, related=(table.cells[full].place,))


def _is_empty(table: Table, part: FormTable) -> bool:
    rows = {row.id for _, row in part.walk()}
    return not any(not cell.is_empty for key, cell in table.cells.items() if key[0] in rows)


def _full_cell(table: Table, part: FormTable) -> tuple[str, str] | None:
    rows = {row.id for _, row in part.walk()}
    return next((key for key, cell in table.cells.items() if key[0] in rows and cell.number), None)


def _check_text(account: Account) -> Iterator[Problem]:
    """Sentences of the explanation that call a full table empty."""
    table = account.table
    for part in table.form.tables if table else ():
        kind = KIND.search(part.note)
        full = _full_cell(table, part) if table and kind else None
        if table is None or kind is None or full is None:
            continue
        for line in lines(account.body):
            for sentence in SENTENCE.finditer(line.text):
                text = sentence[0]
                if kind[1] in text and says_empty(text) and not OTHER_YEAR.search(text):
                    said = line.written[sentence.start() : sentence.end()].strip()
                    message = f"正文说“{said}”，而{quoted(part.title)}有数"
                    related = (table.cells[full].place,)
                    yield Problem("T226", line.at(sentence.start()), message, related=related)
