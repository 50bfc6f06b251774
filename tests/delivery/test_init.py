"""A new site from `init`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.delivery.programs import build, run
from tests.sites import tree


@pytest.mark.parametrize("name", ["site", "新单位 网站", "one/inside/another"])
def test_a_new_site_builds_at_once_without_an_error(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    made = run("init", str(folder))
    assert made.returncode == 0
    assert f"建好 {len(tree(folder))} 个文件" in made.stdout
    said = build(folder)
    assert said.returncode == 0, said.stdout
    assert "错误" not in said.stdout
    assert (folder / "output" / "index.html").is_file()


def test_the_check_of_a_new_site_asks_for_the_facts_that_only_the_bureau_knows(
    tmp_path: Path,
) -> None:
    run("init", str(tmp_path / "site"))
    said = run("--site", str(tmp_path / "site"), "check")
    assert said.returncode == 0, said.stdout
    assert "config.yaml" in said.stdout
    assert "错误" not in said.stdout.splitlines()[-1]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    assert run("init", str(tmp_path)).returncode == 0
    assert (tmp_path / "config.yaml").is_file()


def test_the_folder_in_which_one_stands_may_be_filled(tmp_path: Path) -> None:
    assert run("init", ".", folder=tmp_path).returncode == 0
    assert (tmp_path / "config.yaml").is_file()


@pytest.mark.parametrize("name", ["config.yaml", "笔记.txt", ".hidden", "content/指南.md"])
def test_a_folder_with_files_is_refused_and_stays_as_it_is(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("原来的内容", encoding="utf-8")
    said = run("init", str(tmp_path))
    assert said.returncode == 2
    assert "已经有文件，没有改动" in said.stdout
    assert tree(tmp_path) == {name: "原来的内容".encode()}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("原来的内容", encoding="utf-8")
    said = run("init", str(tmp_path / "site"))
    assert said.returncode == 2
    assert "Traceback" not in said.stderr
    assert tree(tmp_path) == {"site": "原来的内容".encode()}


def test_a_place_that_cannot_exist_is_named_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("原来的内容", encoding="utf-8")
    said = run("init", str(tmp_path / "file" / "site"))
    assert said.returncode == 2
    assert "file" in said.stdout
    assert "程序自身出错" not in said.stderr
