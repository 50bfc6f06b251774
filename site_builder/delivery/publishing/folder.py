"""A folder with releases: the web server shows `current`, a link to one of them.

Promise: readers see one release whole, and at one instant the next; the link is replaced by a
rename, which the system does in one step.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from errno import EACCES, EDQUOT, EIO, ENOSPC, EROFS
from pathlib import Path

from site_builder.delivery.publishing.files import (
    copy_whole,
    created,
    digest_of,
    files_below,
    link_or_copy,
    make_folder,
    make_readable,
    require_parent,
    write_whole,
)
from site_builder.delivery.publishing.manifest import Manifest, read_manifest
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

HOPEFUL = (ENOSPC, EDQUOT, EROFS, EACCES, EIO)  # faults of a disk that would know links


class FolderTarget:
    """A folder of this machine; its lifetime is one run."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.releases = base / "releases"
        self.papers = base / "manifests"
        self.incoming = base / "incoming"
        self.current = base / "current"
        self.lock = base / "publish.lock"
        self.before = Manifest()
        self.holder: Holder | None = None

    def open(self, holder: Holder | None) -> Opened:
        """Take the lock and look around."""
        require_parent(self.base)
        self._refuse_what_is_not_ours()
        if holder is not None:
            for folder in (self.base, self.papers, self.releases):
                make_folder(folder)
            take(self.lock, holder)
            self.holder = holder
            self._try_a_link()
        name = self.current.readlink().name if self.current.is_symlink() else ""
        self.before = self._manifest(name)
        return Opened(self.before, self._kept())

    def fetch(self, path: str) -> bytes | None:
        """A file of the current release."""
        file = self.current / path
        return file.read_bytes() if file.is_file() else None

    def holds(self, manifest: Manifest) -> bool:
        """Read back what the link leads to."""
        return all(digest_of(self.current / e.path) == e.sha256 for e in manifest.files)

    def send(self, staging: Path, manifest: Manifest) -> int:
        """Link what the current release holds already, copy the rest."""
        before, sent = self.before.entries(), 0
        self.incoming.mkdir(exist_ok=True)
        remove_strange(self.incoming, manifest)
        for entry in manifest.files:
            target = self.incoming / entry.path
            if digest_of(target) == entry.sha256:
                continue
            known = before.get(entry.path)
            live = self.current / entry.path
            if known and known.sha256 == entry.sha256 == digest_of(live):
                link_or_copy(live, target)
                continue
            copy_whole(staging / entry.path, target)
            sent += 1
        return sent

    def wrong(self, manifest: Manifest) -> tuple[str, ...]:
        """Read back everything that was brought."""
        files = manifest.files
        differing = [e.path for e in files if digest_of(self.incoming / e.path) != e.sha256]
        strange = files_below(self.incoming) - manifest.entries().keys()
        return (*differing, *sorted(strange))

    def finish(self, papers: Papers, keep: int) -> None:
        """The new release gets its name, the link is switched, old releases go.

        So do those later than the one that was online: a run that was cut left them, or they were
        gone back from. To go back is to go to what readers saw.
        """
        name = papers.manifest.release
        write_whole(self.papers / f"{name}.json", papers.text)
        if papers.signature:
            write_whole(self.papers / f"{name}.json.sig", papers.signature)
        make_readable(self.incoming)
        self.incoming.rename(self.releases / name)
        self._switch(name)
        others = set(self._kept()) - {name}
        shown = sorted(other for other in others if other <= self.before.release)
        for old in others - set(shown[len(shown) - keep + 1 :] if keep > 1 else ()):
            shutil.rmtree(self.releases / old)
            for paper in self.papers.glob(f"{old}.json*"):
                paper.unlink()

    def back(self, release: str, staging: Path) -> None:  # noqa: ARG002  # it stands here whole
        """The link leads to the earlier release again."""
        self._switch(release)

    def close(self) -> None:
        """Give the lock back."""
        give_back(self.lock, self.holder)

    def _refuse_what_is_not_ours(self) -> None:
        """Other programs have folders of these names too, and publishing empties its own."""
        found = [self.current] if not self.current.is_symlink() and self.current.exists() else []
        if not self.papers.is_dir():
            found += [p for p in (self.releases, self.incoming) if p.exists() and any(p.iterdir())]
            found += [self.current] if self.current.is_symlink() else []
        if found:
            raise Unreachable(f"{found[0]} 已经有了，却不是发布程序建立的，请移走或者换一个 path")

    def _try_a_link(self) -> None:
        """Before anything is sent: Windows, and disks of its kind, do not let everybody link."""
        if self.current.is_symlink():
            return
        fresh = self.base / "current.new~"
        try:
            fresh.unlink(missing_ok=True)
            fresh.symlink_to("releases", target_is_directory=True)
            fresh.unlink()
        except OSError as error:
            if error.errno in HOPEFUL:
                raise
            raise Unreachable(f"{self.base} 里不能建立链接，请把 kind 改成 share") from None

    def _kept(self) -> tuple[str, ...]:
        return releases_among(p.name for p in self.releases.glob("*"))

    def _switch(self, name: str) -> None:
        fresh = self.base / "current.new~"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path("releases") / name, target_is_directory=True)
        fresh.replace(self.current)

    def _manifest(self, name: str) -> Manifest:
        file = self.papers / f"{name}.json"
        found = read_manifest(file.read_bytes() if name and file.is_file() else None)
        return found if found.release == name else Manifest(release=name)


def remove_strange(folder: Path, manifest: Manifest) -> None:
    """What another release or a run that was cut left there, and the folders this empties."""
    for path in files_below(folder) - manifest.entries().keys():
        (folder / path).unlink()
    for inner in sorted(folder.rglob("*"), reverse=True):
        if inner.is_dir() and not any(inner.iterdir()):
            inner.rmdir()


def take(lock: Path, holder: Holder) -> None:
    """Write the lock; one of one's own from a run that was cut is taken over."""
    if not created(lock, holder.text()):
        found = lock.read_bytes()
        if not may_take(holder, found):
            raise Held(read_holder(found))
        write_whole(lock, holder.text())


def give_back(lock: Path, holder: Holder | None) -> None:
    """Remove one's own lock; somebody may have taken it over."""
    with suppress(OSError):
        if holder is not None and read_holder(lock.read_bytes()).token == holder.token:
            lock.unlink()
