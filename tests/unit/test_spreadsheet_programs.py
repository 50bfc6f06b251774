"""Spreadsheet programs: the same table saved by any of them is the same table."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.sources.account_files import read_account_file
from site_builder.sources.written import WrittenTable
from tests.sites import TESTS
from tests.unit.account_books import book, form_of

SAVED = TESTS / "golden" / "libreoffice"
SHEETS = sorted(file.stem for file in SAVED.glob("*.csv"))
FORM = form_of("决算", 2018)
Written = dict[str, list[tuple[str, str, tuple[Decimal | str, ...]]]]


@pytest.mark.parametrize("sheet", SHEETS)
def test_libreoffice_and_xlsxwriter_give_the_same_records(sheet: str) -> None:
    by_libreoffice = records((SAVED / f"{sheet}.xlsx").read_bytes(), f"{sheet}.xlsx")
    by_xlsxwriter = records(rewritten(SAVED / f"{sheet}.csv"), f"{sheet}.xlsx")
    from_text = records((SAVED / f"{sheet}.csv").read_bytes(), f"{sheet}.csv")
    assert by_libreoffice == by_xlsxwriter == from_text
    assert by_libreoffice


def test_the_old_format_of_libreoffice_gives_them_as_well() -> None:
    old = records((SAVED / "公开05表.xls").read_bytes(), "公开05表.xls")
    assert old == records((SAVED / "公开05表.csv").read_bytes(), "公开05表.csv")


def records(data: bytes, name: str) -> Written:
    """The tables a file holds: for each row its code, its label and its figures."""
    file, problems = read_account_file(data, f"content/财政预决算/2018/决算/{name}")
    assert file is not None, problems
    tables, found = file.tables(FORM)
    assert [p for p in (*problems, *found) if p.code not in ("T231", "T239")] == []
    return {table.part.id: rows_of(table) for table in tables}


def rows_of(table: WrittenTable) -> list[tuple[str, str, tuple[Decimal | str, ...]]]:
    rows = [
        (row.code.text if row.code else "", row.label.text, tuple(map(figure, row.values)))
        for row in table.rows
    ]
    return rows or [("", table.note.text if table.note else "", ())]


def figure(value: object) -> Decimal | str:
    text = getattr(value, "text", "")
    return Decimal(text) if re.fullmatch(r"-?[0-9.]+", text) else str(text)


def rewritten(source: Path) -> bytes:
    """The rows of a CSV file as XlsxWriter saves them, figures as numbers."""
    lines = csv.reader(io.StringIO(source.read_text("utf-8-sig")))
    rows = [[cell(text) for text in line] for line in lines]
    return book(**{source.stem: (rows, ())})


def cell(text: str) -> str | float | None:
    if not text:
        return None
    return float(text) if re.fullmatch(r"-?[0-9]+\.[0-9]+", text) else text
