"""Account files: the sheets, CSV and YAML files that hold the tables of a budget or an account.

Promise: whatever the file type, the same figures under the same titles give the same tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from site_builder.model.tables import Form
from site_builder.model.values import Mapped
from site_builder.problems import Place, Problem
from site_builder.sources.account_folders import folder_of
from site_builder.sources.account_sheets import tables_of_grids
from site_builder.sources.account_yaml import tables_of_values
from site_builder.sources.blocks import Grid, grid_of
from site_builder.sources.disguises import disguise_of
from site_builder.sources.intake import workbook_blocks
from site_builder.sources.sheets import read_csv
from site_builder.sources.texts import read_text
from site_builder.sources.written import WrittenTable
from site_builder.sources.yaml_reader import read_yaml

WORKBOOKS = (".xlsx", ".xls")
SUFFIXES = (*WORKBOOKS, ".csv", ".yaml", ".yml")
Read = tuple["AccountFile | None", tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class AccountFile:
    """A file that was read, not yet matched with a form: nested values, or sheets."""

    path: str
    values: Mapped | None = None
    grids: tuple[Grid, ...] = ()

    def tables(self, form: Form) -> tuple[tuple[WrittenTable, ...], tuple[Problem, ...]]:
        """The tables of the form that the file holds."""
        if self.values is not None:
            return tables_of_values(form, self.values)
        return tables_of_grids(form, self.grids, year=folder_of(self.path)[0])


def read_account_file(data: bytes, path: str) -> Read:
    """What a file holds, by its ending."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in SUFFIXES:
        message = f"预决算表应当是 .xlsx、.xls、.csv 或 .yaml 文件，不能是 {suffix}"
        return None, (Problem("F107", Place(path), message),)
    if suffix == ".xls" and (reason := disguise_of(data)):
        return None, (Problem("F402", Place(path), reason),)
    if suffix in WORKBOOKS:
        return _filled(path, *_of_workbook(data, path))
    text, problems = read_text(data, path)
    if problems and not text:
        return None, problems
    if suffix == ".csv":
        grids, found = _of_csv(text, path)
        return _filled(path, grids, problems + found)
    value, found = read_yaml(text, path)
    return (AccountFile(path, value) if isinstance(value, Mapped) else None), problems + found


def _of_workbook(data: bytes, path: str) -> tuple[tuple[Grid, ...], tuple[Problem, ...]]:
    blocks, problems = workbook_blocks(data, path)
    return tuple(block for block in blocks if isinstance(block, Grid)), problems


def _of_csv(text: str, path: str) -> tuple[tuple[Grid, ...], tuple[Problem, ...]]:
    sheet, problems = read_csv(text, path)
    grid = grid_of(sheet.name, Place(path, 1, 1), rows=sheet.rows) if sheet else None
    return (grid,) if grid and grid.boxes else (), problems


def _filled(path: str, grids: tuple[Grid, ...], problems: tuple[Problem, ...]) -> Read:
    """The file with its sheets; one without any is said to be empty, unless it is worse."""
    if not grids:
        empty = (Problem("T231", Place(path), "文件里没有内容，没有读"),)
        return None, problems or empty
    return AccountFile(path, grids=grids), problems
