"""Account folders: where the files of a budget or an account stand.

Promise: year and kind are those of the folder, whatever a file in it is called.
"""

from __future__ import annotations

from pathlib import PurePosixPath

SERIES = {"预算": "budget", "决算": "final-account"}
EXPLANATION = "说明.md"


def folder_of(path: str) -> tuple[int, str]:
    """Year and kind of the folder a file stands in: `…/2016/决算/说明.md`; (0, "") elsewhere."""
    parts = PurePosixPath(path).parts
    year, kind = parts[-3:-1] if len(parts) > 3 else ("", "")
    fits = year.isascii() and year.isdecimal() and len(year) == 4 and kind in SERIES
    return (int(year), kind) if fits else (0, "")
