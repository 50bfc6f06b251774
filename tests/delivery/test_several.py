"""A city's platform: many sites, each with a folder of its own, in one run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from site_builder.delivery.several import Outcome, divided, each
from tests.delivery.programs import DAY, run
from tests.sites import SMALL, built, copy_of, replace_in, tree

NAMES = ("丙局", "乙局", "甲局")


def city(folder: Path, names: tuple[str, ...] = NAMES) -> Path:
    """A folder of sites that differ in their text."""
    for name in names:
        site = copy_of(SMALL, folder / "bureaux" / name)
        replace_in(site.root / "config.yaml", "bureau: 示例市", new=f"bureau: 示例市{name}与")
    return folder


def outputs(top: Path) -> dict[str, dict[str, bytes]]:
    return {name: tree(top / "bureaux" / name / "output") for name in NAMES}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_of_many_sites_is_as_if_it_had_been_built_alone(tmp_path: Path, jobs: str) -> None:
    alone, together = city(tmp_path / "一个个"), city(tmp_path / "一起")
    for name in NAMES:
        built(copy_of(alone / "bureaux" / name, alone / "bureaux" / f"{name}的副本"))
        shutil.move(alone / "bureaux" / f"{name}的副本" / "output", alone / "bureaux" / name)
    said = run("--site", str(together), "build", *DAY, "--jobs", jobs, "--sites", "bureaux/*")
    assert said.returncode == 0
    assert outputs(together) == outputs(alone)
    assert len({frozenset(files.items()) for files in outputs(together).values()}) == 3
    *lines, total = said.stdout.splitlines()
    assert sorted(line.partition("：")[0] for line in lines) == [f"bureaux/{n}" for n in NAMES]
    assert total.startswith("共 3 个网站，都没有错误。")


def test_a_site_with_errors_leaves_the_others_alone(tmp_path: Path) -> None:
    top = city(tmp_path)
    replace_in(top / "bureaux" / "乙局" / "config.yaml", "bureau:", new="bureu:")
    said = run("--site", str(top), "build", *DAY, "--sites", "bureaux/丙局", "--sites", "bureaux/*")
    assert said.returncode == 1
    assert "bureaux/乙局：没有生成：错误 " in said.stdout
    assert "bureaux/乙局/config.yaml:2:3: 错误 C102" in said.stdout
    assert "\n    2 |   bureu: 示例市乙局" in said.stdout
    assert "共 3 个网站，1 个有错误：bureaux/乙局。" in said.stdout
    assert [name for name, files in outputs(top).items() if files] == ["丙局", "甲局"]


def test_problems_of_many_sites_are_one_list_for_programs(tmp_path: Path) -> None:
    top = city(tmp_path, ("甲局", "乙局"))
    replace_in(top / "bureaux" / "乙局" / "config.yaml", "bureau:", new="bureu:")
    for command in ("build", "check"):
        arguments = (*DAY, "--format", "json", "--sites", "bureaux/*")
        said = run("--site", str(top), command, *arguments)
        found = json.loads(said.stdout)
        assert said.returncode == 1
        assert [p["file"] for p in found if p["code"] == "C102"] == ["bureaux/乙局/config.yaml"]
        assert {p["file"].split("/")[1] for p in found} <= {"甲局", "乙局"}


def test_a_folder_that_is_no_site_is_named(tmp_path: Path) -> None:
    top = city(tmp_path, ("甲局",))
    (top / "bureaux" / "共用").mkdir()
    (top / "bureaux" / ".git").mkdir()
    (top / "bureaux" / "说明.txt").write_text("示例", encoding="utf-8")
    said = run("--site", str(top), "check", *DAY, "--sites", "bureaux/*")
    assert said.returncode == 2
    assert "bureaux/共用：不是网站文件夹，里面没有 config.yaml。" in said.stdout
    assert "共 2 个网站，1 个有错误：bureaux/共用。" in said.stdout
    assert "F105" not in said.stdout
    assert not (top / "bureaux" / "甲局" / "output").exists()


@pytest.mark.parametrize("pattern", ["无/*", "", "/", "说明.txt", "../*/无此", "局**"])
def test_a_pattern_no_folder_answers_to_ends_before_anything_is_built(
    tmp_path: Path, pattern: str
) -> None:
    top = city(tmp_path / "市", ("甲局",))
    (top / "说明.txt").write_text("示例", encoding="utf-8")
    said = run("--site", str(top), "build", *DAY, "--sites", "bureaux/*", "--sites", pattern)
    assert said.returncode == 2
    assert f"没有文件夹符合 --sites “{pattern}”" in said.stderr
    assert "Traceback" not in said.stderr
    assert not (top / "bureaux" / "甲局" / "output").exists()


def test_what_speaks_of_one_page_is_refused_for_many_sites(tmp_path: Path) -> None:
    said = run("--site", str(tmp_path), "build", "--why", "index.html", "--sites", "*")
    assert (said.returncode, said.stdout) == (
        2,
        "--why 只用于一个网站，不能和 --sites 一起用。\n",
    )


def test_a_fault_of_the_program_in_one_site_leaves_the_others_alone(tmp_path: Path) -> None:
    roots = [tmp_path / name for name in NAMES]
    found = {outcome.root.name: outcome for outcome in each(broken, roots, jobs=2)}
    assert {name: str(found[name].fault) for name in NAMES} == {
        "丙局": "None",
        "乙局": "示例",
        "甲局": "None",
    }


def broken(root: Path, jobs: int) -> Outcome:
    """What becomes of a site where the program has a fault."""
    if root.name == "乙局":
        raise ValueError("示例")
    return Outcome(root, total=jobs)


def test_a_large_site_has_all_processes_and_the_others_share_them() -> None:
    large, other, small = Path("大"), Path("又"), Path("小")
    assert divided({small: 30, large: 9000, other: 40}, jobs=4) == ((large,), (other, small))
    assert divided({small: 30, large: 9000, other: 8000}, jobs=4) == ((large, other), (small,))
    assert divided({other: 9000, large: 9000, small: 30}, jobs=2) == ((), (other, large, small))
    assert divided({large: 9000}, jobs=1) == ((), (large,))
