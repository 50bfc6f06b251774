"""Reading: what every file of a site says, and what is wrong with it by itself.

Promise: a file that is as it was when it was last read is not read again; the others are shared
among processes, and the result is that of reading them all one after the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from site_builder.imprints import Remembered, Traits, identified
from site_builder.model.disclosure import Document
from site_builder.model.library import Library
from site_builder.model.packing import RECORDS
from site_builder.model.page import digest
from site_builder.model.site import SiteConfig
from site_builder.problems import Problem
from site_builder.rules.alone import check_documents
from site_builder.sources.columns import column_of
from site_builder.sources.files import SourceFile
from site_builder.sources.lists import load_lists
from site_builder.sources.load import load_file
from site_builder.sources.records import Loaded
from site_builder.write.kept import Kept, Stamp, open_kept, save_kept
from site_builder.write.last import facts_of
from site_builder.write.workers import Jobs, spread

PASSING = ("F104", "F105")  # what may have another cause than the file's bytes
AT_ONCE = 200  # files
ALONE = ("guide", "application")  # their document is told apart only when all are known


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as loaded, and the findings that its document alone is the reason for.

    `identity` is that of the document but for its words, empty where the file gave none or one that
    cannot be packed.
    """

    loaded: Loaded
    findings: tuple[Problem, ...] | None = None
    identity: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A reading or the bytes to keep of it; only these come from a worker, if it can be packed."""

    path: str
    reading: Reading | None
    packed: bytes | None


@dataclass(slots=True)
class Memory:
    """The store of the last build in this process, and what was taken from it.

    One that does not last gives back its space as soon as all is read.
    """

    lasts: bool = False
    kept: Kept | None = None
    readings: dict[str, tuple[Stamp, Reading]] = field(default_factory=dict)
    remembered: Remembered = field(default_factory=Remembered)

    def of(self, cache: Path, key: str) -> Kept:
        """The store for a key; what was taken from another is forgotten."""
        if self.kept is None or self.kept.key != key:
            self.kept, self.readings = open_kept(cache, key), {}
        return self.kept


@dataclass(slots=True)
class Reader:
    """Reads the files of a site in one build; `findings` then holds what its documents gave, and
    `traits` what they are.

    `program` is the digest of the code; a file younger than `until` is not kept. `memory` is
    that of a process which builds again and again. A file that was saved between the scan and its
    being read is `overtaken`: others may have been read before they were saved together with it.
    """

    root: Path
    cache: Path
    program: str
    until: int
    jobs: Jobs
    memory: Memory
    overtaken: frozenset[str] = frozenset()
    findings: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    traits: dict[str, Traits] = field(default_factory=dict)

    def __call__(self, config: SiteConfig, files: tuple[SourceFile, ...]) -> Iterator[Loaded]:
        """What each file gives, in their order."""
        self.findings.clear()  # of a first try, when files were saved meanwhile
        self.traits.clear()
        lists = load_lists(self.root, config)
        kept = self.memory.of(self.cache, digest((self.program, config, lists.own_words)))
        readings = _readings(self, files, lists=lists, kept=kept)
        if kept.is_newer:
            with suppress(OSError):  # a store that cannot be written only costs time
                save_kept(kept, live=frozenset(readings))
        if not self.memory.lasts:
            kept.entries, kept.newer = {}, {}
        for path, reading in readings.items():
            if reading.findings is not None:
                self.findings[path] = reading.findings
            if reading.findings is not None and reading.identity:
                said = (*reading.loaded.problems, *reading.findings)
                self.traits[path] = Traits(reading.identity, said)
        return (readings[file.path].loaded for file in files)


def _readings(
    reader: Reader, files: Sequence[SourceFile], *, lists: Library, kept: Kept
) -> dict[str, Reading]:
    config = lists.config
    stamps = {file.path: _stamp(file, config, until=reader.until) for file in files}
    held = reader.memory.readings
    known = {
        path: held[path][1] if path in held and held[path][0] == stamp else _kept(kept, path, stamp)
        for path, stamp in stamps.items()
        if stamp
    }
    readings = {path: reading for path, reading in known.items() if reading is not None}
    unread = [file for file in files if file.path not in readings]
    task = partial(_read_share, root=reader.root, lists=lists, parent=os.getpid())
    shares = spread(task, unread, jobs=reader.jobs) if unread else []
    reader.overtaken = frozenset(f.path for f in unread if _is_overtaken(reader.root, f))
    for share in shares:
        for read in share:
            readings[read.path] = read.reading or _unpacked(read.packed or b"")
            stamp = stamps[read.path] if read.path not in reader.overtaken else ()
            if stamp and read.packed is not None:
                kept.put(read.path, stamp, content=read.packed)
    if reader.memory.lasts:
        reader.memory.readings = {
            path: (stamps[path] if path not in reader.overtaken else (), reading)
            for path, reading in readings.items()
            if _lasts(reading)
        }
    return readings


def _is_overtaken(root: Path, file: SourceFile) -> bool:
    """Whether it is no longer the file that the scan saw."""
    try:
        info = os.stat(f"{root}/{file.path}")  # noqa: PTH116  # a Path costs more than that
    except OSError:
        return True
    return facts_of(info) != (file.size, file.mtime_ns, file.changed_ns, file.inode)


def _stamp(file: SourceFile, config: SiteConfig, *, until: int) -> Stamp:
    """What a file's reading depends on; nothing where its time may be that of another change."""
    if max(file.mtime_ns, file.changed_ns) >= until:
        return ()
    column = column_of(file.path, config)
    where = (column.slug, column.kind) if column else ("", "")
    return (file.size, file.mtime_ns, file.changed_ns, file.inode, *where)


