"""Two builds of one site at the same time, as when two windows are open."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from filelock import FileLock

from tests.delivery.programs import DAY, ended, start
from tests.sites import SMALL, built, copy_of, tree


def test_two_builds_at_once_both_succeed_and_leave_what_one_would(tmp_path: Path) -> None:
    site, clean = (copy_of(SMALL, tmp_path / name) for name in ("site", "clean"))
    processes = [start("--site", str(site.root), "build", *DAY) for _ in range(2)]
    said = [ended(process) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    built(clean)
    assert tree(site.output) == tree(clean.output)


def test_four_builds_at_once_write_every_page_only_once(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    processes = [start("--site", str(site.root), "build", *DAY) for _ in range(4)]
    said = [ended(process) for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, said
    assert sorted("更新 0，" in text for text in said) == [False, True, True, True]


def test_a_second_build_waits_until_the_first_has_ended(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    site.cache.mkdir(parents=True)
    with FileLock(site.cache / "build.lock"):
        process = start("--site", str(site.root), "build", *DAY)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        assert not site.output.exists()
    said = ended(process)
    assert process.returncode == 0, said
    assert (site.output / "index.html").is_file()
