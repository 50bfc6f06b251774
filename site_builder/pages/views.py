"""Views: what each page shows.

Promise: a template sees its view and the small `SiteView`, nothing else; the template of
`ReportIndexView` is `pages/report_index.html`, and so on for every class that has a `frame`.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.pages.account_pieces import BarsView, PrintedTable
from site_builder.pages.pieces import (
    AccountYear,
    Chapter,
    Download,
    Fact,
    FeedEntry,
    Figure,
    Frame,
    Item,
    Link,
    MapGroup,
    ReportYear,
    RuleGroupView,
    SitemapEntry,
    StatutoryRow,
    Tile,
    YearLink,
)
from site_builder.pages.table_pieces import (
    ChainRow,
    ChartView,
    ExportTable,
    PackageResource,
    TableView,
)


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
class ReportIndexView:
    """All annual reports by year."""

    frame: Frame
    reports: tuple[ReportYear, ...]
    provenance: tuple[str, ...]
    trends_path: str
    package_path: str


@dataclass(frozen=True, slots=True)
class TrendsView:
    """The years side by side: comparable indicators, and the chain of 结转."""

    frame: Frame
    downloads: tuple[Download, ...]
    charts: tuple[ChartView, ...]
    breaks: tuple[str, ...]
    chain: tuple[ChainRow, ...]


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
    changes: tuple[Fact, ...]
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
class AccountIndexView:
    """Budgets and final accounts, year by kind."""

    frame: Frame
    years: tuple[AccountYear, ...]
    provenance: tuple[str, ...]
    trends_path: str
    package_path: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """A budget or a final account: text, key figures, breakdowns, every table, downloads.

    `related` leads to the other document of the year, their comparison and all years.
    """

    frame: Frame
    facts: tuple[Fact, ...]
    related: tuple[Link, ...]
    downloads: tuple[Download, ...]
    summary: str
    figures: tuple[Figure, ...]
    breakdowns: tuple[BarsView, ...]
    chapters: tuple[Chapter, ...]
    links: tuple[Link, ...]
    tables: tuple[PrintedTable, ...]
    source: str
    attachments: tuple[Download, ...]
    changes: tuple[Fact, ...]
    provenance: str
    side_title: str
    siblings: tuple[YearLink, ...]


@dataclass(frozen=True, slots=True)
class AccountComparisonView:
    """A year's budget beside its final account; `notes` say what is compared, and how."""

    frame: Frame
    documents: tuple[Link, ...]
    notes: tuple[str, ...]
    charts: tuple[BarsView, ...]


@dataclass(frozen=True, slots=True)
class AccountTrendsView:
    """Budgets and final accounts of all years."""

    frame: Frame
    downloads: tuple[Download, ...]
    notes: tuple[str, ...]
    charts: tuple[BarsView, ...]


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
class RulesView:
    """政府信息公开制度: the rules held, and those known by title only."""

    frame: Frame
    held: tuple[Item, ...]
    groups: tuple[RuleGroupView, ...]


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """法定主动公开内容: the statutory skeleton; `whole` leads to the lists of everything."""

    frame: Frame
    items: tuple[StatutoryRow, ...]
    whole: tuple[Link, ...]
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
class SiteMapView:
    """网站地图."""

    frame: Frame
    groups: tuple[MapGroup, ...]


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """404.html."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class FeedView:
    """An Atom feed (RFC 4287); all addresses are full."""

    title: str
    author: str
    address: str
    home: str
    updated: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class SitemapView:
    """sitemap.xml."""

    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True, slots=True)
class RobotsView:
    """robots.txt."""

    sitemaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssetView:
    """A style sheet or script: its template alone."""


@dataclass(frozen=True, slots=True)
class TableExportView:
    """Tables to reuse as CSV (one), XLSX or JSON."""

    title: str
    publisher: str
    year: int
    source: str
    tables: tuple[ExportTable, ...]


@dataclass(frozen=True, slots=True)
class PackageView:
    """The description of all tables for machines."""

    name: str
    title: str
    resources: tuple[PackageResource, ...]


@dataclass(frozen=True, slots=True)
class CopyView:
    """A file copied as it is: its path under the site's root, and its SHA-256."""

    source: str
    sha256: str
