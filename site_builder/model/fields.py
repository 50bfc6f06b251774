"""Fields: how a record names its fields to the people who fill them.

Promise: a field's Chinese label stands once, here on the record; the decoder, the messages and
the reference page all read it from the field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, cast

from site_builder.problems import Place

Spot = tuple[str, int, int, str]  # a label, then line, column and cell of its value


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read: its own place, and in the same file that of each field by label.

    There are many fields and few are asked for: records that are laid out alike share them.
    """

    place: Place = Place("")
    fields: tuple[Spot, ...] = ()

    def at(self, label: str) -> Place:
        """The place of one field; where the record begins when the file does not hold the field."""
        for name, line, column, cell in self.fields:
            if name == label:
                return Place(self.place.file, line, column, cell)
        return Place(self.place.file, self.place.line, 0, self.place.cell)


def origin_of(place: Place, fields: Iterable[tuple[str, Place]]) -> Origin:
    """That of a record with these fields."""
    return Origin(place, shared(tuple((n, p.line, p.column, p.cell) for n, p in fields)))


@lru_cache(maxsize=1024)
def shared(fields: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """The same fields, held once."""
    return fields


def clerk(label: str, default: Any = MISSING, *, about: str = "") -> Any:
    """A field that a file may fill under `label`; without a default the file must fill it.

    Typed Any because it stands for the value of whatever type the record declares.
    """
    metadata = {"label": label, "about": about}
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def origin_field() -> Any:
    """The field that remembers where a record stands; it never counts when records are compared."""
    return field(default=Origin(), compare=False, repr=False)


def _labelled(record: type[Any]) -> Mapping[str, Field[Any]]:
    """The fields of a record that a file may fill, by label."""
    return MappingProxyType(
        {f.metadata["label"]: f for f in fields(record) if "label" in f.metadata}
    )


labelled = cast("Callable[[type[Any]], Mapping[str, Field[Any]]]", cache(_labelled))
