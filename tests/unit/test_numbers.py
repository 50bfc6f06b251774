"""索引号 and the codes in it: real ones pass, one wrong character is noticed."""

from __future__ import annotations

import pytest

from site_builder.model.numbers import check_digit_9, check_digit_18, notation

ORGANISATIONS = ("000014349", "014416330", "052224292")
CREDIT_CODES = (
    "11370300MB286462XU",
    "11330208591592625G",
    "11441700007280420Y",
    "113417020032563511",
)


@pytest.mark.parametrize("code", [*ORGANISATIONS, *(code[8:17] for code in CREDIT_CODES)])
def test_the_last_character_of_a_real_organisation_code_is_its_check_digit(code: str) -> None:
    assert check_digit_9(code) == code[-1]


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_the_last_character_of_a_real_credit_code_is_its_check_digit(code: str) -> None:
    assert check_digit_18(code) == code[-1]


@pytest.mark.parametrize("code", ORGANISATIONS)
@pytest.mark.parametrize("position", range(8))
def test_one_wrong_digit_changes_the_check_digit(code: str, position: int) -> None:
    other = str((int(code[position]) + 1) % 10)
    assert check_digit_9(code[:position] + other + code[position + 1 :]) != code[-1]


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{code9}/{year}-{serial5}", "000014349/2017-00110"),
        ("{code18}/{year}-{serial7}", "11370300MB286462XU/2016-5013766"),
        ("{code18}/{year}{month}-{serial5}", "113417020032563511/202504-00057"),
        ("{code9}-{year}{month}-{serial6}", "052224292-202508-101288"),
        ("jsxzrzyj/{year}-{serial5}", "jsxzrzyj/2025-00217"),
        ("FZ0010/{year}-{serial5}", "FZ0010/2021-00490"),
    ],
)
def test_index_numbers_of_real_portals_fit_a_notation(pattern: str, number: str) -> None:
    search = notation(pattern)
    assert search is not None
    assert search.fullmatch(number)
    assert not search.fullmatch(f"{number}0")


@pytest.mark.parametrize("pattern", ["{code9}/{year}", "{code}/{serial5}", "{year}{year}{serial5}"])
def test_an_unsound_notation_is_refused(pattern: str) -> None:
    assert notation(pattern) is None
