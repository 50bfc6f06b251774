"""Views of documents.

Promise: they stand by themselves, so that an edited text can be shown without any other view.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.pages.pieces import Chapter, Download, Fact, Frame, Link, LinkGroup


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document: facts, text, attachments; `notice` warns that it is no longer in force.

    `instead` are those that modified or repealed it, to be reached without reading to the end;
    `related` are the documents it changes or explains and those that change or explain it,
    `changes` what was corrected, by date.
    """

    frame: Frame
    facts: tuple[Fact, ...]
    notice: str
    instead: tuple[Link, ...]
    summary: str
    chapters: tuple[Chapter, ...]
    links: tuple[Link, ...]
    attachments: tuple[Download, ...]
    related: tuple[LinkGroup, ...]
    changes: tuple[Fact, ...]
    provenance: str
