"""Cases of bad content: a good site, what is laid over it, and what the program then says.

Promise: a case is a folder anybody can read: `site/` holds the files that are added or replaced,
`remove.txt` the paths that are taken away, `command.txt` the command when it is not `check`, and
`expected.txt` every character that is printed.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.pipeline import Site, site_at
from tests.bad_content.arrangements import ARRANGEMENTS
from tests.sites import AS_OF

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and its exit code."""

    text: str
    exit_code: int


def all_cases() -> list[str]:
    """The name of every case: `T301-sides-differ`."""
    return sorted(folder.name for folder in HERE.glob("[A-Zm]*-*") if folder.is_dir())


def code_of(case: str) -> str:
    """The problem code a case stands for."""
    return case.partition("-")[0]


def arranged(case: str, good: Path, target: Path) -> tuple[Site, object]:
    """A copy of a good site, built, with the case laid over it.

    The second value, such as a lock, has to be kept until the command has run.
    """
    shutil.copytree(good, target)
    site = site_at(target)
    for path in _lines(HERE / case / "remove.txt"):
        (target / path).unlink()
    if (HERE / case / "site").is_dir():
        shutil.copytree(HERE / case / "site", target, dirs_exist_ok=True)
    arrange = ARRANGEMENTS.get(case)
    return site, arrange(site) if arrange else None


def said(site: Site, command: str) -> Said:
    """What a command says of a site; the place of the site itself is left out."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("site_builder.cli.building.time.perf_counter", lambda: 0.0)
        arguments = ["--site", str(site.root), *command.split(), "--as-of", AS_OF.isoformat()]
        result = CliRunner().invoke(commands, arguments)
    assert isinstance(result.exception, SystemExit | None), result.exception
    return Said(result.output.replace(f"{site.root}/", ""), result.exit_code)


def command_of(case: str) -> str:
    """The command that reports the problem of a case."""
    return next(iter(_lines(HERE / case / "command.txt")), "check")


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")[:-1] if file.is_file() else []
