"""Loading: a site's folder → the library.

Promise: every file is read, every problem of every file is reported in one run, and what could
not be understood never becomes a record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from site_builder.model.disclosure import (
    Account,
    AnnualReport,
    Attachment,
    Document,
    Register,
    RuleList,
    Section,
)
from site_builder.model.library import AttachedFile, Library, Unread
from site_builder.model.published import (
    CHANGES,
    FOLDER,
    LEDGER,
    LOG,
    AddressChanges,
)
from site_builder.model.site import Column, SiteConfig
from site_builder.model.standard_items import StandardItems
from site_builder.model.values import Listed, Mapped, Scalar
from site_builder.model.wording import OwnWords
from site_builder.problems import Place, Problem, errors
from site_builder.sources.account_files import folder_of, read_account_file
from site_builder.sources.account_tables import EXPLANATION, Reference, join_account_tables
from site_builder.sources.attachments import scan_attachment
from site_builder.sources.columns import CONTENT, column_of
from site_builder.sources.decode import decode
from site_builder.sources.files import SourceFile, read_bytes, scan
from site_builder.sources.fingerprints import content_digest
from site_builder.sources.forms import (
    load_forms,
    load_subjects,
)
from site_builder.sources.front_matter import read_markdown
from site_builder.sources.gathering import gather
from site_builder.sources.published import read_ledger, read_log
from site_builder.sources.report_tables import join_tables
from site_builder.sources.shell import read_shell
from site_builder.sources.signoffs import is_signoff, read_signoff, with_standings
from site_builder.sources.statistics_files import read_statistics
from site_builder.sources.texts import read_text
from site_builder.sources.yaml_reader import read_yaml

ATTACHMENTS = "content/附件/"
OWN_WORDS = "content/用词.yaml"
KINDS: dict[str, type[Any]] = {
    "登记.yaml": Register,
    "制度目录.yaml": RuleList,
    "公开标准目录.yaml": StandardItems,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one file gave: a record, or what is left where an error prevented one.

    `digest` is that of its content, for its sign-off.
    """

    record: Any = None
    problems: tuple[Problem, ...] = ()
    unread: Unread | None = None
    digest: str = ""


Reader = Callable[[SiteConfig, tuple[SourceFile, ...]], Iterable[Loaded]]


def load(
    root: Path, as_of: date, *, reader: Reader | None = None
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Everything a site's folder holds; no library when `config.yaml` cannot be understood.

    `reader` loads the files: another way than one after the other, to the same result.
    """
    config, problems = load_config(root)
    chosen = config.forms if config else ()
    place = config.origin.at("forms") if config else Place("config.yaml")
    forms, form_problems = load_forms(root, chosen, place=place)
    files, scan_problems = scan(root, CONTENT)
    if config is None:
        return None, problems + form_problems + scan_problems
    read = reader or partial(_one_by_one, root)
    loaded = tuple(read(config, files))
    records = [item.record for item in loaded if item.record is not None]
    unread = [item.unread for item in loaded if item.unread is not None]
    unread += [Unread(problem.place.file, vague=True) for problem in _left_out(scan_problems)]
    reference = Reference(() if errors(form_problems) else forms, load_subjects())
    reports = join_tables((*records, *unread), reference.forms)
    accounts = join_account_tables(reports.records, reference)
    library = gather(config, as_of, records=accounts.records, reference=reference)
    contents = zip(files, loaded, strict=True)
    digests = {file.path: item.digest for file, item in contents if item.digest}
    library, review = with_standings(library, accounts.records, digests=digests, root=root)
    fragments, shell_problems = read_shell(root, config.shell)
    found = (p for item in loaded for p in item.problems)
    return replace(library, forms=forms, fragments=fragments), (
        *problems,
        *form_problems,
        *scan_problems,
        *found,
        *reports.problems,
        *accounts.problems,
        *review,
        *shell_problems,
    )


def load_config(root: Path) -> tuple[SiteConfig | None, tuple[Problem, ...]]:
    """`config.yaml`, or None with every reason why not."""
    path = "config.yaml"
    if not (root / path).is_file():
        return None, (Problem("C104", Place(path), "这里没有 config.yaml，不是一个网站文件夹"),)
    data, problems = read_bytes(root, path)
    text, text_problems = read_text(data, path)
    value, value_problems = read_yaml(text, path)
    problems += text_problems + value_problems
    if value is None or errors(problems):
        return None, problems
    config, found = decode(SiteConfig, value, family="C")
    return config, problems + found


def _left_out(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """What the scan found and did not take: records may refer to it all the same."""
    return (problem for problem in problems if problem.code in ("F103", "F104", "F105"))


def _one_by_one(root: Path, config: SiteConfig, files: tuple[SourceFile, ...]) -> Iterator[Loaded]:
    return (load_file(root, file, config=config) for file in files)


def load_file(root: Path, file: SourceFile, *, config: SiteConfig) -> Loaded:
    """What one file gives by itself."""
    data, problems = read_bytes(root, file.path)
    if problems:
        return Loaded(None, problems, Unread(file.path, vague=True))
    if is_signoff(file.path):
        return Loaded(*read_signoff(data, file.path))
    loaded = _loaded(file, data, config=config)
    if config.review is None or file.path.startswith(ATTACHMENTS):
        return loaded
    return replace(loaded, digest=content_digest(data, file.path))


def _loaded(file: SourceFile, data: bytes, *, config: SiteConfig) -> Loaded:
    path = Path(file.path)
    if file.path.startswith(ATTACHMENTS):
        inner = file.path.removeprefix(ATTACHMENTS)
        found = scan_attachment(data, inner)
        return Loaded(AttachedFile(inner, len(data), sha256(data).hexdigest(), found))
    if file.path.startswith(FOLDER):
        return _published(data, file.path)
    if file.path == OWN_WORDS:
        return _yaml(OwnWords, data, path=file.path)
    column = column_of(file.path, config)
    if column is None:
        message = "这个文件不在任何栏目的文件夹里，不会公开"
        return Loaded(None, (Problem("F106", Place(file.path), message),))
    if path.stem == "统计" and column.kind == "reports":
        return Loaded(*read_statistics(data, file.path))
    if path.suffix.lower() == ".md":
        return _markdown(data, file.path, column=column)
    kind = KINDS.get(path.name)
    if kind is None and column.kind == "accounts" and folder_of(file.path)[0]:
        return Loaded(*read_account_file(data, file.path))
    if kind is None:
        return Loaded(None, (_unknown(file.path),))
    return _yaml(kind, data, path=file.path)


def _published(data: bytes, path: str) -> Loaded:
    """A file of 发布记录."""
    if path == LEDGER:
        return Loaded(*read_ledger(data))
    if path == LOG:
        return Loaded(*read_log(data))
    if path == CHANGES:
        return _yaml(AddressChanges, data, path=path)
    return Loaded(None, (_unknown(path),))


def _unknown(path: str) -> Problem:
    return Problem("F107", Place(path), f"不认识名为“{Path(path).name}”的文件，不会公开")


def _yaml(kind: type[Any], data: bytes, *, path: str) -> Loaded:
    text, problems = read_text(data, path)
    if errors(problems) and not text:
        return Loaded(None, problems)
    value, found = read_yaml(text, path)
    problems += found
    if value is None:
        return Loaded(None, problems)
    record, found = decode(kind, value)
    return Loaded(record, problems + found)


def _markdown(data: bytes, path: str, *, column: Column) -> Loaded:
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
    unread = _unread(path, front, body=body) if record is None else None
    return Loaded(record, problems + found, unread)


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
