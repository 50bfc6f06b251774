"""Creation: a new bureau's site, ready to fill.

Promise: the site builds at once, says only what the law says, and no file that stood there before
is touched.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


class NotEmpty(Exception):
    """The folder holds files already."""


def create(folder: Path) -> tuple[str, ...]:
    """Write the starting files; returns their paths. Raises NotEmpty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty
    return tuple(_copied(files("site_builder").joinpath("starter"), folder, top=folder))


def _copied(source: Traversable, target: Path, *, top: Path) -> list[str]:
    if source.is_file():
        target.write_bytes(source.read_bytes())
        return [target.relative_to(top).as_posix()]
    target.mkdir(parents=True, exist_ok=True)
    inner = sorted(source.iterdir(), key=lambda entry: entry.name)
    return [path for entry in inner for path in _copied(entry, target / entry.name, top=top)]
