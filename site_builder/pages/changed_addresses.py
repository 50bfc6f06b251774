"""Changed addresses: what 变更.yaml says, held against the pages and against 网址.csv.

Promise: each entry speaks of an address that was published and is gone, and leads to a page that
is there; for an address of which nothing is said, the lines to write are given in full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from site_builder.model.disclosure import TO_FILL
from site_builder.model.published import CHANGES, LEDGER, AddressChange, AddressRow
from site_builder.pages.addresses import Addresses, plain
from site_builder.problems import Place, Problem

_TO_OR_GONE = "不再公开的，把“改为”一行换成“撤下: 是”"
_GONE_OR_TO = "移到别处的，把“撤下”一行换成“改为: 新的编号或者网址”"
NEEDS_QUOTES = re.compile(r"^[-?\s]|[:#\"'{}\[\],&*!|>%@`\s]")


def check_changes(known: Addresses) -> Iterator[Problem]:
    """Every entry: of a published address without a page, complete, once, leading somewhere."""
    seen: dict[str, AddressChange] = {}
    for change in known.context.library.published.changes:
        path, place = plain(known.context.library, change.path), change.origin.at("网址")
        other = seen.setdefault(path, change)
        if other is not change:
            related = (other.origin.at("网址"),)
            yield Problem("P116", place, f"“{path}”已经写过一次", related=related)
        elif path not in known.rows:
            yield Problem("P111", place, f"网址台账里没有“{path}”，它没有公开过")
        elif path in known.planned:
            yield Problem("P112", place, f"“{path}”现在有自己的页面，这里却写了移动或者撤下")
        yield from _complete(known, change)
        if change.to and not change.withdrawn:
            yield from _leads_somewhere(known, change, path=path)


def unanswered(known: Addresses, rows: Sequence[AddressRow]) -> Iterator[Problem]:
    """A problem for each address without an answer; a page speaks for the files of its 编号."""
    pages = {row.id for row in rows if row.is_page and row.id}
    told = [row for row in rows if row.is_page or row.id not in pages]
    places, looks = _places_now(known), Counter(map(_looks, told))
    for row in told:
        alone = places.get(_looks(row), ()) if looks[_looks(row)] == 1 else ()
        to = alone[0] if len(alone) == 1 else ""
        yield _unanswered(known, row, to=to)


def _complete(known: Addresses, change: AddressChange) -> Iterator[Problem]:
    if bool(change.to) == change.withdrawn:
        what = "同时写了“改为”和“撤下”" if change.to else "“改为”和“撤下”都没有写"
        yield Problem("P115", change.origin.at("网址"), what)
    if TO_FILL in f"{change.reason}{change.basis}{change.name}":
        yield Problem("P115", change.origin.at("说明"), "这里还没有填写")
    if change.day > known.context.library.as_of:
        yield Problem("P115", change.origin.at("日期"), f"日期 {change.day} 还没有到")


def _leads_somewhere(known: Addresses, change: AddressChange, *, path: str) -> Iterator[Problem]:
    target, place = known.target_of(change), change.origin.at("改为")
    if target == path:
        yield Problem("P114", place, f"“{path}”改为的就是它自己")
    elif target in known.planned:
        return
    elif target in known.changes:
        message = f"“{target}”自己也已经移动或者撤下"
        hint = _end_of_chain(known, target)
        related = (known.changes[target].origin.at("网址"),)
        yield Problem("P114", place, message, hint=hint, related=related)
    else:
        yield Problem("P113", place, f"没有编号或者网址为“{change.to}”的页面")


def _end_of_chain(known: Addresses, target: str) -> str:
    """What to write instead, where following the entries ends at a page."""
    passed: set[str] = set()
    while target in known.changes:
        last = known.changes[target]
        if last.withdrawn:
            return "那里已经撤下，这里也改写为“撤下: 是”。"
        if target in passed:
            return "这几项互相指着对方，请改成真正有页面的编号或者网址。"
        passed.add(target)
        target = known.target_of(last)
        if target in known.planned:
            return f"直接写最后的去处：改为: {last.to}"
    return ""


def _places_now(known: Addresses) -> dict[str, list[str]]:
    """Where pages and files that were never recorded stand, by their titles and names."""
    found: dict[str, list[str]] = {}
    for path, page in known.planned.items():
        if path not in known.rows:
            frame = getattr(page.view, "frame", None)
            found.setdefault(frame.title if frame else path.rpartition("/")[2], []).append(path)
    return found


def _looks(row: AddressRow) -> str:
    """What an address is known by: the title of a page, the name of a file."""
    return row.title if row.is_page else row.path.rpartition("/")[2]


def _unanswered(known: Addresses, row: AddressRow, *, to: str) -> Problem:
    """What stood there, and the exact lines; `to` is the one new place that looks like it."""
    what = f"《{row.title}》" if row.title else "一个文件"
    message = f"{row.recorded} 登记公开的网址“{row.path}”（{what}）现在没有页面"
    if row.is_page and f"编号:{row.id}" in known.context.targets:
        to = row.id
    either = _TO_OR_GONE if to else _GONE_OR_TO
    lines = [
        f"误删的，恢复原来的文件。否则在 {CHANGES} 里加上（{either}）：",
        *([] if known.changes else ["变更:"]),
        f"  - 网址: {_quoted(row.path)}",
        f"    改为: {_quoted(to)}" if to else "    撤下: 是",
        f"    日期: {known.context.library.as_of.isoformat()}",
        f"    说明: {TO_FILL}写明为什么",
    ]
    return Problem("P110", Place(LEDGER, row.line), message, hint="\n".join(lines))


def _quoted(text: str) -> str:
    return f'"{text}"' if NEEDS_QUOTES.search(text) else text
