"""The reference pages: problem codes, config keys, clerk's fields and official forms.

Promise: every page is made from the same data the program runs on, so it cannot fall behind; run
`python docs/generate.py` after a change.
"""

from __future__ import annotations

import sys
from dataclasses import MISSING
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # works from a checkout that is not installed

from site_builder.model import (  # noqa: E402  # after the path is set
    disclosure,
    form_rules,
    published,
    requests,
    review,
    site,
    standard_items,
    tables,
    target,
    wording,
)
from site_builder.model.fields import labelled  # noqa: E402  # after the path is set
from site_builder.problems import Severity, catalogue  # noqa: E402  # after the path is set
from site_builder.sources.forms import load_forms  # noqa: E402  # after the path is set
from site_builder.sources.statistics import Head  # noqa: E402  # after the path is set

FAMILIES = {
    "C": "config.yaml",
    "F": "文件和书写",
    "D": "条目",
    "T": "统计表和表式",
    "S": "审签和登记簿",
    "V": "隐私和保密",
    "P": "网址和模板",
    "O": "生成的网页",
}
CONFIG = {
    "site": site.Identity,
    "contact": site.Contact,
    "columns（每一栏）": site.Column,
    "not_applicable（每一项）": site.NotApplicable,
    "publish（每一处）": target.Target,
    "shell": site.Shell,
    "obligations": site.Obligations,
    "review": site.Review,
    "review 的 steps（每一步）": site.ReviewStep,
}
FILES = {
    "文件（栏目文件夹里的 .md）": disclosure.Document,
    "年度报告（报告.md）": disclosure.AnnualReport,
    "预算、决算（说明.md）": disclosure.Account,
    "预算、决算的每一项差异说明": disclosure.Difference,
    "附件（“附件”里的每一项）": disclosure.Attachment,
    "更正的每一项": disclosure.ChangeNote,
    "移动、撤下的每一项（发布记录里的变更.yaml）": published.AddressChange,
    "豁免的每一项": disclosure.Waiver,
    "统计表（统计.yaml）": Head,
    "登记（登记.yaml）": disclosure.Register,
    "登记的每一项": disclosure.RegisterEntry,
    "制度目录的每一组（制度目录.yaml）": disclosure.RuleGroup,
    "公开标准目录（公开标准目录.yaml）": standard_items.StandardItems,
    "公开标准目录的每一项": standard_items.StandardItem,
    "审签的每一步（审签.yaml、文件名.审签.yaml）": review.Step,
    "依申请公开登记簿的每一件（登记/依申请公开.yaml，不在 content/ 里）": requests.Request,
    "用词的每一项（content/用词.yaml）": wording.OwnWord,
}
TYPES: dict[Any, str] = {str: "文字", int: "整数", bool: "true 或 false", date: "日期"}
RELATIONS = {
    "sums": "＝",
    "balance": "＝",
    "at_most": "≤",
    "requires": "＞0 时应有",
    "carry": "＝ 上年的",
}
RELATIONS_HEAD = ("| 规则 | 关系 | 前提 | 不符时 |", "| --- | --- | --- | --- |")
RELATION_KINDS = {"equal": "sums", "at_most": "at_most"}
LEVELS = {"must": "错误", "warn": "警告", "note": "提示"}


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    return {
        "problems.md": problems_page(),
        "config.md": config_page(),
        "fields.md": fields_page(),
        "forms.md": forms_page(),
    }


def problems_page() -> str:
    """docs/problems.md: the catalogue of problem codes."""
    lines = ["# 问题代码", "", "命令 `site-builder explain 代码` 显示同样的内容。"]
    for letter, name in FAMILIES.items():
        lines += ["", f"## {letter} {name}"]
        for code, entry in catalogue().items():
            if code.startswith(letter):
                lines += ["", f"### {code} {entry.title}", "", f"{_weight(entry.severity)}。"]
                lines += [entry.advice.strip(), "", "```", entry.example.rstrip(), "```"]
                lines += ["", f"依据：{entry.basis}"] if entry.basis else []
    return "\n".join(lines) + "\n"


