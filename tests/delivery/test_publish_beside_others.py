"""发布 to places that hold more than this site: what publishing did not put there stays."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date
from errno import EACCES, EPERM
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.delivery.publishing import files, in_place
from site_builder.delivery.publishing import publish as publishing
from site_builder.delivery.publishing.share import Share
from site_builder.delivery.publishing.target import Unreachable
from site_builder.pipeline import Built
from tests.delivery.programs import DAY
from tests.publishing import (
    NOTICE,
    add_notices,
    code,
    edit,
    order,
    published,
    rolled_back,
    site_with,
)
from tests.sites import SMALL, tree


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inspection of every page has tests of its own; the build checks too."""
    monkeypatch.setattr(publishing, "check", lambda *_: Built(()))


def test_a_clerks_own_zip_files_are_neither_removed_nor_taken_for_a_release(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", name="web", kind="zip", path="../桌面", keep=1)
    desk = tmp_path / "桌面"
    own = {"2019年备份.zip": b"a", "附件.zip": b"b", "附件.json": b"c"}
    desk.mkdir()
    for name, content in own.items():
        (desk / name).write_bytes(content)
    first = published(site)
    assert (desk / f"{first.release}.zip").is_file()
    assert published(site).state == "same"
    edit(site, "另有一句。")
    second = published(site)
    left = {f.name: f.read_bytes() for f in desk.iterdir() if not f.name.startswith(second.release)}
    assert left == own, "of the releases one is kept"


@pytest.mark.parametrize("name", ["releases", "incoming", "current"])
def test_a_folder_that_another_program_publishes_to_is_left_as_it_is(
    tmp_path: Path, name: str
) -> None:
    web = tmp_path / "web"
    (web / "releases/1").mkdir(parents=True)
    (web / "releases/1/index.html").write_text("别的网站")
    if name == "current":
        (web / "current").symlink_to("releases/1")
    elif name != "releases":
        (web / "releases").rename(web / name)
    before = tree(web)
    refused = published(site_with(tmp_path / "site", name="web", kind="folder", path="../web"))
    assert code(refused) == ["O503"]
    assert "却不是发布程序建立的" in refused.problems[-1].message
    assert tree(web) == before


def test_folders_beside_the_releases_stay_where_they_are(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", name="web", kind="folder", path="../web", keep=1)
    assert not published(site).failed
    strange = tmp_path / "web/releases/备份/a.txt"
    strange.parent.mkdir()
    strange.write_text("维护人员放的")
    edit(site, "另有一句。")
    second = published(site)
    assert not second.failed
    kept = sorted(folder.name for folder in (tmp_path / "web/releases").iterdir())
    assert (kept, strange.exists()) == ([second.release, "备份"], True)


@pytest.mark.parametrize(
    ("kind", "path", "said"),
    [
        ("share", "output", "在网站自己的 output 里面"),
        ("folder", "content/发布", "在网站自己的 content 里面"),
        ("zip", "output/../output", "在网站自己的 output 里面"),
        ("folder", ".", "就是网站的文件夹"),
        ("share", "..", "没有公开的内容也会放到网上"),
        ("folder", "", "没有写 path"),
    ],
)
def test_a_site_is_not_published_into_itself_nor_where_its_sources_can_be_read(
    tmp_path: Path, kind: str, path: str, said: str
) -> None:
    site = site_with(tmp_path / "site", name="web", kind=kind, path=path)
    before = tree(tmp_path)
    for refused in (published(site), rolled_back(site)):
        assert code(refused) == ["C321"]
        assert said in refused.problems[-1].message
    after = {name: data for name, data in tree(tmp_path).items() if name in before}
    assert after == before
    assert not (tmp_path / "site/releases").exists()


def test_a_home_of_nobody_is_named(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", name="web", kind="share", path="~nobody-here/web")
    refused = published(site)
    assert (code(refused), "~nobody-here" in refused.problems[-1].message) == (["C321"], True)


def test_another_site_on_a_share_is_replaced_only_where_the_exact_number_is_said(
    tmp_path: Path,
) -> None:
    site = site_with(tmp_path / "site", name="web", kind="share", path="../web")
    own = {"index.html": b"another site", "zn/index.html": b"too", "web.config": b"of the server"}
    for name, content in own.items():
        (tmp_path / "web" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "web" / name).write_bytes(content)
    for refused in (published(site), published(site, asked=order(allowed=3))):
        assert code(refused) == ["O507"]
        assert "有 2 个别的文件会被覆盖" in refused.problems[-1].message
    assert {p: d for p, d in tree(tmp_path / "web").items() if p in own} == own
    assert not published(site, asked=order(allowed=2)).failed
    assert (tmp_path / "web/web.config").read_bytes() == b"of the server"
    edit(site, "另有一句。")
    assert not published(site).failed, "from now on they are its own"


@pytest.mark.parametrize("kind", ["folder", "share", "zip"])
def test_what_was_damaged_at_the_target_is_put_right_though_nothing_is_new(
    tmp_path: Path, kind: str
) -> None:
    site = site_with(tmp_path / "site", name="web", kind=kind, path="../web")
    first = published(site)
    assert published(site).state == "same"
    shown = tmp_path / "web" / {"folder": "current", "share": "."}.get(kind, "")
    damaged = shown / (f"{first.release}.zip" if kind == "zip" else "zn/index.html")
    damaged.write_bytes(b"?" * damaged.stat().st_size)
    again = published(site)
    assert (again.failed, again.state) == (False, "published")
    assert published(site).state == "same"
    if kind != "zip":
        assert damaged.read_bytes() == (site.output / "zn/index.html").read_bytes()


@pytest.mark.parametrize("is_undone_by", ["content as before", "going back"])
def test_what_a_cut_run_had_changed_can_be_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_undone_by: str
) -> None:
    site = site_with(tmp_path / "site", name="web", kind="share", path="../web")
    first = published(site)
    edit(site, "另有一句。")
    whole = Share.move

    def cut(place: Share, source: str, target: str) -> None:
        whole(place, source, target)
        if target == "wj/tz-2024-001.html":
            raise Unreachable("连接断开了")

    monkeypatch.setattr(Share, "move", cut)
    assert published(site).state == "switching"
    monkeypatch.undo()
    monkeypatch.setattr(publishing, "check", lambda *_: Built(()))
    page = tmp_path / "web/wj/tz-2024-001.html"
    assert "另有一句" in page.read_text("utf-8")
    if is_undone_by == "going back":
        assert rolled_back(site).release == first.release
    else:
        shutil.copy(SMALL / NOTICE, site.root / NOTICE)
        assert published(site).state == "published"
    assert "另有一句" not in page.read_text("utf-8")


def test_a_log_that_was_lost_or_is_older_than_the_release_online_stops_the_next(
    tmp_path: Path,
) -> None:
    site = site_with(tmp_path / "site", name="web", kind="folder", path="../web")
    assert not published(site).failed
    recorded = site.root / "content/发布记录"
    older = tmp_path / "older"
    shutil.copytree(recorded, older)
    add_notices(site, 1)
    assert not published(site).failed
    early = published(site, asked=replace(order(), as_of=date(2024, 5, 31)))
    assert (code(early), early.sent) == (["D553"], 0), "said before anything is sent"
    newest = recorded.rename(tmp_path / "newest")
    for log, said in ((None, "没有了"), (older, "不是最新的")):
        if log:
            shutil.copytree(log, recorded)
        refused = published(site)
        assert code(refused) == ["O508"]
        assert said in refused.problems[-1].message
    shutil.rmtree(recorded)
    shutil.copytree(newest, recorded)
    assert published(site).state == "same"
    shutil.rmtree(recorded)
    assert not published(site, asked=replace(order(), new_log=True)).failed
    edit(site, "又一句。")
    assert not published(site).failed, "the new log is now the one that counts"


def test_a_file_that_is_open_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_with(tmp_path / "site", name="web", kind="share", path="../web")
    monkeypatch.setattr(files, "MOMENTS", (0.0, 0.0))
    whole, refusals = Path.replace, 2

    def busy(file: Path, target: Path) -> Path:
        nonlocal refusals
        if target.parent.name == "web" and target.name == "index.html" and refusals:
            refusals -= 1
            raise PermissionError(EACCES, "The process cannot access the file", str(file))
        return whole(file, target)

    monkeypatch.setattr(Path, "replace", busy)
    assert not published(site).failed
    assert refusals == 0


def test_a_file_that_stays_open_is_named_in_the_clerks_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_with(tmp_path / "site", name="web", kind="share", path="../web")
    monkeypatch.setattr(files, "MOMENTS", ())
    whole = Path.replace

    def busy(file: Path, target: Path) -> Path:
        if target.parent.name == "web" and target.name == "index.html":
            raise PermissionError(EACCES, "is being used", str(file), None, str(target))
        return whole(file, target)

    monkeypatch.setattr(Path, "replace", busy)
    stopped = published(site)
    assert (code(stopped), stopped.state) == (["O503"], "switching")
    said = stopped.problems[-1].message
    assert "web/index.html：没有写入权限，或者文件正被别的程序打开" in said
    assert "being used" not in said


def test_a_disk_without_links_is_told_before_anything_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_with(tmp_path / "site", name="web", kind="folder", path="../web")

    def refused(*_: object, **__: object) -> None:
        raise OSError(EPERM, "A required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refused)
    stopped = published(site)
    assert (code(stopped), stopped.state) == (["O503"], "tried")
    assert "请把 kind 改成 share" in stopped.problems[-1].message
    assert not (tmp_path / "web/incoming").exists()


@pytest.mark.parametrize("kind", ["folder", "share", "zip"])
def test_a_path_that_leads_nowhere_is_not_made(tmp_path: Path, kind: str) -> None:
    site = site_with(tmp_path / "site", name="web", kind=kind, path="../没有连上/网站")
    stopped = published(site)
    assert code(stopped) == ["O503"]
    assert "没有连上：没有这个文件或文件夹" in stopped.problems[-1].message
    assert not (tmp_path / "没有连上").exists()


def test_an_empty_place_where_a_release_should_be_is_pointed_out(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", name="web", kind="share", path="../web")
    typed = ["--site", str(site.root), "publish", *DAY]
    assert "注意" not in CliRunner().invoke(commands, typed).output
    shutil.rmtree(tmp_path / "web")
    assert "注意：以前发布过" in CliRunner().invoke(commands, [*typed, "--dry-run"]).output


def test_a_web_server_may_read_what_a_careful_machine_wrote(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", name="web", kind="folder", path="../web")
    usual = os.umask(0o077)
    try:
        assert not published(site).failed
    finally:
        os.umask(usual)
    web = tmp_path / "web"
    shown = [web, web / "releases", (web / "current").resolve()]
    shown += (web / "current").resolve().rglob("*")
    closed = [p for p in shown if not p.stat().st_mode & 0o004]
    closed += [p for p in shown if p.is_dir() and not p.stat().st_mode & 0o001]
    assert closed == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"host": "https://www.example.gov.cn/"}, "host 写的是“https://www.example.gov.cn/”"),
        ({"host": "-oProxyCommand=x"}, "应当只写服务器的名称或者 IP 地址"),
        ({"user": "-l root"}, "应当只写服务器上的用户名"),
        ({"port": 0}, "port 写的是 0"),
        ({"port": 222222}, "在 1 到 65535 之间"),
        ({"path": "~/web"}, "要从 / 写起"),
    ],
)
@pytest.mark.parametrize("kind", ["rsync", "sftp"])
def test_what_ssh_would_take_for_something_else_is_named_at_its_line(
    tmp_path: Path, kind: str, words: dict[str, object], said: str
) -> None:
    usual = {"name": "web", "kind": kind, "host": "192.0.2.1", "path": "/srv/web"}
    refused = published(site_with(tmp_path / "site", **{**usual, **words}))
    assert code(refused) == ["C321"]
    assert said in refused.problems[-1].message


@pytest.mark.parametrize("kind", ["folder", "share"])
def test_where_the_note_of_what_is_online_is_damaged_the_releases_before_are_kept(
    tmp_path: Path, kind: str
) -> None:
    site = site_with(tmp_path / "site", name="web", kind=kind, path="../web", keep=3)
    assert not published(site).failed
    edit(site, "一。")
    second = published(site)
    notes = {"folder": f"manifests/{second.release}.json", "share": in_place.CURRENT}
    (tmp_path / "web" / notes[kind]).write_text("damaged")
    edit(site, "二。")
    third = published(site)
    assert (third.failed, third.state) == (False, "published"), third.problems
    assert rolled_back(site).release == second.release
