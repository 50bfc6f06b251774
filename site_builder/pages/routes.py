"""Routes: every address of the site, in one table.

Promise: no other module builds a path, and an address depends on 编号, year or slug alone: moving
or renaming a source file changes none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from site_builder.model.disclosure import Document, RegisterKind
from site_builder.model.site import CATALOGUE_SLUG, Column, ColumnKind

PLAIN = re.compile(r"[A-Za-z0-9._~/-]*")  # as nearly all are: nothing of it is quoted
HOME = "index.html"
SITE_MAP = "map.html"
NOT_FOUND = "404.html"
FEED = "feed.xml"
ROBOTS = "robots.txt"
ACCESSIBILITY = "wuzhangai.html"
DUTIES = "yiwu.html"
REDIRECTS = "redirects.json"
SEARCH = "search.html"
SEARCH_MAP = "search/map.js"
OPENSEARCH = "opensearch.xml"
CATALOGUE = f"{CATALOGUE_SLUG}/index.html"
FULL_LISTING = CATALOGUE  # where those are sent who cannot search
CATALOGUE_PACKAGE = f"{CATALOGUE_SLUG}/datapackage.json"
CATALOGUE_ENTRIES = f"{CATALOGUE_SLUG}/entries.js"
PAPERS_STYLE = "assets/papers.css"  # of papers, and of the ledger where it is public
ASSETS = (
    "assets/site.css",
    "assets/site.js",
    "assets/application.css",
    "assets/terms.js",
    "assets/filters.css",
    "assets/filters.js",
    "assets/search.css",
    "assets/search.js",
)

ARCHIVE_STYLE = "assets/archive.css"  # in archives alone

REGISTER_SLUGS: dict[RegisterKind, str] = {"预算": "yusuan", "决算": "juesuan"}

# What is made from the records of a column, and may vanish when these become fewer.
DERIVED: dict[ColumnKind, str] = {
    "documents": r"(?:[0-9]{4}|undated)/(?:index|p[0-9]+)\.html",
    "reports": r"trends\.(?:html|csv|xlsx|json)|datapackage\.json",
    "accounts": r"trends\.(?:html|csv|xlsx|json)|datapackage\.json|[0-9]{4}/duibi\.html",
}


def column(column: Column) -> str:
    """The first page of a column: `gknb/index.html`."""
    return f"{column.slug}/index.html"


def annual_report(column: Column, year: int) -> str:
    """`gknb/2017/index.html`; the same address before and after its text is held."""
    return f"{column.slug}/{year}/index.html"


def statistics(column: Column, year: int, *, name: str) -> str:
    """The year's tables to reuse: `gknb/2017/tongji.csv`, `gknb/2021/tongji.requests.csv`."""
    return f"{column.slug}/{year}/tongji.{name}"


def trends(column: Column) -> str:
    """The years side by side: `gknb/trends.html`, `yjs/trends.html`."""
    return f"{column.slug}/trends.html"


def series(column: Column, *, name: str) -> str:
    """The figures of all years to reuse: `gknb/trends.csv`."""
    return f"{column.slug}/trends.{name}"


def is_series(path: str) -> bool:
    """Whether a table's address is that of all years: an archive of one year has less in it."""
    return path.rpartition("/")[2].startswith("trends.")


def data_package(column: Column) -> str:
    """The description of all tables for machines: `gknb/datapackage.json`."""
    return f"{column.slug}/datapackage.json"


def account(column: Column, year: int, *, kind: RegisterKind) -> str:
    """`yjs/2016/juesuan.html`."""
    return f"{column.slug}/{year}/{REGISTER_SLUGS[kind]}.html"


def account_tables(column: Column, year: int, *, kind: RegisterKind, name: str) -> str:
    """Its tables to reuse: `yjs/2016/juesuan.xlsx`, `yjs/2016/juesuan.F3.csv`."""
    return f"{column.slug}/{year}/{REGISTER_SLUGS[kind]}.{name}"


def comparison(column: Column, year: int) -> str:
    """A year's budget beside its final account: `yjs/2016/duibi.html`."""
    return f"{column.slug}/{year}/duibi.html"


def application_form(column: Column, *, name: str) -> str:
    """The form to fill by hand: `ysqgk/biaoge.html`, `ysqgk/biaoge.docx`."""
    return f"{column.slug}/biaoge.{name}"


def answers(column: Column) -> str:
    """What to write, and what each answer means: `ysqgk/dafu.html`."""
    return f"{column.slug}/dafu.html"


