"""Notes of YAML: what stands behind a `#`, and was often meant as a part of the value before it.

Promise: a `#` inside quotes or in a text of several lines is part of that text; a note on a line of
its own, behind a quote or a bracket, or above the lines of a value is one. None of these is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import yaml

_NAMES = (yaml.ValueToken, yaml.BlockEntryToken)  # behind them a value may be missing
_ENDS = (yaml.KeyToken, yaml.BlockEntryToken, yaml.BlockEndToken, yaml.StreamEndToken)


def cut_off(text: str) -> Iterator[tuple[int, int]]:
    """The line and column, from 0, of each `#` that ends a value, or is all there is of it."""
    try:
        tokens = tuple(yaml.scan(text, Loader=yaml.SafeLoader)) if " #" in text else ()
    except yaml.YAMLError:  # what is wrong there is told already
        return
    line = seen = 0
    for token, following in pairwise(tokens):
        end = token.end_mark.index
        blank, sign, _ = text[end : following.start_mark.index].partition("#")
        if sign and "\n" not in blank and _is_value(token, following):
            at = end + len(blank)
            line, seen = line + text.count("\n", seen, at), at
            yield line, at - text.rfind("\n", 0, at) - 1


def _is_value(token: yaml.Token, following: yaml.Token) -> bool:
    """Whether a value stood before the sign that could have gone on, or none does behind it."""
    if isinstance(token, yaml.ScalarToken):
        return bool(token.plain)
    return isinstance(token, _NAMES) and isinstance(following, _ENDS)
