"""The catalogue of problem codes, held against the program and against the cases of bad content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.problems import CodeEntry, catalogue
from tests.bad_content.cases import all_cases, code_of
from tests.sites import REPOSITORY

PACKAGE = REPOSITORY / "site_builder"
FAMILIES = "CFDTSVPO"
LITERAL = re.compile(r'"([A-Z]\d{3})"')
# The decoder reports the same faults for config (C), clerks' files (D) and forms (T).
BY_FAMILY = re.compile(r'f"\{[\w.]*family\}(\d{3})"')
TITLE = re.compile("《([^》]+)》")
FAMILY = re.compile(r'family(?:: str)? ?= ?"([A-Z])"')


def test_every_code_has_a_case_of_bad_content() -> None:
    without = catalogue().keys() - {code_of(case) for case in all_cases()}
    assert without - of_commands() == set()


def test_every_code_of_the_commands_that_take_files_in_is_provoked_by_their_tests() -> None:
    delivery = REPOSITORY / "tests" / "delivery"
    names = ("archive", "external", "import", "new_report", "publish", "review", "requests")
    told = [delivery / f"test_{name}.py" for name in names]
    texts = "".join(path.read_text(encoding="utf-8") for path in told)
    assert [code for code in sorted(of_commands()) if f'"{code}"' not in texts] == []


def test_every_case_is_named_for_a_code_and_in_plain_letters() -> None:
    for case in set(all_cases()) - {"many-at-once"}:
        assert code_of(case) in catalogue(), case
        assert re.fullmatch(r"[A-Z]\d{3}(-[a-z]+)+", case), case


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.code)
def test_an_entry_says_what_to_do_and_shows_an_example(entry: CodeEntry) -> None:
    assert entry.title
    assert entry.example.strip()
    assert entry.advice.strip().endswith("。"), "cut off by a «#» or a «: »?"


def test_a_law_has_one_name() -> None:
    """No entry cites under a part of its name what another cites in full."""
    named = {name for entry in catalogue().values() for name in TITLE.findall(entry.basis)}
    assert [(a, b) for a in named for b in named if a != b and b.endswith(a)] == []


def test_the_catalogue_is_in_order() -> None:
    codes = list(catalogue())
    assert codes == sorted(codes, key=lambda code: (FAMILIES.index(code[0]), code))


def test_every_code_the_program_uses_is_in_the_catalogue_and_the_other_way_round() -> None:
    assert used() == catalogue().keys()


@pytest.mark.parametrize("code", catalogue())
def test_explain_tells_a_code_and_its_example(code: str) -> None:
    result = CliRunner().invoke(commands, ["explain", code.lower()])
    entry = catalogue()[code]
    assert result.exit_code == 0
    assert result.output.startswith(f"{code} {entry.severity} {entry.title}\n")
    assert entry.example.split("\n")[0] in result.output


def of_commands() -> set[str]:
    """What no file inside a site can provoke: said by commands, or of the machine."""
    of_groups = {
        code for code in catalogue() if code[:2] in ("F5", "O6", "S2") or code[:3] == "O41"
    }
    return of_groups | {"C106", "O504", "S114"}


def used() -> set[str]:
    """Every code in the source, those that are put together from a family letter included."""
    texts = [path.read_text(encoding="utf-8") for path in python_files()]
    literal = {code for text in texts for code in LITERAL.findall(text)}
    letters = {letter for text in texts for letter in FAMILY.findall(text)}
    numbers = {number for text in texts for number in BY_FAMILY.findall(text)}
    assert letters
    assert numbers
    return literal | {letter + number for letter in letters for number in numbers}


def python_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))
