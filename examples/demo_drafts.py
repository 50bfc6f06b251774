"""Documents of the demonstration before they have numbers, and how they are written down.

Promise: 文号 and 索引号 count in the order of the dates, without gap or repetition, and every
document is published within twenty working days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

BUREAU = "示例市自然资源局"
ROOT = "content/法定主动公开内容"
CODE = "000000000"  # of the organisation; 0 is also its check digit
INVENTED = "示例文件，内容为虚构。"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a document."""

    title: str
    suffix: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A document without its numbers; `series` is the 代字 of its 文号, `more` further fields."""

    column: str
    id: str
    title: str
    genre: str
    issued: date
    published: date
    body: str
    summary: str
    series: str = ""
    topic: str = "国土资源、能源"
    validity: str = ""  # stated of rules alone: what is told once is not in force
    more: tuple[str, ...] = ()
    enclosed: tuple[Enclosure, ...] = field(default=())


def day(rng: Random, year: int, month: int = 0) -> date:
    """A working day of a year, or of one of its months."""
    return working(date(year, month or rng.randint(1, 10), rng.randint(2, 24)))


def working(found: date) -> date:
    """The day itself, or the Monday after it."""
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() >= SATURDAY else 0)


def soon(rng: Random, issued: date) -> date:
    """When a document of a day was published: some days later."""
    return working(issued + timedelta(days=rng.randint(1, 9)))


def chapters(parts: Iterable[tuple[str, str]]) -> str:
    """Text under numbered headings."""
    ordinals = "一二三四五六七八九十"
    numbered = zip(ordinals, parts, strict=False)
    return "\n\n".join(f"## {n}、{heading}\n\n{text}" for n, (heading, text) in numbered)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; the first column is text, the others are figures."""
    marks = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (head, marks, *rows))


def ordered(items: Iterable[str]) -> str:
    """A numbered list in Markdown."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def link(title: str, id: str) -> str:
    """A link to another document by its 编号."""
    return f"[{title}](编号:{id})"


def written(drafts: Iterable[Draft]) -> Iterator[tuple[str, str | bytes]]:
    """The files of all drafts, with their numbers."""
    serials: Counter[tuple[str, int]] = Counter()
    for draft in sorted(drafts, key=lambda d: (d.issued, d.id)):
        year = draft.issued.year
        serials[draft.series, year] += 1
        serials[CODE, year] += 1
        number = f"{draft.series}〔{year}〕{serials[draft.series, year]}号" if draft.series else ""
        index = f"{CODE}/{year}-{serials[CODE, year]:05}"
        folder = draft.column if draft.column.startswith("content/") else f"{ROOT}/{draft.column}"
        yield f"{folder}/{year}/{draft.id}.md", _text(draft, index=index, number=number)
        for path, enclosure in _places(draft):
            yield f"content/附件/{path}", enclosure.content


def _text(draft: Draft, *, index: str, number: str) -> str:
    fields = (
        f"编号: {draft.id}",
        f"标题: {draft.title}",
        f"索引号: {index}",
        *((f"文号: {number}",) if number else ()),
        f"发布机构: {BUREAU}",
        f"成文日期: {draft.issued}",
        f"公开日期: {draft.published}",
        f"主题分类: {draft.topic}",
        f"体裁: {draft.genre}",
        *((f"有效性: {draft.validity}",) if draft.validity else ()),
        *draft.more,
        f"内容概述: {INVENTED}{draft.summary}",
        *_enclosures(draft),
    )
    return "---\n" + "\n".join(fields) + f"\n---\n\n{draft.body}\n"


def _enclosures(draft: Draft) -> Iterator[str]:
    if draft.enclosed:
        yield "附件:"
    for path, enclosure in _places(draft):
        yield f"  - {{名称: {enclosure.title}, 文件: {path}}}"


def _places(draft: Draft) -> Iterator[tuple[str, Enclosure]]:
    """Each enclosure with its path inside the folder of attachments."""
    for number, enclosure in enumerate(draft.enclosed, 1):
        yield f"{draft.issued.year}/{draft.id}-{number}.{enclosure.suffix}", enclosure
