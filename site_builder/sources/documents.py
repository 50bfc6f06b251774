"""Documents: a Markdown file of a column → the record it holds.

Promise: a file with an error in one field still says what can be told of it, so that links to it
are not called dead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from site_builder.model.disclosure import Account, AnnualReport, Attachment, Document, Section
from site_builder.model.library import Unread
from site_builder.model.site import Column
from site_builder.model.values import Listed, Mapped, Scalar
from site_builder.problems import Place, Problem, errors
from site_builder.sources.account_folders import EXPLANATION, folder_of
from site_builder.sources.columns import CONTENT
from site_builder.sources.decode import decode
from site_builder.sources.front_matter import read_markdown
from site_builder.sources.records import Loaded
from site_builder.sources.texts import read_text


def read_document(data: bytes, path: str, *, column: Column) -> Loaded:
    """What a Markdown file gives."""
    text, problems = read_text(data, path)
    if errors(problems) and not text:
        return Loaded(None, problems, Unread(path, _id_in(*_readings(data)), vague=True))
    front, body, found = read_markdown(text, path)
    problems += found
    if front is None:
        return Loaded(None, problems, Unread(path, _id_in(text), vague=True, body=body))
    given: dict[str, Any] = {"body": body}
    kind: type[Any] = Document
    if column.kind == "reports" and Path(path).name == "报告.md":
        kind = AnnualReport
    elif column.kind == "accounts" and Path(path).name == EXPLANATION and folder_of(path)[0]:
        kind = Account
    elif column.kind == "accounts":
        misplaced = (*problems, _misplaced(path, column))
        return Loaded(None, misplaced, _unread(path, front, body=body))
    else:
        given["column"] = column.slug
    record, found = decode(kind, front, given=given)
    if kind is Document and column.kind == "reports":
        found = tuple(_named_otherwise(problem, front) for problem in found)
    unread = _unread(path, front, body=body) if record is None else None
    return Loaded(record, problems + found, unread)


def _named_otherwise(problem: Problem, front: Mapped) -> Problem:
    """A report under another name than 报告.md: its 年度 is not a field of other documents."""
    year = next((e.key for e in front.entries if e.key.text == "年度"), None)
    if year is None or problem.place != year.place:
        return problem
    hint = "年度报告放在年度文件夹里，文件名是 报告.md，例如 2024/报告.md。"
    return replace(problem, hint=hint)


def _misplaced(path: str, column: Column) -> Problem:
    """A text of the accounts' column that is not in the folder of a year and a kind."""
    right = f"{CONTENT}/{column.folder}/2024/决算/{EXPLANATION}"
    message = (
        f"预决算的说明应当放在年度和“预算”或“决算”文件夹里，并且名为 {EXPLANATION}，如 {right}"
    )
    return Problem("D326", Place(path), message)


def _readings(data: bytes) -> Iterator[str]:
    """Bytes that are no certain text, read so that what is whole in them can be found."""
    return (data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030"))


def _id_in(*texts: str) -> str:
    """The 编号 that a file seems to state, only to tell whether a link may mean this file."""
    found = (re.search(r"^编号\s*[:：]\s*([A-Za-z0-9._-]+)", text, re.MULTILINE) for text in texts)
    return next((match[1] for match in found if match), "")


def _unread(path: str, front: Mapped, *, body: tuple[Section, ...]) -> Unread:
    """What can be told of a record that has an error in some other field."""
    values = {entry.key.text: entry.value for entry in front.entries}
    texts = {k: v.text.strip() for k, v in values.items() if isinstance(v, Scalar)}
    listed = values.get("附件")
    items = listed.items if isinstance(listed, Listed) else ()
    attachments = (decode(Attachment, item)[0] for item in items)
    return Unread(
        file=path,
        id=texts.get("编号", ""),
        year=texts.get("年度", ""),
        body=body,
        attachments=tuple(found for found in attachments if found),
    )
