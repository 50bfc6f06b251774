"""Loading: a site's folder → the library.

Promise: every file is read, every problem of every file is reported in one run, and what could
not be understood never becomes a record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from site_builder.model.disclosure import AnnualReport, Document, Register, RuleList
from site_builder.model.library import AttachedFile, Library
from site_builder.model.site import Column, SiteConfig
from site_builder.model.tables import Form, form_for
from site_builder.problems import Place, Problem
from site_builder.sources.decode import decode
from site_builder.sources.files import SourceFile, read_bytes, scan
from site_builder.sources.forms import load_forms, load_retired_words, load_statutory_items
from site_builder.sources.front_matter import read_markdown
from site_builder.sources.statistics_files import StatisticsFile, read_statistics
from site_builder.sources.texts import read_text
from site_builder.sources.yaml_reader import read_yaml

T = TypeVar("T")
CONTENT = "content"
ATTACHMENTS = "content/附件/"
SERIES = "annual-report"


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What one file gave."""

    record: Any = None
    problems: tuple[Problem, ...] = ()


def load(root: Path, as_of: date) -> tuple[Library | None, tuple[Problem, ...]]:
    """Everything a site's folder holds; no library when `config.yaml` cannot be understood."""
    config, problems = load_config(root)
    forms, form_problems = load_forms(root, config.forms if config else ())
    files, scan_problems = scan(root, CONTENT)
    if config is None:
        return None, problems + form_problems + scan_problems
    loaded = [_load_file(root, file, config=config) for file in files]
    records = [item.record for item in loaded if item.record is not None]
    tables, table_problems = _tables(records, forms)
    library = _library(config, as_of, records=records, reports=tables, forms=forms)
    found = (p for item in loaded for p in item.problems)
    return library, (*problems, *form_problems, *scan_problems, *found, *table_problems)


def load_config(root: Path) -> tuple[SiteConfig | None, tuple[Problem, ...]]:
    """`config.yaml`, or None with every reason why not."""
    path = "config.yaml"
    if not (root / path).is_file():
        return None, (Problem("C104", Place(path), "这里没有 config.yaml，不是一个网站文件夹"),)
    data, problems = read_bytes(root, path)
    text, text_problems = read_text(data, path)
    value, value_problems = read_yaml(text, path)
    problems += text_problems + value_problems
    if value is None or problems:
        return None, problems
    return decode(SiteConfig, value, family="C")


def _load_file(root: Path, file: SourceFile, *, config: SiteConfig) -> _Loaded:
    path = Path(file.path)
    data, problems = read_bytes(root, file.path)
    if problems:
        return _Loaded(None, problems)
    if file.path.startswith(ATTACHMENTS):
        inner = file.path.removeprefix(ATTACHMENTS)
        return _Loaded(AttachedFile(inner, len(data), sha256(data).hexdigest()))
    column = column_of(file.path, config)
    if column is None:
        message = "这个文件不在任何栏目的文件夹里，不会公开"
        return _Loaded(None, (Problem("F106", Place(file.path), message),))
    if path.stem == "统计" and column.kind == "reports":
        return _from(read_statistics(data, file.path))
    text, problems = read_text(data, file.path)
    if path.suffix == ".md":
        return _markdown(text, file.path, column=column, problems=problems)
    kind = {"登记.yaml": Register, "制度目录.yaml": RuleList}.get(path.name)
    if kind is None:
        message = f"不认识名为“{path.name}”的文件，不会公开"
        return _Loaded(None, (*problems, Problem("F107", Place(file.path), message)))
    return _yaml(kind, text, path=file.path, problems=problems)


def column_of(path: str, config: SiteConfig) -> Column | None:
    """The innermost column whose folder holds a file."""
    inner = path.removeprefix(f"{CONTENT}/")
    fitting = [c for c in config.columns if inner.startswith(f"{c.folder}/")]
    return max(fitting, key=lambda c: len(c.folder), default=None)


def _from(result: tuple[Any, tuple[Problem, ...]]) -> _Loaded:
    return _Loaded(*result)


def _yaml(kind: type[Any], text: str, *, path: str, problems: tuple[Problem, ...]) -> _Loaded:
    value, found = read_yaml(text, path)
    problems += found
    if value is None or found:
        return _Loaded(None, problems)
    record, found = decode(kind, value)
    return _Loaded(record, problems + found)


def _markdown(text: str, path: str, *, column: Column, problems: tuple[Problem, ...]) -> _Loaded:
    front, body, found = read_markdown(text, path)
    problems += found
    if front is None:
        return _Loaded(None, problems)
    given: dict[str, Any] = {"body": body}
    kind: type[Any] = Document
    if column.kind == "reports" and Path(path).name == "报告.md":
        kind = AnnualReport
    else:
        given["column"] = column.slug
    record, found = decode(kind, front, given=given)
    return _Loaded(record, problems + found)


def _tables(
    records: list[Any], forms: tuple[Form, ...]
) -> tuple[dict[str, AnnualReport], tuple[Problem, ...]]:
    """Reports by file, each with the table that stands in its folder."""
    reports = {r.origin.place.file: r for r in _of(AnnualReport, records)}
    problems: list[Problem] = []
    seen: dict[Path, StatisticsFile] = {}
    for file in _of(StatisticsFile, records):
        folder = Path(file.path).parent
        report = reports.get(f"{folder.as_posix()}/报告.md")
        if folder in seen:
            message = (
                f"同一年度有两份统计表：{Path(seen[folder].path).name} 和 {Path(file.path).name}"
            )
            problems.append(Problem("T207", Place(file.path), message))
        elif report is None:
            message = "统计表旁边没有能用的 报告.md"
            problems.append(Problem("T209", Place(file.path), message))
        else:
            seen[folder] = file
            joined, found = _with_table(report, file, forms=forms)
            reports[report.origin.place.file] = joined
            problems.extend(found)
    return reports, tuple(problems)


def _with_table(
    report: AnnualReport, file: StatisticsFile, *, forms: tuple[Form, ...]
) -> tuple[AnnualReport, tuple[Problem, ...]]:
    chosen = file.head.form if file.head else ""
    form = form_for(forms, SERIES, year=report.year, chosen=chosen)
    if form is None:
        message = f"没有适用于{report.year}年度的统计表式"
        return report, (Problem("T201", Place(file.path), message),)
    table, problems = file.table(form, report.year)
    return replace(report, table=table), problems


def _library(
    config: SiteConfig,
    as_of: date,
    *,
    records: list[Any],
    reports: dict[str, AnnualReport],
    forms: tuple[Form, ...],
) -> Library:
    documents = _of(Document, records)
    kinds = {column.slug: column.kind for column in config.columns}
    single = {kinds[d.column]: d for d in documents if kinds[d.column] in ("guide", "application")}
    return Library(
        config=config,
        as_of=as_of,
        documents=tuple(d for d in documents if d not in single.values()),
        reports=tuple(reports.values()),
        registered=tuple(
            replace(entry, provenance=register.provenance)
            for register in _of(Register, records)
            for entry in register.entries
        ),
        rule_groups=tuple(group for rules in _of(RuleList, records) for group in rules.groups),
        guide=single.get("guide"),
        application=single.get("application"),
        files=tuple(_of(AttachedFile, records)),
        forms=forms,
        statutory_items=load_statutory_items(),
        retired_words=load_retired_words(),
    )


def _of(kind: type[T], records: Iterable[Any]) -> list[T]:
    return [record for record in records if isinstance(record, kind)]
