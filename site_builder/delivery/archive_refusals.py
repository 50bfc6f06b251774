"""What is refused of an archive that stands, or of one that does not.

Promise: each refusal is a problem that names the archive; nothing here writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.delivery.archive_log import Amendment, withdrawals
from site_builder.delivery.archive_wish import DEFAULT, Wish
from site_builder.model.library import Library
from site_builder.outcome import Site
from site_builder.pages.archive import OUTSIDE, can_be_withdrawn, plan_archive
from site_builder.problems import Place, Problem

NAMED = 3  # files that a refusal names


@dataclass(frozen=True, slots=True)
class Former:
    """An archive as it stands: the digests of its files, and the files beside the pages."""

    digests: Mapping[str, str]
    tags: Mapping[str, bytes]
    day: date
    log: tuple[Amendment, ...]


def refusal(site: Site, wish: Wish, *, former: Former | None) -> Problem | None:
    """What was asked for does not go with what stands there."""
    place = Place(named_place(site, wish))
    if wish.reason and former is None:
        message = f"还没有 {wish.year} 年的归档，没有什么可以更改"
        return Problem("O607", place, message, f"先运行 site-builder archive {wish.year}。")
    if former is None:
        return None
    last = max((former.day, *(amendment.day for amendment in former.log)))
    now = wish.as_of or wish.today
    if wish.reason and now < last:
        message = f"{wish.year} 年的归档是 {last} 做的，不能更改成 {now} 那一天的样子"
        hint = (
            "更改的日期不能早于归档的日期：不写 --as-of 就是今天；"
            "电脑的日期不对的，先改好电脑的日期。"
        )
        return Problem("O606", place, message, hint)
    if wish.reason or wish.as_of in (None, former.day):
        return None
    message = f"{wish.year} 年已经归档，采集日期是 {former.day}，不是 {wish.as_of}"
    return Problem("O606", place, message)


def not_to_withdraw(
    site: Site, wish: Wish, *, former: Former | None, library: Library
) -> Problem | None:
    """Only what is a publication or an attachment, or is no longer part of the content."""
    if not wish.withdraw or former is None:
        return None
    path = f"data/{wish.withdraw}"
    place = Place(f"{named_place(site, wish)}/{path}")
    if path not in former.digests:
        return Problem("O608", place, "归档里没有这个文件")
    if can_be_withdrawn(library, wish.withdraw):
        return None
    planned = plan_archive(library, wish.year, withdrawn=withdrawals(former.log))
    if wish.withdraw in {OUTSIDE, *(page.path for page in planned.pages)}:
        return Problem("O608", place, "这是由许多信息合成的文件，不能单独撤下")
    return None


def different(site: Site, wish: Wish, *, changed: tuple[str, ...]) -> Problem:
    """The content is no longer what was archived; the advice is for this archive and no other."""
    named = "、".join(changed[:NAMED]) + (" 等" if len(changed) > NAMED else "")
    message = f"{wish.year} 年已经归档，现在的内容不同：{named}，共 {len(changed)} 个文件"
    hint = (
        "归档保持原样。确实要按现在的内容更改，运行 "
        f"site-builder archive --amend {wish.year}{_where(site, wish)} --reason 理由。"
    )
    return Problem("O606", Place(named_place(site, wish)), message, hint)


def _where(site: Site, wish: Wish) -> str:
    to = "" if wish.folder == site.root / DEFAULT else f' --to "{wish.folder}"'
    return f"{to}{' --reading-room' if wish.reading_room else ''}"


def named_place(site: Site, wish: Wish) -> str:
    """How messages call the folder."""
    place = wish.place
    return (place.relative_to(site.root) if place.is_relative_to(site.root) else place).as_posix()
