"""Last days of an application's terms; a browser test holds the script to the same vectors."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from site_builder.model.application import TermId
from site_builder.model.terms import Application, last_days
from site_builder.model.workdays import calendar_from, is_working_day
from site_builder.sources.forms import load_application_rules
from tests.sites import TESTS

STEPS = ("received", "corrected", "asked", "heard")
VECTORS: dict[str, Any] = json.loads((TESTS / "golden/terms.json").read_text(encoding="utf-8"))


def terms() -> dict[TermId, int]:
    rules = load_application_rules()
    assert rules is not None
    return rules.days()


def application(case: dict[str, str]) -> Application:
    return Application(**{k: date.fromisoformat(case[k]) for k in STEPS if k in case})


def test_the_terms_are_those_of_the_regulation() -> None:
    assert terms() == {"notice": 7, "opinion": 15, "answer": 20, "extended": 40}


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["why"])
def test_the_last_days_are_those_counted_by_hand(case: dict[str, str]) -> None:
    found = last_days(application(case), terms())
    said = {term: day.isoformat() if day else None for term, day in found.items()}
    assert said == {term: case.get(term) for term in terms()}


def test_an_opinion_whose_last_day_nobody_knows_leaves_the_answer_open() -> None:
    found = last_days(Application(date(2026, 11, 2), asked=date(2026, 12, 10)), terms())
    assert found["opinion"] is None
    assert found["answer"] is None


def test_the_calendar_says_of_every_day_what_the_notices_say() -> None:
    calendar = calendar_from(date(2019, 5, 15))
    for number in range(calendar.first.toordinal(), calendar.last.toordinal() + 1):
        day = date.fromordinal(number)
        works = day in calendar.on or (day.weekday() < 5 and day not in calendar.off)
        assert works == is_working_day(day), day
    assert is_working_day(date.fromordinal(calendar.last.toordinal() + 1)) is None
