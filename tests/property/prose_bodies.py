"""Bodies to try: texts of the repository, and what a slip of the hand makes of them.

Promise: the same seed gives the same bodies on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from tests.sites import REPOSITORY

CHAPTER = re.compile(r"^## .*\n", re.MULTILINE)
# Every construct that pages of this kind hold, and some that they should not.
WRITTEN = (
    "为做好有关工作，现通知如下。\n\n一、加强领导。\n\n二、落实责任。\n",
    "# 一\n\n第一段。\n## 二\n第二段。\n\n### （一）三 ##\n\n#### 四\n##### 五\n###### 六\n",
    "1. 甲\n2. 乙\n3. 丙\n\n后文。\n\n2. 丁\n\n3. 戊\n4. 己\n",
    "- 甲\n- 乙\n* 丙\n+ 丁\n\n1. 戊\n\n\n\n- 己\n接着写\n",
    "- 甲\n    - 乙\n    - 丙\n\n    又一段\n- 丁\n",
    "| 地块 | 面积 | 备注 |\n| --- | ---: | :---: |\n| 甲 | 1.20 | 无 |\n| **乙** | 2 |  |\n",
    "| 甲 |\n| --- |\n| 乙 |\n\n甲 | 乙\n--- | ---\n丙 | 丁\n",
    "| a | b |\n|:--|--:|\n| 1 |\n| 1 | 2 | 3 |\n丙\n",
    "**重要**：请于**三日内**报送，见[公告](编号:TZ-1)、[表](附件/2024/表(一).csv)。\n",
    '见[网站](https://www.example.cn/a/b.html)和[附件](../fj/2024/%E8%A1%A8.csv "表")。\n',
    "![位置图](附件/图.png)\n\n[注]: https://example.invalid/\n\n[见][注]，[注]，<a@example.cn>\n",
    "　　全角空格开头的段落。\n　　第二行。\n\n　\n\n\u00a0不换行空格\u00a0\n",
    "> 引用\n> 接着\n\n---\n\n***\n\n题\n===\n\n题\n---\n",
    "`代码` 和 *斜体*、_下划_、a_b_c、5*3*2、\\*转义\\*、AT&T、&amp;、&#20013;、a < b > c\n",
    "    缩进的代码\n\n```\n围起来\n```\n\n行尾两个空格  \n换行\n",
    "<b>粗</b><script>alert(1)</script><!-- 注 --> [x](javascript:alert(1))\n",
    "第一行\r\n第二行\r\n\r\n- 甲\r\n- 乙\r\n\t缩进\r\n",
)
MARKS = (
    *("\n", "\n\n", "\n\n\n", " ", "  \n", "    ", "\t", "　", "\u00a0", "\r\n", "\r", "\ufeff"),
    *("#", "## ", "- ", "* ", "+ ", "1. ", "2. ", "０. ", "*", "**", "_", "`", "\\", "|", " | "),
    *("| --- | --- |\n", "---", "===", "> ", "[", "]", "(", ")", "![", "](", "](编号:TZ-1)", "]: "),
    *("<", ">", "&", "&amp;", "&#60;", "<b>", "</td>", "<script>", '"', "'", ":", "甲", "。", "0"),
    *("javascript:", "https://", "http://1.2.3.4.5/", "\u2028", "\u200b", "\x0b", "\x1c", "\x00"),
    *("\x02", "\x85", "\u3000\n", "{{ x }}", "⁹", "\ufffe", "ﬁ", "𠮷", "~~~\n"),
)
LINES = (
    *(
        "- 甲",
        "* 乙",
        "1. 丙",
        "3. 丁",
        "０１. 戊",
        "+ **己**",
        "- ",
        "## 一",
        "#二 ",
        "### 三 #",
        "四。",
    ),
    *(
        "**五**六",
        "　　七",
        "[八](a/b)",
        "| a | b |",
        "| --- | :-: |",
        "| - |",
        "| 九 |",
        "|",
        "---",
    ),
    *(
        "",
        "",
        "　",
        " ",
        "=",
        "- - x",
        "1. # 十",
        "C#语言",
        "- 甲\n续",
        "**十一** [十二](编号:TZ-1)",
    ),
    *(
        "\u00a0",
        "\u00a0十三\u00a0",
        "- \u00a0",
        "1.十四",
        "a|b",
        "三\n二\n一",
        "!",
        "!!",
        "*",
        "+1",
        "-1",
    ),
    *(
        "_十五_ _十六_",
        "** 十七**",
        "**十八 ** 十九**",
        "[ 二十](a)",
        "*二一*",
        "**二二**[二三](a)**二四**",
    ),
    "| 　甲 | \u00a0 |\n| -- | --: |\n| 　 | 乙　| 丙 |",
)


def bodies(count: int, *, seed: int) -> Iterator[str]:
    """That many bodies: each text as it is, then texts with slips, every third put together."""
    random = Random(seed)
    texts = originals()
    yield from texts[:count]
    for number in range(count - len(texts)):
        together = number % 3 == 0
        text = _put_together(random) if together else random.choice(texts)
        for _ in range(random.randint(0, 1) if together else random.randint(1, 6)):
            text = random.choice(SLIPS)(text, random)
        yield text


def originals() -> tuple[str, ...]:
    """Chapters of content/ and of the demonstration as the pages show them, and those above."""
    files = sorted(
        (*(REPOSITORY / "content").rglob("*.md"), *(REPOSITORY / "examples").rglob("*.md"))
    )
    texts = [file.read_text("utf-8").partition("\n---\n")[2] for file in files]
    chapters = {chapter for text in texts for chapter in CHAPTER.split(text)}
    short = sorted(chapter for chapter in chapters if len(chapter) < 1500)
    return (*WRITTEN, *WRITTEN, *WRITTEN, *short)


def _put_together(random: Random) -> str:
    pieces = random.choices(LINES, k=random.randint(1, 9))
    return "".join(piece + random.choice(("\n", "\n", "\n\n", "\n\n\n")) for piece in pieces)


def _insert_a_mark(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return text[:place] + random.choice(MARKS) + text[place:]


def _insert_any_character(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    number = random.randrange(random.choice((0x80, 0x3100, 0xD800)))
    return text[:place] + chr(number) + text[place:]


def _begin_a_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    place = random.randrange(len(lines))
    lines[place] = random.choice(MARKS) + lines[place]
    return "\n".join(lines)


def _delete_characters(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return text[:place] + text[place + random.randint(1, 3) :]


def _swap_characters(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return text[:place] + text[place : place + 2][::-1] + text[place + 2 :]


def _repeat_characters(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return text[:place] + text[place : place + 4] + text[place:]


def _delete_a_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    del lines[random.randrange(len(lines))]
    return "\n".join(lines)


def _repeat_a_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    lines.insert(random.randint(0, len(lines)), random.choice(lines))
    return "\n".join(lines)


def _swap_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _mark_a_stretch(text: str, random: Random) -> str:
    start = random.randint(0, len(text))
    end = start + random.randint(0, 12)
    before, after = random.choice(
        (("**", "**"), ("[", "](编号:TZ-1)"), ("*", "*"), ("[", "](a/b)"))
    )
    return text[:start] + before + text[start:end] + after + text[end:]


def _add_another_text(text: str, random: Random) -> str:
    return text + random.choice(("", "\n", "\n\n", "\n\n\n")) + random.choice(WRITTEN)


SLIPS: tuple[Callable[[str, Random], str], ...] = (
    _insert_a_mark,
    _insert_a_mark,
    _insert_any_character,
    _begin_a_line,
    _delete_characters,
    _swap_characters,
    _repeat_characters,
    _delete_a_line,
    _repeat_a_line,
    _swap_lines,
    _mark_a_stretch,
    _add_another_text,
)