def config_page() -> str:
    """docs/config.md: the keys of config.yaml."""
    lines = ["# config.yaml 各项", "", *_field_table(site.SiteConfig)]
    for name, record in CONFIG.items():
        lines += ["", f"## {name}", "", *_field_table(record)]
    return "\n".join(lines) + "\n"


def fields_page() -> str:
    """docs/fields.md: what clerks may write in each kind of file."""
    lines = ["# content/ 各种文件的填写项"]
    for name, record in FILES.items():
        lines += ["", f"## {name}", "", *_field_table(record)]
    return "\n".join(lines) + "\n"


def forms_page() -> str:
    """docs/forms.md: rows and rules of the official forms."""
    additions = ("neimenggu-mengshi", "budget-performance", "budget-procurement")
    forms, _ = load_forms(HERE / "none", additions)
    lines = ["# 官方表式", "", "行编号是本产品的编号；名称和单位照官方表式，地方表式照见到的表样。"]
    for form in forms:
        lines += ["", f"## {form.id}（{form.since}–{form.until} 年度）", "", f"来源：{form.cites}"]
        if form.region:
            words = f"地方表式（{form.region}），不是全国统一的表式："
            lines += ["", f"{words}只有在 `统计.yaml` 里写明 `表式: {form.id}` 才采用。"]
        for table in form.tables:
            lines += [
                "",
                f"### {table.title}",
                "",
                "| 行 | 统计指标 | 单位 | 类型 |",
                "| --- | --- | --- | --- |",
            ]
            lines += [_row(depth, row) for depth, row in table.walk()]
            lines += ["", "| 规则 | 关系 | 不符时 |", "| --- | --- | --- |"]
            lines += [_rule(rule) for rule in table.rules]
        if form.relations:
            lines += ["", "### 表与表、文件与文件的关系", "", *RELATIONS_HEAD]
            lines += [_relation(relation) for relation in form.relations]
    return "\n".join(lines) + "\n"


def _weight(severity: Severity) -> str:
    stops = "，不改正就不能生成" if severity is Severity.ERROR else ""
    return f"{severity}{stops}"


def _field_table(record: type[Any]) -> list[str]:
    hints = get_type_hints(record)
    rows = ["| 名称 | 内容 | 必填 | 说明 |", "| --- | --- | --- | --- |"]
    for label, field in labelled(record).items():
        required = "是" if field.default is MISSING else ""
        about = field.metadata["about"]
        rows.append(f"| {label} | {_type(hints[field.name])} | {required} | {about} |")
    return rows


def _type(hint: Any) -> str:
    if hint in TYPES:
        return TYPES[hint]
    parts = get_args(hint)
    if get_origin(hint) is tuple:
        return "列表"
    if parts and all(isinstance(part, str) for part in parts):
        return "、".join(parts)
    return _type(parts[0]) if parts else "下一级"


def _row(depth: int, row: tables.Row) -> str:
    return f"| {row.id} | {'　' * depth}{row.label} | {row.unit} | {row.type} |"


def _rule(rule: form_rules.Rule) -> str:
    right = "＋".join((*rule.that, *rule.plus)) or "0"
    right += "".join(f"－{id}" for id in rule.less)
    relation = f"{'＋'.join(rule.this)} {RELATIONS[rule.kind]} {right}"
    return f"| {rule.id} | {relation} | {LEVELS[rule.level]} {rule.why} |"


def _relation(relation: form_rules.Relation) -> str:
    """A relation between cells, which are written `行/列`; `.*` is every coded row."""
    sides = [" ＋ ".join(f"`{cell}`" for cell in side) for side in (relation.this, relation.that)]
    given = " ＝ ".join(f"`{cell}`" for cell in relation.given)
    text = f" {RELATIONS[RELATION_KINDS[relation.kind]]} ".join(sides)
    return f"| {relation.id} | {text} | {given} | {LEVELS[relation.level]} {relation.why} |"


if __name__ == "__main__":
    for file, text in pages().items():
        (HERE / file).write_text(text, encoding="utf-8")
