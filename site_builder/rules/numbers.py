"""Numbers: 索引号 and 文号 of documents.

Promise: a number that another document carries, or that is not written as the bureau's own
notation (索引号) or GB/T 9704—2012 (文号) has it, is reported at its line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from site_builder.model.disclosure import Document, Record
from site_builder.model.library import Library
from site_builder.model.numbers import check_digit_9, check_digit_18, notation
from site_builder.problems import Place, Problem

NUMBER = re.compile(r"[\u4e00-\u9fa5]{1,15}〔(?:19|20)[0-9]{2}〕[1-9][0-9]{0,4}号")
OTHER_NUMBER = re.compile(
    r"无文号|.{0,30}(?:令|公告|通告).{0,10}第[0-9]+号|(?:19|20)[0-9]{2}年第[0-9]+号"
)
BRACKETS = str.maketrans("[]【】（）()﹝﹞", "〔〕〔〕〔〕〔〕〔〕")
HYPHENATED = "GB/T 9704—2012 党政机关公文格式"


def check_notation(library: Library) -> Iterator[Problem]:
    """The notations that config.yaml gives for 索引号."""
    for pattern in library.config.index_numbers:
        if notation(pattern) is None:
            place = library.config.origin.at("index_numbers")
            yield Problem("C204", place, f"索引号的写法“{pattern}”看不懂")


def check_index_numbers(library: Library) -> Iterator[Problem]:
    """索引号: as the bureau writes them, with right check digits, each used once."""
    patterns = [p for p in map(notation, library.config.index_numbers) if p is not None]
    first: dict[str, Record] = {}
    for record in library.records():
        number = record.index_number
        if not number:
            continue
        place = record.origin.at("索引号")
        other = first.setdefault(number.casefold(), record)
        if other is not record:
            message = f"索引号“{number}”已经用于《{other.title}》"
            yield Problem("D504", place, message, related=(other.origin.at("索引号"),))
        matches = [found for pattern in patterns if (found := pattern.fullmatch(number))]
        if patterns and not matches:
            named = "、".join(library.config.index_numbers)
            yield Problem("D502", place, f"索引号“{number}”不是 {named} 的写法")
        for found in matches[:1]:
            yield from _check_digits(found, place)
            yield from _year(found, record, place=place)


def check_document_numbers(library: Library) -> Iterator[Problem]:
    """文号: 机关代字〔年份〕序号号, each used once."""
    first: dict[str, Document] = {}
    for document in library.documents:
        number = document.number
        if not number:
            continue
        if not NUMBER.fullmatch(number) and not OTHER_NUMBER.fullmatch(number):
            hint = _meant(number)
            message = f"文号“{number}”的写法不对"
            place = document.origin.at("文号")
            yield Problem("D501", place, message, hint=hint, basis=HYPHENATED)
        if number == "无文号":
            continue
        other = first.setdefault(number.translate(BRACKETS), document)
        if other is not document:
            message = f"文号“{number}”已经用于《{other.title}》"
            related = (other.origin.at("文号"),)
            yield Problem("D505", document.origin.at("文号"), message, related=related)


def _check_digits(found: re.Match[str], place: Place) -> Iterator[Problem]:
    groups = found.groupdict()
    code9, code18 = groups.get("code9") or "", groups.get("code18") or ""
    if code9 and check_digit_9(code9) != code9[-1]:
        yield Problem("D503", place, f"组织机构代码“{code9}”的校验码不对")
    if code18 and check_digit_18(code18) != code18[-1]:
        yield Problem("D503", place, f"统一社会信用代码“{code18}”的校验码不对")


def _year(found: re.Match[str], record: Record, *, place: Place) -> Iterator[Problem]:
    """The year of a number is that of the document or of its publication."""
    year = found.groupdict().get("year")
    days = [day for day in (record.issued, record.published) if day is not None]
    if year and days and int(year) not in {day.year for day in days}:
        message = f"索引号里的年份是 {year}，成文和公开都不在这一年"
        yield Problem("D506", place, message)


def _meant(number: str) -> str:
    """The number with hexagonal brackets, without blanks, 第 and leading zeros, if that is one."""
    text = unicodedata.normalize("NFKC", number).replace(" ", "").translate(BRACKETS)
    text = re.sub(r"〕第?0*", "〕", text)
    return f"是不是“{text}”？" if NUMBER.fullmatch(text) and text != number else ""
