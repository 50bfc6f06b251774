"""Texts: the body of a record as a page shows it.

Promise: every section has an anchor of its own, which stays as long as the sections before it do.
"""

from __future__ import annotations

import re
from functools import cache

from site_builder.model.disclosure import Section
from site_builder.pages.pieces import Chapter

TARGET = re.compile(r"编号:[A-Za-z0-9._-]+|附件/(?:[^()>\s]|\([^()\s]*\))+")


def chapters(body: tuple[Section, ...]) -> tuple[Chapter, ...]:
    """The body with an anchor for every section: s1, s2 …"""
    return tuple(Chapter(_anchor(i), s.heading, s.text) for i, s in enumerate(body, 1))


@cache
def _anchor(number: int) -> str:
    """The same string for all first sections, and so on: a site has many."""
    return f"s{number}"
