"""The catalogue by 体裁: for readers without a script what its filters are for the others.

Promise: a document stands in the list of the 体裁 it states, under that word; a line holds its
title and date alone, so that little else changes a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from site_builder.model.disclosure import Document
from site_builder.model.page import Page, digest
from site_builder.pages import parts, routes
from site_builder.pages.catalogue_views import DirectoryGenresView, DirectoryGenreView
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.paging import stretches
from site_builder.pages.pieces import Link, YearLink
from site_builder.pages.publications import Publication, publications
from site_builder.pages.whole_lists import DIRECTORY

SOURCES = ("config.yaml",)
PAGE_SIZE = 100
OVERVIEW = "按体裁"
LONGEST = 12  # signs of an unusual 体裁 that an address spells
# The usual ones as addresses write them (《党政机关公文处理工作条例》 Art. 8 and what bureaus add).
NAMES = {
    "决议": "jueyi",
    "决定": "jueding",
    "命令": "mingling",
    "公报": "gongbao",
    "公告": "gonggao",
    "通告": "tonggao",
    "意见": "yijian",
    "通知": "tongzhi",
    "通报": "tongbao",
    "报告": "baogao",
    "请示": "qingshi",
    "批复": "pifu",
    "议案": "yian",
    "函": "han",
    "纪要": "jiyao",
    "公示": "gongshi",
    "办法": "banfa",
    "规定": "guiding",
    "细则": "xize",
    "制度": "zhidu",
    "方案": "fangan",
    "规划": "guihua",
    "计划": "jihua",
    "统计": "tongji",
    "解读": "jiedu",
    "指南": "zhinan",
    "其他": "qita",
}


def plan_genres(context: Context) -> Iterator[Page]:
    """The documents of each 体裁, newest first, and a page above them that counts them."""
    found: dict[str, list[Publication]] = {}
    for publication in publications(context):
        if genre := _genre(publication):
            found.setdefault(genre, []).append(publication)
    if not found:
        return
    yield _overview(context, found)
    column = context.library.config.column("catalogue")
    above = (Link(DIRECTORY, routes.CATALOGUE), Link(OVERVIEW, routes.catalogue_genres()))
    for genre, group in found.items():
        links, path = _links(found, current=genre), partial(_path, genre)
        for part in stretches(tuple(group), size=PAGE_SIZE, path=path):
            title = f"{DIRECTORY}（{genre}）{part.mark}"
            view = DirectoryGenreView(
                frame=frame(context.library, part.path, title=title, column=column, crumbs=above),
                directory_path=routes.CATALOGUE,
                genres=links,
                items=tuple(map(parts.listed, part.items)),
                newer=part.newer,
                older=part.older,
            )
            yield Page(part.path, "html", "pages/directory_genre.html", view, SOURCES)


def _overview(context: Context, found: Mapping[str, Sequence[Publication]]) -> Page:
    path, column = routes.catalogue_genres(), context.library.config.column("catalogue")
    above, title = (Link(DIRECTORY, routes.CATALOGUE),), f"{DIRECTORY}（{OVERVIEW}）"
    counted = (
        Link(f"{link.text}（{len(found[link.text])}）", link.path)
        for link in _links(found, current="")
    )
    view = DirectoryGenresView(
        frame=frame(context.library, path, title=title, column=column, crumbs=above),
        directory_path=routes.CATALOGUE,
        genres=tuple(counted),
    )
    return Page(path, "html", "pages/directory_genres.html", view, SOURCES)


def genre_links(context: Context) -> tuple[YearLink, ...]:
    """Every 体裁 of which there is a document, the usual ones first."""
    found = {genre for p in publications(context) if (genre := _genre(p))}
    return _links(found, current="")


def _links(found: Iterable[str], *, current: str) -> tuple[YearLink, ...]:
    known = list(NAMES)
    order = sorted(found, key=lambda g: (known.index(g) if g in NAMES else len(known), g))
    return tuple(YearLink(g, _path(g), held=True, current=g == current) for g in order)


def _genre(publication: Publication) -> str:
    return publication.record.genre if isinstance(publication.record, Document) else ""


def _path(genre: str, *, number: int = 0, newest: bool = True) -> str:
    """Of an unusual 体裁 the signs by their numbers: an address has only plain letters.

    That of a long one is its digest: no disk takes a name of more than 255 letters.
    """
    written = "u" + "-".join(f"{ord(sign):x}" for sign in genre)
    name = NAMES.get(genre) or (written if len(genre) <= LONGEST else f"x{digest(genre)}")
    return routes.catalogue_genre(name, number=number, newest=newest)
