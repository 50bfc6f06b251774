"""A search index brought up to date by other machines: what they are sent."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from site_builder import pipeline
from site_builder.write import workers
from site_builder.write.workers import Task
from tests.sites import AS_OF, SMALL, built, copy_of, tree

T = TypeVar("T")
R = TypeVar("R")
GUIDE = "content/政府信息公开指南/指南.md"


def sent(task: Task[T, R], items: Sequence[T]) -> list[R]:
    """Do a task as another machine does, which is sent it as bytes."""
    there, what = pickle.loads(pickle.dumps((task, items)))
    found: list[R] = pickle.loads(pickle.dumps(list(there(what))))
    return found


def test_an_edit_is_patched_into_the_index_by_other_machines_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = (copy_of(SMALL, tmp_path / name) for name in ("a", "b"))
    monkeypatch.setattr(workers, "FEW", 1)
    for site in (here, there):
        built(site)
        with (site.root / GUIDE).open("a", encoding="utf-8") as guide:
            guide.write("后来添的一句。\n")
    built(here)
    assert not pipeline.build(there, AS_OF, whole=True, jobs=sent).failed
    assert tree(there.output) == tree(here.output)
