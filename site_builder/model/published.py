"""What has been published: every address ever, the log of publications, what was moved since.

Promise: the address rows and the log lines are written by the program alone and stand for ever;
what a clerk says of them stands in 变更.yaml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Literal

from site_builder.model.disclosure import Account, AnnualReport, Document, Record
from site_builder.model.fields import Origin, clerk, origin_field

FOLDER = "content/发布记录/"
LEDGER = f"{FOLDER}网址.csv"
LOG = f"{FOLDER}发布.csv"
CHANGES = f"{FOLDER}变更.yaml"
NEW_LEDGER, NEW_LOG = f"{FOLDER}.网址.csv.new~", f"{FOLDER}.发布.csv.new~"  # not in place yet
LEDGER_HEAD = ("网址", "编号", "标题", "栏目", "公开日期", "登记日期")
LOG_HEAD = (
    "登记日期",
    "事项",
    "编号",
    "标题",
    "公开日期",
    "网址",
    "更正次数",
    "内容摘要",
    "校验",
)
Event = Literal["首次公开", "变更", "撤下", "恢复公开", "网址台账"]
SEPARATOR = "\x1f"  # in no text that a reader takes in


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One line of 网址.csv: an address, and what stood there when it was first recorded.

    Days are ISO texts; `line` is where the row stands in the file.
    """

    path: str
    id: str
    title: str
    column: str
    published: str
    recorded: str
    line: int = field(default=0, compare=False)

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it: everything else is a file to download."""
        return self.path.endswith(".html")

    def cells(self) -> tuple[str, ...]:
        """Its cells, in the order of the file."""
        return (self.path, self.id, self.title, self.column, self.published, self.recorded)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of 发布.csv; `chain` covers this line and, through the former one, all before it.

    `notes` is how many 更正 the record had, `digest` the SHA-256 of its text. A line 网址台账 has
    the digest of all address rows instead.
    """

    recorded: str
    event: str
    id: str
    title: str
    published: str
    path: str
    notes: str
    digest: str
    chain: str = ""
    line: int = field(default=0, compare=False)

    def cells(self) -> tuple[str, ...]:
        """Its cells without the chain, in the order of the file."""
        return (
            self.recorded,
            self.event,
            self.id,
            self.title,
            self.published,
            self.path,
            self.notes,
            self.digest,
        )


@dataclass(frozen=True, slots=True)
class AddressChange:
    """What became of an address that no longer has its page."""

    path: str = clerk("网址", about="原来的网址，从网站的首页算起，如 wj/tz-2018-001.html")
    day: date = clerk("日期", about="移动或者撤下的日期")
    reason: str = clerk("说明", about="为什么移动或者撤下，印在网页上")
    to: str = clerk("改为", "", about="现在的编号或者网址；不再公开的不写")
    withdrawn: bool = clerk("撤下", False, about="不再公开的写“是”")
    basis: str = clerk("依据", "", about="依据的规定或者文件，印在网页上")
    name: str = clerk("名称", "", about="印在网页上的名称；不写就用原来的标题")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class AddressChanges:
    """变更.yaml: what was moved or withdrawn."""

    changes: tuple[AddressChange, ...] = clerk("变更")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class AddressLedger:
    """网址.csv; `head` is the chain of the log's last line when it was written."""

    rows: tuple[AddressRow, ...]
    head: str = ""


@dataclass(frozen=True, slots=True)
class PublicationLog:
    """发布.csv, the oldest line first."""

    lines: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """The three files together; None for a file that is not there.

    The ledger `is_waiting` beside its place where a record stopped between its two files.
    """

    ledger: AddressLedger | None = None
    log: PublicationLog | None = None
    changes: tuple[AddressChange, ...] = ()
    is_waiting: bool = False

    def rows(self) -> tuple[AddressRow, ...]:
        """Every address ever recorded."""
        return self.ledger.rows if self.ledger else ()

    def lines(self) -> tuple[LogLine, ...]:
        """Every line of the log."""
        return self.log.lines if self.log else ()

    def head(self) -> str:
        """The chain of the last line, empty before the first."""
        return self.log.lines[-1].chain if self.log and self.log.lines else ""

    def latest(self) -> dict[str, LogLine]:
        """The last line about each record, by its 编号 in small letters."""
        return {line.id.casefold(): line for line in self.lines() if line.id}


def chained(former: str, cells: Iterable[str]) -> str:
    """The chain of a line: a SHA-256 over the former line's chain and its own cells."""
    return sha256(f"{former}\n{SEPARATOR.join(cells)}".encode()).hexdigest()


def count_of_rows(rows: Collection[AddressRow]) -> str:
    """How many addresses there are, as the log says it."""
    return f"共 {len(rows)} 个网址"


def digest_of_rows(rows: Iterable[AddressRow]) -> str:
    """A SHA-256 of all address rows."""
    return chained("", (SEPARATOR.join(row.cells()) for row in rows))


def content_digest(record: Record, files: dict[str, str]) -> str:
    """A SHA-256 of what a record tells its readers: title, numbers, text, tables, attachments.

    `files` are the SHA-256 of the attachments by path. Named one by one, so that a field added to
    the records by a later version of the program does not look like a changed text.
    """
    issued = record.issued.isoformat() if record.issued else ""
    pieces = [record.title, record.issuer, issued]
    pieces += [record.number] if isinstance(record, Document) else []
    pieces += [piece for section in record.body for piece in (section.heading, section.text)]
    pieces += [piece for a in record.attachments for piece in (a.title, files.get(a.file, ""))]
    if isinstance(record, AnnualReport | Account) and record.table:
        cells = sorted((key, cell.text) for key, cell in record.table.cells.items())
        pieces += [piece for (row, column), text in cells for piece in (row, column, text)]
        pieces += [note.text for _, note in sorted(record.table.notes.items())]
    return chained("", pieces)
