"""Inspection: the finished pages looked at as a visitor's browser would.

Promise: every link, picture, download and anchor of the site itself leads to something that is
there, every page carries its labels, and each is looked at once.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from site_builder.problems import Place, Problem
from site_builder.write.accessible import Fault, Structure

REQUIRED_LABELS = ("SiteName", "ColumnName", "ColumnType")
MOST_NAMED = 3  # of the other pages with the same fault
LINKING = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What one HTML page holds."""

    links: tuple[str, ...]
    anchors: frozenset[str]
    labels: frozenset[str]
    faults: tuple[Fault, ...] = ()


def inspect(
    files: Mapping[str, bytes], base: str = "", *, outside: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """Dead links and anchors and missing labels in the output, by path.

    `base` is the site's own full address: links that start with it are internal; links to
    `outside` lead to the site around it.
    """
    pages = {path: look(data, outside) for path, data in files.items() if path.endswith(".html")}
    faults: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for path, seen in pages.items():
        links = _links(path, seen, pages=pages, files=files, base=base)
        found = (*links, *_labels(seen), *seen.faults)
        for code, subject, message in found:
            faults.setdefault((code, subject), []).append((path, message))
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


def look(data: bytes, outside: frozenset[str] = frozenset()) -> Seen:
    """The links (but those to `outside`), anchors, labels and faults of one page."""
    reader = _Reader()
    reader.feed(data.decode("utf-8"))
    links = tuple(link for link in reader.links if link not in outside)
    faults = tuple(reader.structure.faults())
    return Seen(links, frozenset(reader.anchors), frozenset(reader.labels), faults)


def _links(
    path: str, seen: Seen, *, pages: Mapping[str, Seen], files: Mapping[str, bytes], base: str
) -> Iterator[tuple[str, str, str]]:
    """Code, what is missing, and the sentence about it."""
    for link in seen.links:
        inner = link.removeprefix(base) if base and link.startswith(base) else link
        try:
            parts = urlsplit(inner)
        except ValueError:
            yield "O101", inner, f"链接“{link}”不是网址"
            continue
        if parts.scheme or parts.netloc:
            continue
        folder = "" if inner != link else posixpath.dirname(path)
        target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        target = target if parts.path else path
        if target not in files:
            yield "O101", target, f"链接“{link}”没有对应的页面或文件"
        elif parts.fragment and not _has_anchor(pages.get(target), unquote(parts.fragment)):
            yield "O102", f"{target}#{parts.fragment}", f"链接“{link}”指向的位置不存在"


def _has_anchor(page: Seen | None, fragment: str) -> bool:
    return page is None or fragment in page.anchors


def _labels(seen: Seen) -> Iterator[tuple[str, str, str]]:
    missing = "、".join(label for label in REQUIRED_LABELS if label not in seen.labels)
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
