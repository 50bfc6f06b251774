"""Disks that are full, read-only or in the way."""

from __future__ import annotations

import os
import sys
from errno import EACCES
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.pipeline import Site
from tests.delivery.programs import DAY, PROGRAM, build
from tests.sites import SMALL, built, copy_of, replace_in, tree

FULL = 60_000  # bytes that the full disk still takes for one file
NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
# Root may write anywhere; without this right it is a user like any other.
AS_A_USER = ("setpriv", "--bounding-set=-dac_override") if os.geteuid() == 0 else ()
# A limit on the size of files stands for the full disk: it needs no rights and works everywhere.
# Python would keep half of a compiled module there, and fail at it ever after.
LIMITED = """
import resource, runpy, sys
sys.dont_write_bytecode = True
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.argv[:2] = ["site-builder"]
runpy.run_module("site_builder", run_name="__main__")
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A built site whose next build changes every page and needs room for a long one."""
    made = copy_of(SMALL, tmp_path / "site")
    built(made)
    replace_in(made.root / "config.yaml", "示例市自然资源局政府信息公开", new="示例平台")
    notice = made.root / NOTICE
    notice.write_text(notice.read_text("utf-8") + "\n示例段落。\n" * 8000, "utf-8")
    return made


@pytest.mark.parametrize("room", [1, 500, FULL])
def test_a_full_disk_is_named_and_leaves_the_old_pages(site: Site, room: int) -> None:
    before = tree(site.output)
    said = build(site.root, program=(sys.executable, "-c", LIMITED, str(room)))
    assert said.returncode == 1
    assert "O302 无法写入：文件太大" in said.stdout
    assert "没有生成" in said.stdout
    assert_no_trouble_told_twice(said.stdout + said.stderr)
    assert tree(site.output) == before


@pytest.mark.parametrize("room", [1, FULL])
def test_once_there_is_room_the_next_build_heals(site: Site, room: int, tmp_path: Path) -> None:
    build(site.root, program=(sys.executable, "-c", LIMITED, str(room)))
    assert_healed(site, tmp_path)


def test_a_read_only_output_is_named_and_stays_as_it_is(site: Site, tmp_path: Path) -> None:
    folders = [site.output, *(f for f in site.output.rglob("*") if f.is_dir())]
    before = tree(site.output)
    for folder in folders:
        folder.chmod(0o555)
    said = build(site.root, program=(*AS_A_USER, *PROGRAM))
    for folder in folders:
        folder.chmod(0o755)
    assert said.returncode == 1
    assert "O302 无法写入：没有写入权限" in said.stdout
    assert_no_trouble_told_twice(said.stdout + said.stderr)
    assert tree(site.output) == before
    assert_healed(site, tmp_path)


@pytest.mark.parametrize("place", ["output", "output/gknb", "output/fd/tzgg", ".cache"])
def test_a_file_where_a_folder_belongs_is_named_and_nothing_else_changes(
    site: Site, place: str, tmp_path: Path
) -> None:
    folder = site.root / place
    folder.rename(tmp_path / "elsewhere")
    folder.write_text("在这里占着位置", encoding="utf-8")
    before = tree(site.root)
    said = build(site.root)
    assert said.returncode == 1, said.stdout
    assert "O302 无法写入：那里已经有一个同名的文件" in said.stdout
    assert place.split("/")[0] in said.stdout
    assert_no_trouble_told_twice(said.stdout + said.stderr)
    assert without_notes(tree(site.root)) == without_notes(before)
    folder.unlink()
    assert_healed(site, tmp_path)


def test_a_folder_where_a_page_belongs_is_named(site: Site, tmp_path: Path) -> None:
    page = site.output / "gknb" / "index.html"
    page.unlink()
    page.mkdir()
    said = build(site.root)
    assert said.returncode == 1
    assert "output/gknb/index.html: 错误 O302" in said.stdout
    page.rmdir()
    assert_healed(site, tmp_path)


def test_a_file_that_another_program_has_open_is_the_only_one_that_stays_old(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a download that is open in WPS cannot be replaced."""
    page, old = "fj/2024/补偿标准.csv", tree(site.output)
    (site.root / "content/附件/2024/补偿标准.csv").write_text("甲,乙\n1,2\n", "utf-8")
    replacing = os.replace

    def refusing(source: Path, target: Path) -> None:
        if str(target).endswith(page):
            raise PermissionError(EACCES, "", str(source), None, str(target))
        replacing(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refusing)
        said = CliRunner().invoke(commands, ["--site", str(site.root), "build", *DAY])
    assert said.exit_code == 1
    assert (
        f"output/{page}: 错误 O302 无法写入：没有写入权限，或者文件正被别的程序打开" in said.output
    )
    assert "错误 O311 " in said.output
    assert "另外 1 个没有换上" in said.output
    assert "没有做完" in said.output
    assert "每个都是完整的" in said.output
    assert "保持原样" not in said.output
    clean = copy_of(site.root, tmp_path / "new")
    built(clean)
    assert tree(site.output) == {**tree(clean.output), page: old[page]}
    published = CliRunner().invoke(commands, ["--site", str(site.root), "record", *DAY])
    assert "P118" in published.output, "what is not finished is not taken for published"
    assert_healed(site, tmp_path)


def assert_no_trouble_told_twice(said: str) -> None:
    assert "Traceback" not in said
    assert said.count("错误 O302") == 1


def without_notes(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files of the site, without the builder's own notes on what it had begun."""
    return {path: data for path, data in files.items() if not path.startswith(".cache/")}


def assert_healed(site: Site, tmp_path: Path) -> None:
    built(site)
    clean = copy_of(site.root, tmp_path / "clean")
    built(clean)
    assert tree(site.output) == tree(clean.output)
