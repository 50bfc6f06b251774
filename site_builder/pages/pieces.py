"""Pieces: what views are made of, as plain values ready to print.

Promise: a piece holds no record and no date, only what a reader will see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.model.library import Fragments
from site_builder.pages.letters import Letter
from site_builder.pages.table_pieces import TableView


@dataclass(frozen=True, slots=True)
class Link:
    """Words and the site path they lead to (percent-encoded; the template adds `frame.root`)."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links under one heading."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NavLink:
    """A top column in the main navigation; `slug` says whether it is the current one."""

    text: str
    path: str
    slug: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; an empty value is one the bureau has not stated."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ArchiveMark:
    """What every page of an archive says first: the year, and the day it was captured."""

    year: str
    day: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page knows of the site; `archive` is given where the pages are those of one."""

    bureau: str
    name: str
    demo: bool
    nav: tuple[NavLink, ...]
    contact: tuple[Fact, ...]
    marks: tuple[Fact, ...]
    feed: str
    accessibility: str
    fragments: Fragments
    archive: ArchiveMark | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page says of itself.

    `root` leads from the page to the top of the site ("../../"); `labels` are the 网页标签 of
    国办发〔2017〕47号, none of them empty; `column` is the slug of the top column it belongs to;
    `structured` is its JSON-LD, empty for most pages; `correction` leads to whom a reader tells of
    a mistake on the page, `address` is its full address; both are empty where they are not known.
    """

    path: str
    root: str
    title: str
    description: str
    column: str
    crumbs: tuple[Link, ...]
    labels: tuple[Fact, ...]
    structured: Mapping[str, Any]
    correction: Link | Letter | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A column's card on the home page."""

    title: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list of publications; `date` is ISO or empty, `tag` names the column.

    `mark` says that a document is no longer in force (已废止), and is empty for all others.
    """

    title: str
    path: str
    date: str
    tag: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of an Atom feed; `updated` is an RFC 3339 moment."""

    title: str
    address: str
    updated: str
    category: str
    summary: str


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page's full address, and the day it was published (ISO or empty)."""

    address: str
    changed: str


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year of a series; not `held` means 原文待补录; `current` is the page itself."""

    text: str
    path: str
    held: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: "2,105" 条, with the cell it comes from.

    `last` compares it with the year before ("上年 2,000，增加 105"), empty where there is nothing
    comparable.
    """

    label: str
    value: str
    unit: str
    path: str
    last: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: its words, its type (XLSX), its extent (87行, 12 KB).

    `sha256` is given for files published as they came, `name` where a file should be saved under
    another name than its own, which is the same every year.
    """

    text: str
    path: str
    type: str
    extent: str
    sha256: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of text; `text` is Markdown, rendered by the template's `prose` filter."""

    id: str
    heading: str
    text: str
    tables: tuple[TableView, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportYear:
    """A year's annual report in the index; `held` is false for 原文待补录."""

    year: str
    title: str
    path: str
    held: bool
    date: str


@dataclass(frozen=True, slots=True)
class AccountState:
    """Whether one year's budget or final account is there; an empty path has no page.

    `date` (ISO) and `days` ("批复后10日") are of its publication, empty where not known.
    """

    text: str
    path: str
    held: bool
    date: str
    days: str


@dataclass(frozen=True, slots=True)
class AccountYear:
    """One row of the matrix year × (预算, 决算); an empty path: not both can be compared."""

    year: str
    budget: AccountState
    account: AccountState
    comparison_path: str


@dataclass(frozen=True, slots=True)
class RuleGroupView:
    """Rules named by one source."""

    name: str
    titles: tuple[str, ...]
    provenance: str
    remark: str


@dataclass(frozen=True, slots=True)
class StatutoryRow:
    """One item of Art. 20 or 21 and where it is published.

    `state` is empty where something is, else 暂无 or 本机关不涉及, the latter with its `reason`.
    """

    name: str
    text: str
    article: str
    columns: tuple[Link, ...]
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class MapGroup:
    """A column and its pages on the site map."""

    title: str
    path: str
    links: tuple[Link, ...]
