"""发布: the site goes online whole, at one instant; what fails leaves readers the old one."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli.commands import commands
from site_builder.delivery.publishing import publish as publishing
from site_builder.delivery.publishing.files import copy_whole
from site_builder.delivery.publishing.folder import FolderTarget
from site_builder.delivery.publishing.guards import waiting
from site_builder.delivery.publishing.target import Holder, Unreachable
from site_builder.model.published import LEDGER
from site_builder.pipeline import Built, Site, check, site_at
from site_builder.problems import Place, Problem
from tests.delivery.programs import DAY
from tests.published import addresses
from tests.publishing import (
    NOTICE,
    add_notices,
    add_target,
    code,
    edit,
    order,
    published,
    rolled_back,
    site_with,
    told,
)
from tests.sites import SMALL, copy_of, replace_in, tree

PAGE = "wj/tz-2024-001.html"
OTHER = Holder("另一个人（另一台电脑）", "2024-06-01 08:00:00", "b" * 32)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that has never been published."""
    return site_with(tmp_path / "site", name="web", kind="folder", path="../web", keep=3)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site, published once; the folder holds `site` and `web`."""
    folder = tmp_path_factory.mktemp("once")
    site = site_with(folder / "site", name="web", kind="folder", path="../web", keep=3)
    assert not published(site).failed
    return folder


@pytest.fixture
def online(once: Path, tmp_path: Path) -> Site:
    """A copy of it to change."""
    shutil.copytree(once, tmp_path, symlinks=True, dirs_exist_ok=True)
    return site_at(tmp_path / "site")


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """Where it is published to."""
    return tmp_path / "web"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inspection of every page is left to the test that asks for it; the build checks too."""
    monkeypatch.setattr(publishing, "check", lambda *_: Built(()))


def test_readers_find_exactly_what_was_built(site: Site, web: Path) -> None:
    done = published(site)
    assert (done.failed, done.state) == (False, "published")
    online = tree(web / "current")
    plain = {path: data for path, data in online.items() if not path.endswith((".gz", ".br"))}
    assert plain == tree(site.output)
    assert (web / "current").is_symlink()
    assert not (web / "publish.lock").exists()


def test_compressed_pages_stand_beside_the_pages_and_hold_the_same(online: Site, web: Path) -> None:
    packed = (web / "current" / f"{PAGE}.gz").read_bytes()
    assert gzip.decompress(packed) == (online.output / PAGE).read_bytes()
    assert packed[4:8] == b"\0\0\0\0", "no time in it: the same page gives the same bytes"


def test_only_what_changed_is_sent(site: Site, web: Path) -> None:
    first = published(site)
    assert first.sent == first.files
    edit(site, "另有一句。")
    second, shown = told(site)
    assert 0 < second.sent < first.files / 2
    assert shown[0].changed == (PAGE,)
    assert "另有一句" in (web / "current" / PAGE).read_text("utf-8")


def test_the_manifest_names_every_file_and_its_digest(site: Site, web: Path) -> None:
    done = published(site)
    manifest = json.loads((web / "manifests" / f"{done.release}.json").read_bytes())
    said = {entry["path"]: (entry["size"], entry["sha256"]) for entry in manifest["files"]}
    online = tree(web / "current")
    assert said == {p: (len(d), sha256(d).hexdigest()) for p, d in online.items()}
    assert (manifest["as_of"], manifest["release"]) == ("2024-06-01", done.release)


def test_a_manifest_signed_with_the_publishers_key_can_be_verified(tmp_path: Path) -> None:
    key = tmp_path / "钥匙"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    site = site_with(tmp_path / "s", name="web", kind="folder", path="../web", sign=str(key))
    done = published(site)
    assert not done.failed, done.problems
    paper = tmp_path / "web" / "manifests" / f"{done.release}.json"
    known = tmp_path / "known"
    known.write_text(f"bureau {key.with_suffix('.pub').read_text()}")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(known), "-I", "bureau"]
    command += ["-n", "site_builder-release", "-s", f"{paper}.sig"]
    right = subprocess.run(command, input=paper.read_bytes(), check=False, capture_output=True)
    assert right.returncode == 0, right.stderr
    forged = paper.read_bytes().replace(b"2024-06-01", b"2024-06-02")
    assert subprocess.run(command, input=forged, check=False, capture_output=True).returncode


