"""Stages: how far a long build is, and where its time went.

Promise: a short build says nothing of them; on a terminal there is one line that goes away, in a
log one line for each stage.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

import click

PATIENCE, IN_A_LOG = 2.0, 60.0  # seconds before anything is said
CLEARED = "\r\x1b[K"


@dataclass(slots=True)
class Stages:
    """The stages of a build as they begin, each with its moment."""

    began: list[tuple[str, float]] = field(default_factory=list)

    def __call__(self, name: str) -> None:
        """A stage begins."""
        self.began.append((name, time.perf_counter()))
        if self._is_long():
            self._show(name)

    def end(self) -> None:
        """The last stage is over."""
        if self._is_long() and sys.stderr.isatty():
            click.echo(CLEARED, err=True, nl=False)
        self.began.append(("", time.perf_counter()))

    def profile(self) -> str:
        """The seconds of each stage."""
        following = self.began[1:]
        lengths = [
            (n, after - at) for (n, at), (_, after) in zip(self.began, following, strict=False)
        ]
        lines = [f"{seconds:8.2f} 秒  {name}" for name, seconds in lengths]
        total = sum(seconds for _, seconds in lengths)
        return "\n".join((*lines, f"{total:8.2f} 秒  合计"))

    def _is_long(self) -> bool:
        patience = PATIENCE if sys.stderr.isatty() else IN_A_LOG
        return time.perf_counter() - self.began[0][1] > patience

    def _show(self, name: str) -> None:
        if sys.stderr.isatty():
            click.echo(f"{CLEARED}正在{name}……", err=True, nl=False)
        else:
            click.echo(f"正在{name}……", err=True)
