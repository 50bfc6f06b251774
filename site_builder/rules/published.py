"""Published: the log of publications against the records, and both files against themselves.

Promise: a publication date that was moved, a text that was changed without saying so, and a log
that was changed afterwards are each reported where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.disclosure import Record
from site_builder.model.library import Library
from site_builder.model.published import (
    LEDGER,
    LOG,
    LogLine,
    Published,
    chained,
    content_digest,
    count_of_rows,
    digest_of_rows,
)
from site_builder.problems import Place, Problem

DATE_WORDS = ("公开日期", "发布日期")


def check_log(library: Library) -> Iterator[Problem]:
    """发布.csv is what the program wrote: every line follows from the one before it."""
    published = library.published
    broken = _first_broken(published)
    if broken:
        message = "这一行或者它前面的一行被改过、删过，与当时登记的不一致"
        yield Problem("D552", Place(LOG, broken.line), message)
    elif published.ledger and published.ledger.head != published.head():
        message = "发布日志的最后几行不见了，与网址台账的记载不一致"
        yield Problem("D552", Place(LOG), message, related=(Place(LEDGER, 1),))


def check_ledger(library: Library) -> Iterator[Problem]:
    """网址.csv is what the log says it was."""
    published = library.published
    last = next((x for x in reversed(published.lines()) if x.event == "网址台账"), None)
    if last and digest_of_rows(published.rows()) != last.digest:
        now = count_of_rows(published.rows())
        changed = "有的行改过" if now == last.title else f"登记时{last.title}，现在{now}"
        message = f"与登记的不一致：{changed}"
        yield Problem("P117", Place(LEDGER), message, related=(Place(LOG, last.line),))


def check_published_records(library: Library) -> Iterator[Problem]:
    """公开日期 and text of every record, against what was recorded of it.

    The guide and the page for applications are kept up to date by law, so they may change.
    """
    latest = library.published.latest()
    if not latest or _first_broken(library.published):
        return
    files = {file.path: file.sha256 for file in library.files}
    renamed = _renamed(library)
    titled = _lost(library)
    dated: tuple[Record, ...] = (*library.reports, *library.accounts, *library.documents)
    for record in dated:
        line = latest.get(record.id.casefold())
        if line:
            yield from _date(record, line)
            yield from _text(record, line, files=files)
        else:
            line = latest.get(renamed.get(record.id.casefold(), "")) or titled.get(record.title)
            yield from _date(record, line) if line else ()


def _first_broken(published: Published) -> LogLine | None:
    former = ""
    for line in published.lines():
        if chained(former, line.cells()) != line.chain:
            return line
        former = line.chain
    return None


def _renamed(library: Library) -> dict[str, str]:
    """Under which 编号 a record stood before it was given another, by its 编号 now."""
    ids = {row.path: row.id.casefold() for row in library.published.rows() if row.id}
    moved = (c for c in library.published.changes if c.to and c.path in ids)
    return {_id_in(change.to): ids[change.path] for change in moved}


def _id_in(text: str) -> str:
    """The 编号 that 改为 names, itself or as the address made of it."""
    return text.rpartition("/")[2].removesuffix(".html").casefold()


def _lost(library: Library) -> dict[str, LogLine]:
    """What the log calls public and no record has the 编号 of any more, by title."""
    held = {record.id.casefold() for record in library.records()}
    latest = library.published.latest()
    return {line.title: line for id, line in latest.items() if id not in held and _is_out(line)}


def _is_out(line: LogLine) -> bool:
    return line.event != "撤下"


def _date(record: Record, line: LogLine) -> Iterator[Problem]:
    now = record.published.isoformat() if record.published else ""
    if not line.published or now == line.published:
        return
    added = record.changes[int(line.notes or 0) :]
    if any(word in note.text for note in added for word in DATE_WORDS):
        return
    message = (
        f"《{record.title}》登记的公开日期是 {line.published}，现在{'是 ' + now if now else '空着'}"
    )
    hint = (
        f"改回 {line.published}。当时确实写错了的，在“更正”里加一条，写明日期和"
        f"“公开日期由{line.published}更正为……”以及原因。"
    )
    place = record.origin.at("公开日期")
    yield Problem("D550", place, message, hint=hint, related=(Place(LOG, line.line),))


def _text(record: Record, line: LogLine, *, files: dict[str, str]) -> Iterator[Problem]:
    noted = int(line.notes or 0)
    place, related = record.origin.at("更正"), (Place(LOG, line.line),)
    if len(record.changes) < noted:
        message = (
            f"《{record.title}》登记时有 {noted} 条更正，现在只有 {len(record.changes)} 条；"
            "更正记录不能删"
        )
        yield Problem("D551", place, message, related=related)
    elif len(record.changes) == noted and content_digest(record, files) != line.digest:
        message = f"《{record.title}》{line.recorded}登记以后内容改过，没有写更正"
        yield Problem("D551", place, message, related=related)
