"""A YAML text by its lines, and where a spot of it stands in the file.

Promise: a place names the file as the clerk sees it, also after lines were mended in memory to
look behind the first mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from site_builder.problems import Place

if TYPE_CHECKING:
    from yaml._yaml import Mark as LibyamlMark
    from yaml.error import Mark
    from yaml.events import Event


class Spot(NamedTuple):
    """A spot of a text: line and column count from 0."""

    line: int
    column: int


def spot(mark: Mark | LibyamlMark | None) -> Spot:
    """The parser's mark as a spot; the beginning where it gave none."""
    return Spot(mark.line, mark.column) if mark else Spot(0, 0)


def start(event: Event) -> Spot:
    """Where an event begins."""
    return spot(event.start_mark)


def end(event: Event) -> Spot:
    """Where an event ends, the column behind its last character."""
    return spot(event.end_mark)


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a text that begins on line `first_line` of a file.

    `inserted` are the columns of the spaces that mending put into a line, both counted from 0.
    """

    file: str
    first_line: int
    lines: tuple[str, ...]
    inserted: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole text, as far as it is mended."""
        return "\n".join(self.lines)

    def line(self, index: int) -> str:
        """One line, counted from 0; empty behind the end."""
        return self.lines[index] if 0 <= index < len(self.lines) else ""

    def place(self, line: int, column: int) -> Place:
        """The place of a spot counted from 0."""
        line = min(line, len(self.lines) - 1)
        column = min(column, len(self.lines[line]))
        before = sum(1 for spot in self.inserted.get(line, ()) if spot < column)
        return Place(self.file, self.first_line + line, column - before + 1)

    def mended(self, changes: Mapping[int, tuple[str, int | None]]) -> Source:
        """This text with other lines: each with the column of a space that is new in it."""
        lines, inserted = list(self.lines), dict(self.inserted)
        for line, (text, column) in changes.items():
            lines[line] = text
            if column is not None:
                inserted[line] = (*inserted.get(line, ()), column)
        return replace(self, lines=tuple(lines), inserted=inserted)