def test_what_is_published_is_recorded(online: Site) -> None:
    assert PAGE in addresses(online)


def test_no_address_goes_online_unrecorded_wherever_the_program_is_killed(
    site: Site, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        assert PAGE in addresses(site)
        raise KeyboardInterrupt

    monkeypatch.setattr(FolderTarget, "finish", killed)
    with pytest.raises(KeyboardInterrupt):
        published(site)
    assert not (web / "current").exists()


def test_an_error_in_the_content_or_on_the_pages_publishes_nothing(
    online: Site, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(web)
    replace_in(online.root / NOTICE, "标题: ", new="标提: ")
    assert published(online).failed
    replace_in(online.root / NOTICE, "标提: ", new="标题: ")
    (online.root / "templates/parts").mkdir(parents=True)
    (online.root / "templates/parts/footer.html").write_text('<a href="没有.html">无</a>')
    monkeypatch.setattr(publishing, "check", check)
    assert "O101" in {problem.code for problem in published(online).problems}
    assert tree(web) == before


def test_a_look_changes_nothing_at_the_target(site: Site, web: Path) -> None:
    done, shown = told(site, asked=order(is_dry=True))
    assert (done.failed, len(shown)) == (False, 1)
    assert PAGE in shown[0].added
    assert not web.exists()
    assert not (site.root / LEDGER).exists()


def test_the_same_site_is_not_published_twice(online: Site, web: Path) -> None:
    before = tree(web)
    assert published(online).state == "same"
    assert tree(web) == before


def test_more_addresses_than_a_few_vanish_only_where_the_exact_number_is_said(
    online: Site, web: Path
) -> None:
    add_unknown_addresses((web / "current").readlink().name, web, number=30)
    refused = published(online)
    assert code(refused) == ["O501"]
    assert "30 个消失" in refused.problems[-1].message
    assert code(published(online, asked=order(allowed=29))) == ["O501"]
    assert not published(online, asked=order(allowed=30)).failed


def add_unknown_addresses(release: str, web: Path, *, number: int) -> None:
    """As if pages stood online that the site does not have any longer."""
    paper = web / "manifests" / f"{release}.json"
    manifest = json.loads(paper.read_bytes())
    more = [{"path": f"old/{n}.html", "size": 1, "sha256": "0" * 64} for n in range(number)]
    paper.write_text(json.dumps({**manifest, "files": [*manifest["files"], *more]}))


@pytest.mark.parametrize(
    "second", ["20240601-120000", "20240531-080000"], ids=["at once", "earlier"]
)
def test_a_release_follows_the_one_before_whatever_the_clock_says(
    site: Site, web: Path, second: str
) -> None:
    for day in range(6):  # the rest of a name is by chance
        edit(site, f"第{day}次的一句。")
        old = published(site, asked=replace(order(), moment="20240601-120000"))
        page = tree(web / "current")
        edit(site, f"第{day}次的另一句。")
        new = published(site, asked=replace(order(), moment=second))
        assert old.release < new.release
        assert rolled_back(site).release == old.release
        assert tree(web / "current") == page


def test_going_back_shows_the_release_before_and_publishing_again_the_new_one(
    site: Site, web: Path
) -> None:
    first = published(site)
    old = tree(web / "current")
    edit(site, "新的一句。")
    published(site)
    new = tree(web / "current")
    back = rolled_back(site)
    assert (back.failed, back.release) == (False, first.release)
    assert tree(web / "current") == old
    assert not published(site).failed
    assert tree(web / "current") == new


def test_there_is_nothing_to_go_back_to_after_the_first_time(online: Site) -> None:
    assert code(rolled_back(online)) == ["O506"]


def test_the_newest_releases_are_kept_and_older_ones_go(site: Site, web: Path) -> None:
    names = []
    for number in range(5):
        edit(site, f"第{number}句。")
        names.append(published(site).release)
    assert sorted(folder.name for folder in (web / "releases").iterdir()) == names[-3:]
    assert sorted(file.stem for file in (web / "manifests").iterdir()) == names[-3:]


def test_an_asset_of_the_release_before_stays_for_pages_that_are_still_open(
    online: Site, web: Path
) -> None:
    add_asset(web, b"body{}")
    edit(online, "一。")
    published(online)
    assert (web / "current/assets/old.css").read_bytes() == b"body{}"
    edit(online, "二。")
    published(online)
    assert not (web / "current/assets/old.css").exists()


def add_asset(web: Path, content: bytes) -> None:
    """As if the release online had a style sheet that the site has no longer."""
    (web / "current/assets/old.css").write_bytes(content)
    release = (web / "current").readlink().name
    paper = web / "manifests" / f"{release}.json"
    manifest = json.loads(paper.read_bytes())
    entry = {"path": "assets/old.css", "size": len(content)}
    manifest["files"].append({**entry, "sha256": sha256(content).hexdigest()})
    paper.write_text(json.dumps(manifest))


def test_who_publishes_at_the_same_time_is_told_who_and_since_when(site: Site, web: Path) -> None:
    web.mkdir()
    (web / "publish.lock").write_bytes(OTHER.text())
    refused = published(site)
    assert code(refused) == ["O502"]
    assert "另一个人（另一台电脑） 从 2024-06-01 08:00:00 起" in refused.problems[-1].message
    assert (web / "publish.lock").exists(), "another's lock stays"
    taking = Holder("录入员（电脑）", "2024-06-01 09:00:00", "a" * 32, takes_over=True)
    assert not published(site, asked=order(holder=taking)).failed


def test_a_lock_that_was_taken_over_in_the_meantime_is_left_to_its_new_holder(
    site: Site, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_over(*_: object) -> None:
        (web / "publish.lock").write_bytes(OTHER.text())

    monkeypatch.setattr(FolderTarget, "finish", taken_over)
    published(site)
    assert (web / "publish.lock").read_bytes() == OTHER.text()


def test_ones_own_lock_of_a_run_that_was_cut_does_not_stop_the_next(site: Site, web: Path) -> None:
    web.mkdir()
    own = Holder("录入员（电脑）", "2024-06-01 07:00:00", "a" * 32)
    (web / "publish.lock").write_bytes(own.text())
    assert not published(site).failed


@pytest.mark.parametrize("after", [1, 20])
def test_a_run_cut_while_sending_leaves_the_old_site_and_the_next_goes_on(
    online: Site, web: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tree(web / "current")
    replace_in(online.root / "config.yaml", "示例市自然资源局\n", new="示例市规划局\n")
    whole, copied = copy_whole, 0

    def cut(source: Path, target: Path) -> None:
        nonlocal copied
        copied += 1
        if copied > after:
            raise OSError(28, "", str(target))
        whole(source, target)

    monkeypatch.setattr("site_builder.delivery.publishing.folder.copy_whole", cut)
    failed = published(online)
    assert code(failed) == ["O503"]
    assert "磁盘已满" in failed.problems[-1].message
    assert tree(web / "current") == old
    monkeypatch.undo()
    done = published(online)
    assert not done.failed
    assert plain(web) == tree(online.output)
    assert done.sent < done.files - after + 1, "what had arrived is not sent again"


def plain(web: Path) -> dict[str, bytes]:
    """What readers find, without what is compressed."""
    found = tree(web / "current")
    return {path: data for path, data in found.items() if not path.endswith((".gz", ".br"))}


def test_a_file_that_arrives_wrong_twice_is_never_shown(
    site: Site, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(source: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes()[:-1] + b"?")

    monkeypatch.setattr("site_builder.delivery.publishing.folder.copy_whole", damaged)
    assert code(published(site)) == ["O504"]
    assert not (web / "current").exists()


def test_a_damaged_file_of_the_release_online_is_not_taken_over(online: Site, web: Path) -> None:
    (web / "current" / "zn/index.html").write_bytes(b"spoilt")
    edit(online, "一。")
    assert not published(online).failed
    assert plain(web) == tree(online.output)


def test_a_strange_file_in_the_output_stays_at_home(online: Site, web: Path) -> None:
    (online.output / "说明.txt").write_text("不是生成的")
    edit(online, "一。")
    published(online)
    assert not (web / "current/说明.txt").exists()


def test_a_zip_holds_the_site_and_the_same_site_gives_the_same_zip(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", name="web", kind="zip", path="../压缩包")
    add_target(site, name="zwei", kind="zip", path="../another")
    first, second = published(site), published(site, "zwei")
    one = tmp_path / "压缩包" / f"{first.release}.zip"
    with zipfile.ZipFile(one) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == tree(site.output)
    assert one.read_bytes() == (tmp_path / "another" / f"{second.release}.zip").read_bytes()
    assert not (site.root / LEDGER).exists(), "what lies in a zip is not online yet"


def test_the_command_says_what_happens_and_how_to_go_back(site: Site, web: Path) -> None:
    said = typed(site, "publish")
    assert said.exit_code == 0
    assert "发布到“web”（folder，../web）" in said.output
    assert "第一次发布，共 " in said.output
    assert "正在送到目标（共 " in said.output
    assert "逐个核对无误" in said.output
    assert "--rollback" not in said.output, "there is nothing to go back to yet"
    add_notices(site, 1)
    said = typed(site, "publish", "web", "--dry-run")
    assert "新增 1 个网址：\n  wj/tz-2024-002.html\n" in said.output
    assert "什么也没有送" in said.output
    assert "publish web --rollback" in typed(site, "publish").output
    assert "已经退回到版本" in typed(site, "publish", "--rollback").output
    assert not (web / "current/wj/tz-2024-002.html").exists()


def test_a_failed_publication_says_that_the_old_site_is_whole(site: Site, web: Path) -> None:
    web.write_text("a file where the folder should be")
    said = typed(site, "publish")
    assert said.exit_code == 1
    assert "没有发布：网站上仍是原来的版本，没有受影响。" in said.output
    assert "O503" in said.output


def test_a_target_that_is_not_in_the_config_is_wrong_use(site: Site, tmp_path: Path) -> None:
    said = typed(site, "publish", "weg")
    assert (said.exit_code, "没有叫“weg”的发布目标" in said.output) == (2, True)
    add_target(site, name="zip", kind="zip", path="../zip")
    assert (
        "有几个发布目标，请写明一个。config.yaml 里有：web、zip。" in typed(site, "publish").output
    )
    none = typed(copy_of(SMALL, tmp_path / "none"), "publish")
    assert (none.exit_code, "还没有写 publish" in none.output) == (2, True)
    future = typed(site, "publish", "web", day="2999-01-01")
    assert (future.exit_code, "还没有到" in future.output) == (2, True)


def typed(site: Site, *words: str, day: str = DAY[1]) -> Result:
    """The command as a clerk types it."""
    return CliRunner().invoke(commands, ["--site", str(site.root), *words, "--as-of", day])


def test_only_the_state_of_a_switch_that_was_cut_is_left_open(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise Unreachable("连接断开")

    monkeypatch.setattr(FolderTarget, "finish", cut)
    said = typed(site, "publish")
    assert "要么还是原来的版本，要么已经全部换过" in said.output


def test_items_without_an_approval_are_counted_once_each() -> None:
    one, other = Place("content/甲.md", 3), Place("content/乙.md")
    found = [Problem(code, place, "") for code in ("S120", "S122") for place in (one, other)]
    assert waiting((*found, Problem("S130", Place("config.yaml"), ""))) == 2
