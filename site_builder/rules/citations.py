"""Citations: the numbers that texts give for well-known documents.

Promise: a number is questioned only where the title stands directly beside it and the catalogue
knows that title's number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from site_builder.model.disclosure import Section
from site_builder.model.library import Library
from site_builder.problems import Place, Problem
from site_builder.rules.numbers import BRACKETS

CITED = re.compile(r"《(?P<title>[^《》\n]{4,80})》[（(](?P<number>[^（()）\n]{2,30}?号)[，,）)]")


def check_citations(library: Library) -> Iterator[Problem]:
    """A known document under a number that is not its own."""
    known = {_folded(c.title): c.numbers for c in library.citations}
    for record in library.records():
        for section in record.body:
            for found in CITED.finditer(section.text):
                right = known.get(_folded(found["title"]), ())
                if right and _folded(found["number"]) not in map(_folded, right):
                    message = f"《{found['title']}》的文号写成了“{found['number']}”"
                    hint = f"应当是 {'、'.join(right)}。"
                    yield Problem("D520", _at(section, found.start("number")), message, hint=hint)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(BRACKETS)
    return re.sub(r"[\s〔〕]", "", plain).removeprefix("中华人民共和国")


def _at(section: Section, offset: int) -> Place:
    line = section.text.count("\n", 0, offset)
    column = offset - (section.text.rfind("\n", 0, offset) + 1)
    return Place(section.place.file, section.text_line + line, column + 1)
