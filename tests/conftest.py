"""What all tests share: a file or page that is the same to the byte is looked at once.

Promise: only pure functions of bytes and paths are remembered, so no test can tell the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest

from site_builder.sources import load
from site_builder.write import inspect

# Most tests change one file of a site of some forty; the readers and the inspection see the rest
# again and again.
PURE = (
    (load, "read_document"),
    (load, "read_statistics"),
    (load, "read_account_file"),
    (load, "scan_attachment"),
    (inspect, "look"),
)


@pytest.fixture(scope="session", autouse=True)
def looked_at_once() -> Iterator[None]:
    """Remember what the readers made of a file, within a bound."""
    with pytest.MonkeyPatch.context() as patched:
        for module, name in PURE:
            patched.setattr(module, name, lru_cache(maxsize=512)(getattr(module, name)))
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """The programs that tests start keep their compiled modules, as they do with users."""
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield
