"""Personal numbers in a text: 居民身份证, 手机 and 银行卡 numbers, however they are spelled.

Promise: a number counts only where its own arithmetic holds (check character, date, Luhn), so
that amounts, 索引号, 统一社会信用代码 and 不动产单元号 are never taken for one; full-width digits,
blanks, hyphens, emphasis and line breaks inside it hide nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from site_builder.model.numbers import ALPHABET, check_digit_18

PersonalKind = Literal["身份证号", "手机号", "银行卡号"]
CODES: dict[PersonalKind, str] = {"身份证号": "V101", "手机号": "V102", "银行卡号": "V103"}

# The first two digits of an address code (GB/T 2260): provinces, and 83 for residents of Taiwan.
PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
CHECK = "10X98765432"
NEAR = 40  # characters before a number in which a word may say what it is
OF_A_PERSON = re.compile(r"身份证|证件号|公民身份|居民证|身份号")
OF_A_BANK = re.compile(r"银行|卡号|账号|帐号|账户|帐户|开户|储蓄|借记|信用卡|一卡通|存折|社保卡")
OF_A_BODY = re.compile(r"信用代码|不动产单元|单元号|索引号|项目代码|项目编号|宗地")
BETWEEN = r"(?:[ \t\u00a0\u2000-\u200d\u202f\u2060\u3000\ufeff\\_\-‐‑–—－·.．]|\*\*|\r?\n){0,4}"
RUN = re.compile(rf"\d(?:{BETWEEN}\d){{10,}}(?:{BETWEEN}[XxＸｘ](?![A-Za-z]))?")
CHUNK = re.compile(r"[0-9]+[Xx]?|[Xx]")
WHOLE_PHONE = re.compile(r"1[3-9]\d{9}")
PHONE_GROUPS = {(11,), (3, 4, 4), (3, 8), (3, 3, 5), (4, 4, 3), (4, 3, 4)}
MOST_DIGITS = 400  # of one run: a longer one is a column of figures


@dataclass(frozen=True, slots=True)
class Personal:
    """A number found: what it is, and where it begins and ends in the text."""

    kind: PersonalKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """Digits without anything between them."""

    text: str
    start: int
    end: int


def find_personal(text: str, heading: str = "") -> Iterator[Personal]:
    """The personal numbers of a text, in order, none inside another.

    `heading` is what stands above it, such as the head of its column in a table.
    """
    for run in RUN.finditer(text):
        pieces = [
            _Piece(c[0].upper(), run.start() + c.start(), run.start() + c.end())
            for c in CHUNK.finditer(with_plain_digits(run[0]))
        ]
        yield from _in_run(pieces, text, heading=heading)


def masked(number: str) -> str:
    """A number with its middle hidden, so that a message itself gives nothing away."""
    plain = "".join(c for c in with_plain_digits(number) if c.isalnum())
    kept = 3 if len(plain) <= 11 else 4
    return f"{plain[:kept]}{'*' * (len(plain) - kept - 2)}{plain[-2:]}"


def with_plain_digits(text: str) -> str:
    """Every decimal digit and full-width letter as its plain one; the length stays."""
    if text.isascii():
        return text
    return "".join(_plain(c) for c in text)


def _plain(character: str) -> str:
    if character < "\u0660":
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return {"Ｘ": "X", "ｘ": "x", "－": "-", "．": "."}.get(character, character)


def _in_run(pieces: list[_Piece], text: str, *, heading: str) -> Iterator[Personal]:
    """The longest number that begins with each piece; what was found is not looked at again."""
    if sum(len(piece.text) for piece in pieces) > MOST_DIGITS:
        return
    first = 0
    while first < len(pieces):
        found = _beginning_with(pieces, first, text=text, heading=heading)
        if found is None:
            first += 1
            continue
        kind, last = found
        yield Personal(kind, pieces[first].start, pieces[last].end)
        first = last + 1


def _beginning_with(
    pieces: list[_Piece], first: int, *, text: str, heading: str
) -> tuple[PersonalKind, int] | None:
    joined = ""
    best: tuple[PersonalKind, int] | None = None
    start = pieces[first].start
    before = heading + text[max(0, start - NEAR) : start]
    for last in range(first, len(pieces)):
        joined += pieces[last].text
        if len(joined) > 19:
            break
        sizes = tuple(len(piece.text) for piece in pieces[first : last + 1])
        after = text[pieces[last].end : pieces[last].end + 2]
        kind = _kind(
            joined, sizes, before=before, after=after, broken="\n" in text[start : pieces[last].end]
        )
        best = (kind, last) if kind else best
    return best


def _kind(
    joined: str, sizes: tuple[int, ...], *, before: str, after: str, broken: bool
) -> PersonalKind | None:
    if _is_identity(joined, before):
        return "身份证号"
    one_by_one = len(sizes) == len(joined)
    if WHOLE_PHONE.fullmatch(joined):
        split = sizes in PHONE_GROUPS or one_by_one or (broken and len(sizes) == 2)
        return "手机号" if split and not _is_amount(before, after) else None
    if 16 <= len(joined) <= 19 and joined.isdigit() and OF_A_BANK.search(before):
        fours = all(size == 4 for size in sizes[:-1]) or len(sizes) <= 2 or one_by_one
        return "银行卡号" if fours and passes_luhn(joined) else None
    return None


def _is_identity(joined: str, before: str) -> bool:
    """Of 18 characters by its check character; of 15 digits only where a word says so."""
    if not PROVINCE.match(joined):
        return False
    if len(joined) == 18:
        if not _is_day(joined[6:14]) or identity_check(joined) != joined[17]:
            return False
        return not (OF_A_BODY.search(before) and _is_credit_code(joined))
    if len(joined) == 15 and joined.isdigit() and OF_A_PERSON.search(before):
        return _is_day("19" + joined[6:12])
    return False


def identity_check(number: str) -> str:
    """The last character of a 居民身份证号 (GB 11643) whose first 17 digits are given."""
    total = sum(int(d) * w for d, w in zip(number[:17], WEIGHTS, strict=True))
    return CHECK[total % 11]


def passes_luhn(number: str) -> bool:
    """Whether a card number's check digit holds (ISO/IEC 7812-1)."""
    digits = [int(d) for d in reversed(number)]
    doubled = (d * 2 - 9 if d > 4 else d * 2 for d in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0 and len(set(number)) > 2


def _is_credit_code(number: str) -> bool:
    return set(number) <= set(ALPHABET) and check_digit_18(number) == number[17]


def _is_day(digits: str) -> bool:
    """Whether eight digits are a day from 1900 to 2099."""
    if not digits.isdigit() or digits[:2] not in ("19", "20"):
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _is_amount(before: str, after: str) -> bool:
    """13575394432.52 or 1,300…: figures, not a telephone."""
    decimals = len(after) == 2 and after[0] == "." and after[1].isdigit()
    return decimals or after[:1] in ("元", "万", "㎡") or before[-1:] in (",", ".", "¥", "￥", "/")