def _kept(kept: Kept, path: str, stamp: Stamp) -> Reading | None:
    packed = kept.find(path, stamp)
    return _unpacked(packed) if packed is not None else None


def _read_share(
    files: Sequence[SourceFile], *, root: Path, lists: Library, parent: int
) -> list[_Read]:
    """A few at a time, so that a worker holds little more than the bytes it hands over."""
    found: list[_Read] = []
    for start in range(0, len(files), AT_ONCE):
        few = _read_few(files[start : start + AT_ONCE], root=root, lists=lists)
        packed = os.getpid() != parent
        found += [replace(r, reading=None) if packed and r.packed else r for r in few]
    return found


def _read_few(files: Sequence[SourceFile], *, root: Path, lists: Library) -> list[_Read]:
    loaded = {file.path: load_file(root, file, config=lists.config) for file in files}
    documents = [item.record for item in loaded.values() if isinstance(item.record, Document)]
    kinds = {column.slug: column.kind for column in lists.config.columns}
    found = check_documents([d for d in documents if kinds[d.column] not in ALONE], lists)
    known = {d.origin.place.file: identified(d) for d in documents}
    reads: list[_Read] = []
    for path, item in loaded.items():
        fields, identity = known.get(path, (None, ""))
        reading = Reading(item, found.get(path), identity)
        reads.append(_Read(path, reading, _packed(reading, fields)))
    return reads


def _lasts(reading: Reading) -> bool:
    return not any(problem.code in PASSING for problem in reading.loaded.problems)


def _packed(reading: Reading, fields: bytes | None) -> bytes | None:
    """What to keep of a reading; the fields of a document are packed already."""
    loaded, record = reading.loaded, reading.loaded.record
    if not _lasts(reading):
        return None
    rest = (loaded.problems, loaded.unread, loaded.digest, reading.findings, reading.identity)
    try:
        if fields is None:
            return RECORDS.pack((None, record, *rest))
        return RECORDS.pack((fields, record.body, *rest))
    except TypeError:  # such as a table, of which a site has few
        return None


def _unpacked(packed: bytes) -> Reading:
    fields, record, *loaded, findings, known = RECORDS.unpack(packed)
    if fields is not None:
        record = replace(RECORDS.unpack(fields), body=record)
    return Reading(Loaded(record, *loaded), findings, known)
