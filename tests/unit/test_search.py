"""The site's own search: its scripts find exactly what a scan of the sources finds."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import asdict, dataclass
from datetime import date
from html import unescape
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from re import findall, sub
from typing import Any

import pytest

from site_builder.model.folding import fold, words
from site_builder.model.search import Entry, shards_for
from site_builder.pages import routes
from site_builder.pipeline import Site
from site_builder.render.prose import prose
from site_builder.render.search import body_of
from site_builder.render.search_text import visible
from site_builder.sources.load import load
from tests.sites import AS_OF, DEMO, REPOSITORY, SMALL, another, built, copy_of, replace_in
from tests.unit.search_indexes import SYLLABLES, invented, written

PROGRAM = REPOSITORY / "tests" / "search_in_node.js"
SCRIPTS = REPOSITORY / "templates" / "assets" / "js"
VECTORS = json.loads((REPOSITORY / "tests/golden/folding.json").read_text(encoding="utf-8"))
NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
ONE_QUERY = 300_000  # bytes, for ten hits with their texts


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the column and year chosen with it."""

    query: str
    column: str = ""
    year: str = ""


def node(*arguments: str, given: str = "") -> Any:
    program = shutil.which("node")
    if program is None:
        pytest.fail("Node is missing; tests/setup.sh installs it", pytrace=False)
    command = [program, str(PROGRAM), str(SCRIPTS), *arguments]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def answers(
    asked: list[tuple[Path, Asked]], folder: Path, *, whole: bool = True
) -> list[dict[str, Any]]:
    tasks = [{"folder": str(where), "whole": whole, **asdict(a)} for where, a in asked]
    file = folder / "tasks.json"
    file.write_text(json.dumps(tasks), encoding="utf-8")
    found: list[dict[str, Any]] = node(str(file))
    return found


def scanned(entries: tuple[Entry, ...], asked: Asked) -> list[str]:
    """What a reader of all sources would name, in the order promised."""
    sought = words(asked.query)
    texts = [(e, fold(e.title), fold(f"{e.title}\n{body_of(e)}")) for e in reversed(entries)]
    hits = [
        (all(word in title for word in sought), e.path)
        for e, title, text in texts
        if all(word in text for word in sought)
        and asked.column in ("", f"c{e.column}")
        and asked.year in ("", e.day[:4])
    ]
    return [path for titled in (True, False) for found, path in hits if found is titled]


def queries(chance: Random, letters: str) -> list[Asked]:
    made = []
    for length in (1, 2, 3, 4, 5, 7):
        query = "".join(chance.choices(letters, k=length))
        other = "".join(chance.choices(letters, k=2))
        made += [Asked(query), Asked(f"{query}　{other}"), Asked(query, column="c1")]
        made += [Asked(query, year="2016"), Asked(query, column="c2", year="2024")]
    return [asked for asked in made if words(asked.query)]


def test_words_are_folded_as_the_examples_say() -> None:
    assert [[text, fold(text)] for text, _ in VECTORS] == VECTORS


def test_the_browser_folds_words_in_the_same_way() -> None:
    assert node(given=json.dumps([text for text, _ in VECTORS])) == [f for _, f in VECTORS]


def test_common_characters_fold_alike_one_by_one_in_python_and_in_the_browser() -> None:
    blocks = (range(0x250), range(0x2000, 0x2070), range(0x3000, 0x3400), range(0xFE30, 0xFFE7))
    characters = [chr(n) for block in blocks for n in block]
    assert node(given=json.dumps(characters)) == [fold(c) for c in characters]


