"""Saying: what is asked of a publication, what is told while it goes on, and what became of it.

Promise: values alone; the sentences are those of the command.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from site_builder.delivery.publishing.manifest import Difference
from site_builder.delivery.publishing.target import Holder
from site_builder.problems import Problem, errors

State = Literal["untouched", "same", "tried", "switching", "published"]


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: the day the site speaks for, when and by whom, and how."""

    as_of: date
    moment: str
    holder: Holder
    is_dry: bool = False
    allowed: int | None = None
    new_log: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it: problems, and what readers see now."""

    problems: tuple[Problem, ...]
    state: State = "untouched"
    release: str = ""
    files: int = 0
    sent: int = 0
    can_go_back: bool = False

    @property
    def failed(self) -> bool:
        """Whether an error stopped it."""
        return bool(errors(self.problems))


@dataclass(frozen=True, slots=True)
class Shown:
    """What is told before anything is sent: the difference, and how many items wait.

    `is_damaged`: nothing is new, but the target no longer holds what was published to it;
    `was_here`: this machine has published to it, and it holds nothing.
    """

    difference: Difference
    before: str
    waiting: int
    is_damaged: bool = False
    was_here: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What has begun, and of how many files: over a slow line each takes its time."""

    name: Literal["sending", "comparing"]
    files: int


Tell = Callable[[Shown | Step], None]
