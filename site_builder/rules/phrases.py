"""Phrases: the notation in which a form says how texts speak of its figures.

Promise: a phrase is searched in time that grows with the text alone; a phrase that could not be
searched is named by `fault`.
"""

from __future__ import annotations

import re
from functools import cache

from site_builder.rules.prose import folded

NUMBER = r" ?(?P<n>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?P<more>[余多])? ?"
GAP = r"(?P<gap{}>[^,。;:!?|0-9]{{0,15}}?)"
MOST_GAPS = 3
# A phrase that says «none» ends its clause: 没有收到申请的投诉 denies something else.
NONE = r"(?P<n>)(?= ?(?:的?情况|事项|$|[,.:()|]))"
_TOKEN = re.compile(
    r"(?P<number>\{n\})|(?P<none>\{0\})|(?P<gap>…)|\((?P<any>[^()\[\]{}…]+)\)"
    r"|\[(?P<may>[^()\[\]{}…|]+)\]|(?P<plain>[^()\[\]{}…|]+)"
)


@cache
def fault(text: str) -> str:
    """Why a phrase cannot be used; empty when it can."""
    tokens = list(_TOKEN.finditer(folded(text)))
    if "".join(token[0] for token in tokens) != folded(text):
        return "括号不成对，或者用了记号以外的写法"
    kinds = [token.lastgroup for token in tokens]
    if kinds.count("number") + kinds.count("none") != 1:
        return "应当有一处、也只有一处 {n}（或者说明没有的 {0}）"
    if "none" in kinds[:-1]:
        return "{0} 应当写在最后"
    if kinds.count("gap") > MOST_GAPS:
        return f"“…”最多用 {MOST_GAPS} 处"
    if kinds[0] in ("gap", "number") or "plain" not in kinds:
        return "应当以文字开头，并且有括号以外的文字"
    return ""


@cache
def anchor(text: str) -> str:
    """The longest piece that every match holds."""
    return max((t["plain"] or "" for t in _TOKEN.finditer(folded(text))), key=len)


@cache
def pattern(text: str) -> re.Pattern[str]:
    """The search for a phrase without fault: the number is group `n`, 余 or 多 after it `more`.

    Where the phrase says that there was none, `n` is empty.
    """
    return re.compile("".join(_piece(token) for token in _TOKEN.finditer(folded(text))))


def _piece(token: re.Match[str]) -> str:
    match token.lastgroup:
        case "number":
            return NUMBER
        case "none":
            return NONE
        case "gap":
            return GAP.format(token.start())
        case "any":
            return f"(?:{'|'.join(map(re.escape, token['any'].split('|')))})"
        case "may":
            return f"(?:{re.escape(token['may'])})?"
        case _:
            return re.escape(token[0])
