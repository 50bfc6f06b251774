"""The log of an archive: how it was changed after it was made, when and why.

Promise: no entry and no former manifest is ever removed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.delivery.archive_bag import MANIFEST, TAGS
from site_builder.pages.archive import Withdrawal

FOLDER = "amendments"
LOG = f"{FOLDER}/log.json"
AMENDED, WITHDRAWN = "更改", "撤下"


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change; `path` is what was withdrawn, empty where the content was brought up to date."""

    day: date
    reason: str
    path: str = ""


def read_log(tags: Mapping[str, bytes]) -> tuple[Amendment, ...]:
    """The changes so far; `tags` are files of the bag."""
    rows = json.loads(tags.get(LOG, b"[]"))
    return tuple(
        Amendment(date.fromisoformat(row["日期"]), row["理由"], row["网址"]) for row in rows
    )


def times_logged(folder: Path, amendment: Amendment) -> int:
    """How often an archive was changed for the same reason, on whatever days."""
    file = folder / LOG
    try:
        log = read_log({LOG: file.read_bytes()})
    except (OSError, ValueError, LookupError, TypeError):
        return 0
    return sum((a.reason, a.path) == (amendment.reason, amendment.path) for a in log)


def withdrawals(log: tuple[Amendment, ...]) -> tuple[Withdrawal, ...]:
    """What was withdrawn, each path once."""
    found = {a.path: Withdrawal(a.path, a.day, a.reason) for a in log if a.path}
    return tuple(found.values())


def log_files(log: tuple[Amendment, ...], former: Mapping[str, bytes]) -> dict[str, bytes]:
    """The log and every former manifest, that of the bag as it stands among them.

    `former` are the tag files of that bag; where nothing is added they stay as they are.
    """
    files = {path: content for path, content in former.items() if path.startswith(f"{FOLDER}/")}
    if len(log) > len(read_log(former)):
        files[LOG] = _written(log)
        for name in (MANIFEST, TAGS):
            files[f"{FOLDER}/{len(log)}-{name}"] = former[name]
    return files


def _written(log: tuple[Amendment, ...]) -> bytes:
    rows = [
        {
            "序号": number,
            "日期": amendment.day.isoformat(),
            "种类": WITHDRAWN if amendment.path else AMENDED,
            "网址": amendment.path,
            "理由": amendment.reason,
        }
        for number, amendment in enumerate(log, 1)
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
