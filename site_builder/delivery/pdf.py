"""PDF: a page of the site on paper, tagged for screen readers.

Promise: it holds what the page prints, with contents, outline and page numbers; a character that
no font of this machine can show is told, never left out silently.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from site_builder.pipeline import Built

REPORT = "pages/annual_report.html"
VARIANT = "pdf/ua-1"
# Contents with page numbers, which a screen has no use for. The sheet of the site is the author's
# and this one a user's, so it has to insist.
STYLE = """
.contents { display:block !important; position:static !important; max-height:none !important }
.contents { margin:6mm 0 !important; break-inside:avoid }
.contents a { display:block !important }
.contents a::after { content:leader(" . ") target-counter(attr(href), page) }
.facts { grid-template-columns:repeat(2, 1fr) !important }
.figures { grid-template-columns:repeat(3, 1fr) !important }
h1 { bookmark-level:1 }
h2 { bookmark-level:2 }
h3 { bookmark-level:3 }
.contents h2, h2.vh { bookmark-level:none }
"""
LOCAL = ("file", "data")  # nothing is fetched from the network
NO_FONT = ".notdef glyph"


class Missing(Exception):
    """What the command needs and this machine does not have; the message says it in Chinese."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file, and whether every character found a font."""

    file: Path
    pages: int
    has_fonts: bool


def page_named(built: Built, named: str) -> str | None:
    """The path of the page that a year or a path names; None where there is no such page."""
    path = named.replace("\\", "/").removeprefix("./").removeprefix("output/").strip("/")
    pages = {page.path: page for page in built.pages if page.kind == "html"}
    if named.isdigit():
        reports = (p for p in pages.values() if p.template == REPORT)
        return next((p.path for p in reports if p.path.endswith(f"/{named}/index.html")), None)
    return next((p for p in (path, f"{path}/index.html".lstrip("/")) if p in pages), None)


def write_pdf(output: Path, path: str, *, to: Path) -> Printed:
    """Make the PDF of a page of the output."""
    weasyprint = _library()
    with _lacking() as lacking:
        page = weasyprint.HTML(
            filename=str(output / path), url_fetcher=weasyprint.URLFetcher(allowed_protocols=LOCAL)
        )
        document = page.render(
            stylesheets=[weasyprint.CSS(string=STYLE)], pdf_variant=VARIANT, pdf_tags=True
        )
        data = document.write_pdf(pdf_variant=VARIANT, pdf_tags=True)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(data)
    return Printed(to, len(document.pages), not lacking)


def _library() -> Any:
    if find_spec("weasyprint") is None:
        raise Missing('没有安装生成 PDF 的组件。请运行 pip install "site-builder[pdf]"，再试一次。')
    try:
        import weasyprint  # an extra, and heavy
    except OSError as error:  # it needs Pango, which Windows does not bring along
        raise Missing(
            "生成 PDF 的组件缺少系统里的 Pango 库。请按 WeasyPrint 的安装说明装好 Pango，再试一次。"
        ) from error
    return weasyprint


@contextmanager
def _lacking() -> Iterator[list[str]]:
    """The warnings about characters without a font, collected; others are of no use to a clerk."""
    found: list[str] = []

    class Collecting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.msg.startswith(NO_FONT):
                found.append(record.getMessage())

    logger, handler = logging.getLogger("weasyprint"), Collecting()
    before = logger.handlers[:]
    logger.handlers[:] = [handler]
    try:
        yield found
    finally:
        logger.handlers[:] = before
