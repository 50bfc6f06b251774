"""Files and folders that may not be read or written, and others who are at work meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from site_builder.cli.commands import commands
from site_builder.pipeline import Site
from site_builder.write.run import locked
from tests.delivery.programs import DAY, Copies, loaded, run
from tests.publishing import NOTICE, add_target
from tests.sites import SMALL, built, copy_of, replace_in, tree

# Root may open everything; without these rights it is a user like any other.
AS_A_USER = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
)
CLOSED = {
    NOTICE: "F105",
    "content/附件/2024/补偿标准.csv": "F105",
    "content/政府信息公开年报/2017/统计.csv": "F105",
    "content/政府信息公开制度": "F105",
    "content": "F105",
    "config.yaml": "F105",
    "schemas": "F105",
    "templates/parts/footer.html": "F105",
    "templates/parts": "F105",
    "templates": "F105",
    "output": "O302",
    "output/gknb": "O302",
    ".cache": "O302",
    ".cache/site_builder": "O302",
}


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    """The program, run by a user who may not open everything."""
    with loaded(tmp_path_factory.mktemp("loaded") / "site", before=AS_A_USER) as running:
        yield running


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A built site with a template and a folder of forms, whose next build changes every page."""
    made = copy_of(SMALL, tmp_path / "site")
    built(made)
    for folder in ("templates/parts", "schemas"):
        (made.root / folder).mkdir(parents=True)
    (made.root / "templates/parts/footer.html").write_text("<footer></footer>\n", "utf-8")
    replace_in(made.root / "config.yaml", "示例市自然资源局政府信息公开", new="示例平台")
    return made


@pytest.mark.parametrize("path", CLOSED)
def test_what_is_closed_is_named_and_the_old_pages_stay(
    site: Site, users: Copies, path: str
) -> None:
    place = site.root / path
    before = tree(site.output)
    mode = place.stat().st_mode
    place.chmod(0)
    status, words = users.told("--site", str(site.root), "build", *DAY)
    place.chmod(mode)
    assert status in (1, 2), words
    assert CLOSED[path] in words, words
    assert path.split("/")[0] in words
    assert "权限" in words
    assert "Traceback" not in words
    assert tree(site.output) == before
    built(site)


@pytest.mark.parametrize("path", ["output", "output/gknb", ".cache/site_builder", ".cache"])
def test_what_may_be_read_and_not_written_is_named_too(
    site: Site, users: Copies, path: str
) -> None:
    before = tree(site.output)
    place = site.root / path
    place.chmod(0o555)
    status, words = users.told("--site", str(site.root), "build", *DAY)
    place.chmod(0o755)
    if status == 0:  # nothing new had to be made there
        assert path == ".cache"
        return
    assert status == 1
    assert "O302 无法写入：没有写入权限" in words
    assert "output/ 保持原样" in words
    assert tree(site.output) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("build", *DAY), "O301"),
        (("record", *DAY), "O301"),
        (("archive", "2017"), "O301"),
        (("publish", *DAY), "O301"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else value,
)
def test_who_comes_second_is_told_that_another_is_at_work(
    site: Site, words: tuple[str, ...], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_target(site, name="web", kind="folder", path="../web")
    for module in ("pipeline", "delivery.record", "delivery.archive"):
        monkeypatch.setattr(f"site_builder.{module}.locked", partial(locked, seconds=0))
    before = tree(site.output)
    with FileLock(site.cache / "build.lock"):
        result = CliRunner().invoke(commands, ["--site", str(site.root), *words])
    assert result.exit_code == 1
    assert f"错误 {code} " in result.output
    assert "正在进行" in result.output
    assert tree(site.output) == before
    assert not (site.root.parent / "web").exists()


def test_two_publications_from_one_folder_are_told_of_each_other(site: Site) -> None:
    add_target(site, name="web", kind="folder", path="../web")
    folder = site.cache / "publishing"
    folder.mkdir()
    with FileLock(folder / "build.lock"):
        said = run("--site", str(site.root), "publish", *DAY)
    assert said.returncode == 1
    assert "O502" in said.stdout
    assert "另一个窗口" in said.stdout
    assert "--unlock" not in said.stdout, "that is for the lock of another computer"
    assert not (site.root.parent / "web").exists()
