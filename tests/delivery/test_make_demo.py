"""`make demo`: the demonstration site, built where it stands, and nothing of it for git to see."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.delivery.programs import surroundings
from tests.sites import DEMO, REPOSITORY

PLACE = DEMO.relative_to(REPOSITORY)
CARRIED = (
    *("Makefile", ".gitignore", "pyproject.toml", "requirements.lock"),
    *("site_builder", "templates", "examples"),
)
INSTALLED = "touch .venv/installed-$(cat requirements.lock pyproject.toml | cksum | tr ' ' -)"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A fresh copy of what `make demo` needs, under git, with the packages already installed."""
    if shutil.which("make") is None or shutil.which("git") is None:
        pytest.skip("make and git are not installed")
    unbuilt = shutil.ignore_patterns("output", ".cache", "__pycache__")
    for name in CARRIED:
        source, target = REPOSITORY / name, tmp_path / "公开" / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=unbuilt)
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copy(source, target)
    folder = tmp_path / "公开"
    install(folder)
    said(folder, "git", "init", "-q")
    said(folder, "git", "add", "-A")
    return folder


def test_the_demonstration_is_built_in_place_and_says_in_chinese_where_to_open_it(
    repository: Path,
) -> None:
    printed = said(repository, "make", "--no-print-directory", "demo")
    home = repository / PLACE / "output" / "index.html"
    assert printed.rstrip().endswith(f"打开 {home} 查看。")
    assert "虚构" in printed
    assert "示例市自然资源局" in home.read_text(encoding="utf-8")


def test_git_sees_nothing_of_what_the_demonstration_leaves(repository: Path) -> None:
    said(repository, "make", "--no-print-directory", "demo")
    assert (repository / PLACE / ".cache").is_dir()
    assert said(repository, "git", "ls-files", "--others", "--exclude-standard") == ""


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
