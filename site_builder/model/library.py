"""The library: every record of the site, indexed once, then only read.

Promise: rules and pages learn everything they know from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from html import unescape

from site_builder.model.application import ApplicationRules
from site_builder.model.disclosure import (
    Account,
    AccountKind,
    AnnualReport,
    Attachment,
    Document,
    Record,
    RegisterEntry,
    RuleGroup,
    Section,
    named_files,
)
from site_builder.model.fields import clerk
from site_builder.model.published import Published
from site_builder.model.review import Standing
from site_builder.model.site import SiteConfig
from site_builder.model.standard_items import StandardItem, StandardItems
from site_builder.model.subjects import Subject
from site_builder.model.tables import Form, Table
from site_builder.model.wording import (
    DoubledWords,
    KnownDocument,
    OwnWord,
    RetiredWord,
    WrongWords,
)


@dataclass(frozen=True, slots=True)
class AttachmentFinding:
    """Something inside an attachment that should not be published.

    `where` is the spot in it (工作表“名单”第3行), `said` what is wrong there, `words` the text that
    a waiver may name.
    """

    code: str
    where: str
    said: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file of `content/附件`: its path there, size in bytes, SHA-256, what was found in it."""

    path: str
    size: int
    sha256: str
    findings: tuple[AttachmentFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """What is known of a file whose record an error kept from being made.

    It is enough to check the file further, and to know what other files may refer to. An empty
    `id` says that not even its 编号 could be read; of a `vague` one no other field could.
    """

    file: str
    id: str = ""
    vague: bool = False
    year: str = ""
    body: tuple[Section, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Fragments:
    """Safe HTML of the parent site's top, foot and head.

    Each is cut where a link relative to the top of this site begins: what leads from a page to
    the top goes between two pieces. No piece: there is no such fragment.
    """

    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    head: tuple[str, ...] = ()

    def absolute_links(self) -> frozenset[str]:
        """The parent site's own addresses (`/…`): they lead out of this site."""
        pieces = " ".join((*self.header, *self.footer, *self.head))
        return frozenset(map(unescape, re.findall(r'(?:href|src)="(/[^"]*)"', pieces)))


@dataclass(frozen=True, slots=True)
class StatutoryItem:
    """One item of 《政府信息公开条例》 (国务院令第711号) Art. 20 or 21."""

    number: int = clerk("number")
    slug: str = clerk("slug")
    name: str = clerk("name")
    text: str = clerk("text")
    article: str = clerk("article")


@dataclass(frozen=True, slots=True)
class StatutoryList:
    """The items, in the order of the regulation."""

    items: tuple[StatutoryItem, ...] = clerk("items")


@dataclass(frozen=True, slots=True)
class Library:
    """All records. `as_of` is the day the build speaks for: later publication dates wait.

    `standings` says how far each item's sign-off has come, `withheld` are the files of those that
    may not be published yet.
    """

    config: SiteConfig
    as_of: date
    documents: tuple[Document, ...] = ()
    reports: tuple[AnnualReport, ...] = ()
    accounts: tuple[Account, ...] = ()
    registered: tuple[RegisterEntry, ...] = ()
    rule_groups: tuple[RuleGroup, ...] = ()
    guide: Document | None = None
    application: Document | None = None
    files: tuple[AttachedFile, ...] = ()
    forms: tuple[Form, ...] = ()
    subjects: tuple[Subject, ...] = ()
    statutory_items: tuple[StatutoryItem, ...] = ()
    standards: tuple[StandardItems, ...] = ()
    unread: tuple[Unread, ...] = ()
    retired_words: tuple[RetiredWord, ...] = ()
    doubled_words: DoubledWords = DoubledWords()
    wrong_words: WrongWords = WrongWords("")
    own_words: tuple[OwnWord, ...] = ()
    citations: tuple[KnownDocument, ...] = ()
    application_rules: ApplicationRules | None = None
    fragments: Fragments = Fragments()
    standings: tuple[Standing, ...] = ()
    withheld: frozenset[str] = frozenset()
    published: Published = Published()

    def all_ids_known(self) -> bool:
        """Whether no file kept its 编号 to itself."""
        return all(file.id for file in self.unread)

    def records(self) -> tuple[Record, ...]:
        """Everything that has a 编号, a text and a page of its own."""
        standing = (record for record in (self.guide, self.application) if record is not None)
        return (*self.reports, *self.accounts, *self.documents, *standing)

    def account(self, year: int, kind: AccountKind) -> Account | None:
        """The budget or final account of a year."""
        return next((a for a in self.accounts if (a.year, a.kind) == (year, kind)), None)

    def filled_columns(self) -> frozenset[str]:
        """The slugs of the columns in which the public finds something."""
        found = {d.column for d in self.documents if self.is_public(d)}
        reports, accounts = self.config.column("reports"), self.config.column("accounts")
        if reports and any(map(self.is_public, self.reports)):
            found.add(reports.slug)
        if accounts and any(map(self.is_public, self.accounts)):
            found.add(accounts.slug)
        return frozenset(found)

    def unread_columns(self) -> frozenset[str]:
        """The slugs of the columns that may hold more than is known: a file was not read."""
        columns, files = self.config.columns, [file.file for file in self.unread]
        found = (c for c in columns if any(f.startswith(f"content/{c.folder}/") for f in files))
        return frozenset(column.slug for column in found)

    def standard_rows(self) -> tuple[StandardItem, ...]:
        """The rows of every 公开标准目录 of the site."""
        return tuple(item for standard in self.standards for item in standard.items)

    def is_public(self, record: Record) -> bool:
        """Whether a record may be seen: 主动公开, signed off, and its publication date has come."""
        due = record.published is None or record.published <= self.as_of
        return due and record.openness == "主动公开" and not self.is_withheld(record)

    def is_withheld(self, record: Record | RegisterEntry | RuleGroup | StandardItems) -> bool:
        """Whether a record waits for its sign-off."""
        return record.origin.place.file in self.withheld

    def public(self) -> Library:
        """What the public may see, and nothing else: no record, file or name that is held back."""
        shown = replace(
            self,
            documents=tuple(filter(self.is_public, self.documents)),
            reports=tuple(filter(self.is_public, self.reports)),
            accounts=tuple(filter(self.is_public, self.accounts)),
            guide=self.guide if self.guide and self.is_public(self.guide) else None,
            application=(
                self.application if self.application and self.is_public(self.application) else None
            ),
            registered=tuple(e for e in self.registered if not self.is_withheld(e)),
            rule_groups=tuple(g for g in self.rule_groups if not self.is_withheld(g)),
            standards=tuple(s for s in self.standards if not self.is_withheld(s)),
            unread=(),
            standings=(),
        )
        named = {f for r in shown.records() for f in named_files(r.body, r.attachments)}
        return replace(shown, files=tuple(f for f in self.files if f.path in named))
