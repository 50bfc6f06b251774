"""Loading: a site's folder → the library.

Promise: every file is read, every problem of every file is reported in one run, and what could
not be understood never becomes a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from site_builder.model.disclosure import (
    Register,
    RuleList,
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
from site_builder.model.wording import OwnWords
from site_builder.problems import Place, Problem, errors
from site_builder.sources.account_files import read_account_file
from site_builder.sources.account_folders import folder_of
from site_builder.sources.account_tables import Reference, join_account_tables
from site_builder.sources.attachments import scan_attachment
from site_builder.sources.columns import CONTENT, column_of
from site_builder.sources.config import load_config
from site_builder.sources.documents import read_document
from site_builder.sources.files import SourceFile, read_bytes, scan
from site_builder.sources.fingerprints import content_digest
from site_builder.sources.forms import (
    load_forms,
    load_subjects,
)
from site_builder.sources.gathering import gather
from site_builder.sources.lists import OWN_WORDS
from site_builder.sources.published import read_ledger, read_log, with_waiting
from site_builder.sources.records import Loaded, read_record
from site_builder.sources.report_tables import join_tables
from site_builder.sources.shell import read_shell
from site_builder.sources.signoffs import is_signoff, read_signoff, with_standings
from site_builder.sources.statistics_files import read_statistics

ATTACHMENTS = "content/附件/"
WORD_FILES = (".doc", ".docx", ".wps", ".rtf", ".odt", ".html", ".htm", ".pdf", ".ofd")
KINDS: dict[str, type[Any]] = {
    "登记.yaml": Register,
    "制度目录.yaml": RuleList,
    "公开标准目录.yaml": StandardItems,
}


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
        return None, problems + form_problems + _of_a_site(scan_problems, config=problems)
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
    published = with_waiting(library.published, root)
    return replace(library, forms=forms, fragments=fragments, published=published), (
        *problems,
        *form_problems,
        *scan_problems,
        *found,
        *reports.problems,
        *accounts.problems,
        *review,
        *shell_problems,
    )


def _of_a_site(scanned: tuple[Problem, ...], *, config: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """A folder that is no site at all (C104) is not asked for its content/ as well."""
    if any(problem.code == "C104" for problem in config):
        return tuple(problem for problem in scanned if problem.place.file != CONTENT)
    return scanned


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
        return read_record(OwnWords, data, path=file.path)
    column = column_of(file.path, config)
    if column is None:
        message = "这个文件不在任何栏目的文件夹里，不会公开"
        return Loaded(None, (Problem("F106", Place(file.path), message),))
    if path.stem == "统计" and column.kind == "reports":
        return Loaded(*read_statistics(data, file.path))
    if path.suffix.lower() == ".md":
        return read_document(data, file.path, column=column)
    kind = KINDS.get(path.name)
    if kind is None and column.kind == "accounts" and folder_of(file.path)[0]:
        return Loaded(*read_account_file(data, file.path))
    if kind is None:
        return Loaded(None, (_unknown(file.path, column),))
    return read_record(kind, data, path=file.path)


def _published(data: bytes, path: str) -> Loaded:
    """A file of 发布记录."""
    if path == LEDGER:
        return Loaded(*read_ledger(data))
    if path == LOG:
        return Loaded(*read_log(data))
    if path == CHANGES:
        return read_record(AddressChanges, data, path=path)
    return Loaded(None, (_unknown(path),))


def _unknown(path: str, column: Column | None = None) -> Problem:
    message = f"不认识名为“{Path(path).name}”的文件，不会公开"
    return Problem("F107", Place(path), message, hint=_use_of(Path(path), column))


def _use_of(path: Path, column: Column | None) -> str:
    """What to do with a file as other programs save it; empty where nothing special is known."""
    ending, stem = path.suffix.lower(), path.stem
    if ending == ".txt":
        added = Path(stem).suffix in (".md", ".yaml", ".csv")
        why = "记事本在末尾加了 .txt，" if added else "是正文的，"
        right = stem if added else f"{stem}.md"
        return f"{why}把文件名改成“{right}”（要先让资源管理器显示扩展名）。"
    if ending in WORD_FILES and column is not None and column.kind == "reports":
        return "年度报告用 import 导入，或者把正文复制到 报告.md；统计表的文件名是 统计.xlsx。"
    if ending in WORD_FILES:
        return "正文复制到 .md 文件里；要让人下载的，把它移到 content/附件，写进条目的“附件”。"
    return ""
