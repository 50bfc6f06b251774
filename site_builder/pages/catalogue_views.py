"""Views of 信息公开目录 and of the tables beside it: 政策文件库, 公开标准目录.

Promise: they hold what the law has a catalogue say of a record and nothing of its text, so that
editing a text changes none of these pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.pages.pieces import Download, Frame, Item, Link, YearLink


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the catalogue tells of it; dates are ISO, what is not known is empty.

    Art. 12 of 《条例》 asks for 索引、名称、内容概述、生成日期; the others help to find it.
    """

    title: str
    path: str
    index_number: str
    number: str
    created: str
    published: str
    column: str
    genre: str
    validity: str
    summary: str


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """A policy document with those that explain it."""

    title: str
    path: str
    number: str
    issued: str
    effective: str
    validity: str
    explained: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StandardRow:
    """A row of a 公开标准目录, cell by cell, and the newest documents that fill it."""

    cells: tuple[str, ...]
    documents: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StandardTable:
    """A 公开标准目录 with the words above it and its source."""

    title: str
    remark: str
    source: str
    rows: tuple[StandardRow, ...]


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """信息公开目录: filters for those with a script, the years for everybody, downloads."""

    frame: Frame
    entries_path: str
    years: tuple[YearLink, ...]
    genres: tuple[YearLink, ...]
    downloads: tuple[Download, ...]
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DirectoryYearView:
    """One page of a year's list of the catalogue."""

    frame: Frame
    directory_path: str
    years: tuple[YearLink, ...]
    entries: tuple[Entry, ...]
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class DirectoryGenresView:
    """The 体裁 that the catalogue's documents state, each with how many there are."""

    frame: Frame
    directory_path: str
    genres: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DirectoryGenreView:
    """One page of the catalogue's list of a 体裁."""

    frame: Frame
    directory_path: str
    genres: tuple[YearLink, ...]
    items: tuple[Item, ...]
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class PoliciesView:
    """政策文件库: a page of policy documents, all or of one 有效性."""

    frame: Frame
    groups: tuple[YearLink, ...]
    entries: tuple[PolicyEntry, ...]
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class StandardItemsView:
    """公开标准目录: which of its rows are published."""

    frame: Frame
    headings: tuple[str, ...]
    tables: tuple[StandardTable, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class EntriesView:
    """The whole catalogue for its script: rows of texts and of numbers that stand for them."""

    contents: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SummariesView:
    """The 内容概述 of one year's entries, by path, fetched when they are shown."""

    contents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ListExportView:
    """A list to reuse as CSV, XLSX or JSON: every value a text."""

    title: str
    publisher: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
