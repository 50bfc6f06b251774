"""The order in which files change places where nothing can be switched at once.

Promise: a page never stands before what it is shown with, and a list never before what it lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.delivery.publishing.manifest import original

SHOWN_WITH = "assets/"
INDEX = "index.html"
FOR_PROGRAMS = (".xml", ".js", "redirects.json", "robots.txt")  # .js: what a search goes through


def in_turn(paths: Iterable[str], known: Mapping[str, object]) -> tuple[str, ...]:
    """Assets, pages and downloads, lists from the innermost out, and what programs read."""
    return tuple(sorted(paths, key=lambda path: (*_turn(original(path, known)), path)))


def _turn(path: str) -> tuple[int, int]:
    name = path.rpartition("/")[2]
    if path.startswith(SHOWN_WITH):
        return 0, 0
    if name == INDEX or path == "map.html":
        return 2, -path.count("/")
    if name.endswith(FOR_PROGRAMS):
        return 3, 0
    return 1, 0
