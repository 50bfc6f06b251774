"""A server reached by rsync over ssh, with releases and a link as in a folder.

Promise: readers see one release whole, and at one instant the next; nothing that has arrived is
sent again, and what the release online holds is linked on the server.
"""

from __future__ import annotations

import shlex
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from site_builder.delivery.publishing import scripts, ssh
from site_builder.delivery.publishing.manifest import Manifest, read_manifest
from site_builder.delivery.publishing.target import (
    Absent,
    Held,
    Holder,
    Opened,
    Papers,
    Unreachable,
    read_holder,
    releases_among,
)
from site_builder.model.target import Target

PARTIAL = ".rsync-partial"  # where rsync keeps a file that was cut, beside its place
MINUTE = 60


class RemoteTarget:
    """A server; its lifetime is one run."""

    def __init__(self, target: Target, root: Path) -> None:
        ssh.require_files(target, root)
        self.client = ssh.client(target, root)
        self.where = ssh.server(target)
        self.base = target.path.rstrip("/")
        self.token = ""

    def open(self, holder: Holder | None) -> Opened:
        """Take the lock, make what has arrived before one's own, and look around."""
        token = holder.token if holder else ""
        lock = holder.text().decode() if holder else ""
        over = "yes" if holder and holder.takes_over else ""
        said = self._ask(scripts.OPEN, token, lock, over)
        word, _, rest = said.partition(b"\n")
        if word == b"held":
            raise Held(read_holder(rest))
        if word == b"foreign":
            there = f"{self.base}/{rest.decode().strip()}"
            raise Unreachable(f"{there} 已经有了，却不是发布程序建立的，请移走或者换 path")
        if word != b"ok":
            raise Unreachable("服务器的登录脚本输出了别的内容，请维护人员去掉")
        self.token = token
        name, releases, manifest = rest.split(b"\n", 2)
        current = read_manifest(manifest)
        if current.release != name.decode():  # damaged, or not there
            current = Manifest(release=name.decode())
        return Opened(current, releases_among(releases.decode().split()))

    def fetch(self, path: str) -> bytes | None:
        """A file of the current release."""
        try:
            return self._ask(scripts.FETCH, path)
        except Unreachable:
            return None

    def send(self, staging: Path, manifest: Manifest) -> int:  # noqa: ARG002  # all of staging
        """Everything, compared by content: rsync sends what neither release nor cut run has.

        No times are kept: a file that is linked keeps its own, which is when it last changed.
        """
        command = ["rsync", "-rsi", "--checksum", "--delete", f"--timeout={MINUTE}"]
        command += [f"--partial-dir={PARTIAL}", "--chmod=D755,F644", "--link-dest=../current"]
        command += ["-e", shlex.join(self.client), "./", f"{self.where}:{self.base}/incoming/"]
        said = ssh.run(command, folder=staging)
        return sum(line.startswith(b"<f") for line in said.split(b"\n"))

    def holds(self, manifest: Manifest) -> bool:
        """The server reads every file that the link leads to."""
        return not self._differing("current", manifest)

    def wrong(self, manifest: Manifest) -> tuple[str, ...]:
        """The server reads every file and says which are not those of the manifest."""
        return self._differing("incoming", manifest)

    def _differing(self, folder: str, manifest: Manifest) -> tuple[str, ...]:
        listed = "".join(f"{entry.sha256}  ./{entry.path}\n" for entry in manifest.files)
        said = self._ask(scripts.VERIFY, folder, sent=listed.encode()).decode()
        *lines, number, last = said.splitlines()
        if last != "checked":
            raise Unreachable("服务器没有核对完")
        differing = tuple(line.removeprefix("./").rpartition(": FAILED")[0] for line in lines)
        if not differing and number != f"files {len(manifest.files)}":
            return (f"（文件个数：{number.removeprefix('files ')}）",)
        return differing

    def finish(self, papers: Papers, keep: int) -> None:
        """In one script: the release gets its name, the link is switched, old releases go."""
        digest = sha256(papers.text).hexdigest()
        words = (papers.manifest.release, str(keep), digest, papers.signature.decode())
        self._expect(b"finished", self._ask(scripts.FINISH, *words, sent=papers.text))

    def back(self, release: str, staging: Path) -> None:  # noqa: ARG002  # it stands there whole
        """The link leads to the earlier release again."""
        self._expect(b"switched", self._ask(scripts.SWITCH, release))

    def close(self) -> None:
        """Give the lock back; a server that cannot be reached keeps it for the next run."""
        if self.token:
            with suppress(Unreachable, Absent):
                self._ask(scripts.CLOSE, self.token)

    def _ask(self, script: str, *words: str, sent: bytes = b"") -> bytes:
        words = (self.base, *words)
        return ssh.ask(self.client, self.where, script=script, words=words, sent=sent)

    def _expect(self, word: bytes, said: bytes) -> None:
        """Only now is the lock known to be given back, with everything before it."""
        if word not in said.split():
            raise Unreachable("连接断开了")
        self.token = ""
