"""Disks that fail at the n-th change of a build, a publication, a record or an archive.

A few of the changes here, with FAULTS=200 two hundred for a full disk and fifty for each other
fault (over its quota, closed, read-only), all of them where there are fewer; from that change on,
or for that one alone.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli.commands import commands
from site_builder.delivery.archive import archive
from site_builder.delivery.archive_verify import verify
from site_builder.delivery.archive_wish import Wish
from site_builder.delivery.publishing import publish as publishing
from site_builder.model.published import LEDGER, LOG
from site_builder.pipeline import Built, Site, site_at
from tests.delivery.failing import ERRORS, FULL, Disk, failing
from tests.delivery.programs import DAY
from tests.publishing import edit, published, site_with
from tests.sites import AS_OF, SMALL, built, copy_of, replace_in, tree

FAULTS = int(os.environ.get("FAULTS", "4"))
BUREAUS = ("bureau: 示例市自然资源局", "bureau: 示例市规划和自然资源局")
FRESH = "new~"
Tree = dict[str, bytes]
Record = Callable[[str, object], None]


@dataclass(frozen=True, slots=True)
class Ways:
    """One disk after another, each failing at another change and in another way."""

    folder: Path
    changes: dict[int, int]  # how many there are, for each error

    def __iter__(self) -> Iterator[Disk]:
        chosen = random.Random(8)
        for error in ERRORS:
            total = self.changes[error]
            wanted = min(FAULTS if error == ENOSPC else max(FAULTS // 4, 1), total)
            for limit in sorted(chosen.sample(range(1, total + 1), wanted)):
                once = chosen.random() < 0.3
                yield Disk(str(self.folder), limit, error, once)


def ways(folder: Path, again: Callable[[], None], act: Callable[[], object]) -> Ways:
    """Count the changes first, on a disk that does not fail."""
    counts: dict[int, int] = {}
    for alike in (FULL, tuple(error for error in ERRORS if error not in FULL)):
        again()
        with failing(Disk(str(folder), 0, alike[0])) as disk:
            act()
        counts |= dict.fromkeys(alike, disk.done)
    return Ways(folder, counts)


def said(site: Site, *words: str) -> Result:
    result = CliRunner().invoke(commands, ["--site", str(site.root), *words])
    assert isinstance(result.exception, SystemExit | None), result.exc_info
    return result


@pytest.fixture(scope="module")
def old_and_new(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tree, Tree]:
    """The output under either name of the bureau."""
    site = copy_of(SMALL, tmp_path_factory.mktemp("clean") / "site")
    built(site)
    old = tree(site.output)
    replace_in(site.root / "config.yaml", BUREAUS[0], new=BUREAUS[1])
    built(site)
    return old, tree(site.output)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_of(SMALL, tmp_path / "site")


@pytest.mark.parametrize("cold", [True, False], ids=["first", "later"])
def test_a_build_whose_disk_fails_says_so_and_the_next_one_heals(
    site: Site, old_and_new: tuple[Tree, Tree], cold: bool, record_property: Record
) -> None:
    config = site.root / "config.yaml"

    def stand_as_before() -> None:
        for folder in (site.output, site.cache):
            shutil.rmtree(folder, ignore_errors=True)
        config.write_text(config.read_text("utf-8").replace(BUREAUS[1], BUREAUS[0]), "utf-8")
        if not cold:
            built(site)
        replace_in(config, BUREAUS[0], new=BUREAUS[1])

    new = old_and_new[1]
    old: Tree = {} if cold else old_and_new[0]
    tried = 0
    for disk in ways(site.root, stand_as_before, lambda: said(site, "build", *DAY)):
        stand_as_before()
        with failing(disk):
            result = said(site, "build", *DAY)
        assert disk.failed, disk
        judge(result, site, disk, old=old, new=new)
        built(site)
        assert tree(site.output) == new, disk
        tried += 1
    record_property("failing disks", tried)


def judge(result: Result, site: Site, disk: Disk, *, old: Tree, new: Tree) -> None:
    """A sentence that is true, an exit code, and files that are old or new."""
    found = tree(site.output)
    whole = {path: content for path, content in found.items() if not path.endswith(FRESH)}
    assert [p for p, data in whole.items() if data not in (old.get(p), new.get(p))] == [], disk
    if disk.errno in FULL:
        assert found == whole, disk
    if result.exit_code == 0:
        assert whole == new, disk
        return
    assert result.exit_code == 1, (disk, result.output)
    assert "O302 无法写入：" in result.output, (disk, result.output)
    if "output/ 保持原样" in result.output:
        assert whole == old, disk
    else:
        assert "没有做完" in result.output, (disk, result.output)
        assert "O311" in result.output


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inspection of every page has tests of its own; the build checks too."""
    monkeypatch.setattr(publishing, "check", lambda *_: Built(()))


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("kind", ["folder", "share", "zip"])
@pytest.mark.parametrize("where", ["here", "there"])
def test_a_publication_whose_disk_fails_leaves_readers_one_whole_site(
    tmp_path: Path, kind: str, where: str, record_property: Record
) -> None:
    """`here` is this machine's disk, `there` that of the target."""
    base = tmp_path / "base"
    made = site_with(base / "site", name="web", kind=kind, path="../web", keep=3)
    edit(made, "旧的一句。")
    built(made)
    assert not published(made).failed
    old = shown(base / "web", kind)
    edit(made, "新的一句。")
    place = tmp_path / "now"

    def stand_as_before() -> None:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(base, place, symlinks=True)

    site = site_at(place / "site")
    stand_as_before()
    assert not published(site).failed
    new = shown(place / "web", kind)
    assert old != new
    folder = place / ("site" if where == "here" else "web")
    tried = 0
    for disk in ways(folder, stand_as_before, lambda: published(site)):
        stand_as_before()
        with failing(disk):
            done = published(site)
        now = shown(place / "web", kind)
        if done.state == "published":
            assert now == new, disk
        elif done.state == "switching" and kind == "share":
            assert all(data in (old.get(p), new.get(p)) for p, data in now.items()), disk
        else:
            assert done.problems, disk
            assert now in ((old, new) if done.state == "switching" else (old,)), disk
        again = published(site)
        assert not again.failed, (disk, again.problems)
        assert shown(place / "web", kind) == new, disk
        tried += 1
    record_property("failing disks", tried)


