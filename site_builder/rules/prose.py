"""Prose: the text of a report as lines and sentences that keep their places.

Promise: folding changes the width of characters, never their number, so that an offset in a
folded text is a column in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from site_builder.model.disclosure import AnnualReport, Section
from site_builder.problems import Place

_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLDS = {**_WIDE, **dict(zip("　〔〕【】﹝﹞", " [][][]", strict=True))}
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLDS))}]")
_SENTENCE = re.compile(r"[^。;!?]+")
_TITLE = re.compile(r"《[^《》]{0,100}》")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one line: as it is searched, as it was written, and where it begins."""

    text: str
    written: str
    place: Place

    def at(self, offset: int) -> Place:
        """The place of a character."""
        return replace(self.place, column=self.place.column + offset)


def folded(text: str) -> str:
    """Full-width letters, digits and marks as half-width ones; the number of characters stays."""
    for wide in set(_FOLDED.findall(text)):  # few of them: a tenth of what str.translate takes
        text = text.replace(wide, _FOLDS[wide])
    return text


def lines(sections: Iterable[Section]) -> Iterator[Passage]:
    """Every line of text that holds something; headings are not text."""
    for section in sections:
        for number, line in enumerate(section.text.split("\n"), section.text_line):
            if line.strip():
                yield Passage(folded(line), line, Place(section.place.file, number, 1))


def sentences(report: AnnualReport) -> Iterator[Passage]:
    """Every sentence of a report; a semicolon ends one too."""
    for line in lines(report.body):
        for found in _SENTENCE.finditer(line.text):
            written = line.written[found.start() : found.end()]
            yield Passage(found[0], written, line.at(found.start()))


def without_titles(text: str) -> str:
    """The text with 《titles》 blanked: a report does not choose the words of what it cites."""
    return _TITLE.sub(lambda found: " " * len(found[0]), text)
