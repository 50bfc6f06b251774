"""Servers that are full, cut off or out of order while the site is published to them.

Readers have the old site whole or, on targets without a switch, each file old or new; the message
says which, and the next run finishes. SERVER_FAULTS=100 for the long run.
"""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from site_builder.delivery.publishing import publish as publishing
from site_builder.delivery.publishing import ssh
from site_builder.delivery.publishing.in_place import NOTES
from site_builder.delivery.publishing.s3 import S3
from site_builder.delivery.publishing.saying import Published
from site_builder.delivery.publishing.target import Unreachable
from site_builder.pipeline import Built, Site
from tests.delivery.object_store import bucket as bucket
from tests.delivery.object_store import endpoint as endpoint
from tests.delivery.servers import Server, Wire, sshd
from tests.publishing import code, published, site_with
from tests.sites import replace_in, tree

FAULTS = int(os.environ.get("SERVER_FAULTS", "1"))
BUREAUS = ("bureau: 示例市自然资源局", "bureau: 示例市规划和自然资源局")
Tree = dict[str, bytes]


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inspection of every page has tests of its own; the build checks too."""
    monkeypatch.setattr(publishing, "check", lambda *_: Built(()))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with sshd(tmp_path_factory.mktemp("sshd")) as running:
        yield running


class SmallDisk:
    """A disk of the server of which the size can be set; its lifetime is a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
        if subprocess.run(mount, check=False, capture_output=True).returncode:
            pytest.skip("no disk can be mounted here")

    def leave(self, free: int) -> None:
        """So many bytes more than what stands there."""
        found = os.statvfs(self.folder)
        used = (found.f_blocks - found.f_bfree) * found.f_frsize
        size = used + free
        subprocess.run(["mount", "-o", f"remount,size={size}", str(self.folder)], check=True)

    def close(self) -> None:
        subprocess.run(["umount", "-l", str(self.folder)], check=False)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    made = SmallDisk(tmp_path / "disk")
    yield made
    made.close()


def edit(site: Site, now: int) -> int:
    """Another name of the bureau, which is on every page; says which it is now."""
    replace_in(site.root / "config.yaml", BUREAUS[now], new=BUREAUS[1 - now])
    return 1 - now


@pytest.mark.parametrize("kind", ["rsync", "sftp"])
def test_a_server_without_room_keeps_the_old_site_and_the_next_run_finishes(
    tmp_path: Path, server: Server, disk: SmallDisk, kind: str
) -> None:
    web = disk.folder / "web"
    site = site_with(tmp_path / "site", name="web", kind=kind, keep=2, **server.target(web))
    assert not published(site).failed
    now, rooms = 0, random.Random(5)
    for number in range(FAULTS):
        before = shown(web, kind)
        now = edit(site, now)
        disk.leave(0 if number == 0 else rooms.randrange(1 << 20))
        done = published(site)
        if done.failed:
            assert code(done) == ["O503"]
            assert "已满" in done.problems[-1].message, done.problems
        assert_whole(done, before, tree(site.output), seen=shown(web, kind), kind=kind)
        disk.leave(48 << 20)
        again = published(site)
        assert not again.failed, again.problems
        assert plain(shown(web, kind)) == tree(site.output)
        assert number or done.failed


def test_a_program_that_ends_without_a_word_is_understood_by_its_number() -> None:
    """As rsync does now and then where the other side has no room: it breaks off first."""
    for status, word in ((11, "已满"), (12, "断开"), (30, "没有应答"), (99, "没有说明原因")):
        with pytest.raises(Unreachable, match=word):
            ssh.run(["sh", "-c", f"exit {status}"])


