"""Staging: the files of a release, gathered on this machine before anything is sent.

Promise: they are exactly what the last build wrote; whatever else lies in `output/` stays here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from site_builder.delivery.publishing.compressing import compressed
from site_builder.delivery.publishing.files import (
    copy_whole,
    digest_of,
    link_or_copy,
    write_whole,
)
from site_builder.delivery.publishing.manifest import ASSETS, Entry, Manifest, read_manifest
from site_builder.delivery.publishing.target import OpenTarget, Papers
from site_builder.pipeline import Site
from site_builder.write.trace import load_trace

NEW = "new"  # the release being gathered, until it has been published


@dataclass(frozen=True, slots=True)
class Kept:
    """A release that this machine published, with its files."""

    folder: Path
    manifest: Manifest = Manifest()


class Stale(Exception):
    """The output has changed since it was built."""


def stage(site: Site, name: str, *, compress: bool) -> tuple[Entry, ...]:
    """Copy the output, or link what the release before holds already; compress what pays."""
    folder = folder_of(site, name) / NEW
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    before = _newest(site, name)
    entries: list[Entry] = []
    for path, row in sorted(load_trace(site.cache).rows.items()):
        entry = Entry(path, row[3], row[2])
        is_known = before.manifest.entries().get(path) == entry
        if is_known and digest_of(before.folder / path) == entry.sha256:
            link_or_copy(before.folder / path, folder / path)
        elif (site.output / path).is_file():
            copy_whole(site.output / path, folder / path)
            is_known = False
        if digest_of(folder / path) != entry.sha256:
            raise Stale(path)
        entries.append(entry)
        if compress:
            entries += _companions(path, folder, before=before if is_known else Kept(folder))
    return tuple(entries)


def carry(site: Site, name: str, *, target: OpenTarget, before: Manifest) -> Iterator[Entry]:
    """Assets of the release before that this one has no longer: open pages may still ask."""
    folder = folder_of(site, name) / NEW
    for entry in before.files:
        is_gone = entry.path.endswith(ASSETS) and not (folder / entry.path).exists()
        if entry.carried or not is_gone:
            continue
        own = folder.with_name(before.release) / entry.path
        is_here = digest_of(own) == entry.sha256
        content = own.read_bytes() if is_here else target.fetch(entry.path)
        if content is not None and sha256(content).hexdigest() == entry.sha256:
            write_whole(folder / entry.path, content)
            yield replace(entry, carried=True)


def keep_staged(site: Site, name: str, *, papers: Papers, before: str, keep: int) -> None:
    """The release that has just been published stays here, for the next one and for going back.

    Those after the one `before` were gone back from: they take no room from what readers saw.
    """
    folder, release = folder_of(site, name), papers.manifest.release
    (folder / NEW).rename(folder / release)
    write_whole(folder / f"{release}.json", papers.text)
    kept = sorted(folder.glob("*.json"))
    back = [paper for paper in kept if before < paper.stem != release]
    for old in (*back, *[paper for paper in kept if paper not in back][:-keep]):
        shutil.rmtree(old.with_suffix(""), ignore_errors=True)
        old.unlink()
    for left in folder.iterdir():  # by a run that was cut
        if left.is_dir() and not left.with_name(f"{left.name}.json").exists():
            shutil.rmtree(left, ignore_errors=True)


def was_published(site: Site, name: str) -> bool:
    """Whether this machine has put a release online there."""
    return any(folder_of(site, name).glob("*.json"))


def folder_of(site: Site, name: str) -> Path:
    """Where the releases of a target are kept on this machine."""
    return site.cache / "releases" / name


def _newest(site: Site, name: str) -> Kept:
    folder = folder_of(site, name)
    paper = max(folder.glob("*.json"), default=None)
    if paper is None:
        return Kept(folder)
    return Kept(paper.with_suffix(""), read_manifest(paper.read_bytes()))


def _companions(path: str, folder: Path, *, before: Kept) -> Iterator[Entry]:
    """The compressed forms of a file: those of the release before where the file is the same."""
    content = (folder / path).read_bytes()
    known = before.manifest.entries()
    for ending, compress in compressed(path, content):
        entry = known.get(f"{path}{ending}")
        file = folder / f"{path}{ending}"
        if entry and digest_of(before.folder / entry.path) == entry.sha256:
            link_or_copy(before.folder / entry.path, file)
            yield replace(entry, carried=False)
            continue
        packed = compress(content)
        if len(packed) < len(content):
            write_whole(file, packed)
            yield Entry(f"{path}{ending}", len(packed), sha256(packed).hexdigest())
