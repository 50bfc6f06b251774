"""Account tables: the files beside a budget's or an account's explanation, joined to it.

Promise: a folder's tables are filled in once, from all its files together, and a table is judged
also where the explanation has an error of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from site_builder.model.disclosure import Account
from site_builder.model.library import Unread
from site_builder.model.subjects import Subject, former_names, is_code, names_in
from site_builder.model.tables import Form, Table, form_for
from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem
from site_builder.sources.account_files import AccountFile
from site_builder.sources.account_folders import EXPLANATION, SERIES, folder_of
from site_builder.sources.account_rows import bare
from site_builder.sources.report_tables import Joined
from site_builder.sources.written import WrittenTable, fill_form


@dataclass(frozen=True, slots=True)
class Reference:
    """What tables are judged by: the official forms and the dictionary of subjects."""

    forms: tuple[Form, ...]
    subjects: tuple[Subject, ...]


def join_account_tables(records: Iterable[Any], reference: Reference) -> Joined:
    """The records without the files of tables, which now stand filled in in their accounts.

    Without forms, because one of them has an error, no table can be judged and none is made.
    """
    kept = [record for record in records if not isinstance(record, AccountFile)]
    folders: dict[str, list[AccountFile]] = {}
    for record in records:
        if isinstance(record, AccountFile):
            folders.setdefault(str(PurePosixPath(record.path).parent), []).append(record)
    problems: list[Problem] = []
    for folder, files in folders.items():
        index = next((i for i, r in enumerate(kept) if _file(r) == f"{folder}/{EXPLANATION}"), None)
        if index is None:
            problems += (_alone(file) for file in files)
        elif reference.forms:
            table, found = _table(sorted(files, key=lambda f: f.path), reference=reference)
            kept[index] = replace(kept[index], table=table)
            problems += found
    return Joined(tuple(kept), tuple(problems))


def _file(record: object) -> str:
    if isinstance(record, Unread):
        return record.file
    return record.origin.place.file if isinstance(record, Account) else ""


def _alone(file: AccountFile) -> Problem:
    message = f"同一个文件夹里没有 {EXPLANATION}，表格不知道属于哪一份预算或决算"
    return Problem("T209", Place(file.path), message)


def _table(
    files: list[AccountFile], *, reference: Reference
) -> tuple[Table | None, tuple[Problem, ...]]:
    year, kind = folder_of(files[0].path)
    form = form_for(reference.forms, SERIES[kind], year=year)
    if form is None:
        message = f"没有适用于 {year} 年度部门{kind}的表式"
        return None, (Problem("T201", Place(files[0].path), message),)
    names = names_in(reference.subjects, year)
    read = [file.tables(form) for file in files]
    former = former_names(reference.subjects, year)
    written = [_with_former_names(table, former) for tables, _ in read for table in tables]
    place = Place(files[0].path)
    table, problems = fill_form(form, written, year=year, place=place, names=names)
    return table, (*(p for _, found in read for p in found), *problems)


def _with_former_names(table: WrittenTable, former: dict[str, str]) -> WrittenTable:
    """A class written by the name of another year is that class; the name is reported later."""
    if table.part.codes != "classes":
        return table
    codes = {bare(name): code for name, code in former.items() if is_code(code, "classes")}
    rows = (
        replace(row, code=Scalar(code, row.label.place))
        if row.code is None and (code := codes.get(bare(row.label.text)))
        else row
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))
