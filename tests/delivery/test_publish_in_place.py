"""发布 to targets that cannot be switched, a share and an SFTP server: file by file, in order."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import asyncssh
import pytest

from site_builder.delivery.publishing import in_place
from site_builder.delivery.publishing import publish as publishing
from site_builder.delivery.publishing.order import in_turn
from site_builder.delivery.publishing.share import Share
from site_builder.delivery.publishing.target import Absent, Holder, Unreachable
from site_builder.pipeline import Built, Site
from tests.publishing import (
    NOTICE,
    add_notices,
    add_target,
    code,
    edit,
    published,
    rolled_back,
    site_with,
)
from tests.sites import tree

PAGE = "wj/tz-2024-001.html"
NEW = "wj/tz-2024-002.html"
OTHER = Holder("另一个人（另一台电脑）", "2024-06-01 08:00:00", "b" * 32)


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inspection of every page has tests of its own; the build checks too."""
    monkeypatch.setattr(publishing, "check", lambda *_: Built(()))


class SftpServer(threading.Thread):
    """An SFTP server of the asyncssh library that shows a folder and remembers what was asked."""

    def __init__(self, folder: Path, root: Path) -> None:
        super().__init__(daemon=True)
        self.folder, self.root = folder, root
        self.moves: list[str] = []
        self.broken_after = -1
        self.port = 0
        self.listens = threading.Event()
        self.loop = asyncio.new_event_loop()
        for name in ("host", "user"):
            key = asyncssh.generate_private_key("ssh-ed25519")
            key.write_private_key(str(folder / name))
            key.write_public_key(str(folder / f"{name}.pub"))
        host = (folder / "host.pub").read_text().strip()
        (folder / "known_hosts").write_text(f"* {host}\n")

    def run(self) -> None:
        self.loop.run_until_complete(self._listen())
        self.loop.run_forever()
        self.loop.run_until_complete(self._end())
        self.loop.close()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.join()

    async def _listen(self) -> None:
        watching = self

        class Files(asyncssh.SFTPServer):
            def __init__(self, channel: asyncssh.SSHServerChannel[bytes]) -> None:
                super().__init__(channel, chroot=str(watching.root).encode())

            def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
                watching.moved(newpath.decode())
                super().posix_rename(oldpath, newpath)

            def remove(self, path: bytes) -> None:
                watching.moves.append(f"- {path.decode()}")
                super().remove(path)

        self.server = await asyncssh.listen(
            "127.0.0.1",
            0,
            server_host_keys=[str(self.folder / "host")],
            authorized_client_keys=str(self.folder / "user.pub"),
            sftp_factory=Files,
        )
        self.port = self.server.get_port()
        self.listens.set()

    async def _end(self) -> None:
        self.server.close()
        await self.server.wait_closed()

    def moved(self, path: str) -> None:
        if self.broken_after >= 0 and len(self.moves) >= self.broken_after:
            raise asyncssh.SFTPConnectionLost("cut")
        self.moves.append(path)

    def target(self) -> dict[str, object]:
        """The words of config.yaml."""
        return {
            "name": "web",
            "kind": "sftp",
            "host": "127.0.0.1",
            "port": self.port,
            "user": "publisher",
            "key": str(self.folder / "user"),
            "known_hosts": str(self.folder / "known_hosts"),
            "path": "/网站",
        }


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[SftpServer]:
    for name in ("keys", "root"):
        (tmp_path / name).mkdir()
    server = SftpServer(tmp_path / "keys", tmp_path / "root")
    server.start()
    assert server.listens.wait(30)
    yield server
    server.stop()


@pytest.fixture
def share(tmp_path: Path) -> Site:
    return site_with(tmp_path / "site", name="web", kind="share", path="../web")


