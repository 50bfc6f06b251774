"""Decoding: positioned values → records.

Promise: a record comes out only when every field is what its type says; everything that is wrong
is reported at once, each at its own line, and nothing is guessed: a scalar is text until the type
of its field converts it.
"""

from __future__ import annotations

import re
import types
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import MISSING, dataclass, is_dataclass, replace
from datetime import MINYEAR, date
from difflib import get_close_matches
from functools import cache
from sys import intern
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from site_builder.model.fields import labelled, origin_of
from site_builder.model.values import Listed, Mapped, Scalar, Value
from site_builder.problems import Place, Problem

T = TypeVar("T")
SHORT = 12  # characters of a text that other records probably have as well


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A converted value, or None with the problems that prevented it."""

    value: Any
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The type of a field, without None, and what it is made of; looked up once for each."""

    type: Any
    origin: Any
    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    """The field being converted: its label, and the letter of the codes for its faults."""

    label: str
    family: str


def decode(
    record: type[T], value: Value, *, family: str = "D", given: dict[str, Any] | None = None
) -> tuple[T | None, tuple[Problem, ...]]:
    """The record a mapping describes, and every problem found in it.

    `family` is the letter of the problem codes (D clerk's files, C config, T forms); `given` fills
    fields that do not come from the mapping.
    """
    outcome = _record(record, value, family=family, given=given or {})
    return outcome.value, outcome.problems


def _record(record: type[Any], value: Value, *, family: str, given: dict[str, Any]) -> _Outcome:
    if not isinstance(value, Mapped):
        message = "这里应当是若干行“名称: 内容”"
        return _wrong(_Field("", family), value.place, message=message, hint=_shape(record))
    known, hints = labelled(record), _hints(cast("Hashable", record))
    found = {entry.key.text: entry for entry in value.entries}
    strange = found.keys() - known.keys()
    problems = _unknown_fields(value, tuple(known), family=family) if strange else []
    misspelt = {near for key in strange if (near := _meant(key, tuple(known)))}
    taken: dict[str, Any] = {}
    for label, spec in known.items():
        entry = found.get(label)
        if entry is None or _is_empty(entry.value):
            if spec.default is MISSING and (entry or label not in misspelt):
                place = entry.key.place if entry else replace(value.place, column=0)
                problems.append(
                    _missing(_Field(label, family), place, about=spec.metadata["about"])
                )
            continue
        outcome = _convert(hints[spec.name], entry.value, field=_Field(label, family))
        problems.extend(outcome.problems)
        taken[spec.name] = outcome.value
    if problems:
        return _Outcome(None, tuple(problems))
    if "origin" in hints:
        places = ((intern(label), entry.value.place) for label, entry in found.items())
        taken["origin"] = origin_of(value.place, places)
    return _Outcome(record(**taken, **given))


@cache
def _hints(record: Hashable) -> dict[str, _Wanted]:
    return {name: _wanted(hint) for name, hint in get_type_hints(record).items()}


@cache
def _wanted(hint: Any) -> _Wanted:
    origin = get_origin(hint)
    if origin in (types.UnionType, Union):
        hint = next(choice for choice in get_args(hint) if choice is not type(None))
        origin = get_origin(hint)
    return _Wanted(hint, origin, get_args(hint))


def _shape(record: type[Any]) -> str:
    """The lines a record is written as: those it must have, or the first of those it may."""
    fields = labelled(record)
    needed = [label for label, spec in fields.items() if spec.default is MISSING]
    lines = "、".join(f"“{label}: ……”" for label in needed or list(fields)[:2])
    return f"里面写：{lines}，各占一行，左边对齐。"


def _is_empty(value: Value) -> bool:
    return isinstance(value, Scalar) and not value.text.strip()


def _unknown_fields(value: Mapped, known: tuple[str, ...], *, family: str) -> list[Problem]:
    return [
        Problem(
            f"{family}102",
            entry.key.place,
            f"不认识“{entry.key.text}”这一项",
            hint=_suggestion(entry.key.text, known),
        )
        for entry in value.entries
        if entry.key.text not in known
    ]


def _suggestion(text: str, known: tuple[str, ...]) -> str:
    near = _meant(text, known)
    return f"是不是“{near}”？" if near else "可以填写的有：" + "、".join(known) + "。"


def _meant(text: str, known: tuple[str, ...]) -> str:
    """The known label that an unknown one was probably meant to be; empty for none."""
    if text in known:
        return ""
    near = get_close_matches(unicodedata.normalize("NFKC", text).strip(), known, n=1, cutoff=0.5)
    return near[0] if near else ""


