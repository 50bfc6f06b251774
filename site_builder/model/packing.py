"""Packing: records as bytes that hold plain values alone.

Promise: what was packed comes back equal, places included, and nothing but the records of this
program can come out; a value of another kind is refused.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import Any

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
from site_builder.model.fields import Origin, shared
from site_builder.model.library import AttachedFile, AttachmentFinding, Unread
from site_builder.problems import Place, Problem

# A list stands for everything but a tuple: the number of its kind, then the values of its fields;
# an empty one for an empty mapping.
_RECORDS: tuple[type[Any], ...] = (
    *(date, Place, Problem, Origin, Section, Attachment, ChangeNote, Document, AnnualReport),
    *(Difference, Account, RegisterEntry, Register, RuleGroup, RuleList, AttachedFile, Unread),
    *(Waiver, AttachmentFinding),
)


@dataclass(frozen=True, slots=True)
class Packing:
    """The bytes of values made of plain ones and of records of these kinds, and the values again.

    `pack` raises a TypeError for any other value. The bytes given to `unpack` must be those of
    `pack`: whoever keeps them sees to that.
    """

    kinds: tuple[type[Any], ...]
    makers: dict[type[Any], Callable[[Any], Any]] = field(default_factory=dict)

    def pack(self, value: Any) -> bytes:
        """The bytes of a value."""
        return marshal.dumps(self._plain(value))

    def unpack(self, data: bytes) -> Any:
        """The value that was packed."""
        return self._whole(marshal.loads(data))

    def _plain(self, value: Any) -> Any:
        kind = type(value)
        make = self.makers.get(kind)
        if make is None:
            make = self.makers[kind] = self._made(kind)
        return make(value)

    def _made(self, kind: type[Any]) -> Callable[[Any], Any]:
        """How values of a type are made plain; found once for each type."""
        if kind in (str, int, bool, bytes, type(None)):
            return _itself
        if kind is tuple:
            return self._sequence
        if kind is dict:
            return _nothing
        if kind not in self.kinds:
            raise TypeError(f"not a value to pack: {kind.__name__}")
        number = self.kinds.index(kind)
        if kind is date:
            return lambda value: [number, value.year, value.month, value.day]
        if kind is Origin:  # its fields are plain already
            return lambda value: [number, self._plain(value.place), value.fields]
        taken = attrgetter(*(f.name for f in fields(kind)))
        return lambda value: [number, *self._sequence(taken(value))]

    def _sequence(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple([v if type(v) is str else self._plain(v) for v in values])

    def _whole(self, plain: Any) -> Any:
        kind = type(plain)
        if kind is list:
            return self._record(*plain) if plain else {}
        if kind is tuple:
            return tuple([v if type(v) is str else self._whole(v) for v in plain])
        return plain

    def _record(self, number: int, *values: Any) -> Any:
        if self.kinds[number] is Origin:
            return Origin(self._whole(values[0]), shared(values[1]))
        return self.kinds[number](*[v if type(v) is str else self._whole(v) for v in values])


def _itself(value: Any) -> Any:
    return value


def _nothing(value: Mapping[Any, Any]) -> list[Any]:
    if value:
        raise TypeError("not a value to pack: a mapping that holds something")
    return []


RECORDS = Packing(_RECORDS)
