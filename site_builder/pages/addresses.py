"""Addresses: what is planned, what was ever recorded, and what a clerk says of it.

Promise: an address is understood in whatever way a clerk copies it, and looked up at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.model.published import AddressChange, AddressRow
from site_builder.pages import routes
from site_builder.pages.context import Context


@dataclass(frozen=True, slots=True)
class Addresses:
    """The planned pages, the recorded rows and the entries of 变更.yaml, all by path.

    `stood` leads from a 编号 to where its page was recorded, `speakers` to the entry for that
    page: it speaks for the files of the 编号 as well.
    """

    context: Context
    planned: Mapping[str, Page]
    rows: Mapping[str, AddressRow]
    changes: Mapping[str, AddressChange]
    stood: Mapping[str, str]
    speakers: Mapping[str, AddressChange]

    def change_of(self, row: AddressRow) -> AddressChange | None:
        """The entry that says what became of an address."""
        own = self.changes.get(row.path)
        return own or (None if row.is_page else self.speakers.get(row.id))

    def target_of(self, change: AddressChange) -> str:
        """The path that 改为 leads to: of a 编号, or the address itself."""
        found = self.context.targets.get(f"编号:{change.to}")
        if found:
            return unquote(found)
        return self.stood.get(change.to) or plain(self.context.library, change.to)

    def absent(self) -> tuple[AddressRow, ...]:
        """Rows recorded up to the day the build speaks for that have no page of their own."""
        today = self.context.library.as_of.isoformat()
        missing = self.rows.keys() - self.planned.keys()
        rows = (self.rows[path] for path in sorted(missing))
        return tuple(row for row in rows if row.recorded <= today)


def addresses(context: Context, pages: Iterable[Page]) -> Addresses:
    """Everything known of addresses, indexed."""
    published = context.library.published
    rows = {row.path: row for row in published.rows()}
    changes: dict[str, AddressChange] = {}
    for change in published.changes:
        changes.setdefault(plain(context.library, change.path), change)
    stood = {row.id: row.path for row in published.rows() if row.id and row.is_page}
    speakers = {id: changes[path] for id, path in stood.items() if path in changes}
    planned = {page.path: page for page in pages}
    return Addresses(context, planned, rows, changes, stood, speakers)


def plain(library: Library, text: str) -> str:
    """An address as a clerk may copy it, as the path of a page."""
    url = library.config.site.url
    path = unquote(text.replace("\\", "/").removeprefix(url).partition("#")[0])
    path = path.removeprefix("/").removeprefix("output/")
    if path.startswith("附件/"):
        return routes.attachment(path.removeprefix("附件/"))
    return f"{path}index.html" if path.endswith("/") else path