def _missing(field: _Field, place: Place, *, about: str) -> Problem:
    note = f"（{about}）" if about else ""
    is_there = place.column or place.cell
    message = f"“{field.label}”没有填" if is_there else f"缺少“{field.label}”"
    hint = "" if is_there else f"在这里加上“{field.label}: ……”。"
    return Problem(f"{field.family}101", place, message + note, hint=hint)


def _wrong(field: _Field, place: Place, *, message: str, hint: str = "") -> _Outcome:
    return _Outcome(None, (Problem(f"{field.family}103", place, message, hint=hint),))


def _convert(wanted: _Wanted, value: Value, *, field: _Field) -> _Outcome:
    if wanted.origin is tuple:
        return _sequence(_wanted(wanted.parts[0]), value, field=field)
    if is_dataclass(wanted.type):
        return _record(cast("type[Any]", wanted.type), value, family=field.family, given={})
    if not isinstance(value, Scalar):
        message = f"“{field.label}”只能是一项内容，不能是列表或下一级"
        return _wrong(field, value.place, message=message)
    if wanted.origin is Literal:
        return _choice(wanted.parts, value, field=field)
    return _SCALARS[wanted.type](value, field)


def _sequence(wanted: _Wanted, value: Value, *, field: _Field) -> _Outcome:
    if not isinstance(value, Listed):
        hint = "写成 [甲, 乙]，逗号是半角的；或者每一项单独一行，前面加“- ”。"
        if is_dataclass(wanted.type):
            hint = "每一项以“- ”开头，" + _shape(cast("type[Any]", wanted.type))
        return _wrong(field, value.place, message=f"“{field.label}”应当是列表", hint=hint)
    outcomes = [_convert(wanted, item, field=field) for item in value.items]
    problems = tuple(problem for outcome in outcomes for problem in outcome.problems)
    return _Outcome(tuple(outcome.value for outcome in outcomes), problems)


def _choice(choices: tuple[str, ...], value: Scalar, *, field: _Field) -> _Outcome:
    text = value.text.strip()
    if text in choices:
        return _Outcome(intern(text))
    hint = "只能填：" + "、".join(choices) + "。"
    return _wrong(field, value.place, message=f"“{field.label}”不能是“{text}”", hint=hint)


def _text(value: Scalar, _: _Field) -> _Outcome:
    text = value.text.strip()
    return _Outcome(intern(text) if len(text) < SHORT else text)


def _integer(value: Scalar, field: _Field) -> _Outcome:
    text = value.text.strip()
    if re.fullmatch(r"-?[0-9]{1,18}", text):
        return _Outcome(int(text))
    message = f"“{field.label}”应当是整数，现在是“{text}”"
    return _wrong(field, value.place, message=message, hint=_plain(text))


def _flag(value: Scalar, field: _Field) -> _Outcome:
    choices = {"true": True, "false": False, "是": True, "否": False}
    text = value.text.strip()
    if text in choices:
        return _Outcome(choices[text])
    message = f"“{field.label}”只能是 true 或 false，现在是“{text}”"
    return _wrong(field, value.place, message=message)


def _date(value: Scalar, field: _Field) -> _Outcome:
    text = value.text.strip()
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if text == day.isoformat():  # as nearly all are written
            return _Outcome(day)
    plain = unicodedata.normalize("NFKC", text)
    found = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", plain)
    if not found:
        message = f"“{field.label}”应当是日期，现在是“{text}”"
        return _wrong(field, value.place, message=message, hint="写成 2018-03-02 的样子。")
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        message = f"“{field.label}”不是真实存在的日期：{text}"
        return _wrong(field, value.place, message=message, hint=_days(int(found[1]), int(found[2])))
    message = f"“{field.label}”的日期写法不统一：{text}"
    return _wrong(field, value.place, message=message, hint=f"请改为 {day.isoformat()}。")


def _days(year: int, month: int) -> str:
    """How long the month really is."""
    if year < MINYEAR or not 1 <= month <= 12:
        return "年份从 0001 起，月份从 1 到 12。"
    return f"{year} 年 {month} 月只有 {monthrange(year, month)[1]} 天，请核对原文。"


def _plain(text: str) -> str:
    """What to type instead, where only the width of the characters is wrong."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace(",", "")
    year = re.fullmatch(r"([0-9]{4})年度?", plain)
    if year:
        return f"请改为 {year[1]}。"
    return f"请改为半角数字 {plain}。" if plain != text and plain.isascii() else ""


_SCALARS: dict[type[Any], Callable[[Scalar, _Field], _Outcome]] = {
    str: _text,
    int: _integer,
    bool: _flag,
    date: _date,
}
