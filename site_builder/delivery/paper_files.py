"""Papers in files: 自查报告, 义务台账 and 政府网站年度工作报表, each in one file to send and print.

Promise: a paper is written where it was asked for and never into the output, which is for the
public.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from pathlib import Path

from site_builder.delivery.messages import counted
from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.outcome import Built, Site
from site_builder.pages.frames import site_view
from site_builder.pages.inspection import inspection
from site_builder.pages.ledger import ledger
from site_builder.pages.site_sheet import site_sheet
from site_builder.pages.views import AssetView
from site_builder.pipeline import renderer
from site_builder.problems import Problem, errors, in_order
from site_builder.render.site_sheet import render_site_sheet
from site_builder.sources.load import load

SHEETS = ("assets/site.css", "assets/papers.css")


class InOutput(Exception):
    """The file would stand among the pages of the site."""


def write_inspection(
    site: Site, checked: Built, *, library: Library, as_of: date, outside: str, to: Path
) -> None:
    """自查报告 of a check; `outside` says what became of links to other websites."""
    view = inspection(
        library.config,
        checked.problems,
        as_of=as_of,
        has_pages=checked.inspected,
        counts=counted(checked.problems),
        outside=outside,
        style=_style(site, library),
    )
    _write(site, library, Page(to.name, "html", "papers/inspection.html", view), to=to)


def write_ledger(site: Site, *, library: Library, to: Path) -> None:
    """义务台账 as of the library's day."""
    view = ledger(library, style=_style(site, library))
    _write(site, library, Page(to.name, "html", "papers/ledger.html", view), to=to)


def write_site_sheet(site: Site, year: int, *, as_of: date, to: Path) -> tuple[Problem, ...]:
    """政府网站年度工作报表 of a year; with an error nothing is written."""
    library, problems = load(site.root, as_of)
    if library is None or errors(problems):
        return in_order(problems)
    if to.suffix.lower() == ".html":
        view = site_sheet(library, year, style=_style(site, library))
        _write(site, library, Page(to.name, "html", "papers/site_sheet.html", view), to=to)
        return ()
    bureau = library.config.site.bureau
    data = render_site_sheet(site_sheet(library, year), bureau=bureau)
    outside_output(site, to).parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(data)
    return ()


def outside_output(site: Site, file: Path) -> Path:
    """The file itself; InOutput where a build would find it."""
    if file.resolve().is_relative_to(site.output.resolve()):
        raise InOutput(str(file))
    return file


def _write(site: Site, library: Library, page: Page, *, to: Path) -> None:
    data = renderer(site, site_view(library))(page)
    outside_output(site, to).parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(data)


def _style(site: Site, library: Library) -> str:
    """The style sheets as one address, so that the paper needs no inline style."""
    rendered = renderer(site, site_view(library))
    sheets = b"\n".join(rendered(Page(name, "text", name, AssetView())) for name in SHEETS)
    return f"data:text/css;charset=utf-8;base64,{b64encode(sheets).decode()}"
