"""Digests: equal ones mean equal bytes, so nothing that could hide an input has one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest

from site_builder.model.page import Page, digest, field_digests


@dataclass(frozen=True, slots=True)
class View:
    title: str
    items: tuple[object, ...] = ()
    note: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class OtherView:
    title: str
    items: tuple[object, ...] = ()


@dataclass
class Changeable:
    title: str


@pytest.mark.parametrize(
    "value",
    [
        ["a list"],
        {"a set"},
        1.5,
        object(),
        Changeable("通知"),
        View,
        Path("content"),
        len,
        iter(()),
        bytearray(b"bytes"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_that_could_change_or_hide_an_input_is_refused(value: object) -> None:
    for hidden in (value, (value,), {"key": value}, View("通知", (value,))):
        with pytest.raises(TypeError, match="not a plain frozen value"):
            digest(hidden)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", 1),
        (1, True),
        (0, False),
        ("", None),
        ("None", None),
        (Decimal(1), 1),
        (Decimal("1.0"), Decimal("1.00")),
        (b"a", "a"),
        (("a", "bc"), ("ab", "c")),
        ((), ((),)),
        ((("a",), "b"), ("a", ("b",))),
        ({"a": "b"}, (("a", "b"),)),
        (frozenset("ab"), ("a", "b")),
        (date(2018, 3, 2), "2018-03-02"),
        (View("通知"), OtherView("通知")),
        ("通知", "通知 "),
    ],
)
def test_values_that_differ_in_any_way_have_different_digests(one: object, other: object) -> None:
    assert digest(one) != digest(other)


def test_the_order_of_a_mapping_counts_since_it_is_printed_and_that_of_a_set_does_not() -> None:
    assert digest({"甲": 1, "乙": 2}) == digest(MappingProxyType({"甲": 1, "乙": 2}))
    assert digest({"甲": 1, "乙": 2}) != digest({"乙": 2, "甲": 1})
    assert digest(frozenset(("甲", "乙"))) == digest(frozenset(("乙", "甲")))


def test_a_digest_is_the_same_on_every_machine_and_day() -> None:
    view = View("通知", (1, Decimal("2.50"), date(2018, 3, 2), None, b"x", frozenset("ab")))
    assert digest(view) == "3da308b0655a52d524ed4e86944a683d"


def test_a_field_that_never_counts_when_records_are_compared_does_not_count_here() -> None:
    assert digest(View("通知", note="第3行")) == digest(View("通知", note="第4行"))
    assert list(field_digests(View("通知"))) == ["title", "items"]


def test_the_digests_of_the_fields_name_the_one_that_changed() -> None:
    before, after = field_digests(View("通知", ("甲",))), field_digests(View("通知", ("乙",)))
    assert [name for name in before if before[name] != after[name]] == ["items"]


def test_where_a_page_comes_from_is_no_part_of_what_it_is() -> None:
    one, other = (Page("a.html", "html", "t", View("通知"), (source,)) for source in ("旧", "新"))
    assert one == other