def test_a_share_holds_what_was_built_and_goes_back_and_forth(share: Site, tmp_path: Path) -> None:
    web = tmp_path / "web"
    first = published(share)
    assert not first.failed, first.problems
    old = online(web)
    assert old == tree(share.output)
    (web / "别人的.txt").write_text("放在这里的别的文件")
    add_notices(share, 1)
    second = published(share)
    assert not second.failed, second.problems
    assert 0 < second.sent < first.files
    assert online(web) == {**tree(share.output), "别人的.txt": (web / "别人的.txt").read_bytes()}
    assert rolled_back(share).release == first.release
    assert online(web) == {**old, "别人的.txt": (web / "别人的.txt").read_bytes()}
    assert not published(share).failed
    assert NEW in online(web)


def test_files_change_places_in_an_order_that_never_misleads() -> None:
    paths = ("index.html", "fd/index.html", "fd/tzgg/index.html", PAGE, "feed.xml", "search/a.js")
    known = dict.fromkeys((*paths, "assets/site.css", f"{PAGE}.gz", "fj/a.pdf"), 0)
    assert in_turn(reversed(list(known)), known) == (
        "assets/site.css",
        "fj/a.pdf",
        PAGE,
        f"{PAGE}.gz",
        "fd/tzgg/index.html",
        "fd/index.html",
        "index.html",
        "feed.xml",
        "search/a.js",
    )


