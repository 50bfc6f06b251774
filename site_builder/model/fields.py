"""Fields: how a record names its fields to the people who fill them.

Promise: a field's Chinese label stands once, here on the record; the decoder, the messages and
the reference page all read it from the field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from site_builder.problems import Place


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read: its own place, and that of each field by label.

    A field is a label, then what a Place is made of: there are many fields and few are asked for.
    """

    place: Place = Place("")
    fields: tuple[tuple[str, str, int, int, str], ...] = ()

    def at(self, label: str) -> Place:
        """The place of one field; where the record begins when the file does not hold the field."""
        for name, file, line, column, cell in self.fields:
            if name == label:
                return Place(file, line, column, cell)
        return Place(self.place.file, self.place.line, 0, self.place.cell)


def spot(label: str, place: Place) -> tuple[str, str, int, int, str]:
    """A field of an Origin."""
    return label, place.file, place.line, place.column, place.cell


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
