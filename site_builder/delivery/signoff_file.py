"""The record of sign-off as a file: one more step, every earlier one kept.

Promise: what is written reads back as the same steps, or nothing is written; a file is replaced
whole or not at all.
"""

from __future__ import annotations

from pathlib import Path

from site_builder.delivery.record_lines import list_of
from site_builder.model.review import Step
from site_builder.sources.signoffs import read_signoff

HEAD = "# 审签记录，由命令 site-builder review 写入。不会公开；已经写下的各步不要改。\n"


class NotWritable(Exception):
    """The steps cannot be written so that they read back the same."""


def write_steps(file: Path, steps: tuple[Step, ...]) -> None:
    """Replace the record. Raises NotWritable, or OSError where the disk refuses."""
    data = signoff_text(steps).encode()
    read, problems = read_signoff(data, file.name)
    if problems or read.record is None or read.record.steps != steps:
        raise NotWritable
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_bytes(data)
    fresh.replace(file)


def signoff_text(steps: tuple[Step, ...]) -> str:
    """审签.yaml with these steps."""
    return HEAD + list_of("审签", steps)
