"""Joined items: several items of a list that a full-width comma made one.

Promise: each is told where it stands; no item is taken apart by guessing.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.problems import Place, Problem


def check_joined(library: Library) -> Iterator[Problem]:
    """联合发文机关 of documents, and the words of the bureau's own list."""
    for document in library.documents:
        yield from joined("D104", document.joint, document.origin.at("联合发文机关"))
    for word in library.own_words:
        yield from joined("D104", word.words, word.origin.at("词"))
        yield from joined("D104", word.unless, word.origin.at("除非"))


def joined(code: str, items: tuple[str, ...], place: Place) -> Iterator[Problem]:
    """A problem for each item that holds a mark which stands between items."""
    for item in items:
        if "，" in item or "、" in item:
            yield Problem(code, place, f"“{item}”里是全角的逗号或者顿号，几项成了一项")
