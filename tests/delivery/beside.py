"""Loops beside the tests: a browser test leaves a loop of its own running in this thread.

Promise: what is called here runs to its end in a thread where no loop runs.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def beside(work: Callable[[], T]) -> T:
    """The result of a work that runs a loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()
