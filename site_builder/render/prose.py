"""Prose: the Markdown of a body → safe HTML.

Promise: nothing written in a body runs or loads anything: HTML in it stays text, every tag and
link of the result is one the sanitiser lets pass, and the same text gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from site_builder.render.plain_prose import plain_prose

TARGET = re.compile(r"(\]\(\s*<?|\]:\s*<?)((?:编号:|附件/)(?:[^()>\s]|\([^()\s]*\))+)")
# What has a 编号 and no page, since it is not published yet: only the words of the link are left.
WITHOUT_PAGE = re.compile(r'<a href="(?:编号|%E7%BC%96%E5%8F%B7):[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


def prose(text: str, links: Mapping[str, str]) -> str:
    """HTML of a Markdown text; `links` leads from 编号:… and 附件/… to addresses.

    Second-level headings are the page's own, so a heading in the text starts at the third.
    """
    linked = TARGET.sub(lambda found: found[1] + _address(found[2], links), text)
    plain = plain_prose(linked)
    html = _whole(linked) if plain is None else plain
    return WITHOUT_PAGE.sub(r"\1", html)


def _whole(text: str) -> str:
    from site_builder.render.markdown_prose import markdown_prose  # slow to import, seldom needed

    return markdown_prose(text)


def _address(target: str, links: Mapping[str, str]) -> str:
    """An unknown target stays as it is: a link without one would lead back to its own page."""
    return links.get(target) or links.get(unquote(target), target)
