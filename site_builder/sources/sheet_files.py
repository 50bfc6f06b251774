"""Sheet files: a table as .csv, .xlsx or .xls, by its ending.

Promise: the same cells under any of the three endings give the same sheet; what a file is not, its
bytes say.
"""

from __future__ import annotations

from pathlib import PurePath

from site_builder.problems import Place, Problem
from site_builder.sources.disguises import disguise_of
from site_builder.sources.sheets import Sheet, read_csv, read_workbook
from site_builder.sources.texts import read_text

SHEET_SUFFIXES = (".csv", ".xlsx", ".xls")


def read_sheets(data: bytes, path: str) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """The visible sheets of a file with one of the `SHEET_SUFFIXES`."""
    suffix = PurePath(path).suffix.lower()
    if suffix == ".csv":
        text, problems = read_text(data, path)
        sheet, found = read_csv(text, path)
        return ((sheet,) if sheet else ()), problems + found
    if suffix == ".xls" and (reason := disguise_of(data)):
        return (), (Problem("F402", Place(path), reason),)
    return read_workbook(data, path)
