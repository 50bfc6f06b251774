"""Packing: records as bytes that hold plain values alone.

Promise: what was packed comes back equal, places included, and nothing but the records of this
program can come out; a value of another kind is refused.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, cast

from site_builder.model.disclosure import (
    Account,
    AnnualReport,
    Attachment,
    ChangeNote,
    Difference,
    Document,
    Register,
    RegisterEntry,
    RuleGroup,
    RuleList,
    Section,
    Waiver,
)
from site_builder.model.fields import Origin
from site_builder.model.library import AttachedFile, AttachmentFinding, Unread
from site_builder.problems import Place, Problem

# A list stands for everything but a tuple: the number of its kind, then the values of its fields.
_KINDS: tuple[type[Any], ...] = (
    *(date, Place, Problem, Origin, Section, Attachment, ChangeNote, Document, AnnualReport),
    *(Difference, Account, RegisterEntry, Register, RuleGroup, RuleList, AttachedFile, Unread),
    *(Waiver, AttachmentFinding),
)


def pack(value: Any) -> bytes:
    """The bytes of a value; a TypeError for what is neither plain nor a known record."""
    return marshal.dumps(_plain(value))


def unpack(data: bytes) -> Any:
    """The value again. The bytes must be those of `pack`: whoever keeps them sees to that."""
    return _whole(marshal.loads(data))


def _plain(value: Any) -> Any:
    return _maker(type(value))(value)


def _made(kind: type[Any]) -> Callable[[Any], Any]:
    """How values of a type are made plain."""
    if kind in (str, int, bool, bytes, type(None)):
        return _itself
    if kind is tuple:
        return _sequence
    if kind not in _KINDS:
        raise TypeError(f"not a value to pack: {kind.__name__}")
    number = _KINDS.index(kind)
    if kind is date:
        return lambda value: [number, value.year, value.month, value.day]
    taken = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: [number, *_sequence(taken(value))]


def _itself(value: Any) -> Any:
    return value


def _sequence(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([v if type(v) is str else _maker(type(v))(v) for v in values])


def _whole(plain: Any) -> Any:
    kind = type(plain)
    if kind is list:
        number, *values = plain
        return _KINDS[number](*[v if type(v) is str else _whole(v) for v in values])
    if kind is tuple:
        return tuple([v if type(v) is str else _whole(v) for v in plain])
    return plain


_maker = cast("Callable[[type[Any]], Callable[[Any], Any]]", cache(_made))
