"""Corpus: invented documents of a bureau, as many as asked for.

Promise: the same size gives the same documents on every machine and day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

FIRST_YEAR, YEARS = 2015, 10
COLUMNS = (
    ("tzgg", "通知公告", 15),
    ("tdzs", "土地征收", 21),
    ("xzcf", "行政处罚", 6),
    ("jgzn", "机构职能", 2),
    ("ghjh", "规划计划", 3),
)
HEADINGS = (
    "总体要求",
    "工作任务",
    "办理程序",
    "征收范围",
    "补偿标准",
    "组织领导",
    "监督检查",
    "有关要求",
)
OPENINGS = ("为做好", "根据", "按照", "围绕", "结合", "针对", "对于", "关于")
SUBJECTS = (
    *(
        "土地利用总体规划",
        "征收土地补偿安置",
        "不动产登记",
        "矿产资源开采",
        "耕地保护",
        "建设用地审批",
    ),
    *(
        "政府信息公开",
        "行政执法监督",
        "地质灾害防治",
        "测绘成果管理",
        "闲置土地处置",
        "国土空间用途管制",
    ),
)
ENDINGS = (
    *("有关工作，各科室要明确责任人和完成时限", "的实施情况，由示例局会同有关单位逐项核对"),
    *("的材料，应当自收到之日起15个工作日内办结", "中发现的问题，要在30日内整改并书面报告"),
    *("的结果，通过本网站和办公场所公告栏同时公开", "所需资料，申请人可以在本局一楼窗口领取"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """One document; `{link}` and `{file}` in its body stand for addresses."""

    number: int
    column: int
    title: str
    body: str
    attached: bool

    @property
    def id(self) -> str:
        """Its 编号, and the last part of its address."""
        return f"wj-{self.number:06d}"

    @property
    def linked(self) -> Document:
        """The document that its body speaks of."""
        return document(self.number - self.number % 7) if self.number % 7 else self

    @property
    def day(self) -> str:
        """The day it was published; the numbers run through the years."""
        return f"{self.year}-{self.number % 12 + 1:02d}-{self.number % 28 + 1:02d}"

    @property
    def year(self) -> int:
        """The year of its folder and of its archive."""
        return FIRST_YEAR + self.number // len(COLUMNS) % YEARS


def corpus(size: int) -> Iterator[Document]:
    """The documents from the first to the last."""
    for number in range(size):
        yield document(number)


def document(number: int) -> Document:
    """One document by its number, the same whatever the size of the corpus."""
    random = Random(number)
    column = number % len(COLUMNS)
    title = f"关于{random.choice(SUBJECTS)}的{COLUMNS[column][1]}（示例第{number}号）"
    attached = number % 10 == 3
    return Document(number, column, title, "\n".join(_body(number, random, attached)), attached)


def _body(number: int, random: Random, attached: bool) -> Iterator[str]:
    yield f"{_sentence(random)}{_sentence(random)}\n"
    target, written = random.randint(700, 2000), 0
    for place, heading in enumerate(random.sample(HEADINGS, 4)):
        yield f"## {'一二三四'[place]}、{heading}\n"
        while written < target * (place + 1) // 4:
            part = _paragraph(random) if random.random() < 0.8 else _list(random)
            written += len(part)
            yield part
        if place == 1 and number % 4 == 0:
            yield _table(random)
    yield "办理依据见[有关文件]({link})。\n"
    if attached:
        yield "标准见[补偿标准表]({file})。\n"


def _sentence(random: Random) -> str:
    parts = (random.choice(OPENINGS), random.choice(SUBJECTS), random.choice(ENDINGS))
    return f"{''.join(parts)}，{random.choice(SUBJECTS)}{random.choice(ENDINGS)}。"


def _paragraph(random: Random) -> str:
    bold = f"**（{random.choice('一二三四五')}）{random.choice(SUBJECTS)}。**" * (
        random.random() < 0.3
    )
    return bold + "".join(_sentence(random) for _ in range(random.randint(2, 5))) + "\n"


def _list(random: Random) -> str:
    lines = [f"{n}. {random.choice(SUBJECTS)}{random.choice(ENDINGS)}；" for n in range(1, 5)]
    return "\n".join(lines) + "\n"


def _table(random: Random) -> str:
    rows = "\n".join(
        f"| 示例{n}号地块 | {random.randint(1, 900) / 100:.2f} | {random.choice(SUBJECTS)} |"
        for n in range(1, random.randint(5, 12))
    )
    return f"| 地块 | 面积（公顷） | 用途 |\n| --- | ---: | --- |\n{rows}\n"
