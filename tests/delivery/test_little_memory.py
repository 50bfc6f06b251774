"""Machines with too little memory: a plain sentence, the old pages, and a next build that heals."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from site_builder import pipeline
from site_builder.pipeline import Site
from site_builder.write import fresh, workers
from tests.delivery.programs import build
from tests.sites import AS_OF, SMALL, built, copy_of, replace_in, tree

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limit is that of Linux")
LONG = os.environ.get("MEMORY_STEP", "")  # 1 for the long run, up to what is nearly enough
STEPS = range(26, 74, int(LONG)) if LONG else range(26, 58, 8)  # MiB
# A limit on its address space stands for a machine that has no more: it needs no rights.
LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]) << 20, resource.RLIM_INFINITY))
sys.argv[:2] = ["site-builder"]
runpy.run_module("site_builder", run_name="__main__")
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A built site whose next build changes every page."""
    made = copy_of(SMALL, tmp_path / "site")
    built(made)
    replace_in(made.root / "config.yaml", "示例市自然资源局政府信息公开", new="示例平台")
    return made


def test_however_little_memory_there_is_the_sentence_is_plain_and_the_pages_are_the_old_ones(
    site: Site, tmp_path: Path
) -> None:
    clean = copy_of(site.root, tmp_path / "clean")
    built(clean)
    new, old, told = tree(clean.output), tree(site.output), 0
    for room in STEPS:
        said = build(site.root, program=(sys.executable, "-c", LIMITED, str(room)))
        if said.returncode == 0:
            break
        words = said.stdout + said.stderr
        told += "电脑的内存不够，没有做完" in words
        if said.returncode == 3:  # Python itself may call it another fault
            assert words.startswith("程序自身出错，网站没有改动"), (room, said)
        else:
            assert (said.returncode, "电脑的内存不够，没有做完" in words) == (1, True), (room, said)
        assert "Traceback" not in words, (room, said)
        assert whole(tree(site.output)) == old, room
    assert told > len(STEPS) // 3
    built(site)
    assert tree(site.output) == new


def whole(files: dict[str, bytes]) -> dict[str, bytes]:
    """There may not even be memory to clear away what stands beside its place."""
    return {path: data for path, data in files.items() if not path.endswith(".new~")}


@pytest.mark.parametrize("fault", ["killed", "no memory"])
def test_a_build_whose_workers_are_gone_is_finished_by_the_first_process(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """As a system short of memory kills the largest process, and asks nobody."""
    parent, prepared = os.getpid(), fresh.prepare
    clean = copy_of(site.root, tmp_path / "clean")
    built(clean)
    gone: list[int] = []

    def preparing(*words: object, **more: object) -> object:
        if os.getpid() != parent:
            gone.append(1)
            if len(gone) > 3 and fault == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            if len(gone) > 3:
                raise MemoryError
        return prepared(*words, **more)  # type: ignore[arg-type]  # as they were given

    monkeypatch.setattr(workers, "FEW", 10)
    monkeypatch.setattr("site_builder.write.run.prepare", preparing)
    done = built(site)
    assert tree(site.output) == tree(clean.output)
    assert done.changes


def test_memory_that_runs_out_among_the_pages_leaves_the_old_ones(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old, prepared, done = tree(site.output), fresh.prepare, 0

    def preparing(*words: object, **more: object) -> object:
        nonlocal done
        done += 1
        if done == 20:
            raise MemoryError
        return prepared(*words, **more)  # type: ignore[arg-type]  # as they were given

    with monkeypatch.context() as patched:
        patched.setattr("site_builder.write.run.prepare", preparing)
        said = pipeline.build(site, AS_OF, jobs=1).problems
    assert [problem.code for problem in said if problem.code[0] == "O"] == ["O313"]
    assert tree(site.output) == old, "also nothing that is not whole"
    clean = copy_of(site.root, tmp_path / "clean")
    built(clean)
    built(site)
    assert tree(site.output) == tree(clean.output)
