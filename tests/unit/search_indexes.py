"""Indexes of invented entries, as files."""

from __future__ import annotations

from pathlib import Path
from random import Random

from site_builder.model.page import Page
from site_builder.model.search import Entry
from site_builder.pages.search import index_pages
from site_builder.pages.search_state import letter
from site_builder.pages.search_views import Choice
from site_builder.render.html import open_templates
from site_builder.render.pages import render

SYLLABLES = "土地征收公告ＡＢab12《》（）　、。"
CHOICES = tuple(Choice(f"c{n}", f"栏目{n}", letter(n)) for n in range(3))


def written(entries: tuple[Entry, ...], folder: Path) -> Path:
    """The index of these entries, as files."""
    for page in index_pages(entries, CHOICES, tuple(c.name for c in CHOICES)):
        file = folder / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(rendered(page))
    return folder


def rendered(page: Page) -> bytes:
    return render(open_templates(()), page, site=None)


def invented(chance: Random, count: int, *, letters: str, length: int) -> tuple[Entry, ...]:
    """Short entries of few letters, so that pairs meet by chance without the whole word."""

    def text(most: int) -> str:
        return "".join(chance.choices(letters, k=chance.randint(1, most)))

    days = ["", *(f"{year}-0{month}-01" for year in (2015, 2016, 2024) for month in (1, 2, 3))]
    made = [
        Entry(text(4), f"wj/{n}.html", chance.choice(days), n % 3, (text(4),), (text(length),) * 2)
        for n in range(count)
    ]
    return tuple(sorted(made, key=lambda e: (e.day, e.path)))
