"""Privacy: personal data and secrecy marks in whatever would be published.

Promise: every text, field, file name and attachment of a record is looked at before anything is
published; a finding stands until it is masked or waived with a reason, and no message repeats
what must not be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from site_builder.model.disclosure import Attachment, Record, Section, Waiver, named_files
from site_builder.model.fields import Origin, labelled
from site_builder.model.library import AttachedFile, Library
from site_builder.model.personal import (
    CODES,
    RUN,
    Personal,
    find_personal,
    masked,
    with_plain_digits,
)
from site_builder.problems import Place, Problem
from site_builder.rules.maps import unapproved_maps
from site_builder.rules.secrecy import find_marks, may_be_marked

PERSONAL_COLUMN = re.compile(
    r"身份证号|身份证|公民身份号码|银行卡号|银行账号|开户行|开户银行|家庭住址|家庭地址|户籍地址"
    r"|残疾|病种|病情|低保|未成年"
)
NAME_COLUMN = re.compile(r"姓\s*名|户\s*主|权利人|被征收人|申请人|当事人")
ADDRESS = re.compile(r"(?:家庭住址|家庭地址|户籍地址|现住址|居住地址)\s*[:：为]\s*[^\s，。；|]{4,}")
ROW = re.compile(r"^\s*\|.*\|\s*$")
ROWS = re.compile(r"^[^\S\n]*\|.*\|[^\S\n]*$", re.MULTILINE)
APART = "\n" * 5  # more line ends than may stand inside a number


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that would be published: where it begins, and what stands above it."""

    text: str
    place: Place
    heading: str = ""
    running: bool = True  # a text of the file, whose lines are the file's own

    def at(self, offset: int) -> Place:
        """The place of a character; that of the whole where the text is not the file's own."""
        if not self.running or not self.place.line:
            return self.place
        before = self.text[:offset]
        line, column = before.count("\n"), offset - (before.rfind("\n") + 1)
        start = self.place.column if not line else 1
        return Place(self.place.file, self.place.line + line, start + column)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, and the words it is about, which a waiver may name."""

    problem: Problem
    words: str


def check_privacy(library: Library) -> Iterator[Problem]:
    """What a record would let the public see, without what is waived in it."""
    known = _own_contacts(library)
    files = {file.path: file for file in library.files}
    for record in library.records():
        if record.openness != "主动公开":
            continue
        found = [] if _is_clear(record) else list(_in_record(record, known))
        found += _in_attachments(record, files, known=known)
        found += [Finding(problem, words) for problem, words in unapproved_maps(record)]
        yield from _not_waived(record, found)
    for unread in library.unread:
        for passage in _of_body(unread.body):
            yield from (finding.problem for finding in _in_passage(passage, known))


def _not_waived(record: Record, found: list[Finding]) -> Iterator[Problem]:
    used: set[Waiver] = set()
    for finding in found:
        waivers = [w for w in record.waivers if _covers(w, finding)]
        used.update(waivers)
        if not waivers:
            yield finding.problem
    for waiver in record.waivers:
        if waiver not in used:
            message = f"这一条豁免没有用到：没有 {waiver.rule} 的问题"
            message += f"含有“{waiver.words}”" if waiver.words else ""
            yield Problem("V190", waiver.origin.at("规则"), message)


def _covers(waiver: Waiver, finding: Finding) -> bool:
    same = waiver.rule.strip().upper() == finding.problem.code
    return same and (not waiver.words or waiver.words in finding.words)


def _is_clear(record: Record) -> bool:
    """Whether one look at the whole is enough: nothing in it needs a closer one, as in most."""
    if getattr(record, "table", None) is not None:
        return False
    texts = [text for _, _, text in _fields(record)]
    for section in record.body:
        texts += (section.heading, section.text)
        if "|" in section.text:  # what stands before and after a table may be one number
            texts.append(ROWS.sub("", section.text))
    whole = APART.join(texts)
    return not (
        may_be_marked(whole)
        or RUN.search(whole)
        or ("址" in whole and ADDRESS.search(whole))
        or ("|" in whole and PERSONAL_COLUMN.search(whole))
    )


def _in_record(record: Record, known: frozenset[str]) -> Iterator[Finding]:
    for passage in (*_of_fields(record), *_of_body(record.body), *_of_table(record)):
        yield from _in_passage(passage, known)
    for section in record.body:
        yield from _columns(section)


def _in_passage(passage: Passage, known: frozenset[str]) -> Iterator[Finding]:
    for found in find_personal(passage.text, passage.heading):
        words = passage.text[found.start : found.end]
        if _digits(words) not in known:
            yield Finding(_personal(found, passage), words)
    yield from _addresses(passage)
    for mark in find_marks(passage.text):
        message = f"有“{mark.words}”{mark.meaning}"
        yield Finding(Problem(mark.code, passage.at(mark.start), message), mark.words)


def _personal(found: Personal, passage: Passage) -> Problem:
    shown = masked(passage.text[found.start : found.end])
    return Problem(CODES[found.kind], passage.at(found.start), f"有{found.kind} {shown}")


def _addresses(passage: Passage) -> Iterator[Finding]:
    for found in ADDRESS.finditer(passage.text):
        message = f"写明了个人的住址：“{found[0][:4]}…”"
        yield Finding(Problem("V104", passage.at(found.start()), message), found[0])


def _columns(section: Section) -> Iterator[Finding]:
    """The head of a table that lists persons with what only concerns themselves."""
    above = ""
    for number, line in enumerate(section.text.split("\n"), section.text_line):
        if ROW.match(line) and not ROW.match(above) and NAME_COLUMN.search(line):
            names = PERSONAL_COLUMN.findall(line)
            if names:
                message = f"这张表按人列出了“{'、'.join(dict.fromkeys(names))}”"
                place = Place(section.place.file, number, line.index(names[0]) + 1)
                yield Finding(Problem("V104", place, message), line)
        above = line


def _in_attachments(
    record: Record, files: dict[str, AttachedFile], *, known: frozenset[str]
) -> Iterator[Finding]:
    listed = {a.file: a for a in record.attachments}
    for path in sorted(named_files(record.body, record.attachments)):
        place = _naming(path, listed.get(path), record)
        for found in find_personal(path.rsplit("/", 1)[-1]):
            message = f"附件的文件名里有{found.kind} {masked(path[found.start : found.end])}"
            yield Finding(Problem(CODES[found.kind], place, message), path)
        file = files.get(path)
        for inside in file.findings if file else ():
            if _digits(inside.words) not in known or not _digits(inside.words):
                message = f"附件“{path}”{inside.where}{inside.said}"
                yield Finding(Problem(inside.code, place, message), f"{path}{inside.words}")


def _naming(path: str, attachment: Attachment | None, record: Record) -> Place:
    """Where a record names a file: in its list of attachments, else in its text."""
    if attachment:
        return attachment.origin.at("文件")
    for section in record.body:
        before, found, _ = section.text.partition(f"附件/{path}")
        if found:
            line = section.text_line + before.count("\n")
            return Place(section.place.file, line, len(before) - before.rfind("\n"))
    return record.origin.place


def _of_fields(record: Record) -> Iterator[Passage]:
    """The fields of a record and of the small records inside it, but for its waivers."""
    for origin, label, text in _fields(record):
        yield Passage(text, origin.at(label), label, running=False)


def _fields(record: Record) -> Iterator[tuple[Origin, str, str]]:
    waiting: list[Any] = [record]  # every record has an origin
    while waiting:
        holder = waiting.pop()
        for label, field in labelled(type(holder)).items():
            value = getattr(holder, field.name)
            for inner in value if isinstance(value, tuple) else (value,):
                if isinstance(inner, str):
                    yield holder.origin, label, inner
                elif hasattr(inner, "origin") and not isinstance(inner, Waiver):
                    waiting.append(inner)


def _of_body(body: tuple[Section, ...]) -> Iterator[Passage]:
    for section in body:
        yield Passage(section.heading, section.place, running=False)
        yield from _stretches(section)


def _stretches(section: Section) -> Iterator[Passage]:
    """The text of a section, each cell of its tables by itself with the head of its column."""
    prose: list[str] = []
    head: list[str] = []
    for number, line in enumerate(section.text.split("\n"), section.text_line):
        if not ROW.match(line):
            head = []
            prose.append(line)
            continue
        prose.append("")
        cells = line.split("|")
        if not head:
            head = cells
        column = 1
        for index, cell in enumerate(cells):
            above = head[index] if index < len(head) else ""
            yield Passage(cell, Place(section.place.file, number, column), above)
            column += len(cell) + 1
    yield Passage("\n".join(prose), Place(section.place.file, section.text_line, 1))


def _of_table(record: Record) -> Iterator[Passage]:
    table = getattr(record, "table", None)
    if table is not None:
        for (row, _), cell in table.cells.items():
            place = table.places.get(row, table.origin.place)
            yield Passage(cell.text, cell.place or place, running=False)


def _own_contacts(library: Library) -> frozenset[str]:
    """The numbers the bureau publishes of itself, as digits alone."""
    contact = library.config.contact
    values = (contact.phone, contact.fax, contact.supervisor, contact.web, contact.office)
    runs = (run for value in values for run in re.split(r"[、,，;；/\s]", value))
    return frozenset(filter(None, map(_digits, runs)))


def _digits(text: str) -> str:
    return "".join(c for c in with_plain_digits(text) if c.isdigit())
