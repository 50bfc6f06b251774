"""Cells: how a relation names a cell of a document, and how messages name it.

Promise: a reference that cannot be read is None, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from site_builder.model.subjects import is_code
from site_builder.model.tables import FormTable, Row

EVERY = "*"
_REFERENCE = re.compile(
    r"(?:(?P<document>last|budget):)?(?P<table>\w+)\.(?P<name>\*|[\w-]+)/(?P<column>[\w-]+)"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """`last:F1o.closing/amount`, in pieces; `name` is `*` for every coded row."""

    document: str
    table: str
    name: str
    column: str

    @property
    def row(self) -> str:
        """The id of the row."""
        return f"{self.table}.{self.name}"


@cache
def reference(text: str) -> Reference | None:
    """A reference in its pieces, None where the text is none."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        return None
    return Reference(found["document"] or "", found["table"], found["name"], found["column"])


def may_hold(part: FormTable, row: str) -> bool:
    """Whether a table has a row, or may have it once it is filled in."""
    table, _, name = row.partition(".")
    coded = table == part.id and ((name == EVERY and bool(part.codes)) or is_code(name, part.codes))
    return coded or any(known.id == row for _, known in part.walk())


def quoted(name: str) -> str:
    """A name in quotation marks, those inside it being single ones."""
    inner = name.translate(str.maketrans("“”", "‘’"))
    return f"“{inner}”"


def row_name(part: FormTable, row: Row) -> str:
    """A row as messages name it: a coded one with its code."""
    code = row.id.rpartition(".")[2]
    return f"{code} {row.label}" if is_code(code, part.codes) else row.label


def column_names(part: FormTable) -> dict[str, str]:
    """The name of each column of figures by id, with the headings above it."""
    return {path[-1].id: "·".join(column.label for column in path) for path in part.paths()}
