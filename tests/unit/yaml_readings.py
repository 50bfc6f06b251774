"""Readings of YAML texts, in forms a test can compare.

Promise: nothing here knows what is right; it only shows what the reader said.
"""

from __future__ import annotations

from site_builder.model.values import Listed, Mapped, Value
from site_builder.sources.yaml_reader import read_yaml

PARSERS = ("CSafeLoader", "SafeLoader")


def found_in(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of every problem."""
    problems = read_yaml(text, "a.yaml")[1]
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


def messages_of(text: str) -> str:
    """All that is said of a text, hints included."""
    return "\n".join(f"{p.message} {p.hint}" for p in read_yaml(text, "a.yaml")[1])


def plain(value: Value | None) -> object:
    """A value without its places."""
    if isinstance(value, Mapped):
        return {entry.key.text: plain(entry.value) for entry in value.entries}
    if isinstance(value, Listed):
        return [plain(item) for item in value.items]
    return value.text if value else None


def plain_of(text: str) -> object:
    """The value of a text without its places."""
    return plain(read_yaml(text, "a.yaml")[0])
