"""The bag: an archive as a folder after BagIt (RFC 8493), and as one ZIP file.

Promise: both are made of their contents and the day of capture alone, so that the same contents
give the same bytes on any machine; `sha256sum -c` reads the manifests as they are.
"""

from __future__ import annotations

import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DECLARED, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DAY = "Bagging-Date"
ZIPPED = ".zip"
LIST = ".sha256"  # ends the name of the list that `sha256sum -c` proves the ZIP file with
FIRST_YEAR = 1980  # no ZIP file knows an earlier one
FRESH, FORMER = ".new~", ".old~"


def bagged(
    payload: Mapping[str, bytes], tags: Mapping[str, bytes], *, info: Mapping[str, str]
) -> dict[str, bytes]:
    """Every file of the bag by its path in it."""
    inside = {f"data/{path}": content for path, content in payload.items()}
    size = sum(map(len, payload.values()))
    said = {**info, "Payload-Oxum": f"{size}.{len(payload)}"}
    others = {
        **tags,
        DECLARED: DECLARATION,
        INFO: "".join(f"{name}: {said[name]}\n" for name in sorted(said)).encode(),
        MANIFEST: manifest({path: digest(content) for path, content in inside.items()}),
    }
    listed = manifest({path: digest(content) for path, content in others.items()})
    return dict(sorted({**inside, **others, TAGS: listed}.items()))


def manifest(digests: Mapping[str, str]) -> bytes:
    """Lines as `sha256sum` writes them, by path."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def digest(content: bytes) -> str:
    """The SHA-256 of a file."""
    return sha256(content).hexdigest()


def day_of(info: bytes) -> date | None:
    """The day of capture that a bag-info.txt names."""
    found = re.search(
        rf"^{DAY}: (\d{{4}}-\d{{2}}-\d{{2}})$", info.decode("utf-8", "replace"), re.MULTILINE
    )
    return date.fromisoformat(found[1]) if found else None


def write_zip(stream: IO[bytes], files: Iterator[tuple[str, bytes]], *, day: date) -> None:
    """A ZIP file of these files, in the order given; nothing is compressed.

    So that anybody can tell in thirty years what stands in it, and no version of a library matters.
    """
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for path, content in files:
            entry = ZipInfo(path, (max(day.year, FIRST_YEAR), day.month, day.day, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)


def save(bag: Mapping[str, bytes], folder: Path, *, day: date) -> None:
    """The folder, the ZIP file and its list, whole beside their places before they are switched."""
    fresh, former = _beside(folder, FRESH), _beside(folder, FORMER)
    packed, listed = zip_of(folder), list_of(folder)
    for rest in (fresh, former):
        shutil.rmtree(rest, ignore_errors=True)
    for path, content in bag.items():
        (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        (fresh / path).write_bytes(content)
    with _beside(packed, FRESH).open("wb") as stream:
        write_zip(stream, ((f"{folder.name}/{path}", bag[path]) for path in bag), day=day)
    line = manifest({packed.name: digest(_beside(packed, FRESH).read_bytes())})
    _beside(listed, FRESH).write_bytes(line)
    if folder.exists():
        folder.replace(former)
    fresh.replace(folder)
    _beside(packed, FRESH).replace(packed)
    _beside(listed, FRESH).replace(listed)
    shutil.rmtree(former, ignore_errors=True)


def packed_name(packed: Path) -> str:
    """What the folder in a ZIP file is called, whatever the file is called now."""
    with ZipFile(packed) as archive:
        return archive.namelist()[0].partition("/")[0]


def unpack(packed: Path, folder: Path) -> None:
    """The folder from its ZIP file, where that is all there is left."""
    fresh = _beside(folder, FRESH)
    shutil.rmtree(fresh, ignore_errors=True)
    with ZipFile(packed) as archive:
        archive.extractall(fresh)
    (top,) = fresh.iterdir()
    top.replace(folder)
    fresh.rmdir()


def recover(folder: Path) -> None:
    """What was switched away last comes back, where a run was ended by force in that moment."""
    former = _beside(folder, FORMER)
    if former.exists() and not folder.exists():
        former.replace(folder)


def zip_of(folder: Path) -> Path:
    """`2017.zip` beside `2017/`."""
    return folder.with_name(folder.name + ZIPPED)


def list_of(folder: Path) -> Path:
    """`2017.zip.sha256`."""
    return folder.with_name(folder.name + ZIPPED + LIST)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f".{path.name}{ending}")
