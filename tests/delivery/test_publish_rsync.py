"""发布 over ssh with the real sshd, rsync and nginx: no bad moment, and every cut is healed.

With SITE_BUILDER_LONG_TESTS set the runs are those of the promise: 50 publications under 100,000
requests, and 100 cuts.
"""

from __future__ import annotations

import gzip
import http.client
import os
import random
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.delivery.publishing import publish as publishing
from site_builder.delivery.publishing import ssh
from site_builder.delivery.publishing.target import Absent, Holder
from site_builder.pages.routes import href
from site_builder.pipeline import Built, Site
from tests.delivery.servers import Server, Wire, nginx, sshd
from tests.publishing import (
    add_target,
    code,
    edit,
    order,
    published,
    rolled_back,
    site_with,
    told,
)
from tests.sites import replace_in, tree

IS_LONG = bool(os.environ.get("SITE_BUILDER_LONG_TESTS"))
ROUNDS, REQUESTS, CUTS = (50, 100_000, 100) if IS_LONG else (3, 2_000, 2)
BUREAUS = ("bureau: 示例市自然资源局", "bureau: 示例市规划和自然资源局")
PAGE = "wj/tz-2024-001.html"
OTHER = Holder("另一个人（另一台电脑）", "2024-06-01 08:00:00", "b" * 32)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with sshd(tmp_path_factory.mktemp("sshd")) as running:
        yield running


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inspection of every page has tests of its own; the build checks too."""
    monkeypatch.setattr(publishing, "check", lambda *_: Built(()))


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """Where the site goes on the server; a space and Chinese letters are no obstacle."""
    return tmp_path / "公开 网站"


@pytest.fixture
def site(tmp_path: Path, server: Server, web: Path) -> Site:
    return site_with(tmp_path / "site", name="web", kind="rsync", keep=3, **server.target(web))


def test_only_what_changed_is_sent_and_the_release_before_comes_back_at_once(
    site: Site, web: Path
) -> None:
    first, shown = told(site)
    assert not first.failed, first.problems
    assert first.sent == first.files
    assert PAGE in shown[0].added
    old = tree(web / "current")
    assert plain(web / "current") == tree(site.output)
    edit(site, "另有一句。")
    second, shown = told(site)
    assert not second.failed, second.problems
    assert shown[0].changed == (PAGE,)
    assert 0 < second.sent < first.files / 2
    assert plain(web / "current") == tree(site.output)
    both = [web / "releases" / done.release / "zn/index.html" for done in (first, second)]
    assert both[0].samefile(both[1]), "what has not changed stands there once"
    assert sorted(entry.name for entry in web.iterdir()) == ["current", "manifests", "releases"]
    back = rolled_back(site)
    assert (back.failed, back.release) == (False, first.release)
    assert tree(web / "current") == old
    assert not (web / "publish.lock").exists()


def test_the_lock_on_the_server_names_its_holder(site: Site, web: Path) -> None:
    web.mkdir()
    (web / "publish.lock").write_bytes(OTHER.text())
    refused = published(site)
    assert code(refused) == ["O502"]
    assert OTHER.name in refused.problems[-1].message
    assert (web / "publish.lock").read_bytes() == OTHER.text()
    taking = Holder("录入员（电脑）", "2024-06-01 09:00:00", "a" * 32, takes_over=True)
    assert not published(site, asked=order(taking)).failed


def test_a_look_leaves_the_server_as_it_is(site: Site, web: Path) -> None:
    assert not published(site, asked=order(is_dry=True)).failed
    assert not web.exists()


def test_a_file_changed_on_the_server_while_it_arrived_is_noticed_and_sent_again(
    site: Site, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ssh.run
    spoilt: list[bool] = []

    def spoiling(command: list[str], **other: object) -> bytes:
        said = whole(command, **other)  # type: ignore[arg-type]  # the same words again
        if command[0] == "rsync" and not spoilt:
            spoilt.append(True)
            (web / "incoming" / PAGE).write_bytes(b"spoilt")
        return said

    monkeypatch.setattr(ssh, "run", spoiling)
    assert not published(site).failed
    assert spoilt
    assert plain(web / "current") == tree(site.output)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"port": 1}, "没有应答"),
        ({"key": "没有这个文件"}, "这台电脑上没有 没有这个文件 这个文件"),
        ({"key": "open"}, "只有自己能读"),
        ({"key": "putty.ppk"}, "PuTTY"),
        ({"key": "locked"}, "口令"),
        ({"known_hosts": "空的"}, "主机密钥"),
        ({"path": "/proc/site/web"}, "建不了 path 写的文件夹"),
    ],
)
def test_what_keeps_the_server_from_taking_it_is_said_in_a_sentence(
    site: Site, server: Server, web: Path, words: dict[str, object], said: str
) -> None:
    (site.root / "空的").touch()
    for name, text in (("open", server.key.read_text()), ("putty.ppk", "PuTTY-User-Key-File-3: a")):
        (site.root / name).write_text(text)
        (site.root / name).chmod(0o644 if name == "open" else 0o600)
    made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "a secret", "-f", str(site.root / "locked")]
    subprocess.run(made, check=True)
    add_target(site, **{"name": "bad", "kind": "rsync", **server.target(web), **words})
    refused = published(site, "bad")
    assert code(refused) == ["O503"]
    assert said in refused.problems[-1].message


def test_a_computer_without_rsync_is_told_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Absent, match="这台电脑没有 ssh"):
        published(site)


def test_readers_never_see_an_error_or_half_a_page_while_the_site_is_published(
    site: Site, web: Path, tmp_path: Path
) -> None:
    versions = [as_published(site, web, number) for number in (0, 1)]
    assert versions[0].keys() == versions[1].keys()
    assert versions[0][PAGE] != versions[1][PAGE]
    with nginx(tmp_path, web / "current") as port:
        reader = Reader(port, versions)
        reader.start()
        names: list[str] = []
        for number in range(ROUNDS):
            rename(site, number % 2)
            done = published(site)
            assert (done.failed, done.state) == (False, "published"), done.problems
            names.append(done.release)
        reader.join()
    assert reader.requests >= REQUESTS
    assert reader.faults == []
    assert reader.seen == {0, 1}, "both releases were read"
    assert sorted(folder.name for folder in (web / "releases").iterdir()) == names[-3:]
    assert sorted(file.stem for file in (web / "manifests").iterdir()) == names[-3:]


def as_published(site: Site, web: Path, number: int) -> dict[str, bytes]:
    """What readers find under one of the two names of the bureau."""
    rename(site, number)
    assert not published(site).failed
    return plain(web / "current")


class Reader(threading.Thread):
    """Reads pages as fast as it can until it has read enough and is no longer needed."""

    def __init__(self, port: int, versions: list[dict[str, bytes]]) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.versions = versions
        self.requests = 0
        self.faults: list[str] = []
        self.seen: set[int] = set()
        self.is_needed = True

    def run(self) -> None:
        chance, paths = random.Random(2024), sorted(self.versions[0])
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while self.is_needed or self.requests < REQUESTS:
            path = chance.choice(paths)
            self.requests += 1
            try:
                self._read(connection, path, is_packed=chance.random() < 0.5)
            except (OSError, http.client.HTTPException, EOFError) as fault:
                self.faults.append(f"{path}: {fault!r}")
                connection.close()
        connection.close()

    def join(self, timeout: float | None = None) -> None:
        """Nobody publishes any more: finish the number and stop."""
        self.is_needed = False
        super().join(timeout)

    def _read(self, connection: http.client.HTTPConnection, path: str, *, is_packed: bool) -> None:
        headers = {"Accept-Encoding": "gzip"} if is_packed else {}
        connection.request("GET", "/" + href(path), headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.getheader("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        fitting = [n for n, known in enumerate(self.versions) if known[path] == body]
        if answer.status != 200 or not fitting:
            self.faults.append(f"{path}: {answer.status}, {len(body)} bytes of no version")
        if len(fitting) == 1:
            self.seen.add(fitting[0])


def test_after_a_cut_at_any_byte_the_old_site_is_whole_and_the_next_run_finishes(
    site: Site, server: Server, web: Path
) -> None:
    chance = random.Random(2024)
    with Wire(server.port) as wire:
        add_target(site, name="wire", kind="rsync", keep=3, **server.target(web, wire.port))
        versions = [as_sent(site, web, number) for number in (0, 1)]
        wire.mend()
        as_sent(site, web, 0)
        length = wire.passed
        assert length > 10_000
        for number in range(1, CUTS + 1):
            after = chance.randrange(1, length)
            cut_then_finished(site, web, versions, wire=wire, number=number, after=after)


def as_sent(site: Site, web: Path, number: int) -> dict[str, bytes]:
    rename(site, number)
    assert not published(site, "wire").failed
    return plain(web / "current")


def cut_then_finished(
    site: Site,
    web: Path,
    versions: list[dict[str, bytes]],
    *,
    wire: Wire,
    number: int,
    after: int,
) -> None:
    """One publication that breaks off, what readers see then, and the one after it."""
    rename(site, number % 2)
    wire.mend(after)
    broken = published(site, "wire")
    old, new = versions[1 - number % 2], versions[number % 2]
    online = plain(web / "current")
    assert online in (old, new), "whole, whatever happened"
    if broken.failed and broken.state != "switching":
        assert online == old
    wire.mend()
    done = published(site, "wire")
    assert not done.failed, done.problems
    assert plain(web / "current") == new


def test_what_arrived_before_a_cut_is_not_sent_again(site: Site, server: Server, web: Path) -> None:
    with Wire(server.port) as wire:
        add_target(site, name="wire", kind="rsync", **server.target(web, wire.port))
        wire.mend(90_000)
        assert code(published(site, "wire")) == ["O503"]
        arrived = [path for path in tree(web / "incoming") if ".rsync-partial" not in path]
        assert arrived
        wire.mend()
        done = published(site, "wire")
    assert done.sent <= done.files - len(arrived) + 1
    assert plain(web / "current") == tree(site.output)


def rename(site: Site, number: int) -> None:
    """The bureau's name, which stands on every page."""
    config = site.root / "config.yaml"
    if f"{BUREAUS[number]}\n" not in config.read_text("utf-8"):
        replace_in(config, f"{BUREAUS[1 - number]}\n", new=f"{BUREAUS[number]}\n")


def plain(folder: Path) -> dict[str, bytes]:
    """What readers find, without what is compressed."""
    found = tree(folder.resolve())
    return {path: data for path, data in found.items() if not path.endswith((".gz", ".br"))}


@pytest.mark.parametrize("name", ["releases", "incoming"])
def test_a_folder_of_another_program_on_the_server_is_left_as_it_is(
    site: Site, web: Path, name: str
) -> None:
    (web / name).mkdir(parents=True)
    (web / name / "index.html").write_text("别的网站")
    before = tree(web)
    refused = published(site)
    assert code(refused) == ["O503"]
    assert f"{name} 已经有了，却不是发布程序建立的" in refused.problems[-1].message
    assert tree(web) == before


def test_what_was_damaged_on_the_server_is_put_right_though_nothing_is_new(
    site: Site, web: Path
) -> None:
    assert not published(site).failed
    (web / "releases/备份").mkdir()
    assert published(site).state == "same"
    page = web / "current/zn/index.html"
    page.write_bytes(b"?" * page.stat().st_size)
    assert published(site).state == "published"
    assert page.read_bytes() == (site.output / "zn/index.html").read_bytes()
    assert (web / "releases/备份").is_dir()
