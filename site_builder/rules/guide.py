"""The guide: what 《条例》 Art. 12 has its text explain, besides the contact details.

Promise: the text is only searched for the words; what it must say in them is the bureau's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.problems import Place, Problem

EXPLAINED = {
    "政府信息的分类": r"分类|类别",
    "编排体系": r"编排",
    "获取方式": r"获取|查阅|公开(?:方式|渠道)|在哪里",
}


def check_guide_text(library: Library) -> Iterator[Problem]:
    """分类、编排体系、获取方式 are each mentioned."""
    guide = library.guide
    if guide is None:
        return
    text = "\n".join(f"{section.heading}\n{section.text}" for section in guide.body)
    lacking = [name for name, words in EXPLAINED.items() if not re.search(words, text)]
    if lacking:
        message = f"指南的正文没有写{'、'.join(lacking)}"
        yield Problem("D534", Place(guide.origin.place.file), message)
