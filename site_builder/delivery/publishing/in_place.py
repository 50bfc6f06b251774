"""A target without a switch: files change places one by one, in an order that never misleads.

Promise: everything has arrived and was read back before the first file changes place; a run that
was cut is completed by the next, and nothing is removed but what publishing put there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from site_builder.delivery.publishing.manifest import Manifest, read_manifest
from site_builder.delivery.publishing.order import in_turn
from site_builder.delivery.publishing.store import Store
from site_builder.delivery.publishing.target import (
    Held,
    Holder,
    Opened,
    Papers,
    Unreachable,
    may_take,
    read_holder,
    releases_among,
)

NOTES = ".site_builder/"  # what publishing keeps there for itself
LOCK = f"{NOTES}publish.lock"
CURRENT = f"{NOTES}manifest.json"
BEGUN = f"{NOTES}begun.json"  # the release whose files have begun to change places
PAPERS = f"{NOTES}manifests/"
INCOMING = f"{NOTES}incoming/"


class InPlaceTarget:
    """A store as a target; its lifetime is one run."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.sizes: Mapping[str, int] = {}
        self.before = Manifest()
        self.begun = Manifest()
        self.moving: tuple[str, ...] = ()
        self.spoilt: frozenset[str] = frozenset()
        self.holder: Holder | None = None

    def open(self, holder: Holder | None) -> Opened:
        """Take the lock and look around."""
        self.store.connect()
        if holder is not None:
            self._take(holder)
        self.sizes = self.store.sizes()
        papers = (path for path in self.sizes if path.startswith(PAPERS))
        releases = releases_among(p.removeprefix(PAPERS).removesuffix(".json") for p in papers)
        self.before = self._noted(releases)
        self.begun = read_manifest(self.store.read(BEGUN))
        ours = {*self.before.entries(), *self.begun.entries()}
        others = (p for p in self.sizes if p not in ours and not p.startswith(NOTES))
        return Opened(self.before, releases, frozenset(others), bool(self.begun.release))

    def fetch(self, path: str) -> bytes | None:
        """A file that readers see now."""
        return self.store.read(path)

    def holds(self, manifest: Manifest) -> bool:
        """Not after a run that was cut: of what it was to change some may be changed."""
        return not self.begun.release and not self.wrong(manifest)

    def send(self, staging: Path, manifest: Manifest) -> int:
        """Bring what is not there yet, beside what readers see."""
        wanted = manifest.entries()
        standing = self._standing(manifest)
        self.moving = tuple(path for path in wanted if path not in standing)
        arrived = self.store.digests(
            INCOMING + path
            for path in self.moving
            if self.sizes.get(INCOMING + path) == wanted[path].size and path not in self.spoilt
        )
        missing = [p for p in self.moving if arrived.get(INCOMING + p) != wanted[p].sha256]
        self.store.send((staging / path, INCOMING + path) for path in missing)
        return len(missing)

    def wrong(self, manifest: Manifest) -> tuple[str, ...]:
        """Read everything back: what has arrived, and what stands in its place already."""
        moving = set(self.moving)
        places = {p: INCOMING + p if p in moving else p for p in manifest.entries()}
        found = self.store.digests(places.values())
        differing = [e.path for e in manifest.files if found.get(places[e.path]) != e.sha256]
        self.spoilt = frozenset(differing)
        return tuple(differing)

    def finish(self, papers: Papers, keep: int) -> None:
        """One file after another takes its place; what is gone goes last."""
        manifest = papers.manifest
        known = manifest.entries()
        gone = {*self.before.entries(), *self.begun.entries()} & self.sizes.keys() - known.keys()
        same = _the_same_to_windows(gone, known)
        self.store.write(BEGUN, papers.text)
        self.store.remove(same)
        for path in in_turn(self.moving, known):
            self.store.move(INCOMING + path, path)
        self.store.remove(in_turn(gone - same, known)[::-1])
        paper = f"{PAPERS}{manifest.release}.json"
        if papers.signature:
            self.store.write(f"{paper}.sig", papers.signature)
        self.store.write(paper, papers.text)
        self.store.write(CURRENT, papers.text)
        back = self._gone_back_from(manifest.release)
        self.store.remove((BEGUN, *back, *self._outdated(keep, but=back), *self._left_behind()))

    def back(self, release: str, staging: Path) -> None:
        """This machine's copy of the earlier release is published again."""
        text = self.store.read(f"{PAPERS}{release}.json")
        manifest = read_manifest(text)
        if text is None or not manifest.files or not staging.is_dir():
            raise Unreachable(f"版本 {release} 的文件不在这台电脑上，请在发布它的电脑上退回")
        self.send(staging, manifest)
        if self.wrong(manifest):
            raise Unreachable(f"版本 {release} 的文件在这台电脑上不完整了，没有退回")
        self.finish(Papers(manifest, text), keep=len(self.sizes))

    def close(self) -> None:
        """Give the lock back."""
        try:
            if self.holder and read_holder(self.store.read(LOCK)).token == self.holder.token:
                self.store.remove((LOCK,))
        except (Unreachable, OSError):
            pass  # one's own lock does not stop the next run
        finally:
            self.store.close()

    def _take(self, holder: Holder) -> None:
        if not self.store.create(LOCK, holder.text()):
            found = self.store.read(LOCK)
            if not may_take(holder, found):
                raise Held(read_holder(found))
            self.store.write(LOCK, holder.text())
        self.holder = holder

    def _noted(self, releases: tuple[str, ...]) -> Manifest:
        """What readers see; where that note is damaged the newest, as all is read back anyway."""
        found = read_manifest(self.store.read(CURRENT))
        if found.release or not releases:
            return found
        return read_manifest(self.store.read(f"{PAPERS}{releases[-1]}.json"))

    def _standing(self, manifest: Manifest) -> set[str]:
        """The files that stand in their place already, so far as notes and sizes tell.

        After a run that was cut while files changed places those it was to change are read. `wrong`
        reads the others as well.
        """
        before, begun = self.before.entries(), self.begun.entries()
        fits = [e for e in manifest.files if self.sizes.get(e.path) == e.size]
        fits = [e for e in fits if e.path not in self.spoilt]
        touched = {p for p, e in begun.items() if p not in before or before[p].sha256 != e.sha256}
        found = self.store.digests(entry.path for entry in fits if entry.path in touched)
        sure = {e.path for e in fits if e.path in touched and found.get(e.path) == e.sha256}
        noted = (e for e in fits if e.path in before and e.path not in touched)
        return sure | {e.path for e in noted if before[e.path].sha256 == e.sha256}

    def _outdated(self, keep: int, *, but: tuple[str, ...]) -> tuple[str, ...]:
        """The oldest beyond `keep`; those that go anyhow leave their room to what readers saw."""
        kept = self.sizes.keys() - set(but)
        papers = sorted(p for p in kept if p.startswith(PAPERS) and p.endswith(".json"))
        old = papers[: max(len(papers) + 1 - keep, 0)]
        return tuple(path for paper in old for path in (paper, f"{paper}.sig"))

    def _gone_back_from(self, release: str) -> tuple[str, ...]:
        """The papers later than the release that was online: to go back is to what readers saw."""
        if release <= self.before.release:
            return ()
        papers = (path for path in self.sizes if path.startswith(PAPERS))
        names = {path: path.removeprefix(PAPERS).partition(".json")[0] for path in papers}
        return tuple(p for p, name in names.items() if self.before.release < name != release)

    def _left_behind(self) -> tuple[str, ...]:
        """What another release that was cut had brought."""
        return tuple(path for path in self.sizes if path.startswith(INCOMING))


def _the_same_to_windows(gone: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """What differs from a file that stays by capital letters alone.

    It goes before that one arrives: removed later, it would take the new one along.
    """
    staying = {path.casefold() for path in known}
    return frozenset(path for path in gone if path.casefold() in staying)
