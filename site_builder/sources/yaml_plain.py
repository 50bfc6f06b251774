"""Plain YAML: lines of `名称: 内容` and nothing else, read without a parser.

Promise: what it reads it reads as the parser would, places included; anything that could mean
more than it shows is left to the parser.
"""

from __future__ import annotations

import re

from site_builder.model.values import Entry, Mapped, Scalar
from site_builder.problems import Place

MOST_LINES = 200
_HANZI = "\u4e00-\u9fa5"
_LINE = re.compile(
    rf"(?P<key>[{_HANZI}A-Za-z_][{_HANZI}A-Za-z0-9_]{{0,19}}): "
    rf"(?P<value>[{_HANZI}A-Za-z0-9《“〔（](?:[{_HANZI}A-Za-z0-9《》“”〔〕（）()，。、；！？·—/._+-]"
    r"| (?=[^ ]))*)"
)


def read_plain(text: str, file: str, *, first_line: int) -> Mapped | None:
    """The mapping such lines are; None where there is any other line, or a key stands twice."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        return None
    entries: dict[str, Entry] = {}
    for number, line in enumerate(lines, first_line):
        found = _LINE.fullmatch(line)
        if found is None:
            return None
        key, value = found.groups()
        name = Scalar(key, Place(file, number, 1))
        entries[key] = Entry(name, Scalar(value, Place(file, number, len(key) + 3)))
    if len(entries) < len(lines):
        return None
    return Mapped(tuple(entries.values()), Place(file, first_line, 1))
