"""The import rule of the architecture, held on the code as it stands.

The contracts in pyproject.toml are kept, and what they cannot see is looked for in the source:
only the command line asks what day it is, and the pure parts call nothing that reaches outside.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "site_builder"
PURE = ("model", "rules", "pages")
IMPURE_CALLS = {"__import__", "eval", "exec", "input", "open", "print"}
CLOCK_CALLS = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "time.localtime",
    "time.time",
}


def test_every_import_contract_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(ROOT)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_model_rules_and_pages_call_nothing_that_reads_prints_or_imports() -> None:
    found = [
        f"{place(path, call)}: {name}"
        for part in PURE
        for path in sorted((PACKAGE / part).rglob("*.py"))
        for call, name in calls(parse(path))
        if name in IMPURE_CALLS
    ]
    assert found == []


def test_only_the_command_line_asks_what_day_it_is() -> None:
    found = [
        f"{place(path, call)}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.parent != PACKAGE / "cli"
        for call, name in clock_calls(parse(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\ndate.today()",
        "from datetime import datetime as moment\nmoment.now()",
        "import datetime\ndatetime.datetime.now(tz=None)",
        "import datetime as dt\ndt.date.today()",
        "from time import time\ntime()",
        "import time\ntime.localtime()",
    ],
)
def test_a_look_at_the_clock_is_seen_in_every_spelling(source: str) -> None:
    assert len(list(clock_calls(ast.parse(source)))) == 1


@pytest.mark.parametrize(
    "source",
    ["from datetime import date\ndate(2017, 3, 1)", "library.today()", "time.sleep(1)"],
)
def test_a_date_that_is_given_is_no_look_at_the_clock(source: str) -> None:
    assert list(clock_calls(ast.parse(source))) == []


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, call: ast.Call) -> str:
    return f"{path.relative_to(ROOT)}:{call.lineno}"


def clock_calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for call, name in calls(tree):
        if name.removeprefix("datetime.") in CLOCK_CALLS:
            yield call, name


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    origins = origins_of_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, full_name(node.func, origins)


def origins_of_names(tree: ast.Module) -> dict[str, str]:
    """The full dotted name behind each imported name: ``moment`` → ``datetime.datetime``."""
    origins = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            origins.update({a.asname: a.name for a in node.names if a.asname})
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            origins.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    return origins


def full_name(node: ast.expr, origins: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{full_name(node.value, origins)}.{node.attr}"
    return origins.get(node.id, node.id) if isinstance(node, ast.Name) else ""
