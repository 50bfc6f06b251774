"""Disclosures: identity, dates, references and completeness of the records.

Promise: what the law or the platform rules ask of a record and the files do not hold is reported,
at the line where it belongs; nothing is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.disclosure import Record, named_files
from site_builder.model.library import Library, Unread
from site_builder.problems import Place, Problem
from site_builder.rules.meant import meant_file


def check_identity(library: Library) -> Iterator[Problem]:
    """编号: fit for a web address, and used once."""
    first: dict[str, Record] = {}
    for record in library.records():
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", record.id):
            message = f"编号“{record.id}”只能用半角字母、数字、点、下划线和连字符"
            yield Problem("D201", record.origin.at("编号"), message)
        other = first.setdefault(record.id.casefold(), record)
        if other is not record:
            message = f"编号“{record.id}”已经用于《{other.title}》"
            related = (other.origin.at("编号"),)
            yield Problem("D202", record.origin.at("编号"), message, related=related)


def check_standing(library: Library) -> Iterator[Problem]:
    """指南 and 依申请公开 are one page each, so each has one record."""
    columns = {column.slug: column for column in library.config.columns}
    standing = {"guide": library.guide, "application": library.application}
    for document in library.documents:
        column = columns[document.column]
        other = standing.get(column.kind)
        if other is not None:
            message = f"栏目“{column.name}”只有一个页面，已经用了《{other.title}》"
            related = (Place(other.origin.place.file),)
            yield Problem("D209", Place(document.origin.place.file), message, related=related)


def check_years(library: Library) -> Iterator[Problem]:
    """A report's 年度 is the folder it stands in, and a year has one report."""
    for report in library.reports:
        folder = report.origin.place.file.split("/")[-2]
        if folder != str(report.year):
            message = f"年度写的是{report.year}，文件却放在“{folder}”文件夹里"
            yield Problem("D203", report.origin.at("年度"), message)


def check_dates(library: Library) -> Iterator[Problem]:
    """公开日期: known, not before 成文日期; a date still to come keeps the record back."""
    for record in library.records():
        if record.published is None:
            place = record.origin.at("公开日期")
            shown = library.config.site.url and record.openness == "主动公开"
            yield Problem("O104" if shown else "D301", place, f"《{record.title}》没有公开日期")
        elif record.issued and record.published < record.issued:
            message = f"公开日期 {record.published} 早于成文日期 {record.issued}"
            related = (record.origin.at("成文日期"),)
            yield Problem("D302", record.origin.at("公开日期"), message, related=related)
        elif record.published > library.as_of:
            message = f"《{record.title}》定于 {record.published} 公开，现在不会生成页面"
            yield Problem("D303", record.origin.at("公开日期"), message)


def check_openness(library: Library) -> Iterator[Problem]:
    """A record that is not 主动公开 gets no page (《条例》 Art. 13–16)."""
    for record in library.records():
        if record.openness != "主动公开":
            message = f"《{record.title}》的公开属性是“{record.openness}”，不会生成页面"
            yield Problem("D304", record.origin.at("公开属性"), message)


def check_attachments(library: Library) -> Iterator[Problem]:
    """Every attachment named exists, and every file is named by something."""
    present = frozenset(file.path for file in library.files)
    left_out = {unread.file.removeprefix("content/附件/") for unread in library.unread}
    named: set[str] = set()
    for record in (*library.records(), *library.unread):
        named |= named_files(record.body, record.attachments)
        for attachment in record.attachments:
            if attachment.file not in present | left_out:
                message = f"附件文件夹里没有“{attachment.file}”"
                near = meant_file(attachment.file, present)
                hint = f"是不是“{near}”？" if near else ""
                yield Problem("D204", attachment.origin.at("文件"), message, hint=hint)
    if any(unread.vague for unread in library.unread):
        return  # it may name any of the files
    for path in sorted(present - named):
        yield Problem("D205", Place(f"content/附件/{path}"), "没有任何条目引用这个附件，不会公开")


def check_registers(library: Library) -> Iterator[Problem]:
    """What a source says was published but the site does not hold: 原文待补录."""
    held = {("年度报告", str(report.year)) for report in library.reports}
    held |= {("年度报告", file.year) for file in library.unread}
    held |= {(account.kind, str(account.year)) for account in library.accounts}
    held |= {(kind, year) for year, kind in map(_folders, library.unread)}
    for entry in library.registered:
        if (entry.kind, str(entry.year)) not in held:
            message = f"《{entry.title}》据记载已经公开，本站没有原文"
            yield Problem("D305", entry.origin.place, message)


def _folders(file: Unread) -> tuple[str, str]:
    """Year and kind of a budget or an account, which its folders state: `2016/决算/说明.md`."""
    year, kind = ("", "", *file.file.split("/"))[-3:-1]
    return year, kind


def check_rule_lists(library: Library) -> Iterator[Problem]:
    """Rules known by their titles only."""
    for group in library.rule_groups:
        message = f"“{group.name}”的 {len(group.titles)} 项制度只有名称，没有原文"
        yield Problem("D305", group.origin.place, message)
