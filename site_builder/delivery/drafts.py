"""Drafts: the text of a report's files as a clerk would write them.

Promise: what is written reads back as the same record; a fact that is not known is an empty line,
and no file that stands there already is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from site_builder.model.disclosure import Account, AnnualReport, Section
from site_builder.model.fields import labelled
from site_builder.model.tables import Form, FormTable, Row, Table

REPORT, STATISTICS = "报告.md", "统计.yaml"
OWN = "本项"  # the key of a row's own figures where it has parts
PLAIN = re.compile(r"[\w（《“—/][^\n\t\"'：]*")
SPECIAL = re.compile(r": |:$| #")
IN_LIST = re.compile(r"[\[\]{},]")


class AlreadyThere(Exception):
    """A file that would be written exists; its argument is the path inside the site."""


def report_text(
    given: Mapping[str, str],
    sections: tuple[Section, ...],
    *,
    record: type[AnnualReport | Account] = AnnualReport,
) -> str:
    """报告.md or 说明.md: every field of the record, those not given empty, and the sections."""
    lines = ["---"]
    lines += [_entry(label, given.get(label, "")) for label in labelled(record)]
    lines.append("---")
    for section in sections:
        if section.heading:
            lines += ["", f"## {section.heading}"]
        elif section is not sections[0]:
            lines += ["", "---"]
        if section.text:
            lines += ["", section.text]
    return "\n".join(lines) + "\n"


def statistics_text(
    form: Form, table: Table, *, chosen: bool = False, explained: bool = False
) -> str:
    """统计.yaml: every table and row of a form under its official labels, with a year's figures.

    `chosen` names the form in the file; `explained` says above each table what its columns are.
    """
    lines = [_entry("年度", str(table.year)), _entry("填报单位", table.filler)]
    if chosen:
        lines.append(_entry("表式", form.id))
    lines.append("统计数:")
    for part in form.tables:
        several = len(form.tables) > 1
        if several:
            lines.append(f"  {_key(part.title)}:")
        depth = 2 if several else 1
        if explained and len(part.leaves()) > 1:
            lines.append("  " * depth + f"# {_explanation(part)}")
        lines += _rows(part, part.rows, table=table, depth=depth)
    return "\n".join(lines) + "\n"


def write_new(root: Path, folder: str, *, texts: Mapping[str, str | bytes]) -> tuple[str, ...]:
    """Write files into a folder of the site; raises AlreadyThere before the first is written.

    A year has one file of figures, so 统计.xlsx keeps 统计.yaml from being written.
    """
    target = root / folder
    for name in texts:
        stem, suffix = Path(name).stem, Path(name).suffix
        rivals = target.glob(f"{stem}.*") if suffix == ".yaml" else target.glob(name)
        for rival in sorted(rivals):
            raise AlreadyThere(f"{folder}/{rival.name}")
    target.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        with (target / name).open("xb") as stream:
            stream.write(text.encode() if isinstance(text, str) else text)
    return tuple(f"{folder}/{name}" for name in texts)


def _explanation(part: FormTable) -> str:
    names = tuple("／".join(column.label for column in path) for path in part.paths())
    return f"每行写 {len(names)} 个数，放在方括号里，用逗号和空格隔开，依次是：{'、'.join(names)}"


def _rows(part: FormTable, rows: tuple[Row, ...], *, table: Table, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for row in rows:
        key = _key(table.wordings.get(row.id, row.label))
        own = "" if row.type == "heading" else _figures(part, row, table=table)
        if not row.rows:
            yield f"{indent}{key}:{own}"
            continue
        yield f"{indent}{key}:"
        if row.type != "heading":
            yield f"{indent}  {OWN}:{own}"
        yield from _rows(part, row.rows, table=table, depth=depth + 1)


def _figures(part: FormTable, row: Row, *, table: Table) -> str:
    """` 5`, ` [5, 0]`, or nothing where every cell is blank."""
    cells = (table.cells.get((row.id, column.id)) for column in part.leaves())
    texts = [cell.text if cell else "" for cell in cells]
    if not any(texts):
        return ""
    if len(texts) == 1:
        return f" {_scalar(texts[0])}"
    return " [" + ", ".join(_scalar(text, in_list=True) for text in texts) + "]"


def _entry(label: str, text: str) -> str:
    return f"{label}: {_scalar(text)}" if text else f"{label}:"


def _key(text: str) -> str:
    return text if _is_plain(text) or re.match(r"[(（]", text) else _quoted(text)


def _scalar(text: str, *, in_list: bool = False) -> str:
    if ":" in text or (in_list and IN_LIST.search(text)):
        return _quoted(text)
    return text if _is_plain(text) else _quoted(text)


def _is_plain(text: str) -> bool:
    """Whether YAML reads the text as itself without quotes, signed numbers among them."""
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
        return True
    return bool(PLAIN.fullmatch(text)) and not SPECIAL.search(text) and text == text.strip()


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'