def shown(web: Path, kind: str) -> Tree:
    """What readers see: of zips the newest that is whole."""
    if kind == "folder":
        return tree(web / "current")
    if kind == "zip":
        names = sorted(file.name for file in web.glob("*.zip"))
        return {"zip": (web / names[-1]).read_bytes()} if names else {}
    return {p: data for p, data in tree(web).items() if not p.startswith(".site_builder/")}


def test_a_record_on_a_failing_disk_adds_every_line_or_none(
    site: Site, record_property: Record
) -> None:
    tried = 0

    def stand_as_before() -> None:
        shutil.rmtree((site.root / LEDGER).parent, ignore_errors=True)
        built(site)

    def lines() -> tuple[bytes, ...]:
        files = (site.root / LEDGER, site.root / LOG)
        return tuple(file.read_bytes() if file.exists() else b"" for file in files)

    stand_as_before()
    assert said(site, "record", *DAY).exit_code == 0
    new = lines()
    for disk in ways(site.root, stand_as_before, lambda: said(site, "record", *DAY)):
        stand_as_before()
        with failing(disk):
            result = said(site, "record", *DAY)
        assert result.exit_code == 0 or "O302" in result.output, (disk, result.output)
        assert result.exit_code or lines() == new
        again = said(site, "record", *DAY)
        assert again.exit_code == 0, (disk, again.output)
        assert lines() == new, disk
        tried += 1
    record_property("failing disks", tried)


def test_an_archive_on_a_failing_disk_is_whole_or_is_made_again(
    site: Site, tmp_path: Path, record_property: Record
) -> None:
    tried = 0
    wish = Wish(2017, tmp_path / "归档", today=AS_OF)

    def stand_as_before() -> None:
        shutil.rmtree(wish.folder, ignore_errors=True)

    stand_as_before()
    assert not archive(site, wish).problems
    new = tree(wish.folder)
    for disk in ways(tmp_path, stand_as_before, lambda: archive(site, wish)):
        stand_as_before()
        with failing(disk):
            done = archive(site, wish)
        if not done.failed:
            assert tree(wish.folder) == new, disk
        else:
            assert {p.code for p in done.problems} == {"O302"}, (disk, done.problems)
            assert not wish.place.exists() or not verify(wish.place, named="").problems, disk
        again = archive(site, wish)
        assert not again.failed, (disk, again.problems)
        assert tree(wish.folder) == new, disk
        tried += 1
    record_property("failing disks", tried)
