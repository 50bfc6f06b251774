"""Inspection: the finished pages looked at as a visitor's browser would.

Promise: every link, picture, download and anchor of the site itself leads to something that is
there, every page carries its labels, and each is looked at once.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from site_builder.problems import Place, Problem
from site_builder.write.accessible import Fault, Structure

REQUIRED_LABELS = ("SiteName", "ColumnName", "ColumnType")
MOST_NAMED = 3  # of the other pages with the same fault
LINKING = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action"}


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a page: the paths of all files of the site.

    `base` is the site's own full address: links that start with it are internal; links to
    `outside` lead to the site around it.
    """

    paths: frozenset[str]
    base: str = ""
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of one page: its faults, its anchors, and the anchors its links lead to.

    Such a link is the path of a file, an anchor in it, and the link as it is written.
    """

    path: str
    faults: tuple[Fault, ...]
    anchors: frozenset[str]
    aims: tuple[tuple[str, str, str], ...]


def look(path: str, data: bytes, around: Around) -> Looked:
    """One page."""
    reader = _Reader()
    reader.feed(data.decode("utf-8"))
    aims: list[tuple[str, str, str]] = []
    faults: list[Fault] = []
    for link in (link for link in reader.links if link not in around.outside):
        aim = _aim(path, link, around=around)
        if isinstance(aim, str):
            faults.append(("O101", link, aim))
        elif aim and aim[0] not in around.paths:
            faults.append(("O101", aim[0], f"链接“{link}”没有对应的页面或文件"))
        elif aim and aim[1]:
            aims.append((*aim, link))
    faults += (*_labels(reader.labels), *reader.structure.faults())
    return Looked(path, tuple(faults), frozenset(reader.anchors), tuple(aims))


def inspect(pages: Iterable[Looked]) -> tuple[Problem, ...]:
    """Dead links and anchors, missing labels and other faults of all pages, each named once."""
    pages = tuple(pages)
    anchors = {page.path: page.anchors for page in pages}
    faults: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for page in pages:
        for code, subject, message in (*_missed(page, anchors), *page.faults):
            faults.setdefault((code, subject), []).append((page.path, message))
    return tuple(_told(code, where) for (code, _), where in faults.items())


def _told(code: str, where: list[tuple[str, str]]) -> Problem:
    """One problem for a fault, however many pages share it: its cause is one template or text.

    It names no line: `output/` may still hold the page of the last build.
    """
    (path, message), *others = dict(where).items()
    if others:
        message += f"；另外 {len(others)} 个页面也是这样"
    related = tuple(Place(f"output/{other}") for other, _ in others[:MOST_NAMED])
    return Problem(code, Place(f"output/{path}"), message, related=related)


def _aim(path: str, link: str, *, around: Around) -> tuple[str, str] | str | None:
    """The file and the anchor a link leads to: none outside the site, a sentence for no address."""
    base = around.base
    inner = link.removeprefix(base) if base and link.startswith(base) else link
    try:
        parts = urlsplit(inner)
    except ValueError:
        return f"链接“{link}”不是网址"
    if parts.scheme or parts.netloc:
        return None
    folder = "" if inner != link else posixpath.dirname(path)
    target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    return target if parts.path else path, unquote(parts.fragment)


def _missed(page: Looked, anchors: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """Links to anchors that are not there."""
    for target, anchor, link in page.aims:
        if target in anchors and anchor not in anchors[target]:
            yield "O102", f"{target}#{anchor}", f"链接“{link}”指向的位置不存在"


def _labels(held: set[str]) -> Iterator[Fault]:
    missing = "、".join(label for label in REQUIRED_LABELS if label not in held)
    if missing:
        yield "O103", missing, f"页面缺少网页标签 {missing}"


class _Reader(HTMLParser):
    """The standard library's reader, collecting; its lifetime is one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.labels: set[str] = set()
        self.structure = Structure()

    def handle_endtag(self, tag: str) -> None:
        """What an end tag closes."""
        self.structure.end(tag)

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        self.structure.text(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what matters of one tag."""
        found = dict(attrs)
        self.structure.begin(tag, found)
        link = found.get(LINKING.get(tag, ""))
        if link:
            self.links.append(link)
        if found.get("id"):
            self.anchors.add(str(found["id"]))
        if tag == "meta" and found.get("name") and found.get("content"):
            self.labels.add(str(found["name"]))