@pytest.mark.parametrize("after", [0, 1, 4])
def test_a_run_cut_while_files_change_places_is_completed_by_the_next(
    share: Site, tmp_path: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = tmp_path / "web"
    published(share)
    old = online(web)
    add_notices(share, 1)
    edit(share, "另有一句。")
    whole, moved = Share.move, 0

    def cut(place: Share, source: str, target: str) -> None:
        nonlocal moved
        moved += 1
        if moved > after:
            raise Unreachable("连接断开了")
        whole(place, source, target)

    monkeypatch.setattr(Share, "move", cut)
    failed = published(share)
    assert (code(failed), failed.state) == (["O503"], "switching")
    new = tree(share.output)
    mixed = online(web)
    assert [p for p, data in mixed.items() if data not in (old.get(p), new.get(p))] == []
    monkeypatch.undo()
    (share.root / "content/法定主动公开内容/通知公告/2024/第2份.md").unlink()
    forget_published(share, NEW)
    done = published(share)
    assert not done.failed, done.problems
    assert online(web) == tree(share.output), "what the cut run had put there is gone as well"


def forget_published(site: Site, path: str) -> None:
    """The cut run had recorded the address; the clerk says what became of it."""
    text = f"变更:\n  - 网址: {path}\n    撤下: 是\n    日期: 2024-06-01\n    说明: 示例。\n"
    (site.root / "content/发布记录/变更.yaml").write_text(text, "utf-8")


def test_a_file_spoilt_on_the_share_is_put_right(share: Site, tmp_path: Path) -> None:
    published(share)
    page = tmp_path / "web" / "zn/index.html"
    page.write_bytes(b"?" * page.stat().st_size)
    edit(share, "一。")
    assert not published(share).failed
    assert online(tmp_path / "web") == tree(share.output)


def test_the_lock_of_a_share_names_its_holder(share: Site, tmp_path: Path) -> None:
    lock = tmp_path / "web" / in_place.LOCK
    lock.parent.mkdir(parents=True)
    lock.write_bytes(OTHER.text())
    assert code(published(share)) == ["O502"]
    assert lock.exists()


def test_an_sftp_server_gets_assets_first_and_removals_last(
    sftp: SftpServer, tmp_path: Path
) -> None:
    site = site_with(tmp_path / "site", **sftp.target())
    web = tmp_path / "root/网站"
    done = published(site)
    assert not done.failed, done.problems
    assert plain(web) == tree(site.output)
    places = [path for path in sftp.moves if in_place.NOTES not in path and path[0] != "-"]
    names = [path.removeprefix("/网站/") for path in places]
    assert names == list(in_turn(names, dict.fromkeys(names)))
    assert names[0].startswith("assets/")
    add_notices(site, 1)
    second = published(site)
    assert 0 < second.sent < done.files
    sftp.moves.clear()
    assert rolled_back(site).release == done.release
    assert not (web / NEW).exists()
    pages = [path for path in sftp.moves if in_place.NOTES not in path]
    assert pages[-1].startswith("- "), "what is gone goes last"
    assert pages[0][0] != "-"


def test_what_arrived_on_an_sftp_server_before_a_cut_is_not_sent_again(
    sftp: SftpServer, tmp_path: Path
) -> None:
    site = site_with(tmp_path / "site", **sftp.target())
    sftp.broken_after = 3
    failed = published(site)
    assert code(failed) == ["O503"]
    sftp.broken_after = -1
    done = published(site)
    assert not done.failed, done.problems
    assert done.sent == 0
    assert plain(tmp_path / "root/网站") == tree(site.output)


def test_an_sftp_server_that_is_not_known_gets_nothing(sftp: SftpServer, tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", **sftp.target())
    (tmp_path / "keys/known_hosts").write_text("")
    refused = published(site)
    assert code(refused) == ["O503"]
    assert "主机密钥" in refused.problems[-1].message
    add_target(site, **{**sftp.target(), "name": "none", "port": 1})
    (tmp_path / "keys/known_hosts").write_text("")
    assert code(published(site, "none")) == ["O503"]


def test_without_the_library_the_clerk_is_told_what_to_install(
    sftp: SftpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_with(tmp_path / "site", **sftp.target())
    monkeypatch.setitem(sys.modules, "asyncssh", None)
    with pytest.raises(Absent, match="还要安装 asyncssh"):
        published(site)


def online(web: Path) -> dict[str, bytes]:
    """What readers find: everything but what publishing keeps for itself."""
    return {p: d for p, d in tree(web).items() if not p.startswith(in_place.NOTES)}


def plain(web: Path) -> dict[str, bytes]:
    """The same without what is compressed."""
    return {p: d for p, d in online(web).items() if not p.endswith((".gz", ".br"))}


def test_after_going_back_the_next_release_leaves_the_one_readers_saw(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", name="web", kind="share", path="../web", keep=2)
    first = published(site)
    edit(site, "一。")
    assert not published(site).failed
    assert rolled_back(site).release == first.release
    edit(site, "二。")
    assert not published(site).failed
    back = rolled_back(site)
    assert (back.failed, back.release) == (False, first.release)


def test_a_file_renamed_by_capitals_alone_is_there_after_the_old_name_has_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_with(tmp_path / "site", name="web", kind="share", path="../web")
    notice = site.root / NOTICE
    notice.write_text(notice.read_text("utf-8").replace("补偿标准.csv", "A.csv"), "utf-8")
    (site.root / "content/附件/2024/补偿标准.csv").rename(site.root / "content/附件/2024/A.csv")
    assert not published(site).failed
    (site.root / "content/附件/2024/A.csv").rename(site.root / "content/附件/2024/a.csv")
    notice.write_text(notice.read_text("utf-8").replace("A.csv", "a.csv"), "utf-8")
    forget_published(site, "fj/2024/A.csv")
    whole, removing = Share.move, Share.remove

    def move(place: Share, source: str, target: str) -> None:
        for other in (place.base / target).parent.glob("*"):  # as Windows takes names
            if other.name.casefold() == Path(target).name.casefold():
                other.unlink()
        whole(place, source, target)

    def remove(place: Share, paths: Iterable[str]) -> None:
        for path in paths:
            for other in (place.base / path).parent.glob("*"):
                if other.name.casefold() == Path(path).name.casefold():
                    removing(place, [other.relative_to(place.base).as_posix()])

    monkeypatch.setattr(Share, "move", move)
    monkeypatch.setattr(Share, "remove", remove)
    assert not published(site).failed, "what was withdrawn in so many words needs no number"
    there = {f.name for f in (tmp_path / "web/fj/2024").iterdir()}
    assert there == {"A.csv.html", "a.csv", "index.html"}
