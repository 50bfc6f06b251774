"""Runs the program and kills it just before its n-th change to the disk.

    python interrupted.py N FOLDER ARGUMENT …

Counted are the folders made and the files opened for writing, renamed and removed in FOLDER.
When the program ends before that, the number it came to is the last line of its output.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
from collections.abc import Callable
from typing import Any

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir"}


def main() -> None:
    """Count, and kill at the right moment."""
    done = killed_at(int(sys.argv[1]), sys.argv[2])
    sys.argv = ["site-builder", *sys.argv[3:]]
    try:
        runpy.run_module("site_builder", run_name="__main__")
    finally:
        sys.stdout.write(f"{done()}\n")


def killed_at(limit: int, folder: str) -> Callable[[], int]:
    """From now on this process ends just before its limit-th change; says how many there were."""
    done = 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal done
        if not changes_the_disk(event, arguments) or not str(arguments[0]).startswith(folder):
            return
        done += 1
        if done == limit:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    return lambda: done


def changes_the_disk(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether an audit event of Python is a change of the disk."""
    if event == "open":
        return bool(int(arguments[2]) & (os.O_WRONLY | os.O_RDWR))
    return event in CHANGES


if __name__ == "__main__":
    main()
