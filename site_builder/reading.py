"""Reading: what every file of a site says, and what is wrong with it by itself.

Promise: a file that is as it was when it was last read is not read again; the others are shared
among processes, and the result is that of reading them all one after the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
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
from site_builder.write.kept import Kept, Stamp
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
    """What the last build in this process read; nothing where the process does not last."""

    lasts: bool = False
    key: str = ""
    readings: dict[str, tuple[Stamp, Reading]] = field(default_factory=dict)
    remembered: Remembered = field(default_factory=Remembered)

    def of(self, key: str) -> dict[str, tuple[Stamp, Reading]]:
        """What was read under a key; what was read under another is forgotten."""
        if self.key != key:
            self.key, self.readings = key, {}
        return self.readings


@dataclass(slots=True)
class Reader:
    """Reads the files of a site in one build; `findings` then holds what its documents gave, and
    `traits` what they are.

    `program` is the digest of the code; a file younger than `until` is not kept. `memory` is
    that of a process which builds again and again; who `keeps` nothing writes no store. A file that
    was saved between the scan and its being read is `overtaken`: others may have been read before
    they were saved together with it.
    """

    root: Path
    cache: Path
    program: str
    until: int
    jobs: Jobs
    memory: Memory
    keeps: bool = True
    overtaken: frozenset[str] = frozenset()
    findings: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    traits: dict[str, Traits] = field(default_factory=dict)

    def __call__(self, config: SiteConfig, files: tuple[SourceFile, ...]) -> Iterator[Loaded]:
        """What each file gives, in their order."""
        self.findings.clear()  # of a first try, when files were saved meanwhile
        self.traits.clear()
        lists = load_lists(self.root, config)
        kept = Kept(self.cache, digest((self.program, config, lists.own_words)))
        readings = _readings(self, files, lists=lists, kept=kept)
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
    config, memory = lists.config, reader.memory
    stamps = {file.path: _stamp(file, config, until=reader.until) for file in files}
    readings = _known(stamps, memory.of(kept.key), kept)
    unread = [file for file in files if file.path not in readings]
    overtaken: set[str] = set()
    if unread:
        stay = frozenset(readings)
        fresh = _fresh(reader, unread, lists=lists, readings=readings, overtaken=overtaken)
        entries = ((path, stamps[path], packed) for path, packed in fresh if stamps[path])
        with suppress(OSError):  # a store that cannot be written only costs time
            if reader.keeps:
                kept.save(entries, count=len(unread), stay=stay)
        for _ in entries:  # what could not be kept is read all the same
            continue
    reader.overtaken = frozenset(overtaken)
    if memory.lasts:
        memory.readings = {
            path: (() if path in overtaken else stamps[path], reading)
            for path, reading in readings.items()
            if _lasts(reading)
        }
    return readings


def _known(
    stamps: Mapping[str, Stamp], held: Mapping[str, tuple[Stamp, Reading]], kept: Kept
) -> dict[str, Reading]:
    """What is known of the files that are as they were; who holds readings needs no store."""
    if held:
        same = (path for path, stamp in stamps.items() if stamp and path in held)
        return {path: held[path][1] for path in same if held[path][0] == stamps[path]}
    entries = kept.entries()
    return {path: _unpacked(packed) for path, stamp, packed in entries if stamp == stamps.get(path)}


def _fresh(
    reader: Reader,
    files: Sequence[SourceFile],
    *,
    lists: Library,
    readings: dict[str, Reading],
    overtaken: set[str],
) -> Iterator[tuple[str, bytes]]:
    """Add the readings of files, and give what to keep of them."""
    task = partial(_read_share, root=reader.root, lists=lists, parent=os.getpid())
    scanned = {file.path: file for file in files}
    for read in spread(task, files, jobs=reader.jobs):
        readings[read.path] = read.reading or _unpacked(read.packed or b"")
        if _is_overtaken(reader.root, scanned[read.path]):
            overtaken.add(read.path)
        elif read.packed is not None:
            yield read.path, read.packed


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


def _read_share(
    files: Sequence[SourceFile], *, root: Path, lists: Library, parent: int
) -> Iterator[_Read]:
    """A few at a time; a worker hands over bytes alone."""
    is_worker = os.getpid() != parent
    for start in range(0, len(files), AT_ONCE):
        for read in _read_few(files[start : start + AT_ONCE], root=root, lists=lists):
            yield replace(read, reading=None) if is_worker and read.packed else read


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
