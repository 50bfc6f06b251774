"""Records: a YAML file → the record it holds.

Promise: what could not be understood is no record, and every reason why is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from site_builder.model.library import Unread
from site_builder.problems import Problem, errors
from site_builder.sources.decode import decode
from site_builder.sources.texts import read_text
from site_builder.sources.yaml_reader import read_yaml


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one file gave: a record, or what is left where an error prevented one.

    `digest` is that of its content, for its sign-off.
    """

    record: Any = None
    problems: tuple[Problem, ...] = ()
    unread: Unread | None = None
    digest: str = ""


def read_record(kind: type[Any], data: bytes, *, path: str) -> Loaded:
    """What a YAML file of one record gives."""
    text, problems = read_text(data, path)
    if errors(problems) and not text:
        return Loaded(None, problems)
    value, found = read_yaml(text, path)
    problems += found
    if value is None:
        return Loaded(None, problems)
    record, found = decode(kind, value)
    return Loaded(record, problems + found)
