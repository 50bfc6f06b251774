"""Numbers of documents: the notation of 索引号, and the check digits of the codes inside.

Promise: a number is compared with the notation to the letter; nothing is corrected.
"""

from __future__ import annotations

import re

TOKEN = re.compile(r"\{(code9|code18|year|month|serial([1-9]))\}")
PIECES = {
    "code9": r"(?P<code9>[0-9A-Z]{8}[0-9X])",
    "code18": r"(?P<code18>[0-9A-HJ-NPQRTUWXY]{18})",
    "year": r"(?P<year>(?:19|20)[0-9]{2})",
    "month": r"(?:0[1-9]|1[0-2])",
}
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS_9 = (3, 7, 9, 10, 5, 8, 4, 2)
WEIGHTS_18 = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def notation(pattern: str) -> re.Pattern[str] | None:
    """The search for a notation such as `{code9}/{year}-{serial5}`; None where it is unsound.

    Its groups are `code9`, `code18` and `year`.
    """
    names = [found[1] for found in TOKEN.finditer(pattern)]
    rest = TOKEN.sub("", pattern)
    if "{" in rest or "}" in rest or len(set(names)) < len(names):
        return None
    if not any(name.startswith("serial") for name in names):
        return None
    parts: list[str] = []
    end = 0
    for found in TOKEN.finditer(pattern):
        parts.append(re.escape(pattern[end : found.start()]))
        parts.append(PIECES.get(found[1]) or f"[0-9]{{{found[2]}}}")
        end = found.end()
    return re.compile("".join(parts) + re.escape(pattern[end:]))


def check_digit_9(code: str) -> str:
    """The ninth character of an 组织机构代码 (GB 11714) whose first eight are given."""
    total = sum(_value(c) * w for c, w in zip(code[:8], WEIGHTS_9, strict=True))
    digit = 11 - total % 11
    return {10: "X", 11: "0"}.get(digit, str(digit))


def check_digit_18(code: str) -> str:
    """The last character of a 统一社会信用代码 (GB 32100-2015) whose first 17 are given."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(code[:17], WEIGHTS_18, strict=True))
    return ALPHABET[-total % 31]


def _value(character: str) -> int:
    """0 to 9, then A = 10 … Z = 35."""
    return int(character, 36)
