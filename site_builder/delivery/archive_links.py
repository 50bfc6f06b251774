"""Links of an archived page: those that lead out of the archive are turned to one page of it.

Promise: a page changes in nothing but the addresses of such links; afterwards each of its links
leads to something in the archive, or writes a letter or calls a telephone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from urllib.parse import unquote, urlsplit

from site_builder.pages import routes
from site_builder.pages.archive import OUTSIDE
from site_builder.pages.archive_views import OutsideLink

PRIVATE = ("mailto", "tel", "data")  # no page of any site


@dataclass(frozen=True, slots=True)
class Inside:
    """What links are judged by: the paths of the archive, and the site's full address.

    `titles` are those of the site's pages, in the archive or not.
    """

    paths: Collection[str]
    base: str
    titles: Mapping[str, str]


@dataclass(slots=True)
class Outside:
    """What pages led to outside the archive, in the order it was met; lives for one archive."""

    links: dict[str, OutsideLink] = field(default_factory=dict)

    def anchor(self, address: str, text: str) -> str:
        """Where a link to this address leads now."""
        known = self.links.get(address)
        if known is None:
            anchor = f"l{sha256(address.encode()).hexdigest()[:12]}"  # of no other link's number
            known = OutsideLink(anchor, text or address, address)
            self.links[address] = known
        return known.anchor


@dataclass(frozen=True, slots=True)
class _Link:
    """A link of a page: where its opening tag stands, how the tag reads, where it leads."""

    start: int
    tag: str
    href: str
    text: str


def turned(html: bytes, path: str, *, inside: Inside, outside: Outside) -> bytes:
    """The page with every link that leads out of the archive turned."""
    text = html.decode()
    pieces, done = [], 0
    for link in _links(text):
        target = _target(link, path, inside=inside, outside=outside)
        if target is not None:
            old, new = escape(link.href), escape(target)
            tag = link.tag.replace(f'href="{old}"', f'href="{new}"', 1)
            pieces += [text[done : link.start], tag if tag != link.tag else f'<a href="{new}">']
            done = link.start + len(link.tag)
    return "".join((*pieces, text[done:])).encode()


def _target(link: _Link, path: str, *, inside: Inside, outside: Outside) -> str | None:
    """The new address of a link; None where it may stay as it is."""
    base = inside.base
    own = bool(base) and link.href.startswith(base)
    parts = urlsplit(link.href.removeprefix(base) if own else link.href)
    if parts.scheme in PRIVATE or not (parts.path or parts.netloc or own):
        return None
    root = routes.root(path)
    if parts.scheme or parts.netloc:
        return f"{root}{OUTSIDE}#{outside.anchor(link.href, link.text)}"
    folder = "" if own else posixpath.dirname(path)
    found = posixpath.normpath(posixpath.join(folder, unquote(parts.path) or routes.HOME))
    if found in inside.paths:
        return root + routes.href(found) + _fragment(parts.fragment) if own else None
    if routes.notice(found) in inside.paths:  # something that was withdrawn
        return root + routes.href(routes.notice(found))
    address = base + routes.href(found) if base else found
    # The words of one link, “2023年”, say little where many links lead to the same page.
    return f"{root}{OUTSIDE}#{outside.anchor(address, inside.titles.get(found, link.text))}"


def _fragment(fragment: str) -> str:
    return f"#{fragment}" if fragment else ""


def _links(text: str) -> tuple[_Link, ...]:
    reader = _Reader(text)
    reader.feed(text)
    reader.close()
    return tuple(reader.links)


class _Reader(HTMLParser):
    """The standard library's reader, collecting links; its lifetime is one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        lengths = (len(line) + 1 for line in text.split("\n"))
        self.starts = (0, *accumulate(lengths))
        self.links: list[_Link] = []
        self.open: tuple[int, str, str] | None = None
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Where a link begins."""
        href = dict(attrs).get("href")
        if tag == "a" and href:
            line, column = self.getpos()
            self.open = (self.starts[line - 1] + column, self.get_starttag_text() or "", href)
            self.words = []

    def handle_data(self, data: str) -> None:
        """The words of a link."""
        if self.open:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Where it ends."""
        if tag == "a" and self.open:
            start, text, href = self.open
            self.links.append(_Link(start, text, href, " ".join("".join(self.words).split())))
            self.open = None
