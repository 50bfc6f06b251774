"""A YAML text by its lines, and where a spot of it stands in the file.

Promise: a place names the file as the clerk sees it, also after lines were mended in memory to
look behind the first mistake.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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

    `inserted` are the spaces that mending put in: (line, column), both counted from 0.
    """

    file: str
    first_line: int
    lines: tuple[str, ...]
    inserted: frozenset[tuple[int, int]] = frozenset()

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
        before = sum(1 for at, spot in self.inserted if at == line and spot < column)
        return Place(self.file, self.first_line + line, column - before + 1)

    def mended(self, line: int, text: str, inserted: int | None) -> Source:
        """This text with another line; `inserted` is the column of a space that is new in it."""
        lines = (*self.lines[:line], text, *self.lines[line + 1 :])
        spots = self.inserted if inserted is None else self.inserted | {(line, inserted)}
        return replace(self, lines=lines, inserted=spots)
