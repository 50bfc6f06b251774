"""Verifying: an archive against its own manifests.

Promise: a file that was changed, lost, added or renamed since the archive was made is named, in the
folder and in the ZIP file; nothing of the archive is believed that a manifest does not prove.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryFile
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from site_builder.delivery.archive_bag import (
    DECLARED,
    INFO,
    MANIFEST,
    TAGS,
    ZIPPED,
    day_of,
    digest,
    list_of,
    manifest,
    write_zip,
    zip_of,
)
from site_builder.delivery.archive_wish import READING_ROOM
from site_builder.problems import Place, Problem

LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")
ARCHIVE = re.compile(rf"\d{{4}}(?:{READING_ROOM})?(?:{re.escape(ZIPPED)})?")
FAULTS = (
    BadZipFile,
    EOFError,
    LookupError,
    OSError,
    OverflowError,
    RuntimeError,
    struct.error,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Verified:
    """What stands in an archive, as SHA-256 by path, and what is wrong with it."""

    digests: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Bag:
    """A bag to verify: how it was named, its files, and how to read one."""

    name: str
    digests: Mapping[str, str]
    read: Callable[[str], bytes]


def verify(path: Path, *, named: str) -> Verified:
    """The archive in a folder or a ZIP file; `named` is what messages call it."""
    if path.is_dir():
        return _verify_folder(path, named)
    if path.is_file():
        return _verify_zip(path, named)
    return _unusable(named, "这里没有文件夹，也没有 ZIP 文件")


def archives_in(folder: Path) -> tuple[Path, ...]:
    """The archives that lie in a folder, unpacked and packed; none where it is one itself."""
    if not folder.is_dir() or _is_bag(folder):
        return ()
    inside = sorted(folder.iterdir())
    return tuple(path for path in inside if ARCHIVE.fullmatch(path.name) or _is_bag(path))


def _is_bag(path: Path) -> bool:
    return any((path / name).is_file() for name in (DECLARED, MANIFEST))


def _verify_folder(folder: Path, named: str) -> Verified:
    found = sorted(file for file in folder.rglob("*") if file.is_symlink() or not file.is_dir())
    paths = {file.relative_to(folder).as_posix(): file for file in found}
    bag = _Bag(
        named,
        {path: _digest_of(file) for path, file in paths.items()},
        lambda path: paths[path].read_bytes(),
    )
    return Verified(bag.digests, tuple(_faults(bag)))


def _verify_zip(file: Path, named: str) -> Verified:
    try:
        with ZipFile(file) as packed:
            verified = _verify_packed(packed, file, named=named)
    except FAULTS:
        return _unusable(named, "不是完整的 ZIP 文件，打不开或者读不完")
    return Verified(verified.digests, (*verified.problems, *_listed(file, named)))


def _verify_packed(packed: ZipFile, file: Path, *, named: str) -> Verified:
    entries = packed.infolist()
    names = [entry.filename for entry in entries]
    top = names[0].partition("/")[0] + "/" if names else ""
    strange = len(set(names)) < len(names) or not all(n.startswith(top) for n in names)
    if strange or any(entry.compress_type != ZIP_STORED for entry in entries):
        return _unusable(named, "里面的文件不是归档时那样放的")
    read = {name.removeprefix(top): name for name in names}
    digests, damaged = {}, []
    for path, name in read.items():
        try:
            digests[path] = digest(packed.read(name))
        except FAULTS:
            digests[path] = ""
            damaged.append(path)
    bag = _Bag(named, digests, lambda path: packed.read(read[path]))
    problems = tuple(_faults(bag))
    if not problems and not _is_as_written(packed, file, day=day_of(bag.read(INFO))):
        message = "文件内容都对，但 ZIP 文件本身（目录、日期或者首尾）被改过"
        problems = (Problem("O605", Place(named), message),)
    return Verified(digests, problems)


def _is_as_written(packed: ZipFile, file: Path, *, day: date | None) -> bool:
    """Nothing may differ: what a ZIP file holds beside its files no manifest can prove."""
    if day is None:
        return False
    with TemporaryFile() as again, file.open("rb") as stream:
        names = sorted(packed.namelist())
        write_zip(again, ((name, packed.read(name)) for name in names), day=day)
        again.seek(0)
        return file_digest(again, "sha256").digest() == file_digest(stream, "sha256").digest()


def _listed(file: Path, named: str) -> Iterator[Problem]:
    """The list beside the ZIP file, where there is one."""
    listed = list_of(file.with_suffix(""))
    if zip_of(file.with_suffix("")) != file or not listed.is_file():
        return
    with file.open("rb") as stream:
        expected = manifest({file.name: file_digest(stream, "sha256").hexdigest()})
    if listed.read_bytes() != expected:
        place = Place(f"{named}{listed.name.removeprefix(file.name)}")
        yield Problem("O601", place, "与旁边的 ZIP 文件不符：这个清单或者 ZIP 文件被改过")


def _faults(bag: _Bag) -> Iterator[Problem]:
    """The tags first: they prove the manifest of everything else."""
    if DECLARED not in bag.digests and MANIFEST not in bag.digests:
        yield Problem("O605", Place(bag.name), "不是归档：里面没有 BagIt 的清单")
        return
    payload = {p: d for p, d in bag.digests.items() if p.startswith("data/")}
    tags = {p: d for p, d in bag.digests.items() if p not in payload and p != TAGS}
    yield from _against(bag, TAGS, tags)
    yield from _against(bag, MANIFEST, payload)


def _against(bag: _Bag, name: str, found: Mapping[str, str]) -> Iterator[Problem]:
    """Files against one manifest."""
    if name not in bag.digests:
        message = "清单没有了，它管的文件无法核对"
        yield Problem("O602", Place(f"{bag.name}/{name}"), message)
        return
    listed, faults = _read(bag, name)
    yield from faults
    lost = {path: sha for path, sha in listed.items() if path not in found}
    extra = {} if faults else {path: sha for path, sha in found.items() if path not in listed}
    for path, sha in listed.items():
        if path in found and found[path] != sha:
            yield _problem("O601", bag, path, f"内容与 {name} 里的 SHA-256 不符")
    for path, sha in lost.items():
        renamed = next((p for p, other in extra.items() if other == sha), None)
        if renamed is None:
            yield _problem("O602", bag, path, f"{name} 里有，归档里没有了")
        else:
            del extra[renamed]
            yield _problem("O604", bag, renamed, f"{name} 里叫“{_shown(path)}”，内容相同，名称不同")
    for path in extra:
        yield _problem("O603", bag, path, f"{name} 里没有这个文件")


def _read(bag: _Bag, name: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The lines of a manifest; it has to be letter for letter what the program writes."""
    raw = bag.read(name)
    matches = map(LINE.fullmatch, raw.decode("utf-8", "replace").split("\n"))
    listed = {found[2]: found[1] for found in matches if found}
    if manifest(listed) == raw:
        return listed, ()
    message = "清单被改过：有的行不是归档时写的样子，或者次序不对"
    return listed, (_problem("O605", bag, name, message),)


def _digest_of(file: Path) -> str:
    """Nothing for what is no file, or cannot be read: no manifest has that."""
    try:
        if file.is_symlink() or not file.is_file():
            return ""
        with file.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _problem(code: str, bag: _Bag, path: str, message: str) -> Problem:
    return Problem(code, Place(_shown(f"{bag.name}/{path}")), message)


def _unusable(named: str, message: str) -> Verified:
    return Verified({}, (Problem("O605", Place(named), message),))


def _shown(path: str) -> str:
    """A name that a damaged disk or a foreign program left may hold what no screen can show."""
    return path.encode("utf-8", "backslashreplace").decode()
