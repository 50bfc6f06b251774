"""Saves as editors, WPS and the Explorer make them, and what a preview hears of them."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, EventEmitter

from site_builder.delivery import watching
from site_builder.delivery.watched import Watched
from site_builder.delivery.watching import Watch
from tests.delivery.beside import beside
from tests.sites import SMALL, copy_of, replace_in

GUIDE = "content/政府信息公开指南/指南.md"
SHELL = "shell: {header: 片段/页首.html}\n"
LONG_ENOUGH = 20.0  # seconds before a test gives up


@dataclass
class Preview:
    """What a preview of a copy of the small site heard, and the sentences it said."""

    root: Path
    loop: asyncio.AbstractEventLoop
    heard: list[frozenset[str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def wait(self, times: int = 1) -> None:
        """Until it has heard so often."""
        self._run(lambda: len(self.heard) >= times)

    def rest(self) -> None:
        """As long as a burst is waited for, and longer."""
        self._run(lambda: False, seconds=2 * watching.LONG)

    def _run(self, done: Callable[[], bool], seconds: float = LONG_ENOUGH) -> None:
        async def wait() -> None:
            end = self.loop.time() + seconds
            while not done() and self.loop.time() < end:
                await asyncio.sleep(0.005)

        beside(lambda: self.loop.run_until_complete(wait()))


@contextmanager
def watched(root: Path, observer: Callable[[], BaseObserver] = Observer) -> Iterator[Preview]:
    """The site of a folder, watched."""
    files, loop = Watched(root), asyncio.new_event_loop()
    files.look()
    preview = Preview(root, loop)
    watch = Watch(
        files, loop=loop, saved=preview.heard.append, say=preview.said.append, observer=observer
    )
    watch.start()
    try:
        yield preview
    finally:
        watch.stop()
        loop.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site that names a fragment of the parent site and a file of signers."""
    site = copy_of(SMALL, tmp_path / "本局 网站")
    (site.root / "片段").mkdir()
    (site.root / "片段" / "页首.html").write_text("<p>示例</p>", encoding="utf-8")
    (site.root / "signers").write_text("a\n", encoding="utf-8")
    with (site.root / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(f"{SHELL}review:\n  signers: signers\n  steps:\n    - role: 承办人\n")
    return site.root


def test_an_edit_of_one_text_is_told_once_by_its_name(root: Path) -> None:
    with watched(root) as preview:
        replace_in(root / GUIDE, "示例", new="示例示例")
        preview.wait()
        preview.rest()
        assert preview.heard == [frozenset({GUIDE})]
    assert preview.said == []


@pytest.mark.parametrize(
    "path",
    ["config.yaml", "signers", "片段/页首.html", "templates/parts/新.html", "schemas/新.yaml"],
)
def test_everything_a_page_is_made_from_is_watched(root: Path, path: str) -> None:
    with watched(root) as preview:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("a", encoding="utf-8") as file:
            file.write("\n# 示例\n")
        preview.wait()
        assert frozenset().union(*preview.heard) == {path}


def test_a_fragment_that_is_named_while_the_preview_runs_is_watched_from_then_on(
    root: Path,
) -> None:
    other = root / "别处" / "页脚.html"
    other.parent.mkdir()
    other.write_text("<p>一</p>", encoding="utf-8")
    with watched(root) as preview:
        replace_in(root / "config.yaml", "{header: 片段/页首.html}", new="{footer: 别处/页脚.html}")
        preview.wait()
        other.write_text("<p>二二</p>", encoding="utf-8")
        preview.wait(2)
        assert preview.heard[-1] == {"别处/页脚.html"}


def test_a_save_by_way_of_another_file_is_one_edit_of_the_one(root: Path) -> None:
    """Vim, Notepad++, WPS and others write beside the file, and rename."""
    guide = root / GUIDE
    text = guide.read_text(encoding="utf-8")
    with watched(root) as preview:
        for name in ("4913", "~$指南.md", "指南.md.tmp", ".指南.md.swp"):
            guide.with_name(name).write_text("x", encoding="utf-8")
        guide.replace(guide.with_name("指南.md~"))
        guide.with_name("4913").unlink()
        guide.with_name("指南.md.tmp").write_text(text + "\n一\n", encoding="utf-8")
        guide.with_name("指南.md.tmp").replace(guide)
        guide.write_text(text + "\n一二\n", encoding="utf-8")
        preview.wait()
        preview.rest()
        assert preview.heard == [frozenset({GUIDE})]


def test_files_that_are_no_content_are_not_heard_of(root: Path) -> None:
    with watched(root) as preview:
        for path in ("content/~$表.xlsx", "content/.x.md", "README.txt", "output/a.html", "片段/b"):
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text("x", encoding="utf-8")
        os.utime(root / "片段" / "b")
        (root / GUIDE).read_bytes()
        preview.rest()
        assert preview.heard == []


def test_thirty_files_copied_at_once_are_one_change(root: Path) -> None:
    with watched(root) as preview:
        folder = root / "content" / "附件" / "新的一年" / "里面"
        folder.mkdir(parents=True)
        for number in range(30):
            shutil.copy(root / GUIDE, folder / f"{number}.md")
        preview.wait()
        preview.rest()
        assert preview.heard == [
            frozenset(f"content/附件/新的一年/里面/{number}.md" for number in range(30))
        ]
        shutil.rmtree(folder.parent)
        preview.wait(2)
        preview.rest()
        assert preview.heard == [preview.heard[0], preview.heard[0]]


def test_a_folder_that_is_renamed_tells_of_all_its_files(root: Path) -> None:
    folder = root / "content" / "政府信息公开指南"
    with watched(root) as preview:
        folder.rename(folder.with_name("指南"))
        preview.wait()
        preview.rest()
        assert preview.heard == [frozenset({GUIDE, "content/指南/指南.md"})]


def test_a_folder_that_is_put_back_is_listened_to_again(root: Path) -> None:
    content, aside = root / "content", root / "aside"
    with watched(root) as preview:
        content.rename(aside)
        preview.wait()
        preview.rest()
        shutil.copytree(aside, content)
        preview.wait(2)
        preview.rest()
        heard = len(preview.heard)
        replace_in(root / GUIDE, "示例", new="示例示例")
        preview.wait(heard + 1)
        assert preview.heard[heard:] == [frozenset({GUIDE})]
    assert preview.said == []


def test_a_folder_moved_away_and_back_is_not_told_in_words_of_a_library(
    root: Path, recwarn: pytest.WarningsRecorder
) -> None:
    reports = root / "content" / "政府信息公开年报"
    with watched(root) as preview:
        reports.rename(root / "aside")
        preview.wait()
        preview.rest()
        (root / "aside").rename(reports)
        preview.wait(2)
        preview.rest()
        heard = len(preview.heard)
        replace_in(reports / "2017" / "报告.md", "示例", new="示例示例")
        preview.wait(heard + 1)
        assert len(preview.heard) == heard + 1
    assert [str(warning.message)[:60] for warning in recwarn] == []


class Full(BaseObserver):
    """The system watches no more folders."""

    def __init__(self) -> None:
        super().__init__(EventEmitter)

    def schedule(self, *_: object, **__: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")


def none_at_all() -> BaseObserver:
    raise OSError(errno.EMFILE, "inotify instance limit reached")


@pytest.mark.parametrize("observer", [Full, none_at_all])
def test_where_the_system_tells_nothing_that_is_said_and_files_are_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch, observer: Callable[[], BaseObserver]
) -> None:
    monkeypatch.setattr(watching, "OFTEN", (0.05, 1))
    with watched(root, observer) as preview:
        replace_in(root / GUIDE, "示例", new="示例示例")
        preview.wait()
        replace_in(root / "signers", "a", new="bb")
        preview.wait(2)
    assert preview.heard == [frozenset({GUIDE}), frozenset({"signers"})]
    assert preview.said == [watching.DEAF]


def test_news_that_is_lost_is_made_up_for_by_looking(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network drive, where the system takes the order and says nothing."""
    monkeypatch.setattr(watching, "SELDOM", (0.05, 1))
    monkeypatch.setattr(watching, "OFTEN", (0.05, 1))
    monkeypatch.setattr(watching, "GRACE", 0.05)
    with watched(root, lambda: BaseObserver(EventEmitter)) as preview:
        replace_in(root / GUIDE, "示例", new="示例示例")
        preview.wait()
        replace_in(root / GUIDE, "示例", new="示例示例")
        preview.wait(2)
    assert preview.heard == [frozenset({GUIDE})] * 2
    assert preview.said == [watching.DEAF]
