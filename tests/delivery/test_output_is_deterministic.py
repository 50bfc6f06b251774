"""One set of sources, one set of bytes, wherever and whenever it is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.delivery.programs import DAY, run
from tests.sites import SMALL, built, copy_of, tree

SURROUNDINGS = {
    "another seed for hashes": {"PYTHONHASHSEED": "1"},
    "yet another seed": {"PYTHONHASHSEED": "4000000000"},
    "the plain C locale": {"LC_ALL": "C"},
    "a Chinese locale that is not installed": {"LC_ALL": "zh_CN.GB18030"},
    "a time zone ahead": {"TZ": "Pacific/Kiritimati"},
    "a time zone behind": {"TZ": "America/Los_Angeles"},
    "Python without optimisation of bytes": {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONOPTIMIZE": "2"},
}


@pytest.mark.parametrize("named", SURROUNDINGS)
def test_the_same_bytes_come_out_under(tmp_path: Path, named: str) -> None:
    site, other = copy_of(SMALL, tmp_path / "site"), copy_of(SMALL, tmp_path / "另一个 文件夹")
    built(site)
    said = run("--site", str(other.root), "build", *DAY, extra=SURROUNDINGS[named])
    assert said.returncode == 0, said.stdout + said.stderr
    assert tree(other.output) == tree(site.output)


@pytest.mark.parametrize("given", [(), ("--site", "."), ("--site", "../另一个 文件夹")])
def test_the_same_bytes_come_out_from_the_folder_of_the_site(
    tmp_path: Path, given: tuple[str, ...]
) -> None:
    site, other = copy_of(SMALL, tmp_path / "site"), copy_of(SMALL, tmp_path / "另一个 文件夹")
    built(site)
    said = run(*given, "build", *DAY, folder=other.root)
    assert said.returncode == 0, said.stdout + said.stderr
    assert tree(other.output) == tree(site.output)


def test_sources_written_in_another_order_give_the_same_bytes(tmp_path: Path) -> None:
    site, other = copy_of(SMALL, tmp_path / "site"), copy_of(SMALL, tmp_path / "other")
    for file in sorted((other.root / "content").rglob("*.*"), reverse=True):
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content)
    built(site)
    built(other)
    assert tree(other.output) == tree(site.output)
