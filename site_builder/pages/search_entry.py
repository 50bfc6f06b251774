"""A search entry: what the index takes of one record.

Promise: an entry follows from the record, its address and the bureau's name alone.
"""

from __future__ import annotations

from site_builder.model.disclosure import Document, Record
from site_builder.model.search import Entry
from site_builder.pages import routes


def entry_of(record: Record, path: str, *, column: int, bureau: str) -> Entry:
    """The entry of a record with a page of its own; `column` is the place of its column."""
    day = record.published or record.issued
    return Entry(
        title=record.title,
        path=routes.href(path),
        day=day.isoformat() if day else "",
        column=column,
        plain=printed(record, bureau),
        prose=written(record),
    )


def printed(record: Record, bureau: str) -> tuple[str, ...]:
    """What is printed beside the text and tells one record from another."""
    values = [record.index_number, record.summary, *(a.title for a in record.attachments)]
    if isinstance(record, Document):
        values += [record.number, *record.joint, record.topic, record.genre]
        values += [change.text for change in record.changes]
    if record.issuer != bureau:
        values.append(record.issuer)
    return tuple(value for value in (*values, record.provenance) if value)


def written(record: Record) -> tuple[str, ...]:
    """Headings and texts of its body."""
    return tuple(text for s in record.body for text in (s.heading, s.text) if text)
