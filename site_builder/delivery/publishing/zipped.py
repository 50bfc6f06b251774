"""A zip file of a release, to be carried to the server by hand.

Promise: the same files make the same zip; it appears whole, with its manifest beside it.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from site_builder.delivery.publishing.files import require_parent, write_whole
from site_builder.delivery.publishing.folder import give_back, take
from site_builder.delivery.publishing.manifest import Manifest, read_manifest
from site_builder.delivery.publishing.target import (
    Holder,
    Opened,
    Papers,
    Unreachable,
    releases_among,
)

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold


class ZipTarget:
    """A folder of zip files; its lifetime is one run."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.lock = base / "publish.lock"
        self.fresh = base / "incoming.zip.new~"
        self.newest = ""
        self.holder: Holder | None = None

    def open(self, holder: Holder | None) -> Opened:
        """Take the lock; the newest zip is what counts as published."""
        require_parent(self.base)
        if holder is not None:
            self.base.mkdir(exist_ok=True)
            take(self.lock, holder)
            self.holder = holder
        names = self._releases()
        self.newest = names[-1] if names else ""
        paper = self.base / f"{self.newest}.json"
        known = paper.read_bytes() if self.newest and paper.is_file() else None
        return Opened(read_manifest(known), names)

    def fetch(self, path: str) -> bytes | None:
        """A file of the newest zip."""
        with zipfile.ZipFile(self.base / f"{self.newest}.zip") as packed:
            return packed.read(path) if path in packed.namelist() else None

    def holds(self, manifest: Manifest) -> bool:
        """Unpack the newest zip."""
        with suppress(zipfile.BadZipFile, zlib.error, EOFError):
            return not _differing(self.base / f"{self.newest}.zip", manifest)
        return False

    def send(self, staging: Path, manifest: Manifest) -> int:
        """Pack everything, in the order of the manifest and without times."""
        with zipfile.ZipFile(self.fresh, "w", zipfile.ZIP_DEFLATED) as packed:
            for entry in manifest.files:
                about = zipfile.ZipInfo(entry.path, EPOCH)
                about.compress_type, about.create_system = zipfile.ZIP_DEFLATED, 3
                about.external_attr = 0o100644 << 16
                packed.writestr(about, (staging / entry.path).read_bytes())
        return len(manifest.files)

    def wrong(self, manifest: Manifest) -> tuple[str, ...]:
        """Unpack every file again and compare."""
        return _differing(self.fresh, manifest)

    def finish(self, papers: Papers, keep: int) -> None:
        """The zip gets its name; the oldest beyond `keep` go."""
        name = papers.manifest.release
        with self.fresh.open("rb+") as stream:
            os.fsync(stream.fileno())
        write_whole(self.base / f"{name}.json", papers.text)
        if papers.signature:
            write_whole(self.base / f"{name}.json.sig", papers.signature)
        self.fresh.replace(self.base / f"{name}.zip")
        for old in self._releases()[:-keep]:
            for paper in (f"{old}.zip", f"{old}.json", f"{old}.json.sig"):
                (self.base / paper).unlink(missing_ok=True)

    def back(self, release: str, staging: Path) -> None:  # noqa: ARG002  # nothing to be done
        """A zip cannot call back what was carried away."""
        raise Unreachable(f"压缩包不能退回，请把 {release}.zip 重新放到网站服务器上")

    def close(self) -> None:
        """Give the lock back."""
        give_back(self.lock, self.holder)

    def _releases(self) -> tuple[str, ...]:
        """A clerk's own zip files lie beside them."""
        return releases_among(file.stem for file in self.base.glob("*.zip"))


def _differing(file: Path, manifest: Manifest) -> tuple[str, ...]:
    with zipfile.ZipFile(file) as packed:
        found = {name: sha256(packed.read(name)).hexdigest() for name in packed.namelist()}
    return tuple(e.path for e in manifest.files if found.get(e.path) != e.sha256)
