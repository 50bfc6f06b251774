"""Statutory items: what 《条例》 Art. 20 and 21 have the bureau publish, item by item.

Promise: of every item the site shows something, or the bureau says 不涉及, or a problem names it;
nothing is taken for 不涉及 that the bureau does not call so.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.library import Library, StatutoryItem
from site_builder.model.site import CATALOGUE_SLUG, Column
from site_builder.problems import Place, Problem

VETO = 5  # empty columns of a site that fail it in an inspection (国办秘函〔2019〕19号)


def check_reserved_slugs(library: Library) -> Iterator[Problem]:
    """No column stands where the site has pages of its own."""
    for column in library.config.columns:
        if column.slug.split("/", 1)[0] == CATALOGUE_SLUG:
            message = f"slug“{column.slug}”是信息公开目录的网址，栏目“{column.name}”不能用"
            yield Problem("C306", column.origin.at("slug"), message)


def check_not_applicable(library: Library) -> Iterator[Problem]:
    """本机关不涉及 names an item that exists, and none that the site shows something of."""
    known = {item.number: item for item in library.statutory_items}
    filled = library.filled_columns()
    for said in library.config.not_applicable:
        place = said.origin.at("item")
        item = known.get(said.item)
        if item is None:
            message = f"《条例》第二十条、第二十一条没有第 {said.item} 项"
            yield Problem("C203", place, message)
            continue
        for column in (c for c in _columns(library, item) if c.slug in filled):
            message = f"写了不涉及“{item.name}”，栏目“{column.name}”里却有公开的信息"
            related = (column.origin.at("item"),)
            yield Problem("C307", place, message, related=related)


def check_items_filled(library: Library) -> Iterator[Problem]:
    """Each item has something public, or is said not to concern the bureau."""
    left_out = {said.item for said in library.config.not_applicable}
    filled = _filled(library)
    for item in library.statutory_items:
        columns = _columns(library, item)
        if item.number not in left_out and not any(c.slug in filled for c in columns):
            message = f"“{item.name}”{_lack(columns)}（{item.article}）"
            yield Problem("D530", _place(library, columns), message)


def check_empty_columns(library: Library) -> Iterator[Problem]:
    """Columns of documents without any: all in one problem, because their number counts."""
    columns = tuple(c for c in library.config.columns if c.kind == "documents")
    filled = _filled(library)
    empty = [column for column in columns if column.slug not in filled]
    if not empty:
        return
    names = "、".join(f"“{column.name}”" for column in empty)
    message = f"{len(empty)} 个栏目没有公开的信息：{names}"
    if len(empty) >= VETO:
        message += f"；空白栏目达到 {VETO} 个，网站检查单项否决（国办秘函〔2019〕19号）"
    places = [column.origin.at("folder") for column in empty]
    yield Problem("D531", places[0], message, related=tuple(places[1:]))


def _columns(library: Library, item: StatutoryItem) -> tuple[Column, ...]:
    return tuple(c for c in library.config.columns if c.item == item.number)


def _filled(library: Library) -> frozenset[str]:
    """Columns with something public, or with a file that could not be read and may be."""
    return library.filled_columns() | library.unread_columns()


def _lack(columns: tuple[Column, ...]) -> str:
    if not columns:
        return "没有栏目，也没有写明不涉及"
    names = "、".join(f"“{column.name}”" for column in columns)
    return f"还没有公开的信息：栏目{names}是空的"


def _place(library: Library, columns: tuple[Column, ...]) -> Place:
    return columns[0].origin.at("item") if columns else library.config.origin.at("columns")
