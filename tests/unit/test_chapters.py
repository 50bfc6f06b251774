"""What clerks are told of a report's chapters and wording."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.disclosure import AnnualReport, Section
from site_builder.model.library import Library
from site_builder.problems import Place
from site_builder.rules.chapter_texts import check_chapter_texts
from site_builder.rules.chapters import check_chapters
from site_builder.rules.wording import check_wording
from site_builder.sources.load import load
from tests.reports import DEMO, HEADINGS, chaptered, codes, demo_table, library_of, said
from tests.sites import AS_OF, REPOSITORY, library_at

ALL = (check_chapters, check_chapter_texts, check_wording)


def test_the_six_chapters_with_their_contents_give_no_finding(tmp_path: Path) -> None:
    assert said(library_of(tmp_path / "s", {2023: chaptered()}), *ALL) == []


@pytest.mark.parametrize("root", [DEMO, REPOSITORY])
def test_the_demonstration_and_the_real_report_give_no_finding(root: Path) -> None:
    assert said(library_at(root), *ALL) == []


def test_a_report_of_the_years_of_free_form_may_have_any_headings(tmp_path: Path) -> None:
    library = library_of(tmp_path / "s", {2012: "## 概述\n\n无。", 2016: "## 概述\n\n无。"})
    assert said(library, *ALL) == []


def test_a_report_for_2019_without_a_table_may_follow_either_format(tmp_path: Path) -> None:
    assert said(library_of(tmp_path / "s", {2019: "## 概述\n\n无。"}), *ALL) == []


def test_a_missing_chapter_is_named(tmp_path: Path) -> None:
    text = chaptered().replace(f"## {HEADINGS[3]}\n\n没有。\n\n", "")
    found = said(library_of(tmp_path / "s", {2023: text}), check_chapters)
    assert found == [f"2:1 D401 没有找到规定的一章“{HEADINGS[3]}”"]


def test_a_report_with_none_of_the_headings_gets_one_finding(tmp_path: Path) -> None:
    library = library_of(tmp_path / "s", {2023: "## 概述\n\n无。"})
    assert said(library, check_chapters) == ["2:1 D401 报告没有用规定的 6 章标题"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (HEADINGS[3], "四、政府信息公开行政法复议、行政诉讼情况"),
        (HEADINGS[0], "总体情况、"),
        (HEADINGS[2], "三、收到和处理政府信息申请情况"),
    ],
)
def test_a_mistyped_heading_is_reported_with_the_prescribed_one(
    tmp_path: Path, right: str, wrong: str
) -> None:
    text = chaptered().replace(f"## {right}", f"## {wrong}")
    line = 10 + text[: text.index(wrong)].count("\n")
    found = said(library_of(tmp_path / "s", {2023: text}), *ALL)
    assert found == [f"{line}:1 D402 标题“{wrong}”应当是“{right}”"]


def test_spaces_and_the_width_of_characters_do_not_make_a_heading_wrong(tmp_path: Path) -> None:
    text = chaptered().replace("## 一、总体情况", "## 一、 总体情况")
    assert said(library_of(tmp_path / "s", {2023: text}), *ALL) == []


def test_a_chapter_that_comes_too_early_is_named_with_the_one_it_follows(tmp_path: Path) -> None:
    text = chaptered().replace(HEADINGS[1], "甲").replace(HEADINGS[2], HEADINGS[1])
    text = text.replace("甲", HEADINGS[2])
    found = said(library_of(tmp_path / "s", {2023: text}), check_chapters)
    assert found == [f"14:1 D403 “{HEADINGS[2]}”应当排在“{HEADINGS[1]}”之后"]


def test_a_report_pasted_twice_is_seen_by_its_repeated_chapters(tmp_path: Path) -> None:
    text = f"{chaptered()}\n\n{chaptered()}"
    assert codes(library_of(tmp_path / "s", {2023: text}), check_chapters) == ["D403"] * 6


def test_aspects_that_the_overview_leaves_out_are_noted(tmp_path: Path) -> None:
    text = chaptered({1: "主动公开和依申请公开的情况如下。"})
    found = said(library_of(tmp_path / "s", {2023: text}), *ALL)
    assert found == ["10:1 D404 “总体情况”没有写到：政府信息管理、平台建设、监督保障"]


def test_an_overview_of_more_than_a_thousand_characters_is_too_long_from_2021_on(
    tmp_path: Path,
) -> None:
    opening = "主动公开、依申请公开、政府信息管理、平台建设、监督保障。"
    fits = chaptered({1: opening + "字" * (1000 - len(opening))})
    longer = fits.replace("字字", "字字字", 1)
    tables = {2020: demo_table(2020)}
    assert said(library_of(tmp_path / "fits", {2023: fits}), *ALL) == []
    assert said(library_of(tmp_path / "old", {2020: longer}, tables), *ALL) == []
    found = said(library_of(tmp_path / "long", {2023: longer}), *ALL)
    assert found == ["10:1 D405 “总体情况”有 1001 字，超过 1000 字"]


def test_the_last_chapter_has_to_speak_of_the_fee_from_2021_on(tmp_path: Path) -> None:
    text = chaptered({6: "无其他事项。"})
    found = said(library_of(tmp_path / "s", {2023: text}), *ALL)
    assert found == ["30:1 D406 “其他需要报告的事项”没有写到“信息处理费”"]
    assert said(library_of(tmp_path / "old", {2020: text}), *ALL) == []


@pytest.mark.parametrize(
    "period",
    ["2020年1月1日至12月31日", "2020年1月1日起至2020年12月31日止", "2020 年 1 月 1 日—12 月 31 日"],
)
def test_a_period_of_another_year_is_reported_at_its_column(tmp_path: Path, period: str) -> None:
    text = chaptered({2: f"本报告统计期限为{period}。"})
    found = said(library_of(tmp_path / "s", {2021: text}), *ALL)
    assert len(found) == 1
    assert found[0].startswith("16:9 D407 统计时段写的是“2020")


def test_a_period_that_ends_in_another_year_is_reported(tmp_path: Path) -> None:
    text = chaptered({2: "统计数据从2009年1月1日到2010年12月31日。"})
    assert codes(library_of(tmp_path / "s", {2010: text}), check_wording) == ["D407"]


@pytest.mark.parametrize(
    "sentence",
    [
        "统计期限为2021年1月1日至12月31日。",
        "与2020年1月1日至12月31日相比有所增加。",
        "实施三年行动（2021年1月1日至2023年12月31日）。",
        "该办法自2020年1月1日起施行。",
        "办理期限到期前提醒经办人。",
    ],
)
def test_other_dates_are_no_wrong_period(tmp_path: Path, sentence: str) -> None:
    assert said(library_of(tmp_path / "s", {2021: chaptered({2: sentence})}), *ALL) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("自202111日起至20211231日止。", "自202111日起至20211231日"),
        ("本报告统计数据时限为至。", "时限为至"),
    ],
)
def test_dates_that_lost_characters_are_reported(tmp_path: Path, sentence: str, words: str) -> None:
    found = said(library_of(tmp_path / "s", {2021: chaptered({2: sentence})}), *ALL)
    assert found == [f"16:{sentence.index(words) + 1} D407 “{words}”里的日期丢了字"]


def test_ordinals_that_skip_or_repeat_are_reported_where_they_do(tmp_path: Path) -> None:
    text = chaptered({5: "一是人员不足。\n\n三是培训不够；三是更新不及时。"})
    assert said(library_of(tmp_path / "s", {2023: text}), *ALL) == [
        "30:1 D408 “一是”后面应当是“二是”，现在是“三是”",
        "30:8 D408 “三是”出现了两次",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一是甲；二是乙；三是丙。改进措施：一是丁，二是戊。",
        "一是甲：一是子，二是丑；二是乙。",
        "存在的问题唯一是人手少，第二是培训少。",
        "首先，人手少；二是培训少。",
    ],
)
def test_ordinals_in_sequence_may_begin_again_and_nest(tmp_path: Path, text: str) -> None:
    assert said(library_of(tmp_path / "s", {2023: chaptered({5: text})}), *ALL) == []


def test_problems_copied_from_last_year_are_reported_with_their_likeness(tmp_path: Path) -> None:
    copied = "{}年存在的主要问题是公开目录更新慢，群众查找宗地信息不方便，经办人员业务不熟。"
    reports = {year: chaptered({5: copied.format(year)}) for year in (2022, 2023)}
    found = list(check_chapter_texts(library_of(tmp_path / "s", reports)))
    assert [p.message for p in found] == ["这一章与上一年度的报告有 100% 相同"]
    assert found[0].place == Place("content/政府信息公开年报/2023/报告.md", 26, 1)
    assert found[0].related == (Place("content/政府信息公开年报/2022/报告.md", 26, 1),)


def test_problems_on_the_same_subject_in_other_words_are_not_called_copied(tmp_path: Path) -> None:
    first = "公开目录更新慢，群众查找宗地信息不方便；已经安排专人每周核对。"
    second = "政策解读以文字为主，图解少；今年起重要文件都配有图解，目录由专人核对。"
    reports = {2022: chaptered({5: first}), 2023: chaptered({5: second})}
    assert said(library_of(tmp_path / "s", reports), check_chapter_texts) == []


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("同意公开12件。", "同意公开"),
        ("示例市国土资源局负责。", "国土资源局"),
        ("根据《条例》（国务院令第492号）编制。", "国务院令第492号"),
        ("取得非行政许可审批结果2项。", "非行政许可审批"),
    ],
)
def test_retired_words_are_noted_once_with_the_reason(
    tmp_path: Path, sentence: str, word: str
) -> None:
    library = library_of(tmp_path / "s", {2024: chaptered({2: sentence + sentence})})
    found = list(check_wording(library))
    assert [(p.code, p.place.column) for p in found] == [("D410", sentence.index(word) + 1)]
    assert found[0].hint


@pytest.mark.parametrize(
    "sentence",
    [
        "征求意见后第三方同意公开。",
        "落实《示例市国土资源局档案办法》。",
        "承接原示例市国土资源局职能。",
        "示资公〔2024〕492号。",
    ],
)
def test_words_in_titles_and_of_former_times_are_let_pass(tmp_path: Path, sentence: str) -> None:
    assert said(library_of(tmp_path / "s", {2024: chaptered({2: sentence})}), *ALL) == []


def test_words_were_not_yet_retired_in_their_own_time(tmp_path: Path) -> None:
    library = library_of(tmp_path / "s", {2016: "示例市国土资源局同意公开12件。"})
    assert said(library, *ALL) == []


@pytest.mark.parametrize("number", ["国办公开办函〔2019〕60号", "国办公开办函[2019]60号"])
def test_the_number_of_the_former_format_is_noted_with_the_present_one(
    tmp_path: Path, number: str
) -> None:
    text = chaptered({2: f"根据{number}编制。"})
    found = list(check_wording(library_of(tmp_path / "s", {2021: text})))
    assert [(p.code, p.place.line, p.place.column) for p in found] == [("D411", 16, 3)]
    assert "国办公开办函〔2021〕30号" in found[0].hint
    assert said(library_of(tmp_path / "own", {2020: text}), check_wording) == []


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=300),
    st.text(alphabet="一二三是，；。自为至年月日0129《》（）#|\n", max_size=300),
)
def test_no_text_makes_the_checks_fail(heading: str, text: str) -> None:
    library = _REAL
    section = Section(heading, text, Place("报告.md", 1, 1), 2)
    report = AnnualReport(id="X", title="X", year=2023, body=(section, section))
    before = AnnualReport(id="Y", title="Y", year=2022, body=(section,))
    odd = Library(
        library.config,
        library.as_of,
        reports=(report, before),
        forms=library.forms,
        retired_words=library.retired_words,
    )
    for check in ALL:
        assert all(problem.message for problem in check(odd))


def _real() -> Library:
    library, _ = load(REPOSITORY, AS_OF)
    assert library is not None
    return library


_REAL = _real()
