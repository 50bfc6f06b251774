"""发布 to places that hold more than this site: what publishing did not put there stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.delivery.publishing import publish as publishing
from site_builder.pipeline import Built
from tests.publishing import code, edit, published, site_with
from tests.sites import tree


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
