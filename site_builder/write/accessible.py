"""Accessibility: what can be seen of it in the HTML of a page.

Promise: each fault is what some reader stumbles over (《条例》 Art. 43); what takes a person to
judge, such as whether a description is a good one, is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Attributes = Mapping[str, str | None]
Fault = tuple[str, str, str]  # code, what it is about, the sentence about it
HEADINGS = {f"h{level}": level for level in range(1, 7)}
NAMES = ("aria-label", "aria-labelledby", "title")


class Structure:
    """Tags of one page as they come, and the faults seen so far; its lifetime is that page."""

    def __init__(self) -> None:
        self._found: list[Fault] = []
        self._ids: set[str] = set()
        self._tables: list[bool] = []  # of each open one: whether it has needed no more headers
        self._level = 0
        self._link: str | None = None  # the target of the open link as long as it has no words
        self._has_language = False

    def begin(self, tag: str, attributes: Attributes) -> None:
        """A start tag."""
        self._id(attributes.get("id"))
        if tag == "html":
            self._has_language = bool(attributes.get("lang"))
        elif tag == "img":
            self._image(attributes)
        elif tag == "table":
            self._tables.append(attributes.get("role") in ("presentation", "none"))
        elif tag == "th" and self._tables:
            self._tables[-1] = True
        elif tag in HEADINGS:
            self._heading(HEADINGS[tag])
        elif tag == "a" and attributes.get("href"):
            named = any(attributes.get(name) for name in NAMES)
            self._link = None if named else str(attributes["href"])

    def end(self, tag: str) -> None:
        """An end tag."""
        if tag == "table" and self._tables and not self._tables.pop():
            self._found.append(("O402", "table", "表格没有表头（th），读屏软件读不出行列的名称"))
        if tag == "a" and self._link is not None:
            message = f"链接“{self._link}”里没有文字，读屏软件读不出它是什么"
            self._found.append(("O405", self._link, message))
            self._link = None

    def text(self, words: str) -> None:
        """Words between tags."""
        if self._link is not None and words.strip():
            self._link = None

    def faults(self) -> Iterator[Fault]:
        """All faults, once the page has ended."""
        if not self._has_language:
            yield "O404", "html", "网页没有写明语言（html 的 lang）"
        yield from self._found

    def _id(self, id: str | None) -> None:
        if id is None:
            return
        if id in self._ids:
            self._found.append(("O406", id, f"id“{id}”在同一页用了两次"))
        self._ids.add(id)

    def _image(self, attributes: Attributes) -> None:
        if attributes.get("alt"):
            self._link = None
        elif "alt" not in attributes:
            source = attributes.get("src") or ""
            self._found.append(("O401", source, f"图片“{source}”没有替代文字（alt）"))

    def _heading(self, level: int) -> None:
        if self._level and level > self._level + 1:
            message = f"标题从 h{self._level} 跳到 h{level}，中间少了一级"
            self._found.append(("O403", f"h{self._level}-h{level}", message))
        self._level = level
