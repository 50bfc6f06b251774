"""A target in use: what every kind of place can do for a publication.

Promise: nothing that readers see changes before `finish` or `back`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from site_builder.delivery.publishing.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Holder:
    """Who publishes: the name shown, since when, and a token for this folder on this machine."""

    name: str
    since: str
    token: str
    takes_over: bool = field(default=False, compare=False)

    def text(self) -> bytes:
        """As it stands in the lock."""
        fields = {k: v for k, v in asdict(self).items() if k != "takes_over"}
        return (json.dumps(fields, ensure_ascii=False) + "\n").encode()


FORM, LENGTH = "%Y%m%d-%H%M%S", 15  # of the moment that begins the name of a release
MOMENT = re.compile(r"\d{8}-\d{6}")
RELEASE = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands at a target: the release readers see, and all that are kept, oldest first.

    `others` are files among those that readers see which publishing did not put there. `is_cut`
    says that a run was cut while files changed places: readers see some of another release.
    """

    current: Manifest = Manifest()
    releases: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Papers:
    """A manifest as it is kept, and its signature; empty without a key."""

    manifest: Manifest
    text: bytes
    signature: bytes = b""


class Held(Exception):
    """Another publication holds the lock."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder.name)
        self.holder = holder


class Unreachable(Exception):
    """The target cannot be used; says why in a clerk's words."""


class Absent(Exception):
    """A program or library that this kind of target needs is not installed; says which."""


class OpenTarget(Protocol):
    """One kind of place."""

    def open(self, holder: Holder | None) -> Opened:
        """Take the lock (none for a look) and say what stands there; or raise Held."""
        ...

    def fetch(self, path: str) -> bytes | None:
        """A file that readers see now."""
        ...

    def holds(self, manifest: Manifest) -> bool:
        """Whether readers see these very files now, all of them read from the target."""
        ...

    def send(self, staging: Path, manifest: Manifest) -> int:
        """Bring every file there, beside what readers see; says how many had to be sent."""
        ...

    def wrong(self, manifest: Manifest) -> tuple[str, ...]:
        """The files whose SHA-256 there is not that of the manifest, read from the target."""
        ...

    def finish(self, papers: Papers, keep: int) -> None:
        """Make the release the one readers see, and drop the oldest beyond `keep`."""
        ...

    def back(self, release: str, staging: Path) -> None:
        """Make an earlier release the one readers see; `staging` is this machine's copy of it."""
        ...

    def close(self) -> None:
        """Give the lock back."""
        ...


def read_holder(data: bytes | None) -> Holder:
    """Who stands in a lock."""
    try:
        raw = json.loads(data or b"")
        return Holder(str(raw["name"]), str(raw["since"]), str(raw["token"]))
    except (ValueError, KeyError, TypeError):
        return Holder("不知道是谁", "不知道什么时候", "")


def may_take(holder: Holder, lock: bytes | None) -> bool:
    """Whether a lock is one's own, left by a run that was cut, or is to be taken over."""
    return holder.takes_over or read_holder(lock).token == holder.token


def releases_among(names: Iterable[str]) -> tuple[str, ...]:
    """Those that publishing gave, oldest first: whatever else lies there is somebody else's."""
    return tuple(sorted(name for name in names if RELEASE.fullmatch(name)))


def moment_after(opened: Opened, moment: str) -> str:
    """The moment of a new release, after that of every release there, as their names are in order.

    Two may fall into one second, and a clock may have been moved back.
    """
    names = (name[:LENGTH] for name in (opened.current.release, *opened.releases))
    last = max(filter(MOMENT.fullmatch, names), default="")
    if moment > last:
        return moment
    with suppress(ValueError):  # no such day or hour: it was made by something else
        return f"{datetime.strptime(last, FORM) + timedelta(seconds=1):{FORM}}"
    return moment


def former(opened: Opened) -> str:
    """The release to go back to; empty when there is none.

    It is the one before the current one, or the current one itself where it is no longer whole.
    """
    current = opened.current.release
    if opened.is_cut and current in opened.releases:
        return current
    return max((release for release in opened.releases if release < current), default="")
