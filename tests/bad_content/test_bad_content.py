"""What the program says of bad content: one folder for each problem code, and all at once.

Every `expected.txt` is the exact text a clerk sees, to be read and judged as such. After a wording
has changed on purpose, `UPDATE_EXPECTED=1 pytest tests/bad_content` writes the files anew; read
the difference before committing it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from site_builder.pipeline import build
from site_builder.problems import Severity, catalogue
from site_builder.write.run import locked
from tests.bad_content.cases import HERE, Said, all_cases, arranged, code_of, command_of, said
from tests.sites import AS_OF, SMALL, built, copy_of, tree

PLACE = re.compile(r"^[^ :]+(?::\S+)?: (?:错误|警告|提示) (?P<code>[A-Z]\d{3}) ", re.MULTILINE)
# Seen on the finished pages only, which `check` looks at and `build` does not.
ON_FINISHED_PAGES = ("O101", "O102", "O103")
# Said of files that have taken their places; that all are whole has tests of its own.
IN_PART = ("O311",)


@dataclass(frozen=True, slots=True)
class Ran:
    """A case, what was said of it, and the output before and after a build was tried."""

    case: str
    said: Said
    before: dict[str, bytes]
    after: dict[str, bytes]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden site, built."""
    site = copy_of(SMALL, tmp_path_factory.mktemp("good") / "site")
    built(site)
    return site.root


@pytest.fixture(scope="module", params=all_cases())
def ran(
    request: pytest.FixtureRequest, good: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ran]:
    """Each case, run once."""
    case = request.param
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("site_builder.pipeline.locked", partial(locked, seconds=0.0))
        site, kept = arranged(case, good, tmp_path_factory.mktemp("case") / "site")
        before = tree(site.output)
        found = said(site, command_of(case))
        if command_of(case) == "check" and found.exit_code:
            build(site, AS_OF)
        yield Ran(case, found, before, tree(site.output))
        del kept


def test_the_message_is_the_one_a_reviewer_has_read(ran: Ran) -> None:
    expected = HERE / ran.case / "expected.txt"
    if os.environ.get("UPDATE_EXPECTED"):
        expected.write_text(ran.said.text, encoding="utf-8")
    assert ran.said.text == expected.read_text(encoding="utf-8")


def test_the_exit_code_says_whether_anything_stops_the_site(ran: Ran) -> None:
    codes = {found["code"] for found in PLACE.finditer(ran.said.text)}
    weights = {catalogue()[code].severity for code in codes}
    usage = 2 if "C104" in codes else 1
    assert ran.said.exit_code == (usage if Severity.ERROR in weights else 0)


def test_an_error_leaves_every_byte_of_the_output_as_it_was(ran: Ran) -> None:
    if ran.said.exit_code and code_of(ran.case) not in (*ON_FINISHED_PAGES, *IN_PART):
        assert ran.after == ran.before


def test_the_code_a_folder_is_named_for_is_the_one_reported(ran: Ran) -> None:
    codes = {found["code"] for found in PLACE.finditer(ran.said.text)}
    if ran.case == "many-at-once":
        assert len(codes) >= 10
    else:
        assert code_of(ran.case) in codes


def test_no_fault_is_reported_twice(ran: Ran) -> None:
    heads = [line for line in ran.said.text.split("\n") if PLACE.match(line)]
    assert len(heads) == len(set(heads))
    if ran.case != "many-at-once":
        codes = [found["code"] for found in PLACE.finditer(ran.said.text)]
        assert codes.count(code_of(ran.case)) == 1


def test_no_message_speaks_of_the_program_s_insides(ran: Ran) -> None:
    assert "Traceback" not in ran.said.text
    assert not re.search(r"site_builder|\bNone\b|Error\b|object at|<class", ran.said.text)
