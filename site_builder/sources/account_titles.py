"""Titles: which table of a form the words above a sheet name, and what else stands there.

Promise: a title is known only when all that stands before it is a year, a number of the table, a
bureau or 部门; a table that merely sounds alike is not taken for it.
"""

from __future__ import annotations

import re
import unicodedata

from site_builder.model.tables import Form, FormTable
from site_builder.sources.account_rows import QUOTES
from site_builder.sources.sheet_blocks import folded

LONGEST = 80  # characters of a title, the bureau's name included
REMARK = re.compile(r"注[:：]|注释|备注|附注|说明[:：]")
NO_FIGURES = re.compile(
    r"没有|无数据|为空|空表|未发生|未安排|不涉及|无.{0,20}(?:收入|支出|收支|预算)"
)
YEAR = re.compile(r"(20[0-9]{2})年(?!(?:0?[1-9]|1[0-2])月)")
INDEX = re.compile(r"目录|封面|^填表说明|^编制说明")
CURRENCY = "[十百千万亿]*元"
_UNIT = re.compile(rf"单位[:：]?\s*(?:人民币)?({CURRENCY})|[(（]({CURRENCY})[)）]")
_FILLER = re.compile(
    r"(?:单位|部门)(?:名称)?(?:\([^()]*\))?\s*[:：]\s*(?!(?:人民币)?[十百千万亿]*元)(\S+?)(?=(?:金额)?单位[:：]|\s|$)"
)
_MARK = r"公开[0-9]{1,2}表|(?:附件|附表|表)[0-9一二三四五六七八九十]{0,3}(?:-[0-9]+)?"
_NUMBER = r"[A-Z]{0,2}[0-9_]+|[一二三四五六七八九十]+|[()、.:_-]"
_BEFORE = rf"(?:20[0-9]{{2}}年度?|部门|单位|本级|{_MARK}|{_NUMBER})*+"
_BUREAU = (
    r"(?:[^0-9年表()]{2,30}?(?:局|厅|委|委员会|办|办公室|院|中心|站|所|队|馆|校|署|会|部|政府))?"
)
_PREFIX = re.compile(_BEFORE + _BUREAU + _BEFORE)
_TAIL = re.compile(r"\([^()]*\)$")
_CAPTION = re.compile(rf"(?:{_MARK}|20[0-9]{{2}}年度?|第[0-9]+页.*|编制日期.*|.*部门公开表)")
_SENTENCE = re.compile("[。；，！？,;]")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile("二[〇○零][〇○零一二三四五六七八九]{2}年")


def words(text: str) -> str:
    """A title without quotation marks, spaces and width of characters, its year in digits."""
    plain = folded(text).translate(QUOTES)
    return _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), plain)


def tables_named(form: Form, text: str) -> tuple[FormTable, ...]:
    """The table that a title names, or all the halves of a printed one; none where it is not known.

    Before the title may stand a year, the bureau, 部门 and the table's number; behind it a
    bracket.
    """
    plain = words(text)
    if len(plain) > LONGEST:
        return ()
    titles = _titles(form)
    for title in dict.fromkeys((plain, _TAIL.sub("", plain))):
        known = (t for t in titles if title.endswith(t) and _PREFIX.fullmatch(title[: -len(t)]))
        if longest := max(known, key=len, default=""):
            return titles[longest]
    return ()


def is_title(text: str) -> bool:
    """Whether a text by itself looks like the title of some table: it ends in 表."""
    plain = words(text)
    plain = _TAIL.sub("", plain) if not plain.endswith("表") else plain
    fits = 4 <= len(plain) <= LONGEST and plain.endswith("表")
    return fits and not (_SENTENCE.search(plain) or is_remark(text) or is_caption(text))


def is_remark(text: str) -> bool:
    """Whether a text below a table explains something: it begins 注 or says there is nothing."""
    return bool(REMARK.match(folded(text))) or (explains_emptiness(text) and "表" in text)


def explains_emptiness(text: str) -> bool:
    """Whether a text says why a table has no figures."""
    return bool(NO_FIGURES.search(folded(text)))


def is_caption(text: str) -> bool:
    """Whether a text is a unit, the bureau, a year or the table's number, and nothing else."""
    if unit_in(text) or filler_in(text):
        return len(text) <= LONGEST
    return bool(_CAPTION.fullmatch(words(text)))


def unit_in(text: str) -> str:
    """The currency unit that a text states: 万元 in «金额单位：万元» and in «决算数（万元）»."""
    found = _UNIT.search(unicodedata.normalize("NFKC", text))
    return (found[1] or found[2]) if found else ""


def filler_in(text: str) -> str:
    """The bureau that «编制单位：…» or «部门：…» names."""
    found = _FILLER.search(unicodedata.normalize("NFKC", text))
    return found[1] if found else ""


def years_in(text: str) -> tuple[int, ...]:
    """The years a title speaks of; a date is not one."""
    return tuple(map(int, YEAR.findall(words(text))))


def is_other_kind(form: Form, text: str) -> bool:
    """Whether a title is that of a budget where accounts are wanted, or the other way round."""
    plain = words(text)
    is_final = "决算" in plain
    return is_final if form.series == "budget" else "预算" in plain and not is_final


def _titles(form: Form) -> dict[str, tuple[FormTable, ...]]:
    """Every known title with its table; a name of a printed table stands for all its halves."""
    titles: dict[str, tuple[FormTable, ...]] = {}
    for part in form.tables:
        halves = tuple(t for t in form.tables if part.printed and t.printed == part.printed)
        titles[words(part.title)] = (part,)
        names = (part.printed, *part.also) if part.printed else part.also
        titles |= {words(name): halves or (part,) for name in names}
    return titles
