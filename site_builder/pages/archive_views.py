"""Views of the pages that only an archive has.

Promise: they name what the archive holds, what it does not, and what was taken out of it; they hold
no content of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.pages.pieces import Frame


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """Something that pages of the archive link to and that is not in it.

    `anchor` is where the links lead; `address` its full address, or its path where the site's
    address is not known.
    """

    anchor: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class ArchiveOutsideView:
    """不在本归档内: every address outside the archive, with the title or the words that led to it.

    `has_paths` says that some addresses are paths, because the site has no address yet.
    """

    frame: Frame
    links: tuple[OutsideLink, ...]
    has_paths: bool


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the printed list of contents."""

    number: int
    title: str
    path: str
    document_number: str
    index_number: str
    published: str
    attachments: int


@dataclass(frozen=True, slots=True)
class ContentsGroup:
    """The rows of one column."""

    title: str
    rows: tuple[ContentsRow, ...]


@dataclass(frozen=True, slots=True)
class ArchiveContentsView:
    """目录清单: everything in the archive, to print and to hang out in a reading room."""

    frame: Frame
    groups: tuple[ContentsGroup, ...]


@dataclass(frozen=True, slots=True)
class ArchiveWithdrawnView:
    """What stands where something was taken out of the archive."""

    frame: Frame
    day: str
    reason: str
