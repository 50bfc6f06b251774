"""Targets: what `config.yaml` says of the places the site is published to.

Promise: a target that could not be published to is named before anything is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.model.target import NEEDED, Target
from site_builder.problems import Problem


def check_targets(library: Library) -> Iterator[Problem]:
    """Each has a name of its own and all that its kind needs."""
    first: dict[str, Target] = {}
    for target in library.config.publish:
        other = first.setdefault(target.name, target)
        if other is not target:
            related = (other.origin.at("name"),)
            message = f"两个发布目标都叫“{target.name}”"
            yield Problem("C322", target.origin.at("name"), message, related=related)
        yield from _faults(target)


def _faults(target: Target) -> Iterator[Problem]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", target.name):
        message = f"发布目标的名称“{target.name}”只能用小写字母、数字和连字符"
        yield Problem("C321", target.origin.at("name"), message)
    for name in NEEDED[target.kind]:
        if not getattr(target, name):
            message = f"发布目标“{target.name}”（{target.kind}）没有写 {name}"
            yield Problem("C321", target.origin.at(name), message)
    if target.keep < 1:
        message = f"keep 至少是 1，现在是 {target.keep}"
        yield Problem("C321", target.origin.at("keep"), message)
