"""Account files: the sheets, CSV and YAML files that hold the tables of a budget or an account.

Promise: whatever the file type, the same figures under the same titles give the same tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from site_builder.model.tables import Form
from site_builder.model.values import Mapped
from site_builder.problems import Place, Problem
from site_builder.sources.account_yaml import tables_of_values
from site_builder.sources.texts import read_text
from site_builder.sources.written import WrittenTable
from site_builder.sources.yaml_reader import read_yaml

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class AccountFile:
    """A file that was read, not yet matched with a form."""

    path: str
    values: Mapped

    def tables(self, form: Form) -> tuple[tuple[WrittenTable, ...], tuple[Problem, ...]]:
        """The tables of the form that the file holds."""
        return tables_of_values(form, self.values)


def read_account_file(data: bytes, path: str) -> tuple[AccountFile | None, tuple[Problem, ...]]:
    """What a file holds, by its ending."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in SUFFIXES:
        message = f"预决算表应当是 .xlsx、.xls、.csv 或 .yaml 文件，不能是 {suffix}"
        return None, (Problem("F107", Place(path), message),)
    text, problems = read_text(data, path)
    if problems and not text:
        return None, problems
    value, found = read_yaml(text, path)
    if isinstance(value, Mapped):
        return AccountFile(path, value), problems + found
    return None, problems + found
