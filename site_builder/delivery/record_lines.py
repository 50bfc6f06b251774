"""Records as lines of YAML, as a clerk would write a list of them.

Promise: an empty item is left out; a text that could mean something else stands in quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from site_builder.model.fields import labelled

PLAIN = re.compile(r"[\w-]+")


def list_of(label: str, records: Iterable[Any]) -> str:
    """A list under a label, each record with its fields by their labels."""
    lines = (line for record in records for line in _lines(record))
    return f"{label}:\n" + "".join(f"{line}\n" for line in lines)


def _lines(record: Any) -> Iterator[str]:
    mark = "  - "
    for label, field in labelled(type(record)).items():
        value = str(getattr(record, field.name) or "")
        if "\n" in value and all(line == line.strip() for line in value.split("\n")):
            yield f"{mark}{label}: |"
            yield from (f"      {line}" for line in value.split("\n"))
        elif value:
            yield f"{mark}{label}: {_scalar(value)}"
        mark = "    "


def _scalar(value: str) -> str:
    return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
