"""Lines of YAML as clerks mistype them: full-width colons, forgotten spaces, odd indentation.

Promise: a line is judged by its characters alone, and a label such as `其中:主动公开数`, a time
or a web address is never taken for a mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ODD_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
OF_WHICH = "其中"  # the official labels «其中:…» carry a colon of their own
LONGEST_SHOWN = 40

_KEYED = re.compile(
    r"(?P<lead>[ ]*(?:- +)*)"
    r"(?P<key>(?:其中[：:](?=[^：:]+[：:]))?[^\s#\[\]{},&*!|>%@`：:-][^：:]{0,59}?)"
    r"\s*(?P<colon>[：:])(?P<rest>.*)"
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_SEPARATOR = re.compile(r":(?:\s|$)")
_HANZI = re.compile("[\u3400-\u9fff]")
_NO_LABEL = re.compile(r"[\s，。；！？、“”‘’《》…]")
_PLAIN_WORD = re.compile(r"[A-Za-z_][\w-]*")
_DASH = re.compile(r"[ ]*(?:- +)*(?P<dash>-(?![-－\d\s])|－(?!\d)\s*\S)")
_VALUE = re.compile(r"(?P<lead>[ ]*(?:- +)*)(?P<key>[^\s\"'\[{][^\n]*?: +)?\S")
_SPACES = re.compile(rf"[ \t{ODD_SPACES}]*")


@dataclass(frozen=True, slots=True)
class ColonFault:
    """A colon that does not separate: its column from 0 and the key before it."""

    column: int
    key: str
    message: str
    hint: str


def telling(text: str) -> bool:
    """Whether a scalar's text could hide one of the mistakes this module knows."""
    return ":" in text or "：" in text or text[:1] in "-－" or text.strip(ODD_SPACES) != text


def colon_fault(line: str, *, start: int = 0, end: int | None = None) -> ColonFault | None:
    """The `名称：值` or `名称:值` that a stretch of a line is, None where it is neither."""
    match = _KEYED.match(line, start, len(line) if end is None else end)
    if match is None:
        return None
    key, colon, rest = match["key"], match["colon"], match["rest"]
    if colon == ":" and (not rest or rest[0] in " \t" or rest.startswith("//")):
        return None
    if key == OF_WHICH or not any(char.isalpha() for char in key):
        return None
    if colon == ":" and key[-1].isdigit() and rest[0].isdigit():
        return None
    if _SEPARATOR.search(_COMMENT.sub("", _QUOTED.sub("", rest))):
        return None
    return _fault(match)


def with_colon(line: str, column: int) -> tuple[str, int | None]:
    """The line with `: ` for the colon at `column`; and the column of a space that is new."""
    rest = line[column + 1 :]
    before = f"{line[:column]}:"
    if not rest or rest[0] in " \t":
        return before + rest, None
    if rest[0] in ODD_SPACES:
        return f"{before} {rest[1:]}", None
    return f"{before} {rest}", column + 1


def is_label(key: str) -> bool:
    """Whether a text is surely the name of a field: short, in Chinese, no sentence."""
    return len(key) <= 20 and bool(_HANZI.search(key)) and not _NO_LABEL.search(key)


def is_name(key: str) -> bool:
    """Whether a text is a label, or a single name in Latin letters."""
    return is_label(key) or _PLAIN_WORD.fullmatch(key) is not None


def tight_dash(line: str, start: int = 0) -> int | None:
    """The column of a `-` that lacks its space (`-甲`), counted from 0."""
    match = _DASH.match(line, start)
    return match.start("dash") if match else None


def without_value(line: str, following: str) -> str | None:
    """The line with "" for its value; None where the line after it may belong to the value."""
    match = _VALUE.match(line)
    if match is None or (following.strip() and indent(following) > sibling_column(line)):
        return None
    return f'{match["lead"]}{match["key"] or ""}""'


def sibling_column(line: str) -> int:
    """The column, from 0, at which the next entry beside that of this line would begin."""
    match = _VALUE.match(line)
    return len(match["lead"]) if match and match["key"] else indent(line)


def odd_indent(line: str) -> int | None:
    """The column, from 0, of the first tab or full-width space a line is indented with."""
    lead = line[: indent(line)]
    if lead == line or not lead.strip(" "):
        return None
    return len(lead) - len(lead.lstrip(" "))


def plain_indent(line: str) -> str:
    """The line with an ordinary space for each odd one of its indentation."""
    return " " * indent(line) + line[indent(line) :]


def indent(line: str) -> int:
    """How many spaces, tabs and odd spaces a line begins with."""
    match = _SPACES.match(line)
    return match.end() if match else 0


def _fault(match: re.Match[str]) -> ColonFault:
    key, rest = match["key"], match["rest"]
    value = _COMMENT.sub("", rest).strip(ODD_SPACES + " ")
    shown = value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "……"
    if match["colon"] == "：":
        message = f"“{key}”后面的“：”是全角冒号"
    elif rest[0] in ODD_SPACES:
        message = f"“{key}”的冒号后面是全角空格，不是半角空格"
    else:
        message = f"“{key}”的冒号后面少一个空格"
    hint = f"改成“{key}: {shown}”。" if shown else f"改成“{key}:”。"
    return ColonFault(match.start("colon"), key, message, hint)
