"""Faults of the program itself: what is kept of them.

Promise: the details of a fault are kept for those who mend it, and no clerk has to read them.
"""

from __future__ import annotations

import traceback
from pathlib import Path


def kept(fault: Exception) -> str:
    """Keep the details of a fault; where no file can be written, the words to pass on."""
    note = Path(".cache/site_builder/fault.txt").resolve()
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text("".join(traceback.format_exception(fault)), encoding="utf-8")
    except OSError:
        return f"详情是 {fault!r}"
    return f"详情记在 {note}"
