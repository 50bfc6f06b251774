"""Borrowed: text copied from another body's report, as its names betray.

Promise: a name is doubted only where the report speaks of itself, and is let pass when it is
the publishing body's own, in full or in short, of today or of another year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.disclosure import AnnualReport
from site_builder.model.library import Library
from site_builder.problems import Problem
from site_builder.rules.prose import Passage, folded, sentences

BODY = r"(?P<name>[\u4e00-\u9fff]{2,20}?(?:局|厅|委员会))(?:机关|办公室)?"
PLACED = (
    r"(?P<name>[\u4e00-\u9fff]{2,8}?(?:市|县|区|旗|盟|州|省)"
    r"[\u4e00-\u9fff]{2,12}?(?:局|厅|委员会))"
)
ZEAL = (
    r"认真|始终|坚持|高度重视|严格|深入|积极|切实|扎实|紧紧围绕|紧密|不断|全面|按照|主动公开|收到"
)
OF_ITSELF = tuple(
    re.compile(pattern)
    for pattern in (
        BODY + r"\((?:以下)?(?:简称)?[:“\"]?(?:我|本)(?:局|厅|委|机关|单位)",
        r"(?:我|本)(?:局|厅|委|机关|单位)\(" + BODY,
        r"(?:报告|本年报)[^,。;:]{0,8}由" + BODY + r"[^,。;:]{0,6}(?:编制|编写|起草|发布|公布)",
        r"现(?:将|公布|发布)[《]?" + BODY + r"(?:关于)?(?:19|20)[0-9]{2}年",
        r"(?:本报告|年度报告|本年报)[^。;]{0,30}(?:与|向|联系|致电)[: ]?" + BODY,
        r"^[\s()一二三四五六七八九十、.:]*(?:[0-9]{4}年度?(?:以来)?,?)?" + PLACED + f",?(?:{ZEAL})",
    )
)
PAPER = re.compile(r"《(?P<name>今日(?P<place>[\u4e00-\u9fff]{2,4}))》")
NOT_OF_A_PLACE = frozenset(("中国", "说法", "头条", "关注", "视点"))
BEFORE = re.compile(r"原(?![则因来文件始])|前身|更名|改为|划转|机构改革")
SUPERVISES = re.compile(r"政务服务|政务公开|行政审批|大数据|保密|档案")
BODIES = ("局", "厅", "委", "委员会")


def check_borrowed(library: Library) -> Iterator[Problem]:
    """Names of other bodies where a bureau's report names itself, and papers of other places."""
    own = {library.config.site.bureau, *(r.issuer for r in library.reports)} - {""}
    for report in library.reports:
        said: set[str] = set()
        for sentence in sentences(report) if _is_a_bureau_s(report, library) else ():
            for name, offset in (*_bodies(sentence, own), *_papers(sentence, own)):
                if name not in said:
                    said.add(name)
                    issuer = report.issuer or library.config.site.bureau
                    message = f"“{name}”像是别处的名称，本报告的发布机构是“{issuer}”"
                    yield Problem("D413", sentence.at(offset), message)


def _is_a_bureau_s(report: AnnualReport, library: Library) -> bool:
    """A government reports on its bureaus too, and names them."""
    return (report.issuer or library.config.site.bureau).endswith(BODIES)


def _bodies(sentence: Passage, own: set[str]) -> Iterator[tuple[str, int]]:
    for pattern in OF_ITSELF:
        for found in pattern.finditer(sentence.text):
            name = found["name"]
            is_own = any(_is_short_for(name, o) or _is_short_for(o, name) for o in own)
            if not is_own and not BEFORE.search(sentence.text) and not SUPERVISES.search(name):
                yield name, found.start("name")


def _papers(sentence: Passage, own: set[str]) -> Iterator[tuple[str, int]]:
    for found in PAPER.finditer(sentence.text):
        place = found["place"]
        if place not in NOT_OF_A_PLACE and not any(place in folded(o) for o in own):
            yield found["name"], found.start("name")


def _is_short_for(short: str, full: str) -> bool:
    """Whether all characters of a name stand in another in this order: 市国土局."""
    rest = iter(full)
    return all(character in rest for character in short)
