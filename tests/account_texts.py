"""Explanations to test on: those of the demonstration, with something planted in one of them.

Promise: what is planted stands at a line and column that can be read off the file; the tables
are the demonstration's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from site_builder.model.disclosure import Account, AccountKind, Section
from site_builder.model.library import Library
from site_builder.problems import Place, Problem
from site_builder.rules.account_claims import check_account_claims
from site_builder.rules.account_wording import check_account_wording

FOLDER = "content/法定主动公开内容/财政预决算"
Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Planted:
    """What was found after a change, and where the change stands in the file."""

    problems: list[Problem]
    place: Place


def explanation(library: Library, year: int, kind: AccountKind) -> Account:
    account = library.account(year, kind)
    assert account is not None
    return account


def planted(
    library: Library, year: int, kind: AccountKind, *, pattern: str, change: Change
) -> Planted:
    """The findings after group `x` of the first match of a pattern was changed."""
    account = explanation(library, year, kind)
    for number, section in enumerate(account.body):
        if found := re.search(pattern, section.text):
            start, end = found.span("x")
            text = section.text[:start] + change(found["x"]) + section.text[end:]
            body = (
                *account.body[:number],
                replace(section, text=text),
                *account.body[number + 1 :],
            )
            line = section.text.count("\n", 0, start)
            column = start - section.text.rfind("\n", 0, start)
            place = Place(account.origin.place.file, section.text_line + line, column)
            return Planted(findings(library, replace(account, body=body)), place)
    raise AssertionError(f"the explanation does not hold {pattern}")


def findings(library: Library, account: Account) -> list[Problem]:
    """What is said of one explanation, beside last year's and the year's budget."""
    beside = [
        other
        for other in library.accounts
        if (other.year, other.kind) in ((account.year - 1, account.kind), (account.year, "预算"))
        and (other.year, other.kind) != (account.year, account.kind)
    ]
    narrowed = replace(library, accounts=(account, *beside))
    found = [*check_account_claims(narrowed), *check_account_wording(narrowed)]
    return sorted((p for p in found if _is_of(p, account)), key=lambda p: (p.place, p.code))


def said_of(
    library: Library, year: int, kind: AccountKind, *, heading: str, text: str
) -> list[str]:
    """«T410 message» for each finding in a text that stands in place of a whole explanation."""
    account = explanation(library, year, kind)
    section = Section(heading, text, account.origin.place, account.origin.place.line + 2)
    return [f"{p.code} {p.message}" for p in findings(library, replace(account, body=(section,)))]


def off(number: str) -> str:
    """The number with another last digit."""
    return number[:-1] + str((int(number[-1]) + 3) % 10)


def _is_of(problem: Problem, account: Account) -> bool:
    return problem.place.file == account.origin.place.file
