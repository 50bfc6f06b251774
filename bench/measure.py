"""Measuring: one run of a program, and how long a save takes to be seen.

Promise: processor time and memory are those the system counted for the program and its children.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

PATIENCE = 600  # seconds
OPENER = build_opener(ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: seconds by the clock and of the processor, MB at the highest, files it wrote."""

    wall: float
    cpu: float
    memory: float
    written: int


def run(command: list[str], *, folder: Path, output: Path) -> Sample:
    """Run a program to its end; it must succeed."""
    before = _stamps(output)
    log = folder.with_suffix(".log")  # in the site it would be a change
    with log.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, log.read_text("utf-8")[-2000:]
    after = _stamps(output)
    written = sum(before.get(path) != stamp for path, stamp in after.items())
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, written)


def stages(command: list[str], *, folder: Path) -> list[tuple[str, float]]:
    """The stages that our own `--profile` tells, with their seconds; an old version tells none."""
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    found = re.findall(r"^ *([0-9.]+) 秒  (.+)$", said, re.MULTILINE)
    return [(name, float(seconds)) for seconds, name in found]


def until_served(
    command: list[str], *, folder: Path, address: str, edits: list[Edit]
) -> list[float]:
    """Seconds from each save until the address serves the new text."""
    with folder.with_suffix(".log").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait_for(address, "")
            time.sleep(2)  # both tell when they begin to watch only in their logs
            return [_after(save, address=address, text=text) for save, text in edits]
        finally:
            process.terminate()
            process.wait()


Edit = tuple[Callable[[], object], str]  # the save, and the text that must be seen after it


def _after(save: Callable[[], object], *, address: str, text: str) -> float:
    started = time.perf_counter()
    save()
    _wait_for(address, text)
    seconds = time.perf_counter() - started
    time.sleep(1)
    return seconds


def _wait_for(address: str, text: str) -> None:
    started = time.perf_counter()
    while time.perf_counter() - started < PATIENCE:
        with suppress(URLError, ConnectionError, TimeoutError):
            if text in OPENER.open(address, timeout=5).read().decode():
                return
        time.sleep(0.005)
    raise TimeoutError(f"{address}: {text}")


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for place, _, files in os.walk(folder):
        for file in files:
            path = os.path.join(place, file)  # noqa: PTH118  # many thousands, twice for each run
            stat = os.stat(path)  # noqa: PTH116  # the same
            found[path] = (stat.st_mtime_ns, stat.st_ino)
    return found
