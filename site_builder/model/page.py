"""Pages: a path, a template and a frozen view; and the digest that decides about rebuilding.

Promise: equal digests mean equal bytes. A value whose digest could hide an input is refused.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, Literal, cast

PageKind = Literal[
    "html",
    "text",
    "json",
    "csv",
    "xlsx",
    "docx",
    "package",
    "copy",
    "search-map",
    "search-shard",
    "search-texts",
    "list-csv",
    "list-xlsx",
    "list-json",
]
FORMAT = 2  # of marshal, which here only writes: the one without references
DIGITS = 32


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site: where it stands, how it is made, what it shows, whence it comes."""

    path: str
    kind: PageKind
    template: str
    view: Any
    sources: tuple[str, ...] = field(default=(), compare=False)


def digest(value: object) -> str:
    """Of a value made of plain frozen parts, as hexadecimal digits; else a TypeError."""
    return hashlib.sha256(marshal.dumps(_plain(value), FORMAT)).hexdigest()[:DIGITS]


def field_digests(view: object) -> dict[str, str]:
    """The digest of each field of a view, so that a rebuild can name its reasons."""
    return {name: _of(getattr(view, name)) for name in _named(type(view))}


def _of(value: object) -> str:
    """The same as `digest`; most fields hold nothing, and are the same everywhere."""
    nothing = None if value else _OF_NOTHING.get(type(value))
    return nothing or digest(value)


def _plain(value: Any) -> Any:
    """The value as what marshal writes one way only; a list stands for everything but a tuple."""
    return _maker(type(value))(value)


def _made(kind: type[Any]) -> Callable[[Any], Any]:
    """How values of a type are made plain."""
    if kind in _ITSELF:
        return _itself
    if kind is tuple:
        return _sequence
    if issubclass(kind, bool | int | str | Decimal | date):
        return lambda value: [kind.__name__, str(value)]
    if issubclass(kind, frozenset):
        return lambda value: ["frozenset", *sorted(marshal.dumps(_plain(v), FORMAT) for v in value)]
    if issubclass(kind, Mapping):
        return lambda value: ["mapping", *((_plain(k), _plain(v)) for k, v in value.items())]
    if not (is_dataclass(kind) and kind.__dataclass_params__.frozen):  # type: ignore[attr-defined]  # set by dataclass
        raise TypeError(f"not a plain frozen value: {kind.__name__}")
    names = _names(kind)
    if len(names) < 2:
        return lambda value: [kind.__name__, *(_plain(getattr(value, name)) for name in names)]
    taken = attrgetter(*names)
    return lambda value: [kind.__name__, _sequence(taken(value))]


_ITSELF = frozenset((str, int, bool, bytes, type(None)))  # marshal tells them apart by itself


def _itself(value: Any) -> Any:
    return value


def _sequence(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([v if type(v) is str else _maker(type(v))(v) for v in values])


def _names(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a record that count."""
    return tuple(f.name for f in fields(kind) if f.compare)


# Found once for each type.
_named = cast("Callable[[type[Any]], tuple[str, ...]]", cache(_names))
_maker = cast("Callable[[type[Any]], Callable[[Any], Any]]", cache(_made))
_OF_NOTHING: dict[type, str] = {str: digest(""), tuple: digest(())}
