"""What is asked of an archive, and what became of it.

Promise: nothing here reads or writes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from site_builder.problems import Problem, errors

DEFAULT = "archive"  # the folder of archives, beside `output/`
READING_ROOM = "-reading-room"


@dataclass(frozen=True, slots=True)
class Wish:
    """What to archive, and where.

    `as_of` is the day of capture asked for, `today` the one of a new capture where none was; a
    `reason` amends, with `withdraw` by taking that path out.
    """

    year: int
    folder: Path
    today: date
    as_of: date | None = None
    reading_room: bool = False
    reason: str = ""
    withdraw: str = ""
    warc: bool = False

    @property
    def place(self) -> Path:
        """The folder of this archive."""
        return self.folder / f"{self.year}{READING_ROOM if self.reading_room else ''}"

    @property
    def other(self) -> Path:
        """The folder of the same year for the reading room; of that for it, the year's own."""
        return replace(self, reading_room=not self.reading_room).place


@dataclass(frozen=True, slots=True)
class Archived:
    """What became of it: `changed` are the files that differ from those before, if any.

    `lost` are pages of records that were in the archive and are no longer.
    `later` counts what belongs to the year and was published since it was captured.
    `undated` are the titles of what is in no archive, for it has no date.
    `old_warc` is a WARC file beside it that could not be made again.
    """

    problems: tuple[Problem, ...]
    files: int = 0
    captured: date | None = None
    changed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    is_new: bool = False
    later: int = 0
    undated: tuple[str, ...] = ()
    old_warc: Path | None = None

    @property
    def failed(self) -> bool:
        """Whether an error stopped it."""
        return bool(errors(self.problems))
