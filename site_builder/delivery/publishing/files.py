"""Files on this machine's disks: copied, linked and counted.

Promise: a file that is written here appears whole under its name, or not at all.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from errno import ENOENT
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR

MOMENTS = (0.2, 0.5, 1.0, 2.0)  # seconds between two attempts
FRESH = ".new~"  # ends the name of a file that is not whole yet


def digest_of(file: Path) -> str:
    """The SHA-256 of a file; empty when there is none."""
    found = sha256()
    try:
        with file.open("rb") as stream:
            while piece := stream.read(1 << 20):
                found.update(piece)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return ""
    return found.hexdigest()


def copy_whole(source: Path, target: Path) -> None:
    """A copy that appears at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}{FRESH}")
    shutil.copyfile(source, fresh)
    fresh.replace(target)


def write_whole(target: Path, content: bytes) -> None:
    """A file that appears at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}{FRESH}")
    with fresh.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(target)


def created(target: Path, content: bytes) -> bool:
    """A file that must not be there yet; says whether it is now.

    It is linked to its name when it is whole: half a lock on a full disk would be nobody's.
    """
    fresh = target.with_name(f".{target.name}-{secrets.token_hex(4)}{FRESH}")
    try:
        fresh.write_bytes(content)
        os.link(fresh, target)
    except FileExistsError:
        return False
    except OSError:  # above all a disk that knows no links
        return _created_in_place(target, content)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return True


def _created_in_place(target: Path, content: bytes) -> bool:
    try:
        stream = target.open("xb")
    except FileExistsError:
        return False
    try:
        with stream:
            stream.write(content)
    except OSError:
        with suppress(OSError):
            target.unlink()
        raise
    return True


def link_or_copy(source: Path, target: Path) -> None:
    """The same file a second time; a copy where the disk knows no links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        copy_whole(source, target)


def patiently(act: Callable[[], object]) -> None:
    """Do it, a few times over: a server or a scanner has a file open for a moment."""
    for seconds in MOMENTS:
        try:
            act()
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    act()


def require_parent(folder: Path) -> None:
    """One folder is made where the last name is new; more is a path that was typed wrong."""
    if not folder.parent.is_dir():
        raise FileNotFoundError(ENOENT, "", str(folder.parent))


def make_readable(folder: Path) -> None:
    """For everybody, whatever is usual on this machine: a web server is another user."""
    for place in (folder, *folder.rglob("*")):
        _open_to_all(place, place.stat().st_mode)


def make_folder(folder: Path) -> None:
    """One that everybody may read; one that is there already stays as its owner wants it."""
    if not folder.is_dir():
        folder.mkdir()
        _open_to_all(folder, folder.stat().st_mode)


def _open_to_all(place: Path, mode: int) -> None:
    wanted = mode | (0o755 if S_ISDIR(mode) else 0o644)
    if wanted != mode:
        place.chmod(wanted)


def files_below(folder: Path) -> set[str]:
    """The path of every file below a folder."""
    return {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()}
