"""Targets: what `config.yaml` says of the places the site is published to.

Promise: a target that could not be published to is named before anything is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.model.target import NEEDED, Target
from site_builder.problems import Problem

OVER_SSH = ("rsync", "sftp")
NAMED = {"host": "服务器的名称或者 IP 地址", "user": "服务器上的用户名"}
MOST_PORT = 65535


def check_targets(library: Library) -> Iterator[Problem]:
    """Each has a name of its own and all that its kind needs."""
    first: dict[str, Target] = {}
    for target in library.config.publish:
        other = first.setdefault(target.name, target)
        if other is not target:
            related = (other.origin.at("name"),)
            message = f"两个发布目标都叫“{target.name}”"
            yield Problem("C322", target.origin.at("name"), message, related=related)
        yield from faults_of(target)


def faults_of(target: Target) -> Iterator[Problem]:
    """What one target lacks, or says in a way that nothing can be reached by."""
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
    if target.kind in OVER_SSH:
        yield from _faults_over_ssh(target)


def _faults_over_ssh(target: Target) -> Iterator[Problem]:
    """What ssh would take for something else: an option, an address, a folder named “~”."""
    for name in ("host", "user"):
        value = getattr(target, name)
        if value and not re.fullmatch(r"[^\s/-][^\s/]*", value):
            message = f"{name} 写的是“{value}”，应当只写{NAMED[name]}"
            yield Problem("C321", target.origin.at(name), message)
    if not 0 < target.port <= MOST_PORT:
        message = f"port 写的是 {target.port}，应当在 1 到 {MOST_PORT} 之间，一般是 22"
        yield Problem("C321", target.origin.at("port"), message)
    if target.path.startswith("~"):
        message = f"path 写的是“{target.path}”，服务器上的文件夹要从 / 写起"
        yield Problem("C321", target.origin.at("path"), message)
