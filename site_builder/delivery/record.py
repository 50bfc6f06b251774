"""record (登记发布): what is online now goes into the address ledger and the publication log.

Promise: lines are only added, each once, whoever else is recording; with an error, or with an
output that is not the one the content makes, nothing is recorded.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.model.library import Library
from site_builder.model.published import (
    FOLDER,
    LEDGER,
    LEDGER_HEAD,
    LOG,
    LOG_HEAD,
    NEW_LEDGER,
    NEW_LOG,
    LogLine,
)
from site_builder.pages.recording import Additions, additions
from site_builder.pipeline import Site, Standing, standing
from site_builder.problems import Place, Problem, errors
from site_builder.write.notes import load_note, save_note
from site_builder.write.run import Busy, Unwritable, locked, not_written

LAST = "recorded"  # the note of the last line that this machine has written


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a run recorded, and the problems; with an error nothing was.

    `is_other`: this machine has recorded before, in a log that this one does not go on from.
    """

    problems: tuple[Problem, ...]
    addresses: int = 0
    lines: int = 0
    is_other: bool = False

    @property
    def failed(self) -> bool:
        """Whether an error stopped it."""
        return bool(errors(self.problems))


def record(site: Site, as_of: date) -> Recorded:
    """Add to 网址.csv and 发布.csv what the current build publishes."""
    try:
        with locked(site.cache):
            return _recorded(site, standing(site, as_of))
    except Busy:
        message = "另一个生成或者登记正在进行，等了一分钟还没有结束"
        return Recorded((Problem("O301", Place("output"), message),))
    except Unwritable as fault:
        return Recorded((fault.problem,))
    except OSError as error:
        return Recorded((not_written(error, site.output),))


def too_early(lines: Sequence[LogLine], as_of: date) -> Iterable[Problem]:
    """D553: the log is one of days that follow each other."""
    if lines and lines[-1].recorded > as_of.isoformat():
        message = f"最后一次登记是 {lines[-1].recorded}，不能再登记 {as_of} 的"
        yield Problem("D553", Place(LOG, lines[-1].line), message)


def _recorded(site: Site, now: Standing) -> Recorded:
    library = now.library
    if library is None or errors(now.problems):
        return Recorded(now.problems)
    faults = (*_out_of_date(now), *too_early(library.published.lines(), library.as_of))
    if faults:
        return Recorded((*now.problems, *faults))
    found = additions(library, now.pages)
    is_other = _is_other(site, library.published.lines())
    if found.lines:
        _save(site.root, library, found)
        with suppress(OSError):  # it only helps to notice a log that was lost
            save_note(site.cache / LAST, found.lines[-1].chain.encode())
    elif library.published.is_waiting:
        (site.root / NEW_LEDGER).replace(site.root / LEDGER)
    return Recorded(now.problems, found.new_rows, len(found.lines), is_other)


def _is_other(site: Site, lines: Sequence[LogLine]) -> bool:
    last = load_note(site.cache / LAST)
    return last is not None and last.decode() not in {line.chain for line in lines}


def _out_of_date(now: Standing) -> Iterable[Problem]:
    if not now.is_built:
        yield Problem("P118", Place("output"), "output/ 里的不是现在的内容，没有登记")


def _save(root: Path, library: Library, found: Additions) -> None:
    """Both files stand whole beside their places before the first one is switched.

    The log is the first, so that after a stop between the two the ledger is taken from there.
    """
    lines = (*library.published.lines(), *found.lines)
    head = (*LEDGER_HEAD, lines[-1].chain)
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    _write(root / NEW_LOG, _csv((LOG_HEAD, *((*line.cells(), line.chain) for line in lines))))
    _write(root / NEW_LEDGER, _csv((head, *(row.cells() for row in found.rows))))
    (root / NEW_LOG).replace(root / LOG)
    (root / NEW_LEDGER).replace(root / LEDGER)


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    """With the mark by which spreadsheet programs know UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
