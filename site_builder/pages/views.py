"""Views: what each page shows, as plain values ready to print.

Promise: a template sees its view and the small `SiteView`, nothing else; the template of
`ReportIndexView` is `pages/report_index.html`, and so on for every class named …View.
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
    """A key figure: "2,105" 条, with the row it comes from."""

    label: str
    value: str
    unit: str
    path: str


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


@dataclass(frozen=True, slots=True)
class CellView:
    """A printed value; `kind` is number, text, blank or none (a heading has no value)."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A printed row: `depth` from 0, `id` is its anchor."""

    id: str
    depth: int
    label: str
    unit: str
    heading: bool
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A statistics table as printed."""

    id: str
    title: str
    filler: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    source: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page."""

    frame: Frame
    tiles: tuple[Tile, ...]
    latest: tuple[Item, ...]
    years: tuple[YearLink, ...]
    figures_title: str
    figures: tuple[Figure, ...]
    all_path: str


@dataclass(frozen=True, slots=True)
class ReportYear:
    """A year's annual report in the index; `held` is false for 原文待补录."""

    year: str
    title: str
    path: str
    held: bool
    date: str


@dataclass(frozen=True, slots=True)
class ReportIndexView:
    """All annual reports by year."""

    frame: Frame
    reports: tuple[ReportYear, ...]
    provenance: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnualReportView:
    """One year's report: text, key figures, statistics table, downloads."""

    frame: Frame
    facts: tuple[Fact, ...]
    downloads: tuple[Download, ...]
    figures: tuple[Figure, ...]
    chapters: tuple[Chapter, ...]
    links: tuple[Link, ...]
    tables: tuple[TableView, ...]
    attachments: tuple[Download, ...]
    provenance: str
    side_title: str
    siblings: tuple[YearLink, ...]


@dataclass(frozen=True, slots=True)
class NotHeldView:
    """Something known to be published whose text is not held: 原文待补录."""

    frame: Frame
    facts: tuple[Fact, ...]
    provenance: str
    apply_path: str
    side_title: str
    siblings: tuple[YearLink, ...]


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
class AccountIndexView:
    """Budgets and final accounts, year by kind."""

    frame: Frame
    years: tuple[AccountYear, ...]
    provenance: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuidanceView:
    """指南 or 依申请公开: how to reach the bureau, and its text."""

    frame: Frame
    facts: tuple[Fact, ...]
    contact_title: str
    contact: tuple[Fact, ...]
    chapters: tuple[Chapter, ...]
    links: tuple[Link, ...]
    provenance: str


@dataclass(frozen=True, slots=True)
class RuleGroupView:
    """Rules named by one source."""

    name: str
    titles: tuple[str, ...]
    provenance: str
    remark: str


@dataclass(frozen=True, slots=True)
class RulesView:
    """政府信息公开制度: the rules held, and those known by title only."""

    frame: Frame
    held: tuple[Item, ...]
    groups: tuple[RuleGroupView, ...]


@dataclass(frozen=True, slots=True)
class StatutoryRow:
    """One item of Art. 20 or 21 and where it is published; no columns means 待补录."""

    name: str
    text: str
    article: str
    columns: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """法定主动公开内容: the statutory skeleton."""

    frame: Frame
    items: tuple[StatutoryRow, ...]
    latest: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ListingView:
    """One page of a column's documents."""

    frame: Frame
    side_title: str
    years: tuple[YearLink, ...]
    items: tuple[Item, ...]
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document: facts, text, attachments; `notice` warns that it is no longer in force."""

    frame: Frame
    facts: tuple[Fact, ...]
    notice: str
    summary: str
    chapters: tuple[Chapter, ...]
    links: tuple[Link, ...]
    attachments: tuple[Download, ...]
    provenance: str


@dataclass(frozen=True, slots=True)
class MapGroup:
    """A column and its pages on the site map."""

    title: str
    path: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SiteMapView:
    """网站地图."""

    frame: Frame
    groups: tuple[MapGroup, ...]


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """404.html."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class AssetView:
    """A style sheet or script: its template alone."""


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
class TableExportView:
    """A table to reuse as CSV, XLSX or JSON."""

    title: str
    publisher: str
    year: int
    source: str
    columns: tuple[str, ...]
    rows: tuple[ExportRow, ...]


@dataclass(frozen=True, slots=True)
class CopyView:
    """A file copied as it is: its path under the site's root, and its SHA-256."""

    source: str
    sha256: str
