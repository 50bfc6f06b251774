"""Waiting: published addresses whose content is held back until it is signed off again.

Promise: nobody is told to withdraw what only waits for a signature.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from site_builder.model.library import Library
from site_builder.model.published import LEDGER
from site_builder.problems import Problem


def explained(problems: Iterable[Problem], library: Library) -> Iterator[Problem]:
    """The problems, those of an address that waits with the step it waits for."""
    waits = {s.item.id.casefold(): s.waits_for for s in library.standings if s.withheld}
    rows = {row.line: row for row in library.published.rows() if row.id}
    for problem in problems:
        row = rows.get(problem.place.line) if problem.code == "P110" else None
        whom = waits.get(row.id.casefold()) if row and problem.place.file == LEDGER else None
        if whom is None:
            yield problem
            continue
        message = f"{problem.message}：它的内容还没有审签，等{whom}"
        hint = f"签好以后再生成，在此之前 output/ 保持原样。{problem.hint}"
        yield replace(problem, message=message, hint=hint)
