"""The program as a process of its own: run to its end, killed on the way, or left serving.

Promise: a process started here runs the code of this repository, and none outlives its test.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.sites import AS_OF, REPOSITORY, TESTS

DAY = ("--as-of", AS_OF.isoformat())
PROGRAM = (sys.executable, "-m", "site_builder")
PATIENCE = 60  # seconds before a process that never ends is given up


def surroundings(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process, with the code found from any folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    return {**kept, "PYTHONPATH": str(REPOSITORY), **(extra or {})}


def run(
    *arguments: str,
    folder: Path = REPOSITORY,
    extra: Mapping[str, str] | None = None,
    program: tuple[str, ...] = PROGRAM,
) -> subprocess.CompletedProcess[str]:
    """Run the program to its end in a working folder; what it says comes back as text."""
    return subprocess.run(
        [*program, *arguments],
        cwd=folder,
        env=surroundings(extra),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def start(
    *arguments: str, program: tuple[str, ...] = PROGRAM, apart: bool = False
) -> subprocess.Popen[str]:
    """The program, running; `apart` makes it the first of a group of processes."""
    return subprocess.Popen(
        [*program, *arguments],
        cwd=REPOSITORY,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=apart,
    )


@dataclass(frozen=True, slots=True)
class Copies:
    """A process that has loaded the program and lets copies of itself run it: see forked.py."""

    process: subprocess.Popen[str]

    def told(self, *arguments: str, **when: object) -> tuple[int, str]:
        """How a copy ended, killed in the way that the order says, and what it said."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"arguments": arguments, **when}) + "\n")
        self.process.stdin.flush()
        status, said = json.loads(self.process.stdout.readline())
        return status, said


@contextmanager
def loaded(folder: Path, before: tuple[str, ...] = ()) -> Iterator[Copies]:
    """A process for copies, until the block ends; in the folder it builds a site first.

    What stands `before` its command takes rights away from it.
    """
    with subprocess.Popen(
        [*before, sys.executable, str(TESTS / "delivery" / "forked.py"), str(folder)],
        cwd=REPOSITORY,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        copies = Copies(process)
        copies.told("--help")  # once it is ready
        yield copies


def ended(process: subprocess.Popen[str]) -> str:
    """Everything a process said, once it has ended."""
    return process.communicate(timeout=PATIENCE)[0]


def build(site: Path, program: tuple[str, ...] = PROGRAM) -> subprocess.CompletedProcess[str]:
    """Build a site in a process of its own."""
    return run("--site", str(site), "build", *DAY, program=program)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(site: Path, port: int, *more: str) -> Iterator[subprocess.Popen[str]]:
    """A running preview that listens; stopped at the end if the test has not done so."""
    with heard_interrupts():
        process = start("--site", str(site), "serve", *DAY, "--port", str(port), *more)
    try:
        while not listens(port):
            if process.poll() is not None:
                raise AssertionError(f"serve has ended: {ended(process)}")
            time.sleep(0.02)
        yield process
    finally:
        process.kill()
        ended(process)


@contextmanager
def heard_interrupts() -> Iterator[None]:
    """A process started here hears Ctrl+C even where the tests themselves were told not to."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def listens(port: int) -> bool:
    """Whether a server answers on this machine's port."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
