"""Prose: the Markdown of a body → safe HTML.

Promise: nothing written in a body runs or loads anything: HTML in it stays text, every tag and
link of the result passes a sanitiser, and the same text gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.blockprocessors import OListProcessor
from markdown.treeprocessors import Treeprocessor

TAGS = {
    *("p", "br", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "hr"),
    *("strong", "em", "a", "table", "thead", "tbody", "tr", "th", "td", "img"),
}
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "th": {"class", "scope"},
    "td": {"class"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
ALIGNED = {"right": "num", "center": "mid"}
TARGET = re.compile(r"(\]\(\s*<?|\]:\s*<?)((?:编号:|附件/)(?:[^()>\s]|\([^()\s]*\))+)")
# What has a 编号 and no page, since it is not published yet: only the words of the link are left.
WITHOUT_PAGE = re.compile(r'<a href="(?:编号|%E7%BC%96%E5%8F%B7):[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
SCROLLING = '<div class="scroll" role="group" aria-label="表格" tabindex="0">{}</div>'


def prose(text: str, links: Mapping[str, str]) -> str:
    """HTML of a Markdown text; `links` leads from 编号:… and 附件/… to addresses.

    Second-level headings are the page's own, so a heading in the text starts at the third.
    """
    linked = TARGET.sub(lambda found: found[1] + _address(found[2], links), text)
    html = _converter().reset().convert(linked)
    safe = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener"
    )
    words = WITHOUT_PAGE.sub(r"\1", safe)
    return re.sub(r"<table>.*?</table>", _scrolling, words, flags=re.DOTALL)


def _address(target: str, links: Mapping[str, str]) -> str:
    """An unknown target stays as it is: a link without one would lead back to its own page."""
    return links.get(target) or links.get(unquote(target), target)


@cache
def _converter() -> Markdown:
    """Building one costs as much as ten pages, so there is one for each process."""
    converter = Markdown(extensions=["tables"], output_format="html")
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    numbered = _NumberedList(converter.parser)
    converter.parser.blockprocessors.register(numbered, "olist", 40)
    converter.treeprocessors.register(_Shaping(converter), "shaping", 5)
    return converter


class _NumberedList(OListProcessor):
    """A list that begins with 2 stays so: in official texts the numbers are part of the text."""

    LAZY_OL = False


class _Shaping(Treeprocessor):
    """Headings and cells made to fit the page: Markdown's own way to change its output."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag):
                element.tag = f"h{max(3, int(element.tag[1]))}"
            if element.tag in ("th", "td"):
                _shape_cell(element)


def _shape_cell(cell: Element) -> None:
    """The table extension's inline style becomes a class: the page forbids inline styles."""
    style = cell.attrib.pop("style", "")
    for side, name in ALIGNED.items():
        if side in style:
            cell.set("class", name)
    if cell.tag == "th":
        cell.set("scope", "col")


def _scrolling(found: re.Match[str]) -> str:
    return SCROLLING.format(found[0])
