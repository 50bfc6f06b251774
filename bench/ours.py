"""site_builder as a tool of the benchmark.

Promise: its site is an ordinary one; nothing is left out that a bureau would get.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.corpus import COLUMNS, Document
from bench.tools import MARK, ROOT, Tool, put

PROGRAM = [sys.executable, "-m", "site_builder"]
SITE = """\
site: {bureau: 示例局, name: 示例局政府信息公开, domain: example.invalid, id_code: "0000000000",
  url: https://example.invalid/, icp: 示例, police: 示例, demo: true}
contact: {office: 示例, address: 示例路, postcode: "000000", hours: 示例, phone: 0000-0000000,
  fax: 0000-0000001, email: office@example.invalid, web: 示例, supervisor: 示例}
forms: []
columns:
  - {folder: 法定主动公开内容, slug: fd, kind: catalogue, type: 信息公开目录, description: 示例,
    keywords: [目录]}
"""
COLUMN = """\
  - {{folder: 法定主动公开内容/{name}, slug: fd/{slug}, kind: documents, item: {item},
    type: 信息公开目录, description: 示例{name}, keywords: [{name}]}}
"""
FRONT = """\
---
编号: {id}
标题: {title}
索引号: 000000000/{year}-{number:06d}
文号: 示自然资发〔{year}〕{number}号
发布机构: 示例局
成文日期: {day}
公开日期: {day}
主题分类: 国土资源、能源
体裁: 公告
有效性: 现行有效
内容概述: 示例文件，内容为虚构。
{attachments}---

"""


def _lay_out(folder: Path) -> None:
    columns = "".join(COLUMN.format(slug=s, name=n, item=i) for s, n, i in COLUMNS)
    put(folder / "config.yaml", SITE + columns)
    base = (ROOT / "templates" / OURS.base.partition("/")[2]).read_text("utf-8")
    put(
        folder / OURS.base,
        base.replace("<head>", f'<head>\n<meta name="generator" content="{MARK}">'),
    )


def _source(document: Document) -> tuple[str, str]:
    name = COLUMNS[document.column][1]
    body = document.body.replace("{file}", f"附件/{document.year}/{document.id}.csv")
    attached = f"附件:\n  - {{名称: 补偿标准表, 文件: {document.year}/{document.id}.csv}}\n"
    front = FRONT.format(
        id=document.id,
        title=document.title,
        year=document.year,
        number=document.number + 1,
        day=document.day,
        attachments=attached if document.attached else "",
    )
    path = f"content/法定主动公开内容/{name}/{document.year}/{document.id}.md"
    return path, front + body.replace("{link}", f"编号:{document.linked.id}")


def _attachment(document: Document) -> str:
    return f"content/附件/{document.year}/{document.id}.csv"


def _build(folder: Path) -> list[str]:
    return [*PROGRAM, "--site", str(folder), "build", "--as-of", "2026-01-01"]


def _serve(folder: Path, port: int) -> list[str]:
    return [*PROGRAM, "--site", str(folder), "serve", "--as-of", "2026-01-01", "--port", str(port)]


OURS = Tool(
    name="site_builder",
    lay_out=_lay_out,
    source=_source,
    page=lambda document: f"wj/{document.id}.html",
    attachment=_attachment,
    build=_build,
    serve=_serve,
    base="templates/layouts/base.html",
    output="output",
    notes=(".cache",),
)
