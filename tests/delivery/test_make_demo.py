"""`make demo`: the demonstration site, built where it stands, and nothing of it for git to see."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.delivery.programs import surroundings
from tests.sites import DEMO, DEMO_DAY, REPOSITORY

PLACE = DEMO.relative_to(REPOSITORY)
CARRIED = (
    *("Makefile", ".gitignore", "pyproject.toml", "requirements.lock"),
    *("site_builder", "templates", "examples"),
)
INSTALLED = "touch .venv/installed-$(cat requirements.lock pyproject.toml | cksum | tr ' ' -)"


@dataclass(frozen=True, slots=True)
class Made:
    """A copy of the repository in which `make demo` has run, and what it printed."""

    folder: Path
    printed: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A fresh copy of what `make demo` needs, under git, with the packages already installed."""
    folder = tmp_path_factory.mktemp("repository") / "公开"
    if shutil.which("make") is None or shutil.which("git") is None:
        pytest.skip("make and git are not installed")
    unbuilt = shutil.ignore_patterns("output", ".cache", "__pycache__")
    for name in CARRIED:
        source, target = REPOSITORY / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=unbuilt)
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copy(source, target)
    install(folder)
    said(folder, "git", "init", "-q")
    said(folder, "git", "add", "-A")
    return Made(folder, said(folder, "make", "--no-print-directory", "demo"))


def test_the_demonstration_is_built_in_place_and_says_in_chinese_where_to_open_it(
    made: Made,
) -> None:
    home = made.folder / PLACE / "output" / "index.html"
    assert made.printed.rstrip().endswith(f"打开 {home} 查看。")
    assert "虚构" in made.printed
    assert "示例市自然资源局" in home.read_text(encoding="utf-8")


def test_the_demonstration_is_built_on_its_own_day_so_that_it_is_never_late(made: Made) -> None:
    assert f" build --as-of {DEMO_DAY}\n" in said(made.folder, "make", "-n", "demo")
    assert "警告" not in made.printed
    assert str(DEMO_DAY) in (REPOSITORY / "docs" / "使用手册.md").read_text(encoding="utf-8")


def test_git_sees_nothing_of_what_the_demonstration_leaves(made: Made) -> None:
    assert (made.folder / PLACE / ".cache").is_dir()
    assert said(made.folder, "git", "ls-files", "--others", "--exclude-standard") == ""


def install(folder: Path) -> None:
    """A `.venv` that holds this very Python, as if the first `make site` were done."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (folder / ".venv" / "place").write_text(f"{os.path.realpath(folder)}\n", encoding="utf-8")
    subprocess.run(["sh", "-c", INSTALLED], cwd=folder, check=True)


def said(folder: Path, *command: str) -> str:
    """What a command prints that must succeed; the copied program runs, not the one under test."""
    environment = surroundings({"PYTHONPATH": "", "MAKEFLAGS": ""})
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
