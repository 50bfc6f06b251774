"""Builds that are killed (power cut, closed window) and the builds after them.

A kill leaves no broken output: every file that a link can lead to is, to the byte, the one before
or the new one, and the next build comes to what a clean one comes to. KILLS=200 for the long run.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from site_builder.pipeline import Site
from tests.delivery.programs import DAY, Copies, ended, loaded, run, start
from tests.sites import SMALL, TESTS, another, built, copy_of, replace_in, tree

KILLS = int(os.environ.get("KILLS", "30"))
STEPS = int(os.environ.get("KILLS", "20"))
SHARED = 620  # documents, for more than twice as many pages as a process is worth
BUREAUS = ("示例市自然资源局", "示例市规划和自然资源局")
INTERRUPTED = (sys.executable, str(TESTS / "delivery" / "interrupted.py"))
Tree = dict[str, bytes]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tree, Tree]:
    """The output of a clean build under either name of the bureau."""
    trees = []
    for bureau in BUREAUS:
        site = copy_of(SMALL, tmp_path_factory.mktemp("clean") / "site")
        replace_in(site.root / "config.yaml", f"bureau: {BUREAUS[0]}", new=f"bureau: {bureau}")
        built(site)
        trees.append(tree(site.output))
    old, new = trees
    assert old.keys() == new.keys()
    assert all(old[path] != new[path] for path in old if path.endswith(".html"))
    return old, new


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    """The program, loaded once for all that are to be killed."""
    with loaded(tmp_path_factory.mktemp("loaded") / "site") as running:
        yield running


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site built under the first name."""
    made = copy_of(SMALL, tmp_path / "site")
    built(made)
    return made


def test_a_build_killed_at_any_instant_leaves_whole_pages_and_is_healed_by_the_next(
    site: Site, clean: tuple[Tree, Tree], copies: Copies
) -> None:
    instants, current = random.Random(2017), 0
    length = seconds_of_a_build(site, copies)
    for number in range(KILLS):
        rename(site, current, to=1 - current)
        seconds = length * (number + instants.random()) / KILLS
        copies.told(*building(site), seconds=seconds)
        assert_every_file_is_old_or_new(site, clean)
        current = edited_again(site, 1 - current, back=number % 2 == 1)
        assert_next_build_is_right(site, clean[current])


def test_a_build_of_several_processes_that_is_killed_is_healed_by_the_next(
    tmp_path: Path,
) -> None:
    """By turns the whole group of processes, as when the power fails, only the first one, or only
    a worker, as a system short of memory does: then the first does its share.
    """
    site = copy_of(SMALL, tmp_path / "site")
    more_documents(site, SHARED)
    built(site)
    old = tree(site.output)
    rename(site, 0, to=1)
    begun = time.perf_counter()
    built(site)
    length = time.perf_counter() - begun + 0.3  # and what the program needs to start
    clean = (old, tree(site.output))
    instants, current = random.Random(711), 1
    for number in range(max(KILLS // 10, 3)):
        rename(site, current, to=1 - current)
        process = start("--site", str(site.root), "build", *DAY, "--jobs", "2", apart=True)
        time.sleep(length * instants.random())
        whom = ("all", "first", "worker")[number % 3]
        killed(process, whom)
        if whom == "worker":
            assert "生成完毕" in ended(process)
            assert process.returncode == 0
        else:
            ended(process)
        assert_every_file_is_old_or_new(site, clean)
        current = edited_again(site, 1 - current, back=number % 2 == 1)
        assert_next_build_is_right(site, clean[current])


def more_documents(site: Site, number: int) -> None:
    """Documents enough for two processes to read and to render."""
    notice = site.root / "content/法定主动公开内容/通知公告/2024/征地.md"
    text = notice.read_text("utf-8")
    for one in range(number):
        made = another(text, f"TZ-2024-{one + 1000}")
        notice.with_name(f"公告{one}.md").write_text(made, "utf-8")


def killed(process: subprocess.Popen[str], whom: str) -> None:
    """One or all of a group of processes."""
    if whom == "all":
        os.killpg(process.pid, signal.SIGKILL)
    elif whom == "first":
        process.kill()
    else:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        with suppress(OSError):  # the build has ended
            for child in children.read_text().split():
                os.kill(int(child), signal.SIGKILL)


def test_a_build_killed_between_any_two_steps_of_writing_is_healed_by_the_next(
    site: Site, clean: tuple[Tree, Tree], copies: Copies
) -> None:
    current = 0
    steps = steps_of_a_build(site, copies)
    assert steps > 2 * len(clean[0])
    for number in range(STEPS):
        rename(site, current, to=1 - current)
        step = 1 + number * steps // STEPS
        assert copies.told(*building(site), folder=str(site.root), step=step)[0] == -9
        assert_every_file_is_old_or_new(site, clean)
        current = edited_again(site, 1 - current, back=number % 2 == 0)
        assert_next_build_is_right(site, clean[current])


def test_a_first_build_that_was_killed_is_completed_by_the_next(
    tmp_path: Path, clean: tuple[Tree, Tree]
) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    for step in (1, 5, 20, 45):
        assert run_until_step(site, step) == -9
        assert_every_file_is_old_or_new(site, clean)
    assert_next_build_is_right(site, clean[0])


def rename(site: Site, before: int, *, to: int) -> None:
    """Edit the bureau's name, which every page shows."""
    config = site.root / "config.yaml"
    replace_in(config, f"bureau: {BUREAUS[before]}", new=f"bureau: {BUREAUS[to]}")


def edited_again(site: Site, current: int, *, back: bool) -> int:
    """Before the next build the clerk may take the edit back; says which name stands."""
    if back:
        rename(site, current, to=1 - current)
    return 1 - current if back else current


def building(site: Site) -> tuple[str, ...]:
    return ("--site", str(site.root), "build", *DAY)


def seconds_of_a_build(site: Site, copies: Copies) -> float:
    rename(site, 0, to=1)
    begun = time.perf_counter()
    assert copies.told(*building(site))[0] == 0
    length = time.perf_counter() - begun
    rename(site, 1, to=0)
    built(site)
    return length


def steps_of_a_build(site: Site, copies: Copies) -> int:
    rename(site, 0, to=1)
    status, said = copies.told(*building(site), folder=str(site.root), step=10**9)
    assert status == 0
    rename(site, 1, to=0)
    built(site)
    return int(said.split()[-1])


def run_until_step(site: Site, step: int) -> int:
    """How a program ends that is started anew."""
    return run(str(step), str(site.root), *building(site), program=INTERRUPTED).returncode


def assert_every_file_is_old_or_new(site: Site, clean: tuple[Tree, Tree]) -> None:
    present = {
        path: content
        for path, content in tree(site.output).items()
        if not path.endswith(".new~")  # not whole yet, under a name no link leads to
    }
    assert [path for path, content in present.items() if not known(path, content, clean)] == []


def known(path: str, content: bytes, clean: tuple[Tree, Tree]) -> bool:
    return content in (clean[0].get(path), clean[1].get(path))


def assert_next_build_is_right(site: Site, expected: Tree) -> None:
    built(site)
    found = tree(site.output)
    assert found.keys() == expected.keys()
    assert [path for path in expected if found[path] != expected[path]] == []
