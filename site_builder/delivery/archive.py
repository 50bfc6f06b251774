"""Archiving: one year of the site as a copy that stands for itself.

Promise: an archive once made stays as it is, to the byte, unless somebody amends it and says why;
the same content and day of capture make the same archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from site_builder.delivery.archive_bag import (
    DAY,
    INFO,
    MANIFEST,
    TAGS,
    ZIPPED,
    bagged,
    day_of,
    digest,
    packed_name,
    recover,
    save,
    unpack,
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
from site_builder.delivery.archive_metadata import metadata_files, was_of_record
from site_builder.delivery.archive_refusals import (
    Former,
    different,
    named_place,
    not_to_withdraw,
    refusal,
)
from site_builder.delivery.archive_verify import Verified, verify
from site_builder.delivery.archive_warc import ENDING, is_installed, write_warc
from site_builder.delivery.archive_wish import Archived, Wish
from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.pages.archive import (
    OUTSIDE,
    ArchivePlan,
    captured_on,
    is_as_published,
    is_empty,
    is_of_record,
    of_no_year,
    outside_page,
    plan_archive,
    published_since,
)
from site_builder.pages.frames import site_view
from site_builder.pages.pieces import SiteView
from site_builder.pages.routes import attachment
from site_builder.pipeline import Site, renderer, standing
from site_builder.problems import Place, Problem, errors
from site_builder.render.html import TemplateFault
from site_builder.write.run import Busy, Unwritable, locked, not_written

GONE, NEW = "（没有了）", "（新的）"


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
    verified = _verified(site, wish)
    if verified and verified.problems:
        return Archived(verified.problems)
    former = _former(wish.place, verified) if verified else None
    refused = refusal(site, wish, former=former)
    if refused:
        return Archived((refused,))
    # Judged as of today: what was corrected or signed since the day of capture is no fault.
    day = _day(wish, former)
    now = standing(site, max(day, wish.today))
    if now.library is None or errors(now.problems):
        return Archived(now.problems)
    library = replace(now.library, as_of=day)
    log = former.log if former else ()
    fault = not_to_withdraw(site, wish, former=former, library=library)
    if wish.warc and not library.config.site.url:
        fault = Problem("O609", Place("config.yaml"), "没有填 site 下的 url，WARC 里没有网址可写")
    if fault:
        return Archived((fault,))
    if wish.reason:
        log = (*log, Amendment(wish.as_of or wish.today, wish.reason, wish.withdraw))
    planned = plan_archive(
        library, wish.year, withdrawn=withdrawals(log), contents_first=wish.reading_room
    )
    if is_empty(planned.library) and not log:
        message = f"没有 {wish.year} 年的内容可以归档"
        return Archived((Problem("O607", Place(named_place(site, wish)), message),))
    made = (
        _again(site, wish, planned=planned, former=former, log=log)
        if former
        else _made(site, wish, planned=planned)
    )
    made = _with_what_is_missing(made, now.library, year=wish.year)
    return _with_warc(site, wish, made=made, planned=planned, view=site_view(library))


def _verified(site: Site, wish: Wish) -> Verified | None:
    """The archive as it stands, if there is one: as a folder, or as a ZIP file alone."""
    named, packed = named_place(site, wish), zip_of(wish.place)
    recover(wish.place)
    if not wish.place.exists() and packed.exists():
        alone = verify(packed, named=f"{named}{ZIPPED}")
        if alone.problems:
            return alone
        if packed_name(packed) != wish.place.name:
            message = f"里面是另一个归档：{packed_name(packed)}"
            return Verified({}, (Problem("O605", Place(f"{named}{ZIPPED}"), message),))
        unpack(packed, wish.place)
    if wish.place.is_dir() and not any((wish.place / name).exists() for name in (MANIFEST, TAGS)):
        hint = "把它移到别处，或者用 --to 写别的文件夹；是归档坏了的，用另一份副本换回来。"
        message = "这里已经有一个同名的文件夹，里面不是归档"
        return Verified({}, (Problem("O605", Place(named), message, hint),))
    return verify(wish.place, named=named) if wish.place.exists() else None


def _with_what_is_missing(made: Archived, library: Library, *, year: int) -> Archived:
    """What an archivist may look for in vain."""
    if made.captured is None:
        return made
    later = published_since(library, year, day=made.captured)
    return replace(made, later=later, undated=of_no_year(library))


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
    former: Former,
    log: tuple[Amendment, ...],
) -> Archived:
    """What is the same is left; what differs is refused, or amended for a reason."""
    library, place = planned.library, wish.place
    changed, lost = _changes(site, planned, former=former, place=place)
    if not changed and _is_packed(wish.place, former):
        return Archived((), len(former.digests), former.day)
    if changed and not wish.reason:
        return Archived((different(site, wish, changed=changed),))
    if not changed:
        planned, log = captured_on(planned, former.day), former.log
        library = planned.library
    amended = log_files(log, former.tags)
    bag = _bag(wish, _rendered(site, planned), library=library, amended=amended)
    save(bag, wish.place, day=library.as_of)
    return Archived((), len(bag), library.as_of, changed, lost)


def _is_packed(place: Path, former: Former) -> bool:
    """Whether the ZIP file holds the same; a run that was ended by force may have left another."""
    packed = verify(zip_of(place), named="")
    return not packed.problems and packed.digests == former.digests


def _former(place: Path, verified: Verified) -> Former:
    kept = [p for p in verified.digests if p in (MANIFEST, TAGS) or p.startswith(f"{FOLDER}/")]
    tags = {path: (place / path).read_bytes() for path in kept}
    day = day_of((place / INFO).read_bytes())
    return Former(verified.digests, tags, day or date.min, read_log(tags))


def _day(wish: Wish, former: Former | None) -> date:
    """A repetition speaks for the day that the archive names, and so does what is left of it."""
    if former is None or (wish.reason and not wish.withdraw):
        return wish.as_of or wish.today
    return former.day


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
    inside, outside = Inside(paths, library.config.site.url, planned.titles), Outside()
    payload: dict[str, bytes] = {}
    for page in planned.pages:
        content = rendering(page)
        if page.kind == "html":
            content = turned(content, page.path, inside=inside, outside=outside)
        payload[page.path] = content
    last = outside_page(library, tuple(outside.links.values()))
    payload[last.path] = turned(rendering(last), last.path, inside=inside, outside=outside)
    return _Rendered((*planned.pages, last), payload)


def _with_warc(
    site: Site, wish: Wish, *, made: Archived, planned: ArchivePlan, view: SiteView
) -> Archived:
    """Beside the bag, for it is made of what the site publishes and not of what the bag holds.

    One that is there is made again after a change, or it would keep what was withdrawn.
    """
    file, base = wish.place.with_name(wish.place.name + ENDING), planned.library.config.site.url
    is_old = bool(made.changed) and file.exists()
    day = made.captured
    if day is None or not (wish.warc or is_old):
        return made
    if not (base and is_installed()):
        return replace(made, old_warc=file)
    rendering = renderer(site, view)
    contents = ((page, rendering(page)) for page in planned.pages if is_as_published(page))
    write_warc(file, contents, base=base, captured=day)
    return made


def _changes(
    site: Site, planned: ArchivePlan, *, former: Former, place: Path
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files that differ from the archive's, the day of capture left aside; the records lost.

    These come first, and what was published before the lists that are made of it.
    """
    payload = _rendered(site, captured_on(planned, former.day)).payload
    now = {f"data/{path}": digest(content) for path, content in payload.items()}
    before = {path: sha for path, sha in former.digests.items() if path.startswith("data/")}
    named = {f"data/{page.path}" for page in planned.pages if is_of_record(page)}
    differing = [p for p in {*now, *before} if now.get(p) != before.get(p)]
    gone = before.keys() - now.keys()
    lost = sorted(path for path in gone if was_of_record(place, path))
    first = {*lost, *(path for path in gone if path.startswith(f"data/{attachment('')}"))}
    differing.sort(key=lambda path: (path not in first, path not in named, path))
    marked = (f"{p}{GONE if p in gone else '' if p in before else NEW}" for p in differing)
    return tuple(marked), tuple(lost)
