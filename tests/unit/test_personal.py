"""Personal numbers in texts: every spelling is seen, and nothing else is taken for one."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from site_builder.model.personal import find_personal, identity_check, masked, passes_luhn
from site_builder.sources.load import load
from tests.sites import AS_OF, DEMO


def identity(chance: random.Random) -> str:
    """A number whose check character holds, of a day in the past."""
    region = chance.choice(["110101", "150102", "320106", "440305", "540102", "650103"])
    day = f"{chance.randint(1930, 2019)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    number = f"{region}{day}{chance.randint(0, 999):03}"
    return number + identity_check(number)


def phone(chance: random.Random) -> str:
    return f"1{chance.choice('3456789')}{chance.randint(0, 999_999_999):09}"


def card(chance: random.Random) -> str:
    start = f"62{chance.randint(10**15, 10**16 - 1)}"
    return next(f"{start}{d}" for d in range(10) if passes_luhn(f"{start}{d}"))


def in_groups(number: str) -> list[int]:
    return {11: [3, 4, 4], 18: [6, 8, 4]}.get(len(number), [4] * (len(number) // 4) + [3])


def grouped(number: str, between: str) -> str:
    parts, at = [], 0
    for size in in_groups(number):
        parts.append(number[at : at + size])
        at += size
    return between.join(filter(None, parts))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda n: n,
    "full width": lambda n: "".join(chr(ord(c) + 0xFEE0) for c in n),
    "in groups": lambda n: grouped(n, " "),
    "digit by digit": " ".join,
    "with hyphens": lambda n: grouped(n, "-"),
    "over two lines": lambda n: f"{n[:7]}\n{n[7:]}",
    "with an invisible character": lambda n: f"{n[:5]}\u200b{n[5:]}" if len(n) > 11 else n,
    "in bold groups, full-width blanks": lambda n: f"**{grouped(n, '　')}**",
}
POSITIONS = {
    "alone": "{}",
    "at the beginning": "{}，请核对。",
    "at the end": "其银行卡号、证件号或者电话是{}",
    "in brackets": "示例甲（{}）已经签字。",
    "after letters": "编号SFZ：{}。",
    "in a list": "- 示例乙 {}\n- 示例丙",
    "before a unit of time": "{} 2024年3月",
    "between two others": "2023 年、{}、2024 年",
    "in quotes": "“{}”",
    "after a colon": "联系:{};",
    "in a link": "[查询](https://example.invalid/?id={})",
    "in a table": "| 示例甲 | {} | 1.20 |",
}


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    ("kind", "drawn"), [("身份证号", identity), ("手机号", phone), ("银行卡号", card)]
)
def test_a_number_is_seen_in_every_spelling_and_position(
    kind: str, drawn: Callable[[random.Random], str], spelling: str, position: str
) -> None:
    chance = random.Random(f"{kind}{spelling}{position}")
    for _ in range(3):
        number = drawn(chance)
        text = POSITIONS[position].format(SPELLINGS[spelling](number))
        found = list(find_personal(text, "银行账号" if kind == "银行卡号" else ""))
        assert [item.kind for item in found] == [kind], text
        assert masked(text[found[0].start : found[0].end])[:3] == number[:3]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码 113417020032563511，索引号 113417020032563511/202504-00057",
        "不动产单元号 150102001001GB00001F00010001、1501020010010000010000100010",
        "收入合计 13575394432.52 元，其中 13800000000.00 元",
        "2015 2016 2017 2018 2019 2020 2021",
        "身份证号 110101********1233，电话 138****5678",
        "| 1234 | 5678 | 9012 | 3456 | 7890 |",
        "项目代码 2017-150102-47-03-012345",
        "银行账号 6222 0200 0000 0000 001",
        "110101199013321233 和 110101199003071230",
        "电话 0471-12345678",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert [text[p.start : p.end] for p in find_personal(text)] == []


def test_an_old_number_of_fifteen_digits_counts_where_a_word_says_what_it_is() -> None:
    assert [p.kind for p in find_personal("身份证：110101900307123")] == ["身份证号"]
    assert [p.kind for p in find_personal("110101900307123", "公民身份号码")] == ["身份证号"]
    assert list(find_personal("项目编号 110101900307123")) == []


def test_a_thousand_clean_pages_raise_no_alarm() -> None:
    library, _ = load(DEMO, AS_OF)
    assert library is not None
    texts = [section.text for record in library.records() for section in record.body]
    chance = random.Random(1000)
    pages = ["\n".join(chance.sample(texts, min(4, len(texts)))) for _ in range(1000)]
    alarms = [page for page in pages if list(find_personal(page))]
    assert alarms == []
