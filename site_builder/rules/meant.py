"""Meant: the file of 附件 that a path was probably to name, where there is none of that path.

Promise: a file that only shares a part of its name, as the second scan with the first, is never
taken for it; paths are looked up, and only names of the same folder are compared.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest
from itertools import takewhile

MOST_ALIKE = 20  # files of a folder that are compared with a name nearly theirs


def meant_file(named: str, present: frozenset[str]) -> str:
    """The file that a path was probably meant to name; empty for none."""
    path = named.replace("\\", "/").removeprefix("content/").removeprefix("附件/")
    names, folders = _ways_to_name(present)
    folder, _, name = path.rpartition("/")
    if not name:
        return ""
    sure = names.get(path.casefold()) or names.get(name.casefold())
    if sure:
        return sure
    stem = name.rpartition(".")[0] or name
    beside = {s: file for s, file in folders.get(folder, {}).items() if _same_figures(s, stem)}
    near = nlargest(MOST_ALIKE, beside, key=lambda other: _shared(other, stem))
    return next((beside[s] for s in get_close_matches(stem, near, 1, 0.55)), "")


def _same_figures(one: str, other: str) -> bool:
    """扫描件1 is not 扫描件2, but 附表 may have become 附表(1)."""
    figures = re.sub(r"[^0-9]", "", one), re.sub(r"[^0-9]", "", other)
    return figures[0].startswith(figures[1]) or figures[1].startswith(figures[0])


def _shared(one: str, other: str) -> int:
    """How many characters two names begin alike with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


@lru_cache(maxsize=1)
def _ways_to_name(present: frozenset[str]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Files by what is written instead of their path, the likeliest last; by folder and name."""
    files = sorted(present, reverse=True)
    names = {file.rpartition("/")[2].casefold(): file for file in files}
    names |= {file.rpartition(".")[0].casefold(): file for file in files}
    names |= {file.split(" ")[0].casefold(): file for file in files if " " in file}
    names |= {file.casefold(): file for file in files}
    folders: dict[str, dict[str, str]] = {}
    for file in files:
        folder, _, name = file.rpartition("/")
        folders.setdefault(folder, {})[name.rpartition(".")[0] or name] = file
    return names, folders
