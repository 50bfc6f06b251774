"""The files of 发布记录: what the program recorded, and what a clerk says was moved or withdrawn.

Promise: reading is one pass over the file; a line that is not as the program writes it is a
problem at its line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from site_builder.model.published import (
    LEDGER,
    LEDGER_HEAD,
    LOG,
    LOG_HEAD,
    NEW_LEDGER,
    AddressLedger,
    AddressRow,
    LogLine,
    PublicationLog,
    Published,
)
from site_builder.problems import Place, Problem
from site_builder.sources.files import read_bytes

DAY = re.compile(r"([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})")
Lines = list[tuple[int, list[str]]]


def read_ledger(data: bytes) -> tuple[AddressLedger, tuple[Problem, ...]]:
    """网址.csv; its first line ends with the chain of the log's last line."""
    head, lines = _lines(data)
    wide = len(LEDGER_HEAD)
    rows = tuple(_row(cells, line=number) for number, cells in lines if len(cells) >= wide)
    faulty = _faulty(head, lines, names=LEDGER_HEAD, extra=1)
    ending = head[wide] if len(head) > wide else ""
    return AddressLedger(rows, ending), _reported("P117", LEDGER, lines=faulty)


def read_log(data: bytes) -> tuple[PublicationLog, tuple[Problem, ...]]:
    """发布.csv."""
    head, lines = _lines(data)
    wide = len(LOG_HEAD)
    found = tuple(_log_line(cells, line=number) for number, cells in lines if len(cells) >= wide)
    faulty = _faulty(head, lines, names=LOG_HEAD)
    return PublicationLog(found), _reported("D552", LOG, lines=faulty)


def with_waiting(published: Published, root: Path) -> Published:
    """With the ledger that belongs to the log, where a record stopped between its two files.

    The log is switched first, and the new ledger then stands whole beside its place.
    """
    head = published.head()
    if not head or (published.ledger and published.ledger.head == head):
        return published
    data, absent = read_bytes(root, NEW_LEDGER)
    waiting, faults = read_ledger(data)
    if absent or faults or waiting.head != head:
        return published
    return replace(published, ledger=waiting, is_waiting=True)


def _row(cells: list[str], *, line: int) -> AddressRow:
    path, id, title, column, published, recorded = cells[: len(LEDGER_HEAD)]
    return AddressRow(path, id, title, column, _iso(published), _iso(recorded), line)


def _log_line(cells: list[str], *, line: int) -> LogLine:
    recorded, event, id, title, published, *rest = cells[: len(LOG_HEAD)]
    path, notes, digest, chain = rest
    return LogLine(
        _iso(recorded), event, id, title, _iso(published), path, notes, digest, chain, line
    )


def _reported(code: str, file: str, *, lines: list[int]) -> tuple[Problem, ...]:
    """The first line that is wrong; what follows it may only have slipped."""
    message = "从这一行起不是程序写的样子"
    return tuple(Problem(code, Place(file, number), message) for number in lines[:1])


def _lines(data: bytes) -> tuple[list[str], Lines]:
    """The heading, and every other line with its number."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:  # saved again by a spreadsheet program
        text = data.decode("gb18030", "replace")
    reader = csv.reader(io.StringIO(text, newline=""))
    found = [(reader.line_num, cells) for cells in _rows(reader)]
    return (found[0][1], found[1:]) if found else ([], [])


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows up to one that Python's reader gives up on, such as a cell without end."""
    try:
        yield from reader
    except csv.Error:
        yield []


def _faulty(head: list[str], lines: Lines, *, names: tuple[str, ...], extra: int = 0) -> list[int]:
    """The numbers of the lines that have not the cells they should have."""
    wrong = [number for number, cells in lines if _filled(cells) > len(names) or not any(cells)]
    wrong += [number for number, cells in lines if any(cells) and len(cells) < len(names)]
    is_head = tuple(head[: len(names)]) == names and len(head) <= len(names) + extra
    return sorted(wrong) if is_head else [1, *sorted(wrong)]


def _filled(cells: list[str]) -> int:
    """How many cells there are up to the last filled one."""
    return max((n for n, cell in enumerate(cells, 1) if cell), default=0)


def _iso(text: str) -> str:
    """A day as the program wrote it, also where a spreadsheet program wrote 2024/6/1."""
    found = DAY.fullmatch(text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text