@pytest.mark.parametrize("kind", ["rsync", "sftp"])
def test_a_connection_cut_at_any_byte_leaves_no_page_in_pieces_and_the_next_run_finishes(
    tmp_path: Path, server: Server, kind: str
) -> None:
    web, now, chance = tmp_path / "web", 0, random.Random(9)
    with Wire(server.port) as wire:
        words = server.target(web, wire.port)
        site = site_with(tmp_path / "site", name="web", kind=kind, keep=2, **words)
        assert not published(site).failed
        whole = wire.passed
        for _ in range(FAULTS):
            before = shown(web, kind)
            now = edit(site, now)
            wire.mend(chance.randrange(whole))
            done = published(site)
            after = tree(site.output)
            seen = shown(web, kind)
            if done.failed:
                assert code(done) == ["O503"], done.problems
            assert_whole(done, before, after, seen=seen, kind=kind)
            wire.mend()
            again = published(site)
            assert not again.failed, again.problems
            assert plain(shown(web, kind)) == tree(site.output)


def assert_whole(done: Published, before: Tree, after: Tree, *, seen: Tree, kind: str) -> None:
    """Before the switch the old site stands; from then on every file is old or new, and where there
    is a switch all of them are.
    """
    if done.failed and done.state != "switching":
        assert seen == before
    elif kind == "rsync":
        assert plain(seen) in (plain(before), after)
    else:
        assert all(data in (before.get(p), after.get(p)) for p, data in plain(seen).items())


def shown(web: Path, kind: str) -> Tree:
    """What readers see."""
    if kind == "rsync":
        return tree(web / "current")
    return {p: data for p, data in tree(web).items() if not p.startswith(NOTES)}


def plain(files: Tree) -> Tree:
    return {p: data for p, data in files.items() if not p.endswith((".gz", ".br"))}


@pytest.fixture(autouse=True)
def a_store_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")


class Outage:
    """A store that answers 500 or 503 from its n-th answer on; its lifetime is a block."""

    def __init__(self, limit: int, status: int) -> None:
        self.limit, self.status, self.asked = limit, status, 0
        self.patch = pytest.MonkeyPatch()
        self.connect = S3.connect

    def __enter__(self) -> Outage:
        def connecting(store: S3) -> None:
            store.client.meta.events.register("before-send.s3", self._answer)
            self.connect(store)

        self.patch.setattr(S3, "connect", connecting)
        return self

    def __exit__(self, *_: object) -> None:
        self.patch.undo()

    def _answer(self, request: Any, **_: object) -> AWSResponse | None:
        self.asked += 1
        if not self.limit or self.asked < self.limit:
            return None
        with suppress(AttributeError):
            request.body.read()
        name = "SlowDown" if self.status == 503 else "InternalError"
        body = f"<Error><Code>{name}</Code><Message>no</Message></Error>".encode()
        return AWSResponse(request.url, self.status, {}, Raw(body))


class Raw:
    """The bytes of an answer, as the library reads them."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.body

    def read(self, *_: object) -> bytes:
        return self.body


def test_an_object_store_out_of_order_shows_whole_files_and_the_next_run_finishes(
    tmp_path: Path, bucket: Any, endpoint: str
) -> None:
    words = {"bucket": bucket.name, "endpoint": endpoint, "region": "us-east-1"}
    site = site_with(tmp_path / "site", name="web", kind="s3", path="gk/", **words)
    assert not published(site).failed
    now, chance = edit(site, 0), random.Random(3)
    with Outage(0, 0) as counted:
        assert not published(site).failed
    for number in range(FAULTS * 2):
        before = online(bucket)
        now = edit(site, now)
        with Outage(chance.randrange(1, counted.asked), (500, 503)[number % 2]):
            done = published(site)
        after, seen = tree(site.output), online(bucket)
        if done.failed:
            assert code(done) == ["O503"], done.problems
            assert "现在不能用" in done.problems[-1].message, done.problems
        if done.failed and done.state != "switching":
            assert seen == before
        assert all(data in (before.get(p), after.get(p)) for p, data in seen.items())
        again = published(site)
        assert not again.failed, again.problems
        assert online(bucket) == after


def online(bucket: Any) -> Tree:
    """What readers find."""
    found = {item.key.removeprefix("gk/"): item.get()["Body"] for item in bucket.objects.all()}
    return {p: b.read() for p, b in found.items() if not p.startswith(NOTES)}
