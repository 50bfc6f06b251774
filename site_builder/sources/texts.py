"""Texts: the bytes of a text file → characters, whatever program saved them.

Promise: a text comes out only when its encoding is certain; it then has `\\n` as its only line
ending and holds no character that nobody can see. Nothing is ever replaced by a guess.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from site_builder.problems import Place, Problem
from site_builder.sources import encodings

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
MOST_HIDDEN = 5  # so many are reported one by one; the last report counts the others


def read_text(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file and what is wrong with it; empty where the encoding fails (F201).

    UTF-8 with or without its mark and UTF-16 with its mark are read as they are. GB18030 (GBK)
    is read with a note (F202). Hidden characters are reported (F203) and left out of the text.
    """
    text, problems = _decoded(data, file)
    visible, hidden = without_hidden(_with_plain_ends(text), file)
    return visible, problems + hidden


def plain_text(data: bytes) -> str:
    """Every character of a text file with `\\n` as its only line ending; empty when in doubt."""
    return _with_plain_ends(_decoded(data, "")[0])


def without_hidden(text: str, file: str, *, first_line: int = 1) -> tuple[str, tuple[Problem, ...]]:
    """The text without control, zero-width, direction and damaged characters, each an F203.

    `first_line` is the line of the file on which the text begins.
    """
    found = list(HIDDEN.finditer(text))
    if not found:
        return text, ()
    problems = [
        Problem(
            "F203",
            place_of(text, match.start(), file=file, first_line=first_line),
            hidden_message(match[0]),
        )
        for match in found[:MOST_HIDDEN]
    ]
    if len(found) > MOST_HIDDEN:
        rest = len(found) - MOST_HIDDEN
        last = problems[-1]
        problems[-1] = Problem("F203", last.place, f"{last.message}；后面还有 {rest} 个这类字符")
    return HIDDEN.sub("", text), tuple(problems)


def hidden_message(char: str) -> str:
    """What to say of one hidden character."""
    code = f"U+{ord(char):04X}"
    if char in "\ufffd\ufffe\uffff" or unicodedata.category(char) == "Cs":
        return f"这里是坏字符 {code}，原来的字已经丢失"
    if char == "\ufffc":
        return f"这里是图片或对象留下的占位符 {code}"
    if unicodedata.category(char) == "Cc":
        return f"这里有看不见的控制字符 {code}"
    return f"这里有看不见的零宽或方向字符 {code}"


def place_of(text: str, index: int, *, file: str, first_line: int = 1) -> Place:
    """The place of the character at an index of a text with `\\n` line ends."""
    line = text.count("\n", 0, index)
    column = index - (text.rfind("\n", 0, index) + 1)
    return Place(file, first_line + line, column + 1)


def _decoded(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    foreign = encodings.foreign(data)
    if foreign:
        message = f"文件看起来是{foreign}，不能当作文字读"
        hint = "用原来的软件打开，另存为 UTF-8 编码的文本文件。"
        return "", (Problem("F201", Place(file), message, hint),)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data, file)
    if data.startswith(codecs.BOM_UTF8):
        return _utf8(data[len(codecs.BOM_UTF8) :], file, marked=True)
    return _utf8(data, file, marked=False)


def _utf16(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode("utf-16", "surrogatepass"), ()
    except UnicodeDecodeError:
        message = "文件以 UTF-16 开头，但最后一个字不完整，可能没有保存完"
        return "", (Problem("F201", Place(file), message),)


def _utf8(data: bytes, file: str, *, marked: bool) -> tuple[str, tuple[Problem, ...]]:
    """Text as UTF-8; where that fails and no mark promised UTF-8, as GB18030 if it surely is."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        return _other(data, error, file, marked=marked)
    if not marked and encodings.could_be_either(text, data):
        message = "文字太少，分不清是 UTF-8 还是 GB18030（GBK）编码"
        return "", (Problem("F201", Place(file), message),)
    return text, ()


def _other(
    data: bytes, error: UnicodeDecodeError, file: str, *, marked: bool
) -> tuple[str, tuple[Problem, ...]]:
    if not marked and encodings.is_gb18030(data):
        message = "文件是 GB18030（GBK）编码，已经按它读出"
        return data.decode("gb18030"), (Problem("F202", Place(file), message),)
    broken = None if marked else encodings.broken_gb18030(data)
    if broken is not None:
        message = "文件看起来是 GB18030（GBK）编码，但从这里起有损坏"
        return "", (Problem("F201", _end(broken, file), message),)
    if marked or encodings.is_mostly_utf8(data):
        before = data[: error.start].decode("utf-8", "surrogatepass")
        message = (
            f"这里的字节 0x{data[error.start]:02X} 不是 UTF-8："
            "文件没有保存完整，或者混进了另一种编码的文字"
        )
        return "", (Problem("F201", _end(before, file), message),)
    message = f"认不出文件的编码，看起来是{encodings.nearest(data)}"
    return "", (Problem("F201", Place(file), message),)


def _end(before: str, file: str) -> Place:
    text = _with_plain_ends(before)
    return place_of(text, len(text), file=file)


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
