"""What clerks are told of slips in a report's text: what copying and pasting leaves behind."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.disclosure import AnnualReport, Section
from site_builder.model.library import Library
from site_builder.problems import Place
from site_builder.rules.borrowed import check_borrowed
from site_builder.rules.claims import check_claims
from site_builder.rules.doubled import check_doubled
from site_builder.rules.pictures import check_pictures
from site_builder.rules.site import check_mail_address
from site_builder.rules.text import check_mail
from site_builder.rules.typed_tables import check_typed_tables
from site_builder.rules.wording import check_wording
from site_builder.sources.load import load
from tests.reports import DEMO, FOLDER, chaptered, codes, demo_table, library_of, said
from tests.sites import AS_OF, REPOSITORY, SMALL, copy_of, library_at, replace_in

ALL = (
    *(check_doubled, check_borrowed, check_pictures, check_typed_tables),
    *(check_mail, check_mail_address),
)
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TABLE = """\
| 信息内容 | {} | 本年废止件数 | 现行有效件数 |
| --- | ---: | ---: | ---: |
| 规章 | 0 | 0 | 0 |
| {} | 2 | 1 | 12 |"""


def report(folder: Path, sentence: str) -> Library:
    """The report for 2022, with a sentence in its second chapter (line 16), and its table."""
    return library_of(folder / "s", {2022: chaptered({2: sentence})}, {2022: demo_table(2022)})


@pytest.mark.parametrize("root", [DEMO, REPOSITORY, SMALL])
def test_the_sites_of_the_repository_give_no_finding(root: Path) -> None:
    assert said(library_at(root), *ALL) == []


@pytest.mark.parametrize(
    ("sentence", "column", "one"),
    [
        ("做好保密审核审核工作。", 7, "审核"),
        ("示例市局局召开会议。", 5, "局"),
        ("公开的的信息。", 4, "的"),
        ("政府信息信息信息公开。", 5, "信息"),
    ],
)
def test_a_word_written_twice_is_noted_at_its_second_time(
    tmp_path: Path, sentence: str, column: int, *, one: str
) -> None:
    (found,) = said(report(tmp_path, sentence), check_doubled)
    assert found.startswith(f"16:{column} D412 “{one}”连着写了不止一遍")


@pytest.mark.parametrize(
    "sentence",
    [
        "我局局长带队，局局务会研究，法律法规规定的其他情形。",
        "公开开展工作，履行行政职责，部门门户网站，网上上传，年年公开。",
        "为了了解情况，以及及时公开，目的的实现，条例例外情形，申请请与办公室联系。",
        "方方面面、层层落实、息息相关，一件一件办，二〇二〇年。",
        "学习《审核审核办法》。",
        "某某某某局，填空填空填空填空填空。",
    ],
)
def test_what_is_rightly_written_twice_is_let_pass(tmp_path: Path, sentence: str) -> None:
    assert said(report(tmp_path, sentence), check_doubled) == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("现将示例市水务局2022年政府信息公开情况报告如下。", "示例市水务局"),
        ("示例市水务局（以下简称我局）共公开信息5条。", "示例市水务局"),
        ("2022年，示例市水务局坚持原则，认真贯彻《条例》。", "示例市水务局"),
        ("本报告由示例市水务局编制。", "示例市水务局"),
        ("如对本报告有疑问，请与示例市水务局办公室联系。", "示例市水务局"),
        ("我局（示例县国土资源局）共公开信息5条。", "示例县国土资源局"),
        ("在《今日定安》刊登公告3期。", "今日定安"),
    ],
)
def test_another_body_s_name_in_place_of_the_own_is_noted_where_it_stands(
    tmp_path: Path, sentence: str, name: str
) -> None:
    found = said(report(tmp_path, sentence), check_borrowed)
    assert [text.split("，")[0] for text in found] == [
        f"16:{sentence.index(name) + 1} D413 “{name}”像是别处的名称"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "现公布示例市自然资源局2022年度政府信息公开工作报告。",
        "示例市自然资源局（以下简称我局）认真贯彻《条例》。",
        "市自然资源局高度重视，示例省示例市自然资源局认真落实。",
        "示例市财政局、示例市水务局参加会议，会同示例市水务局印发文件。",
        "原示例市国土资源局认真办理。",
        "在《今日示例》《人民日报》《今日头条》刊登。",
        "如对本报告有疑问，请与市政务服务局联系。",
        "市委、市政府高度重视，各级各部门认真落实。",
    ],
)
def test_the_own_name_in_any_form_and_others_that_only_appear_are_let_pass(
    tmp_path: Path, sentence: str
) -> None:
    assert said(report(tmp_path, sentence), check_borrowed) == []


def test_a_government_names_its_bureaus_without_a_note(tmp_path: Path) -> None:
    library = report(tmp_path, "见附表。")
    sentence = "示例市水务局认真贯彻《条例》。"
    file = tmp_path / "s" / FOLDER / "2022" / "报告.md"
    replace_in(file, "见附表。", new=sentence)
    replace_in(file, "发布机构: 示例市自然资源局", new="发布机构: 示例市人民政府")
    again, _ = load(tmp_path / "s", AS_OF)
    assert again is not None
    assert library.reports != again.reports
    assert said(again, check_borrowed) == []


@pytest.mark.parametrize(
    ("year", "text", "place"),
    [
        (2022, chaptered({3: "![图](附件/表.png)"}), "20:1"),
        (2022, chaptered({5: "附表如下：\n\n![图](附件/表.png)"}), "30:1"),
        (2016, "## 统计\n\n附件：政府信息公开情况统计表\n\n![](附件/表.png)", "14:1"),
    ],
)
def test_a_table_that_is_only_a_picture_is_a_warning_from_2014_on(
    tmp_path: Path, year: int, text: str, *, place: str
) -> None:
    library = with_picture(tmp_path, year, text)
    assert said(library, check_pictures) == [
        f"{place} D414 {year}年度的统计表只有图片，没有可以核对和下载的数"
    ]


def test_pictures_of_other_things_and_beside_a_table_are_let_pass(tmp_path: Path) -> None:
    text = chaptered({1: "查阅点照片：\n\n![查阅点](附件/表.png)", 3: "见下。"})
    assert said(with_picture(tmp_path / "a", 2022, text), check_pictures) == []
    shown = chaptered({3: "![统计表](附件/表.png)"})
    assert said(with_picture(tmp_path / "b", 2012, shown), check_pictures) == []
    beside = {2022: demo_table(2022)}
    assert said(library_of(tmp_path / "c", {2022: shown}, beside), check_pictures) == []


def with_picture(folder: Path, year: int, text: str) -> Library:
    library_of(folder / "s", {year: text})
    (folder / "s" / "content" / "附件" / "表.png").write_bytes(PICTURE)
    library, _ = load(folder / "s", AS_OF)
    assert library is not None
    return library


@pytest.mark.parametrize(
    ("made", "documents", "meant"),
    [
        ("本年制", "行政规范性文件", "本年制发件数"),
        ("本年制发件数", "行政规范性文", "行政规范性文件"),
        ("本年制发件", "行政规范性文件", "本年制发件数"),
        ("本年制发件数", "行政规范法性文件", "行政规范性文件"),
    ],
)
def test_a_name_cut_or_mistyped_in_a_table_of_the_text_is_reported_with_the_right_one(
    tmp_path: Path, made: str, documents: str, *, meant: str
) -> None:
    library = report(tmp_path, TABLE.format(made, documents))
    (problem,) = check_typed_tables(library)
    wrong = made if made != "本年制发件数" else documents
    assert problem.message == f"表里的“{wrong}”不是表式里的名称"
    assert f"“{meant}”" in problem.hint
    assert problem.place.line == (16 if wrong == made else 19)


@pytest.mark.parametrize(
    "table",
    [
        TABLE.format("本年制发件数", "规范性文件"),
        "| 时间 | 会议 |\n| --- | --- |\n| 一月 | 行政规范性文 |",
    ],
)
def test_right_names_and_tables_of_other_things_are_let_pass(tmp_path: Path, table: str) -> None:
    assert said(report(tmp_path, table), check_typed_tables) == []


def test_a_full_width_at_is_reported_in_any_text_and_in_the_configuration(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "s")
    replace_in(site.root / "config.yaml", "office@example", new="office＠example")
    guide = site.root / "content" / "政府信息公开指南" / "指南.md"
    guide.write_text(guide.read_text(encoding="utf-8") + "\n邮箱：bgs＠example.invalid\n", "utf-8")
    library, _ = load(site.root, AS_OF)
    assert library is not None
    assert codes(library, check_mail, check_mail_address) == ["C304", "D416"]


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年没有收到政府信息公开申请。",
        "网站公开信息20条，本局2022年度未收到信息公开申请。",
        "全年未收到公民、法人和其他组织提出的政府信息公开申请。",
        "未收到依申请公开。",
    ],
)
def test_no_requests_in_the_text_against_some_in_the_table_is_reported_with_both_places(
    tmp_path: Path, sentence: str
) -> None:
    (problem,) = check_claims(report(tmp_path, sentence))
    start = max(sentence.find("没有收到"), sentence.find("未收到"))
    assert (problem.code, problem.place.line, problem.place.column) == ("T401", 16, start + 1)
    assert "“一、本年新收政府信息公开申请数量（总计）”是 17" in problem.message
    assert [place.file.rpartition("/")[2] for place in problem.related] == ["统计.yaml"]


@pytest.mark.parametrize(
    "sentence",
    [
        "无行政复议、行政诉讼。",
        "没有因政府信息公开引发的行政复议。",
        "全年未发生因政府信息公开产生申请行政复议或者提起行政诉讼的情况。",
        "未发生针对政府信息公开事务的复议、诉讼和申诉。",
    ],
)
def test_no_reviews_in_the_text_against_one_in_the_table_is_reported(
    tmp_path: Path, sentence: str
) -> None:
    assert codes(report(tmp_path, sentence), check_claims) == ["T401"]


@pytest.mark.parametrize(
    "sentence",
    [
        "没有行政诉讼案件。",
        "2021年没有收到政府信息公开申请。",
        "上半年没有收到政府信息公开申请。",
        "没有通过网络收到政府信息公开申请。",
        "没有收到通过信函提交的政府信息公开申请。",
        "没有收到要求减免费用的信息公开申请。",
        "未收到对政府信息公开申请答复的投诉。",
        "没有收到不动产登记信息公开申请。",
        "没有被纠正的行政复议案件，没有在行政诉讼中败诉。",
        "没有因逾期答复引发的行政复议。",
    ],
)
def test_denials_that_are_true_or_of_something_else_are_let_pass(
    tmp_path: Path, sentence: str
) -> None:
    assert said(report(tmp_path, sentence), check_claims) == []


def test_words_of_the_old_form_are_noted_in_a_2019_report_in_the_new_one_only(
    tmp_path: Path,
) -> None:
    text = {2019: chaptered({2: "同意公开12件。"})}
    new = library_of(tmp_path / "new", text, {2019: demo_table(2019)})
    assert codes(new, check_wording) == ["D410"]
    old_table = demo_table(2018).replace("年度: 2018", "年度: 2019\n表式: annual-2014")
    assert codes(library_of(tmp_path / "old", text, {2019: old_table}), check_wording) == []


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="局局市县本报告由与联系年的今日《》（）|!![]()\n ＠a1一、没有收到公开申请规章",
        max_size=300,
    )
)
def test_no_text_makes_the_checks_fail(text: str) -> None:
    section = Section("二、主动公开政府信息情况", text, Place("报告.md", 1, 1), 2)
    odd = AnnualReport(id="X", title="X", year=2023, issuer="示例局", body=(section, section))
    library = replace(_REAL, reports=(odd,))
    for check in (*ALL, check_claims):
        assert all(problem.message for problem in check(library))


def _real() -> Library:
    library, _ = load(REPOSITORY, AS_OF)
    assert library is not None
    return library


_REAL = _real()
