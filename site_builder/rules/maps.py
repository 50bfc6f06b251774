"""Maps: pictures called a map that carry no 审图号.

Promise: a map of a public record is told of once, at its place, until its number stands in the
text or a reviewer waives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.disclosure import Record
from site_builder.problems import Place, Problem

MAP = re.compile(
    r"地图|区位图|位置图|影像图|遥感|规划图|现状图|布局图|范围图|分布图|宗地图|红线图|图斑"
)
APPROVED = re.compile(r"审图号|GS\s*[(（]\d{4}[)）]|[\u4e00-\u9fa5]S\s*[(（]\d{4}[)）]")
PICTURE = re.compile(r"!\[(?P<alt>[^\[\]]*)\]\((?P<file>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)")


def unapproved_maps(record: Record) -> Iterator[tuple[Problem, str]]:
    """The maps of a record without a 审图号, each with the words that name it."""
    pictured = [section for section in record.body if "![" in section.text]
    if not pictured and not record.attachments:  # most records need no closer look
        return
    if APPROVED.search("\n".join(section.text for section in record.body)):
        return
    for section in pictured:
        for number, line in enumerate(section.text.split("\n"), section.text_line):
            for found in PICTURE.finditer(line):
                words = found["alt"] + found["file"]
                if MAP.search(words):
                    place = Place(section.place.file, number, found.start() + 1)
                    yield _problem(found["alt"] or found["file"], place), words
    for attachment in record.attachments:
        words = attachment.title + attachment.file
        if MAP.search(words) and not APPROVED.search(words):
            yield _problem(attachment.title, attachment.origin.at("名称")), words


def _problem(name: str, place: Place) -> Problem:
    return Problem("V204", place, f"“{name}”像是地图，没有写明审图号")
