"""The record of sign-off as a file: one more step, every earlier one kept.

Promise: what is written reads back as the same steps, or nothing is written; a file is replaced
whole or not at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from site_builder.model.fields import labelled
from site_builder.model.review import Step
from site_builder.sources.signoffs import read_signoff

HEAD = "# 审签记录，由命令 site-builder review 写入。不会公开；已经写下的各步不要改。\n"
PLAIN = re.compile(r"[\w-]+")


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
    lines = (line for step in steps for line in _lines(step))
    return HEAD + "审签:\n" + "".join(f"{line}\n" for line in lines)


def _lines(step: Step) -> Iterator[str]:
    mark = "  - "
    for label, field in labelled(Step).items():
        value = str(getattr(step, field.name))
        if "\n" in value:
            yield f"{mark}{label}: |"
            yield from (f"      {line}" for line in value.split("\n"))
        elif value:
            yield f"{mark}{label}: {_scalar(value)}"
        mark = "    "


def _scalar(value: str) -> str:
    return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
