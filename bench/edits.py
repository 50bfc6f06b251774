"""Edits: what happens to a site between two runs.

Promise: every tool meets the same edits in the same order, and each edit must show in the output.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path

from bench.corpus import Document, corpus, document
from bench.tools import MARK, Tool, put

ROUNDS = 10  # that a run may have
LAST = 5000  # documents among which every day is found
ATTACHED = "地块,面积（公顷）\n示例一号,1.20\n"


@dataclass(frozen=True, slots=True)
class Work:
    """A tool's site: where it stands and how many documents it began with."""

    tool: Tool
    folder: Path
    size: int

    @property
    def output(self) -> Path:
        return self.folder / self.tool.output

    @property
    def edited(self) -> Document:
        """The document that is edited: one in the middle, of a year gone by."""
        return document(self.size // 2)


def lay_out(work: Work) -> None:
    """The site as it is before the first run; what stands there already stays."""
    work.tool.lay_out(work.folder)
    for each in corpus(work.size):
        save(work, each)
        if each.attached:
            put(work.folder / work.tool.attachment(each), ATTACHED)
    for number in range(1, ROUNDS):  # what an earlier run of the benchmark added
        (work.folder / work.tool.source(newest(work, number))[0]).unlink(missing_ok=True)


def save(work: Work, each: Document) -> Document:
    """Write a document's source."""
    path, text = work.tool.source(each)
    put(work.folder / path, text)
    return each


def cold(work: Work, number: int) -> None:
    """No output and no notes. They are moved away: deleting thousands of files would disturb."""
    place = work.folder.parent / "removed" / f"{work.tool.name}-{number}"
    place.mkdir(parents=True, exist_ok=True)
    for name in (work.tool.output, *work.tool.notes):
        if (work.folder / name).exists():
            shutil.move(work.folder / name, place / name)


def nothing(work: Work, number: int) -> None:
    """Nothing has changed since the last run."""
    assert work.folder.is_dir()
    assert number


def edit_body(work: Work, number: int) -> tuple[Document, str]:
    """A paragraph more."""
    text = f"第{number}次修改正文。"
    body = f"{work.edited.body}\n{text}\n"
    return save(work, replace(work.edited, title=_title(work), body=body)), text


def _title(work: Work) -> str:
    """The title that an earlier edit has left: that of a body shall change nothing else."""
    source = (work.folder / work.tool.source(work.edited)[0]).read_text("utf-8")
    found = re.search(r"^(?:标题|title): (.+)$", source, re.MULTILINE)
    assert found
    return found[1]


def edit_title(work: Work, number: int) -> tuple[Document, str]:
    """Another title: lists show it too."""
    text = f"第{number}次修改标题"
    return save(work, replace(work.edited, title=f"{work.edited.title}{text}")), text


def edit_base(work: Work, number: int) -> tuple[Document, str]:
    """The template of all pages."""
    file = work.folder / work.tool.base
    before = file.read_text("utf-8")
    text = f"{MARK}{number}"
    start = before.index(MARK)
    end = before.index('"', start)
    put(file, before[:start] + text + before[end:])
    return work.edited, text


def add(work: Work, number: int) -> tuple[Document, str]:
    """A document more, as new as any."""
    added = save(work, newest(work, number))
    return added, added.title


def newest(work: Work, number: int) -> Document:
    """A document beyond the corpus, of the last day that any of them bears.

    What its text would link to may be beyond the corpus too, so that it links to nothing.
    """
    last = max(map(_day, range(LAST)))
    beyond = (each for each in count(work.size) if _day(each) == last)
    found = document(next(islice(beyond, number, None)))
    return replace(found, body=found.body.replace("[有关文件]({link})", "有关文件"))


def _day(number: int) -> str:
    return Document(number, 0, "", "", attached=False).day


Kind = Callable[[Work, int], tuple[Document, str] | None]
KINDS: tuple[tuple[str, Kind], ...] = (
    ("cold build", cold),
    ("nothing changed", nothing),
    ("one body edited", edit_body),
    ("one title edited", edit_title),
    ("base template edited", edit_base),
    ("one document added", add),
)