def test_exactly_the_entries_that_hold_the_words_are_found_in_the_order_promised(
    tmp_path: Path,
) -> None:
    asked: list[tuple[Path, Asked]] = []
    expected = []
    for number in range(12):
        chance = Random(number)
        letters = SYLLABLES[: chance.choice((3, 6, len(SYLLABLES)))]
        count = chance.choice((1, 7, 60, 800))
        entries = invented(chance, count, letters=letters, length=chance.choice((6, 40)))
        folder = written(entries, tmp_path / str(number))
        for one in queries(chance, letters):
            asked.append((folder, one))
            expected.append(scanned(entries, one))
    results = answers(asked, tmp_path)
    wrong = {
        f"{where.name} {one}": (result["found"], right)
        for (where, one), result, right in zip(asked, results, expected, strict=True)
        if result["found"] != right or result["promised"] not in (None, len(right))
    }
    assert len(asked) > 300
    assert wrong == {}


def test_entries_far_apart_in_a_large_index_are_found(tmp_path: Path) -> None:
    rare = (4, 1500, 6998)
    entries = tuple(
        Entry("甲" if n in rare else "", f"wj/{n:04}.html", "", 0, ("乙" if n % 5 else "丙",))
        for n in range(7000)
    )
    folder = written(entries, tmp_path / "site")
    (result, none) = answers([(folder, Asked("甲 丙")), (folder, Asked("甲 丁"))], tmp_path)
    assert result["found"] == ["wj/1500.html"]
    assert none["found"] == []
    (result,) = answers([(folder, Asked("甲"))], tmp_path)
    assert result["found"] == [f"wj/{n:04}.html" for n in reversed(rare)]


def test_one_query_among_ten_thousand_documents_loads_little(tmp_path: Path) -> None:
    """In fewer documents, but with more of them for each shard than ten thousand have."""
    count = 3200
    assert count / shards_for(count) > 10_000 / shards_for(10_000)
    chance = Random(1)
    syllables = [chr(n) for n in range(0x4E00, 0x4E00 + 500)]
    lengths = chance.choices((2, 2, 3), k=3000)
    vocabulary = ["".join(chance.choices(syllables, k=length)) for length in lengths]
    weights = list(accumulate(1 / (n + 10) for n in range(len(vocabulary))))

    def text(most: int) -> str:
        return "".join(chance.choices(vocabulary, cum_weights=weights, k=most))

    entries = tuple(
        Entry(
            text(8),
            f"wj/{n}.html",
            f"{2005 + n // 160}-01-01",
            n % 3,
            prose=(text(chance.randint(340, 1070)),),  # 800 to 2,500 characters
        )
        for n in range(count)
    )
    folder = written(entries, tmp_path / "site")
    common, rare = vocabulary[:40], vocabulary[-10:]
    made = [*common, *rare, *(a + b for a, b in pairwise(common))]
    made += [f"{a} {b} {c}" for a, b, c in zip(common, common[5:], common[9:], strict=False)]
    made += [e.title[:length] for e in entries[::100] for length in (3, 5, 8)]
    made += [e.prose[0][90 : 90 + length] for e in entries[::100] for length in (2, 3, 4, 8)]
    results = answers([(folder, Asked(query)) for query in made], tmp_path, whole=False)
    assert len(made) > 300
    assert all(result["found"] for result in results[: len(common)])
    assert max(result["bytes"] for result in results) < ONE_QUERY


@pytest.mark.parametrize("source", [SMALL, DEMO], ids=["small", "demo"])
def test_every_block_of_text_that_a_page_shows_is_found(source: Path) -> None:
    library, _ = load(source, AS_OF)
    assert library is not None
    lost = [
        block
        for record in library.records()
        for section in record.body
        for block in blocks_of(prose(section.text, {}))
        if fold(block) not in fold(visible(section.text))
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("「**主动**公开」", "「主动公开」"),
        ("主动\n公开", "主动 公开"),
        ("第一段\n\n第二段", "第一段\n第二段"),
        ("见[补偿标准](附件/2024/标准(1).csv)。", "见补偿标准。"),
        ("[![图](附件/a.png)](附件/b.pdf)", "图"),
        ("见[办法][1]\n\n[1]: https://example.invalid/", "见办法"),
        ("| 甲 | 乙 |\n| --- | ---: |\n| 1 | 2 |", "甲\n乙\n1\n2"),
        ("### 标题\n正文", "标题\n正文"),
        ("- 一\n- 二", "一\n二"),
        ("> 引文\n> 继续", "引文 继续"),
        ("标题\n----\n正文", "标题\n正文"),
        ("甲&amp;乙", "甲&乙"),
        ("3*4＝12，1-2", "3*4＝12，1-2"),
    ],
)
def test_marks_of_markdown_are_no_part_of_the_text(written: str, seen: str) -> None:
    assert visible(written) == seen