def terms(column: Column) -> str:
    """The calculator of terms: `ysqgk/qixian.html`."""
    return f"{column.slug}/qixian.html"


def document(record: Document) -> str:
    """`wj/tzgg-2017-1.html`: by 编号 alone, whatever column it stands in."""
    return f"wj/{record.id.lower()}.html"


def listing(column: Column, year: str, *, number: int, newest: bool) -> str:
    """A page of a year's list: `fd/tzgg/2017/p1.html`, the newest one `fd/tzgg/2017/index.html`."""
    name = "index" if newest else f"p{number}"
    return f"{column.slug}/{year}/{name}.html"


def catalogue_year(year: str, *, number: int = 0, newest: bool = True) -> str:
    """A page of a year's list of the catalogue: `mulu/2017/index.html`, older ones `p1.html` …"""
    return f"{CATALOGUE_SLUG}/{year}/{'index' if newest else f'p{number}'}.html"


def catalogue_genres() -> str:
    """The 体裁 of the catalogue, above the list of each."""
    return f"{CATALOGUE_SLUG}/tc/index.html"


def catalogue_genre(name: str, *, number: int = 0, newest: bool = True) -> str:
    """A page of the catalogue's list of a 体裁: `mulu/tc/tongzhi/index.html`."""
    return f"{CATALOGUE_SLUG}/tc/{name}/{'index' if newest else f'p{number}'}.html"


def catalogue_summaries(year: str) -> str:
    """The 内容概述 of a year for the catalogue's script: `mulu/2017/summaries.js`."""
    return f"{CATALOGUE_SLUG}/{year}/summaries.js"


def catalogue_export(name: str) -> str:
    """The whole catalogue to reuse: `mulu/mulu.csv`."""
    return f"{CATALOGUE_SLUG}/mulu.{name}"


def policies(group: str = "", *, number: int = 0, newest: bool = True) -> str:
    """政策文件库, and a page of those of one 有效性: `mulu/zcwj/yx/index.html`."""
    name = "index" if newest else f"p{number}"
    return (
        f"{CATALOGUE_SLUG}/zcwj/{group}/{name}.html"
        if group
        else f"{CATALOGUE_SLUG}/zcwj/index.html"
    )


def standard_items() -> str:
    """公开标准目录."""
    return f"{CATALOGUE_SLUG}/gkbz/index.html"


def standard_items_export(name: str) -> str:
    """公开标准目录 to reuse: `mulu/gkbz/gkbz.csv`."""
    return f"{CATALOGUE_SLUG}/gkbz/gkbz.{name}"


def attachment(path: str) -> str:
    """A file of `content/附件`."""
    return f"fj/{path}"


def search_file(name: str) -> str:
    """A file of the search index: `search/0/g7.js`."""
    return f"search/{name}.js"


def feed(column: Column) -> str:
    """A column's Atom feed: `gknb/feed.xml`."""
    return f"{column.slug}/feed.xml"


def sitemap(number: int) -> str:
    """sitemap.xml; further ones, where one is full, are sitemap2.xml …"""
    return "sitemap.xml" if number == 1 else f"sitemap{number}.xml"


def folders(path: str) -> Iterator[str]:
    """Those it stands in, the innermost first: of `fj/2017/a.pdf` `fj/2017/` and `fj/`."""
    while path := path.removesuffix("/").rpartition("/")[0]:
        path = f"{path}/"
        yield path


def front(folder: str) -> str:
    """What a web server shows for a folder: of `wj/` `wj/index.html`."""
    return f"{folder}index.html"


def folded(path: str) -> str:
    """What is alike for two addresses that some disk takes for one."""
    return unicodedata.normalize("NFKC", path).casefold()


def notice(path: str) -> str:
    """Where the page stands that answers for an address: beside it, where it is a file's."""
    return path if path.endswith(".html") else f"{path}.html"


def is_derived(column: Column, path: str) -> bool:
    """Whether an address is that of a list or comparison of the column, and of no record."""
    inner = path.removeprefix(f"{column.slug}/")
    return inner != path and bool(re.fullmatch(DERIVED.get(column.kind, "(?!)"), inner))


def is_of_catalogue(path: str) -> bool:
    """Whether an address is that of the catalogue or of a table beside it, and of no record."""
    return path.startswith(f"{CATALOGUE_SLUG}/")


def href(path: str) -> str:
    """A path as it is written in a link."""
    return path if PLAIN.fullmatch(path) else quote(path)


def root(path: str) -> str:
    """What leads from a page to the top of the site: `../../`."""
    return "../" * path.count("/")
