"""Pages: a path, a template and a frozen view; and the digest that decides about rebuilding.

Promise: equal digests mean equal bytes. A value whose digest could hide an input is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

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


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site: where it stands, how it is made, what it shows, whence it comes."""

    path: str
    kind: PageKind
    template: str
    view: Any
    sources: tuple[str, ...] = field(default=(), compare=False)


def digest(value: object) -> str:
    """A SHA-256 of a value made of plain frozen parts; anything else is a TypeError."""
    hasher = hashlib.sha256()
    for piece in _pieces(value):
        hasher.update(piece)
    return hasher.hexdigest()


def field_digests(view: object) -> dict[str, str]:
    """The digest of each field of a view, so that a rebuild can name its reasons."""
    return {f.name: digest(getattr(view, f.name)) for f in _fields(view)}


def _fields(value: Any) -> tuple[Any, ...]:
    return tuple(f for f in fields(value) if f.compare)


def _pieces(value: object) -> Iterator[bytes]:
    match value:
        case None | bool() | int() | str() | Decimal() | date():
            text = str(value).encode()
            yield f"{type(value).__name__}:{len(text)}:".encode() + text
        case bytes():
            yield f"bytes:{len(value)}:".encode() + value
        case tuple():
            yield f"tuple:{len(value)}:".encode()
            for item in value:
                yield from _pieces(item)
        case frozenset():
            yield f"frozenset:{len(value)}:".encode()
            yield from sorted(digest(item).encode() for item in value)
        case Mapping():
            yield f"mapping:{len(value)}:".encode()
            for key in sorted(value):
                yield from _pieces(key)
                yield from _pieces(value[key])
        case _ if _is_frozen(value):
            yield f"record:{type(value).__name__}:".encode()
            for f in _fields(value):
                yield from _pieces(f.name)
                yield from _pieces(getattr(value, f.name))
        case _:
            raise TypeError(f"not a plain frozen value: {type(value).__name__}")


def _is_frozen(value: Any) -> bool:
    return (
        is_dataclass(value)
        and not isinstance(value, type)
        and bool(value.__dataclass_params__.frozen)  # type: ignore[attr-defined]  # set by dataclass
    )
