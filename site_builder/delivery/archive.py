"""Archiving: one year of the site as a copy that stands for itself.

Promise: an archive once made stays as it is, to the byte, unless somebody amends it and says why;
the same content and day of capture make the same archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.delivery.archive_bag import (
    DAY,
    INFO,
    MANIFEST,
    TAGS,
    bagged,
    day_of,
    digest,
    save,
    zip_of,
)
from site_builder.delivery.archive_links import Inside, Outside, turned
from site_builder.delivery.archive_log import (
    FOLDER,
    Amendment,
    log_files,
    read_log,
    withdrawals,
)
from site_builder.delivery.archive_metadata import metadata_files
from site_builder.delivery.archive_verify import Verified, verify
from site_builder.delivery.archive_warc import ENDING, write_warc
from site_builder.delivery.archive_wish import Archived, Wish
from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.pages.archive import (
    OUTSIDE,
    ArchivePlan,
    can_be_withdrawn,
    captured_on,
    is_as_published,
    is_empty,
    is_of_record,
    outside_page,
    plan_archive,
)
from site_builder.pages.frames import site_view
from site_builder.pages.pieces import SiteView
from site_builder.pipeline import Site, renderer, standing
from site_builder.problems import Place, Problem, errors
from site_builder.render.html import TemplateFault
from site_builder.write.run import Busy, Unwritable, locked, not_written

NAMED = 3  # files that a refusal names


@dataclass(frozen=True, slots=True)
class _Former:
    """The archive as it stands: the digests of its files, and the files beside the pages."""

    digests: Mapping[str, str]
    tags: Mapping[str, bytes]
    day: date
    log: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class _Rendered:
    """The pages of an archive and their bytes."""

    pages: tuple[Page, ...]
    payload: Mapping[str, bytes]


def archive(site: Site, wish: Wish) -> Archived:
    """Make, repeat or amend the archive of a year."""
    try:
        with locked(site.cache):
            return _archived(site, wish)
    except Busy:
        message = "另一个生成正在进行，等了一分钟还没有结束"
        return Archived((Problem("O301", Place("output"), message),))
    except (TemplateFault, Unwritable) as fault:
        return Archived((fault.problem,))
    except OSError as error:
        return Archived((not_written(error, wish.place),))


def _archived(site: Site, wish: Wish) -> Archived:
    verified = verify(wish.place, named=_named(site, wish)) if wish.place.exists() else None
    if verified and verified.problems:
        return Archived(verified.problems)
    former = _former(wish.place, verified) if verified else None
    refusal = _refusal(site, wish, former=former)
    if refusal:
        return Archived((refusal,))
    day = _day(wish, former)
    now = standing(site, day)
    if now.library is None or errors(now.problems):
        return Archived(now.problems)
    log = former.log if former else ()
    fault = _not_to_withdraw(site, wish, log=log, library=now.library)
    if wish.warc and not now.library.config.site.url:
        fault = Problem("O609", Place("config.yaml"), "没有填 site 下的 url，WARC 里没有网址可写")
    if fault:
        return Archived((fault,))
    if wish.reason:
        log = (*log, Amendment(wish.as_of or wish.today, wish.reason, wish.withdraw))
    planned = plan_archive(
        now.library, wish.year, withdrawn=withdrawals(log), contents_first=wish.reading_room
    )
    if is_empty(planned.library) and not log:
        message = f"没有 {wish.year} 年的内容可以归档"
        return Archived((Problem("O607", Place(_named(site, wish)), message),))
    made = (
        _again(site, wish, planned=planned, former=former, log=log)
        if former
        else _made(site, wish, planned=planned)
    )
    if wish.warc and made.captured:
        _save_warc(site, wish, planned=planned, view=site_view(now.library), day=made.captured)
    return made


def _made(site: Site, wish: Wish, *, planned: ArchivePlan) -> Archived:
    """A first archive."""
    library = planned.library
    bag = _bag(wish, _rendered(site, planned), library=library, amended={})
    save(bag, wish.place, day=library.as_of)
    return Archived((), len(bag), library.as_of, is_new=True)


def _again(
    site: Site,
    wish: Wish,
    *,
    planned: ArchivePlan,
    former: _Former,
    log: tuple[Amendment, ...],
) -> Archived:
    """What is the same is left; what differs is refused, or amended for a reason."""
    library, changed = planned.library, _changes(site, planned, former=former)
    if not changed and zip_of(wish.place).exists():
        return Archived((), len(former.digests), former.day)
    if changed and not wish.reason:
        return Archived((_different(site, wish, changed=changed),))
    if not changed:
        planned, log = captured_on(planned, former.day), former.log
        library = planned.library
    amended = log_files(log, former.tags)
    bag = _bag(wish, _rendered(site, planned), library=library, amended=amended)
    save(bag, wish.place, day=library.as_of)
    return Archived((), len(bag), library.as_of, changed)


def _former(place: Path, verified: Verified) -> _Former:
    kept = [p for p in verified.digests if p in (MANIFEST, TAGS) or p.startswith(f"{FOLDER}/")]
    tags = {path: (place / path).read_bytes() for path in kept}
    day = day_of((place / INFO).read_bytes())
    return _Former(verified.digests, tags, day or date.min, read_log(tags))


def _refusal(site: Site, wish: Wish, *, former: _Former | None) -> Problem | None:
    place = Place(_named(site, wish))
    if wish.reason and former is None:
        message = f"还没有 {wish.year} 年的归档，没有什么可以更改"
        return Problem("O607", place, message, f"先运行 site-builder archive {wish.year}。")
    if former is None or wish.reason or wish.as_of in (None, former.day):
        return None
    message = f"{wish.year} 年已经归档，采集日期是 {former.day}，不是 {wish.as_of}"
    return Problem("O606", place, message)


def _day(wish: Wish, former: _Former | None) -> date:
    """A repetition speaks for the day that the archive names, and so does what is left of it."""
    if former is None or (wish.reason and not wish.withdraw):
        return wish.as_of or wish.today
    return former.day


def _not_to_withdraw(
    site: Site, wish: Wish, *, log: tuple[Amendment, ...], library: Library
) -> Problem | None:
    """Only what is a publication or an attachment, or is no longer part of the content."""
    if not wish.withdraw or can_be_withdrawn(library, wish.withdraw):
        return None
    place = Place(f"{_named(site, wish)}/data/{wish.withdraw}")
    if not (wish.place / "data" / wish.withdraw).is_file():
        return Problem("O608", place, "归档里没有这个文件")
    planned = plan_archive(library, wish.year, withdrawn=withdrawals(log))
    if wish.withdraw in {OUTSIDE, *(page.path for page in planned.pages)}:
        return Problem("O608", place, "这是由许多信息合成的文件，不能单独撤下")
    return None


def _bag(
    wish: Wish, rendered: _Rendered, *, library: Library, amended: Mapping[str, bytes]
) -> dict[str, bytes]:
    pages, payload = rendered.pages, rendered.payload
    tags = {**amended, **dict(metadata_files(pages, payload, captured=library.as_of))}
    info = {
        DAY: library.as_of.isoformat(),
        "External-Description": f"{library.config.site.name}{wish.year}年归档",
        "External-Identifier": wish.place.name,
        "Source-Organization": library.config.site.bureau,
    }
    return bagged(payload, tags, info=info)


def _rendered(site: Site, planned: ArchivePlan) -> _Rendered:
    """Every page with its bytes; the one that lists what is outside comes last."""
    library, rendering = planned.library, renderer(site, planned.view)
    paths = frozenset((*(page.path for page in planned.pages), OUTSIDE))
    inside, outside = Inside(paths, library.config.site.url), Outside()
    payload: dict[str, bytes] = {}
    for page in planned.pages:
        content = rendering(page)
        if page.kind == "html":
            content = turned(content, page.path, inside=inside, outside=outside)
        payload[page.path] = content
    last = outside_page(library, tuple(outside.links.values()))
    payload[last.path] = turned(rendering(last), last.path, inside=inside, outside=outside)
    return _Rendered((*planned.pages, last), payload)


def _save_warc(site: Site, wish: Wish, *, planned: ArchivePlan, view: SiteView, day: date) -> None:
    """Beside the bag, for it is made of what the site publishes and not of what the bag holds."""
    rendering, base = renderer(site, view), planned.library.config.site.url
    contents = ((page, rendering(page)) for page in planned.pages if is_as_published(page))
    write_warc(wish.place.with_name(wish.place.name + ENDING), contents, base=base, captured=day)


def _changes(site: Site, planned: ArchivePlan, *, former: _Former) -> tuple[str, ...]:
    """The files that differ from the archive's, the day of capture left aside.

    What was published comes before the lists that are made of it.
    """
    payload = _rendered(site, captured_on(planned, former.day)).payload
    now = {f"data/{path}": digest(content) for path, content in payload.items()}
    before = {path: sha for path, sha in former.digests.items() if path.startswith("data/")}
    named = {f"data/{page.path}" for page in planned.pages if is_of_record(page)}
    differing = (p for p in {*now, *before} if now.get(p) != before.get(p))
    return tuple(sorted(differing, key=lambda path: (path not in named, path)))


def _different(site: Site, wish: Wish, *, changed: tuple[str, ...]) -> Problem:
    named = "、".join(changed[:NAMED]) + (" 等" if len(changed) > NAMED else "")
    message = f"{wish.year} 年已经归档，现在的内容不同：{named}，共 {len(changed)} 个文件"
    hint = (
        "归档保持原样。确实要按现在的内容更改，运行 "
        f"site-builder archive --amend {wish.year} --reason 理由。"
    )
    return Problem("O606", Place(_named(site, wish)), message, hint)


def _named(site: Site, wish: Wish) -> str:
    """How messages call the folder."""
    place = wish.place
    return (place.relative_to(site.root) if place.is_relative_to(site.root) else place).as_posix()
