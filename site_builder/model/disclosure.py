"""Disclosure records: documents, annual reports, registers and lists of rules.

Promise: one record is one thing the bureau published, as its files state it. What the files do
not say is empty here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from urllib.parse import unquote

from site_builder.model.fields import Origin, clerk, origin_field
from site_builder.model.tables import Table
from site_builder.problems import Place

Openness = Literal["主动公开", "依申请公开", "不予公开"]
Validity = Literal["现行有效", "已修改", "已废止", "已失效", "尚未施行"]
TO_FILL = "【待填写】"  # begins an invitation in a new file; nothing that holds it is published
LINKED_FILE = r"\]\(\s*<?附件/((?:[^()>\s]|\([^()\s]*\))+)"
AccountKind = Literal["预算", "决算"]
RegisterKind = Literal["年度报告", "决算", "预算"]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of Markdown under one second-level heading; the heading may be empty.

    `place` is that of the heading (of the text where there is none), `text_line` the file's line
    on which the text begins.
    """

    heading: str
    text: str
    place: Place = field(default=Place(""), compare=False)
    text_line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file published with a document; `file` is its path inside `content/附件`."""

    title: str = clerk("名称")
    file: str = clerk("文件")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """What was corrected in a published document, and when; former notes are never removed."""

    day: date = clerk("日期")
    text: str = clerk("说明")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a finding of the privacy scan may stand: signed off by those who review the item.

    `words` narrows it to findings that hold these words; empty: every finding of the rule.
    """

    rule: str = clerk("规则", about="检查时写出的代码，如 V102")
    reason: str = clerk("理由", about="为什么可以公开；这一条不会印在网页上")
    words: str = clerk("内容", "", about="只豁免含有这些字的地方；空着就是这一条规则的全部")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Document:
    """A catalogued document (《条例》 Art. 12: 索引、名称、内容概述、生成日期)."""

    id: str = clerk("编号", about="本网站内不变的标识，网址由它得来")
    title: str = clerk("标题")
    index_number: str = clerk("索引号", "")
    number: str = clerk("文号", "", about="如 国办发〔2017〕47号")
    issuer: str = clerk("发布机构", "")
    issued: date | None = clerk("成文日期", None)
    published: date | None = clerk("公开日期", None)
    delay: str = clerk("迟延说明", "", about="为什么晚于期限公开，写在义务台账上")
    topic: str = clerk("主题分类", "")
    genre: str = clerk("体裁", "")
    openness: Openness = clerk("公开属性", "主动公开")
    validity: Validity | None = clerk("有效性", None)
    joint: tuple[str, ...] = clerk("联合发文机关", ())
    effective: date | None = clerk("实施日期", None)
    ended: date | None = clerk("废止日期", None, about="废止或者失效的日期")
    ended_by: str = clerk("废止依据", "", about="废止或者宣布失效的文件的名称和文号")
    amends: tuple[str, ...] = clerk("修改", (), about="本文件修改的文件的编号")
    repeals: tuple[str, ...] = clerk("废止", (), about="本文件废止的文件的编号")
    interprets: tuple[str, ...] = clerk("解读", (), about="本篇解读的文件的编号")
    reason: str = clerk("不公开理由", "", about="公开属性不是主动公开时写明依据哪一条")
    changes: tuple[ChangeNote, ...] = clerk("更正", (), about="公开以后改过什么，每次一条")
    standard_items: tuple[str, ...] = clerk(
        "公开事项", (), about="对应公开标准目录的哪几行，写序号，如 [1, 4]"
    )
    summary: str = clerk("内容概述", "")
    waivers: tuple[Waiver, ...] = clerk("豁免", (), about="隐私和保密检查指出、但可以公开的地方")
    provenance: str = clerk("来源", "", about="文字从哪里来")
    attachments: tuple[Attachment, ...] = clerk("附件", ())
    body: tuple[Section, ...] = ()
    column: str = ""
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """政府信息公开工作年度报告 of one year, with its statistics table where there is one."""

    id: str = clerk("编号")
    title: str = clerk("标题")
    year: int = clerk("年度")
    index_number: str = clerk("索引号", "")
    issuer: str = clerk("发布机构", "")
    issued: date | None = clerk("成文日期", None)
    published: date | None = clerk("公开日期", None)
    delay: str = clerk("迟延说明", "", about="为什么晚于期限公开，写在义务台账上")
    openness: Openness = clerk("公开属性", "主动公开")
    changes: tuple[ChangeNote, ...] = clerk("更正", (), about="公开以后改过什么，每次一条")
    summary: str = clerk("内容概述", "")
    waivers: tuple[Waiver, ...] = clerk("豁免", (), about="隐私和保密检查指出、但可以公开的地方")
    provenance: str = clerk("来源", "", about="文字从哪里来")
    attachments: tuple[Attachment, ...] = clerk("附件", ())
    body: tuple[Section, ...] = ()
    table: Table | None = None
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Difference:
    """Why two documents differ where they should agree: an adjusted 年初结转, for example."""

    rule: str = clerk("规则", about="检查时写出的规则编号，如 X1")
    reason: str = clerk("理由", about="为什么与另一份文件不同，印在网页上")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Account:
    """部门预算 or 部门决算 of one year: its explanation, and its tables as one filled-in form.

    `approved` is the day of the finance office's approval, from which the twenty days of 《预算法》
    Art. 14 are counted.
    """

    id: str = clerk("编号")
    title: str = clerk("标题")
    year: int = clerk("年度")
    kind: AccountKind = clerk("种类")
    index_number: str = clerk("索引号", "")
    issuer: str = clerk("发布机构", "")
    approved: date | None = clerk("批复日期", None, about="财政部门批复本部门预算、决算的日期")
    approval: str = clerk("批复文号", "", about="批复的文号")
    issued: date | None = clerk("成文日期", None)
    published: date | None = clerk("公开日期", None)
    delay: str = clerk("迟延说明", "", about="为什么晚于期限公开，写在义务台账上")
    openness: Openness = clerk("公开属性", "主动公开")
    changes: tuple[ChangeNote, ...] = clerk("更正", (), about="公开以后改过什么，每次一条")
    summary: str = clerk("内容概述", "")
    waivers: tuple[Waiver, ...] = clerk("豁免", (), about="隐私和保密检查指出、但可以公开的地方")
    provenance: str = clerk("来源", "", about="文字从哪里来")
    differences: tuple[Difference, ...] = clerk("差异说明", (), about="与上年决算、当年预算的差异")
    attachments: tuple[Attachment, ...] = clerk("附件", ())
    body: tuple[Section, ...] = ()
    table: Table | None = None
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """Something a source says was published, whether or not its text is held here."""

    year: int = clerk("年度")
    kind: RegisterKind = clerk("种类")
    title: str = clerk("标题")
    provenance: str = ""
    remark: str = ""
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Register:
    """登记.yaml: what one source says of past publications."""

    provenance: str = clerk("出处", about="哪一份材料的哪一处记载")
    entries: tuple[RegisterEntry, ...] = clerk("登记")
    remark: str = clerk("备注", "", about="登记时不确定的事，印在目录页上")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """A list of rules (制度) named by a source; their texts are not held."""

    name: str = clerk("名称")
    provenance: str = clerk("出处")
    titles: tuple[str, ...] = clerk("条目")
    remark: str = clerk("备注", "")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class RuleList:
    """制度目录.yaml: the groups of rules, in order."""

    groups: tuple[RuleGroup, ...] = clerk("目录")
    origin: Origin = origin_field()


Record = Document | AnnualReport | Account


def named_files(body: tuple[Section, ...], attachments: tuple[Attachment, ...]) -> frozenset[str]:
    """The files of `content/附件` that a record lists, or links to in its text."""
    text = "\n".join(section.text for section in body)
    linked = re.findall(LINKED_FILE, text) if "附件/" in text else ()
    return frozenset((*(a.file for a in attachments), *map(unquote, linked)))