def blocks_of(html: str) -> list[str]:
    """The text of each paragraph, heading, cell and item."""
    html = sub(r"<br\s*/?>", " ", html)
    stretches = sub(
        r"</?(?:p|h\d|li|ul|ol|td|th|tr|table|thead|tbody|blockquote|pre|div|hr)\b[^>]*>",
        "\0",
        html,
    )
    plain = (unescape(sub(r"<[^>]*>", "", part)) for part in stretches.split("\0"))
    return [text for text in plain if text.strip()]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_of(SMALL, tmp_path / "site")


def index_of(site: Site) -> str:
    files = sorted((site.output / "search").rglob("*.js"))
    return "".join(file.read_text(encoding="utf-8") for file in files)


def found_on(site: Site, query: str, **filters: str) -> list[str]:
    asked = [(site.output, Asked(query, **filters))]
    (result,) = answers(asked, site.root)
    return list(result["found"])


def test_every_kind_of_page_is_found_by_its_text(site: Site) -> None:
    built(site)
    assert found_on(site, "为了演示版式") == ["wj/tz-2024-001.html"]
    assert found_on(site, "示自然资公(2024)1号") == ["wj/tz-2024-001.html"]
    assert found_on(site, "补偿标准表") == ["wj/tz-2024-001.html"]
    assert found_on(site, "地块") == ["wj/tz-2024-001.html"]  # heads a column
    assert found_on(site, "示例二") == ["wj/tz-2024-001.html"]  # heads a row
    assert found_on(site, "000000000/2024-00001") == ["wj/tz-2024-001.html"]
    assert "gknb/2017/index.html" in found_on(site, "年度报告")
    assert "zn/index.html" in found_on(site, "政府信息公开指南")
    assert "ysqgk/index.html" in found_on(site, "依申请公开")
    assert found_on(site, "0000-0000001") != []


def test_a_column_holds_those_beneath_it_too(site: Site) -> None:
    built(site)
    assert found_on(site, "征收", column="fd") == ["wj/tz-2024-001.html"]
    assert found_on(site, "征收", column="gknb") == []
    assert found_on(site, "征收", year="2023") == []


def test_what_is_not_public_is_in_no_file_of_the_index(site: Site) -> None:
    text = another((SMALL / NOTICE).read_text("utf-8"), "TZ-2024-002").replace("示例村", "秘密村")
    later = site.root / NOTICE.replace("征地", "以后")
    later.write_text(text.replace("公开日期: 2024-03-04", "公开日期: 2030-01-01"), "utf-8")
    built(site)
    assert "示例村" in index_of(site)
    assert "秘密村" not in index_of(site)
    built(site, date(2030, 1, 1))
    assert "秘密村" in index_of(site)


def test_browsers_are_told_of_the_search_where_the_address_is_known(site: Site) -> None:
    built(site)
    assert not (site.output / routes.OPENSEARCH).exists()
    assert "opensearch" not in (site.output / "index.html").read_text("utf-8")
    replace_in(site.root / "config.yaml", 'url: ""', new="url: https://example.invalid/zw/")
    built(site)
    described = (site.output / routes.OPENSEARCH).read_text("utf-8")
    assert 'template="https://example.invalid/zw/search.html?q={searchTerms}"' in described
    (name,) = findall("<ShortName>(.*)</ShortName>", described)
    assert 0 < len(name) <= 16
    assert 'href="../../opensearch.xml"' in (site.output / "gknb/2017/index.html").read_text(
        "utf-8"
    )
