"""Understood: what an import made of a file, in plain lines.

Promise: the year, the form, each table with its rows and figures and each chapter are named, so
that a person can see at a glance what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.sources.recognise import Report


def understood(report: Report) -> Iterator[str]:
    """One line for each thing understood."""
    yield f"年度　{report.year}"
    if report.form is not None:
        yield f"表式　{report.form.id}：《{report.form.cites.title}》（{report.form.cites}）"
    if report.table is not None:
        yield f"填报单位　{report.table.filler or '（没有写明）'}"
        for found in report.found:
            title = found.title.replace("{year}", str(report.year))
            state = f"认出 {found.of} 行中的 {found.rows} 行，{found.figures} 个数"
            yield f"表　　{title}：{state if found.rows else '没有找到'}"
    if report.sections:
        yield f"标题　{report.title or '（没有写明，导入后补上）'}"
        for section in report.sections:
            heading = section.heading or f"（没有标题）{section.text[:12]}…"
            yield f"章　　{heading}：{len(section.text)} 字"
