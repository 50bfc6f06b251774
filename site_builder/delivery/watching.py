"""Watching: which sources were saved, as the system tells it.

Promise: a burst of saves is one change; what the system does not tell is found within seconds by
looking, and where it tells nothing that is said once and looking is all there is.
"""

from __future__ import annotations

import asyncio
import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from site_builder.delivery.watched import CONFIG, FOLDERS, Watched

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver, ObservedWatch

TOLD: list[type[FileSystemEvent]] = [  # what is asked for: not that somebody reads a file
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
# Seconds without news after which a burst is over: of one file that was there before and still is,
# and of all else, for files that are copied come one by one and an editor may remove before it
# puts back.
SHORT, LONG = 0.01, 0.25
LONGEST = 5.0  # seconds a burst is waited for
GRACE = 0.5  # seconds that news may be late
# Seconds between two looks at everything, and how many times longer that is than a look takes.
SELDOM, OFTEN = (5.0, 200), (0.8, 20)
DEAF = "收不到文件变化的通知（文件在网络盘上时常见），改为每隔一会儿查看一次；保存以后刷新得稍慢。"

Saved = Callable[[frozenset[str]], None]
Place = tuple[str, int, int]  # a folder, and which one of that name it is


class Watch:
    """The files of a site while it is previewed; everything happens on the `loop`.

    `saved` hears the paths of all files that changed since it last heard, `say` a sentence for
    whoever sits before the screen.
    """

    def __init__(
        self,
        files: Watched,
        *,
        loop: asyncio.AbstractEventLoop,
        saved: Saved,
        say: Callable[[str], None],
        observer: Callable[[], BaseObserver] = Observer,
    ) -> None:
        self.files = files
        self.saved = saved
        self.say = say
        self.is_deaf = False
        self._loop = loop
        self._observer = observer
        self._running: BaseObserver | None = None
        self._places: dict[Place, ObservedWatch] = {}
        self._named: set[str] = set()
        self._first = self._last = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Listen from now on; what changed since the last look is found at once."""
        logging.getLogger("watchdog").addHandler(logging.NullHandler())  # `say` speaks for it
        # It warns of folders that were moved away and are back, and listens to them all the same.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")
        try:
            running = self._observer()
            running.start()
            self._running = running
        except OSError:  # the system has no room for another that listens
            self._grow_deaf()
        self._arrange()
        self._named.update(self.files.differing())
        self._settle()
        self._look_later()

    def stop(self) -> None:
        """Listen no more."""
        for timer in (self._timer, self._next):
            if timer is not None:
                timer.cancel()
        if self._running is not None:
            self._running.stop()
            self._running.join()

    def hear(self, path: str) -> None:
        """The system names a path, from another thread."""
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._hear, path)

    def _hear(self, path: str) -> None:
        if not (self.files.holds(path) or self.files.hides_many(path)):
            return
        self._last = self._loop.time()
        if not self._named:
            self._first = self._last
        self._named.add(path)
        if self._timer is None:
            self._timer = self._loop.call_later(SHORT, self._settle)

    def _settle(self) -> None:
        """Wait until the burst is over, then tell of it."""
        self._timer = None
        now, quiet = self._loop.time(), self._quiet()
        over = min(self._last + quiet, self._first + LONGEST)
        if now < over:
            self._timer = self._loop.call_later(over - now, self._settle)
            return
        named, self._named = self._named, set()
        folders = {path for path in named if self.files.hides_many(path)}
        changed = self.files.look_at(named - folders)
        if folders or CONFIG in changed:
            self._arrange()
            changed |= self.files.look()
        if changed:
            self.saved(changed)

    def _quiet(self) -> float:
        """How long it must be quiet: files that came and went again count for nothing."""
        files = self.files
        left = {
            path
            for path in self._named
            if files.is_known(path) or (files.root / path).exists() or files.hides_many(path)
        }
        self._named = left
        is_plain = len(left) == 1 and all(files.is_known(p) and files.stands(p) for p in left)
        return SHORT if is_plain or not left else LONG

    def _look_later(self, took: float = 0.0) -> None:
        least, times = OFTEN if self.is_deaf else SELDOM
        self._next = self._loop.call_later(max(least, times * took), self._look)

    def _look(self) -> None:
        """Look at everything: news may have been lost."""
        started = perf_counter()
        found = self.files.differing() - self._named
        self._look_later(perf_counter() - started)
        if self.is_deaf:
            for path in found:
                self._hear(path)
        elif found:
            self._loop.call_later(GRACE, self._miss, found)
        self._arrange()

    def _miss(self, found: frozenset[str]) -> None:
        """What was found by looking, and may have been told in the meantime."""
        lost = found & self.files.differing() - self._named
        if lost:
            self._grow_deaf()
        for path in lost:
            self._hear(path)

    def _grow_deaf(self) -> None:
        if not self.is_deaf:
            self.is_deaf = True
            self.say(DEAF)

    def _arrange(self) -> None:
        """Listen to the folders that are there now."""
        if self._running is None or self.is_deaf:
            return
        wanted = dict(_folders(self.files))
        for place in self._places.keys() - wanted.keys():
            with suppress(KeyError, OSError):
                self._running.unschedule(self._places.pop(place))
        ear = _Ear(self)
        for place in wanted.keys() - self._places.keys():
            try:
                self._places[place] = self._running.schedule(
                    ear, place[0], recursive=wanted[place], event_filter=TOLD
                )
            except FileNotFoundError:  # gone in this very moment
                continue
            except OSError:  # the system watches no more folders
                self._grow_deaf()
                return


class _Ear(FileSystemEventHandler):
    """What the observer's thread calls."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.top = f"{watch.files.root}{os.sep}"

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            text = os.fsdecode(path)
            if text.startswith(self.top):
                self.watch.hear(text.removeprefix(self.top).replace(os.sep, "/"))


def _folders(files: Watched) -> Iterator[tuple[Place, bool]]:
    """The folders to listen to, and whether to all below them as well."""
    above = {
        (files.root / path).parent for path in files.named if path.split("/")[0] not in FOLDERS
    }
    wanted = {files.root: False, **dict.fromkeys(above, False)}
    wanted.update((files.root / name, True) for name in FOLDERS)
    for folder, below in wanted.items():
        with suppress(OSError):
            info = Path(folder).stat()
            if folder.is_dir():
                yield (str(folder), info.st_dev, info.st_ino), below
