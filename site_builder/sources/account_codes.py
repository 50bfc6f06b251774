"""Account codes: the cells 科目编码, or 类 款 项, of a row → its subject code.

Promise: a part that is left blank is the one above it; a part that lost its leading zero is
reported and never completed unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.model.values import Scalar
from site_builder.problems import Problem
from site_builder.sources.blocks import Box
from site_builder.sources.sheet_blocks import folded

DIGITS = (3, 2, 2)  # of 类, 款 and 项
NAMES = ("类", "款", "项")


@dataclass(slots=True)
class Levels:
    """The 类, 款 and 项 that hold until others are written."""

    parts: list[str] = field(default_factory=list)


def code_of(
    boxes: list[Box | None], levels: Levels, *, names: list[Box], index: int
) -> tuple[Scalar | None, Box | None, tuple[Problem, ...]]:
    """A row's code; or the box that holds its name in place of a code, as 合计 often does."""
    filled = [box for box in dict.fromkeys(boxes) if box is not None and box.text]
    own = [box for box in filled if box.top == index and box not in names]
    words = [box for box in own if not _is_number(box.text)]
    if words and not names and len(words) == len(own):
        return None, words[0], ()
    if len(boxes) < 2:
        return (Scalar(own[0].text, own[0].place) if own else None), None, ()
    if not own:
        return None, None, ()
    return _joined(boxes, levels, own=own)


def _joined(
    boxes: list[Box | None], levels: Levels, *, own: list[Box]
) -> tuple[Scalar, None, tuple[Problem, ...]]:
    """类 款 项 in a cell each: down to the lowest that is filled in, blanks as above."""
    deepest = max(n for n, box in enumerate(boxes) if box is not None and box in own)
    above = [*levels.parts, "", "", ""]
    parts: list[str] = []
    problems: list[Problem] = []
    for level, box in enumerate(boxes[: deepest + 1]):
        text = folded(box.text) if box is not None and box.text else ""
        full = "".join(parts)
        if text.startswith(full) and len(text) == len(full) + DIGITS[level]:
            text = text[len(full) :]
        elif box is not None and _is_short(text, level):
            problems.append(_lost_zero(box, text, level))
            text = text.zfill(DIGITS[level])
        same = parts == levels.parts[:level]
        text = text or (above[level] if same else "")
        if not text:
            problems.append(_gap(own[-1], level))
        parts.append(text)
    levels.parts = parts
    return Scalar("".join(parts), own[-1].place), None, tuple(problems)


def _is_short(text: str, level: int) -> bool:
    return text.isascii() and text.isdecimal() and level > 0 and len(text) < DIGITS[level]


def _lost_zero(box: Box, text: str, level: int) -> Problem:
    right = text.zfill(DIGITS[level])
    message = (
        f"“{NAMES[level]}”写的是“{text}”，应当是 {DIGITS[level]} 位，大概少了前面的 0：“{right}”"
    )
    return Problem("T235", box.place, message)


def _gap(box: Box, level: int) -> Problem:
    message = f"“{NAMES[level]}”是空的，上面也没有可以沿用的，不知道“{box.text}”属于哪一个"
    return Problem("T235", box.place, message)


def _is_number(text: str) -> bool:
    return folded(text)[:1].isdecimal()
