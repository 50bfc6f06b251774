"""Pieces: what views are made of, as plain values ready to print.

Promise: a piece holds no record and no date, only what a reader will see.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Words and the site path they lead to (percent-encoded; the template adds `frame.root`)."""

    text: str
    path: str


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
class SiteView:
    """What every page knows of the site."""

    bureau: str
    name: str
    demo: bool
    nav: tuple[NavLink, ...]
    contact: tuple[Fact, ...]
    marks: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page says of itself.

    `root` leads from the page to the top of the site ("../../"); `labels` are the 网页标签 of
    国办发〔2017〕47号, none of them empty; `column` is the slug of the top column it belongs to.
    """

    path: str
    root: str
    title: str
    description: str
    column: str
    crumbs: tuple[Link, ...]
    labels: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A column's card on the home page."""

    title: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list of publications; `date` is ISO or empty, `tag` names the column."""

    title: str
    path: str
    date: str
    tag: str


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
    """A file to download: its words, its type (XLSX), its extent (87行, 12 KB)."""

    text: str
    path: str
    type: str
    extent: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of text; `text` is Markdown, rendered by the template's `prose` filter."""

    id: str
    heading: str
    text: str
    tables: tuple[TableView, ...] = ()


@dataclass(frozen=True, slots=True)
class CellView:
    """A printed value; `kind` is number, text, blank or none (a heading has no value)."""

    id: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A column's heading, over `columns` columns and `rows` rows."""

    text: str
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class RowView:
    """A printed row: `depth` from 0, `id` is its anchor, `article` its legal anchor."""

    id: str
    depth: int
    label: str
    unit: str
    heading: bool
    article: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A statistics table as printed; an empty `label` prints no column of row labels.

    `head` holds the rows of column headings, `width` is the number of value columns.
    """

    id: str
    title: str
    filler: str
    label: str
    head: tuple[tuple[HeadCell, ...], ...]
    width: int
    rows: tuple[RowView, ...]
    source: str


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
    """Whether one year's budget or final account is there; an empty path has no page."""

    text: str
    path: str
    held: bool


@dataclass(frozen=True, slots=True)
class AccountYear:
    """One row of the matrix year × (预算, 决算)."""

    year: str
    budget: AccountState
    account: AccountState


@dataclass(frozen=True, slots=True)
class RuleGroupView:
    """Rules named by one source."""

    name: str
    titles: tuple[str, ...]
    provenance: str
    remark: str


@dataclass(frozen=True, slots=True)
class StatutoryRow:
    """One item of Art. 20 or 21 and where it is published; no columns means 待补录."""

    name: str
    text: str
    article: str
    columns: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MapGroup:
    """A column and its pages on the site map."""

    title: str
    path: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table to reuse; a column's name is the path of its headings."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[ExportRow, ...]


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One row of a table for reuse; `values` are the texts as written."""

    id: str
    label: str
    path: tuple[str, ...]
    unit: str
    type: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of a chart. Lengths are percentages of the drawing ("12.5%").

    `value` is empty for a year without a figure, which is drawn as a gap; `breaks` says that the
    figures before it were counted differently.
    """

    year: str
    short: str
    value: str
    edge: str
    x: str
    middle: str
    width: str
    y: str
    height: str
    change: str
    path: str
    breaks: bool


@dataclass(frozen=True, slots=True)
class ChartView:
    """An indicator over the years, drawn as columns with its data beneath."""

    id: str
    title: str
    unit: str
    description: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A year of 结转; `state` says whether it begins where the year before ended."""

    year: str
    carried_in: str
    received: str
    closed: str
    carried_out: str
    state: str
    broken: bool


@dataclass(frozen=True, slots=True)
class PackageField:
    """A column of a CSV file, for machines."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class PackageResource:
    """A CSV file, for machines; `path` is relative to the package."""

    name: str
    title: str
    path: str
    source: str
    fields: tuple[PackageField, ...]
