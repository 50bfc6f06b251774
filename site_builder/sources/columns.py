"""Columns: which of them a file stands in.

Promise: a file belongs to the innermost column whose folder holds it, or to none.
"""

from __future__ import annotations

from site_builder.model.site import Column, SiteConfig

CONTENT = "content"


def column_of(path: str, config: SiteConfig) -> Column | None:
    """The innermost column whose folder holds a file."""
    inner = path.removeprefix(f"{CONTENT}/")
    fitting = [c for c in config.columns if inner.startswith(f"{c.folder}/")]
    return max(fitting, key=lambda c: len(c.folder), default=None)
