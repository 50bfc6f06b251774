"""Markdown prose: any text through Python-Markdown and the sanitiser.

Promise: this defines what a body looks like; HTML in it stays text, and every tag and link of the
result has passed the sanitiser.
"""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.blockprocessors import OListProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from site_builder.render.plain_prose import SCROLLING

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
MARKS = re.compile(r"[\\`\[<&*_]|  \n")  # whatever Markdown may find inside a text holds one


def markdown_prose(text: str, *, shortcuts: bool = True) -> str:
    """HTML of any Markdown text; without shortcuts by Python-Markdown's own code alone."""
    safe = nh3.clean(
        _converter(shortcuts).reset().convert(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    return re.sub(r"<table>.*?</table>", _scrolling, safe, flags=re.DOTALL)


@cache
def _converter(shortcuts: bool) -> Markdown:
    """Building one costs as much as ten pages, so there is one for each process."""
    converter = Markdown(extensions=["tables"], output_format="html")
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    numbered = _NumberedList(converter.parser)
    converter.parser.blockprocessors.register(numbered, "olist", 40)
    converter.treeprocessors.register(_Shaping(converter), "shaping", 5)
    if shortcuts:
        converter.treeprocessors.register(_Unmarked(converter), "unmarked", 30)
    return converter


class _NumberedList(OListProcessor):
    """A list that begins with 2 stays so: in official texts the numbers are part of the text."""

    LAZY_OL = False


class _Unmarked(Treeprocessor):
    """A text without any mark is passed over: most are, and the search in them is half the time."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not MARKS.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not MARKS.search(element.tail):
                element.tail = AtomicString(element.tail)


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
