"""What clerks are told when the text of a report and its table, or the archive, disagree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.disclosure import AnnualReport, Section
from site_builder.model.library import Library
from site_builder.problems import Place, Problem, Severity, severity
from site_builder.rules import phrases
from site_builder.rules.archive import check_archive
from site_builder.rules.checks import check
from site_builder.rules.claims import check_claims
from site_builder.rules.forms import check_forms
from site_builder.rules.totals import check_totals
from site_builder.sources.load import load
from tests.reports import FOLDER, chaptered, codes, demo_table, library_of, said
from tests.sites import (
    AS_OF,
    DEMO,
    REPOSITORY,
    library_at,
    real_site,
    replace_in,
    reports_of_demo,
)

ALL = (check_claims, check_totals, check_archive)
REPORT = f"{FOLDER}/2017/报告.md"
TABLE = f"{FOLDER}/2017/统计.yaml"
LATER = f"{FOLDER}/2022/报告.md"


def test_the_real_report_gives_exactly_the_expected_notes() -> None:
    found = sorted(_problems(REPOSITORY, REPORT, family="T4"), key=lambda p: p.place)
    assert [f"{p.place.line}:{p.place.column} {p.code} {p.message}" for p in found] == [
        "12:149 T402 正文说“政府网站公开政府信息数2105余条”，"
        "统计表“2.政府网站公开政府信息数”正好是 2105，确数后面不写“余”",
        "12:167 T402 正文说“微博公开政府信息数488余条”，"
        "统计表“3.政务微博公开政府信息数”正好是 488，确数后面不写“余”",
        "24:130 T405 正文说“等十项”，前面的《》里列出了 9 项",
        "28:135 T407 正文说“2008-2016年政府信息公开年度报告”已经公开，共 9 件；"
        "本站有原文的 0 件，只有登记、原文待补录的 9 件",
        "28:158 T407 正文说“2013年-2016年财政决算”已经公开，共 4 件；"
        "本站有原文的 0 件，只有登记、原文待补录的 4 件",
        "28:174 T407 正文说“2014年-2017年财政预算”已经公开，共 4 件；"
        "本站有原文的 0 件，只有登记、原文待补录的 4 件",
        "36:139 T402 正文说“门户网站发布各类信息2105余条”，"
        "统计表“2.政府网站公开政府信息数”正好是 2105，确数后面不写“余”",
    ]
    assert {severity(p) for p in found} == {Severity.NOTE}


def test_the_demonstration_gives_no_finding() -> None:
    found = [p for p in check(library_at(DEMO)) if p.code.startswith("T4")]
    assert found == []


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("依申请公开政府信息4件", "依申请公开政府信息5件", "T401", "“(一)收到申请数”是 4"),
        ("年主动公开政府信息20件", "年主动公开政府信息21件", "T401", "是 20"),
        ("488余条", "844余条", "T401", "“3.政务微博公开政府信息数”是 488"),
        ("我局召开新闻发布会2次", "我局召开新闻发布会３次", "T401", "新闻发布会总次数”是 2"),
        ("发布政策解读稿件1篇", "发布政策解读稿件11篇", "T401", "“3.政策解读稿件发布数”是 1"),
        ("收到政府信息公开申请4件", "收到政府信息公开申请14件", "T401", "“(一)收到申请数”是 4"),
        ("、按时答复率100%", "、按时答复率98%", "T403", "按时答复率是 100%"),
        ("行政复议0件", "行政复议1件", "T401", "“四、行政复议数量”是 0"),
        ("20件,其中征地拆迁类10件", "20件,其中征地拆迁类9件", "T404", "9＋6＋1＋2＋1＝19"),
    ],
)
def test_a_number_changed_in_the_real_text_is_found_at_its_column(
    tmp_path: Path, old: str, new: str, *, code: str, said: str
) -> None:
    site = real_site(tmp_path / "s")
    replace_in(site.root / REPORT, old, new=new)
    known = {p.message for p in _problems(REPOSITORY, REPORT, family="T4")}
    fresh = [p for p in _problems(site.root, REPORT, family="T4") if p.message not in known]
    assert [(p.code, p.place) for p in fresh] == [(code, _first_digit(site.root / REPORT, new))]
    assert said in fresh[0].message


def test_a_number_changed_in_the_real_table_is_found_in_the_text_with_both_places(
    tmp_path: Path,
) -> None:
    site = real_site(tmp_path / "s")
    replace_in(site.root / TABLE, "1.参加或举办新闻发布会总次数:\n        本项: 2", new=_PRESS_5)
    found = [p for p in _problems(site.root, REPORT, family="T4") if p.code == "T401"]
    assert [(p.place.line, p.place.column) for p in found] == [(12, 197), (32, 27)]
    assert {str(p.related[0]).rpartition("/")[2] for p in found} == {"统计.yaml:20:13"}


_PRESS_5 = "1.参加或举办新闻发布会总次数:\n        本项: 5"


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("收到政府信息公开申请17件", "收到政府信息公开申请71件", "一、本年新收"),
        ("全年新收申请17件", "全年新收申请18件", "一、本年新收"),
        ("件，上年结转2件，办结", "件，上年结转3件，办结", "二、上年结转"),
        ("办结19件", "办结17件", "（七）总计"),
        ("结转下年度继续办理0件", "结转下年度继续办理1件", "四、结转下年度"),
        ("行政复议1件", "行政复议 2 件", "行政复议·总计"),
        ("行政诉讼0件", "行政诉讼１件", "行政诉讼·未经复议直接起诉·总计"),
    ],
)
def test_numbers_of_the_formats_from_2019_on_are_compared_with_their_columns(
    tmp_path: Path, old: str, new: str, name: str
) -> None:
    site = reports_of_demo(tmp_path / "s")
    replace_in(site.root / LATER, old, new=new)
    found = _problems(site.root, LATER, family="T4")
    assert [p.code for p in found] == ["T401"]
    assert name in found[0].message
    lines = (site.root / LATER).read_text(encoding="utf-8").split("\n")
    assert lines[found[0].place.line - 1][found[0].place.column - 1 :][0].isdigit()


@pytest.mark.parametrize(
    "sentence",
    [
        "收到政府信息公开申请17件。",
        "2021年收到政府信息公开申请9件。",
        "与上年相比，收到政府信息公开申请增加8件。",
        "第一季度收到政府信息公开申请3件。",
        "1月至6月，收到政府信息公开申请3件。",
        "2019年以来累计收到政府信息公开申请53件。",
        "2020—2022年收到政府信息公开申请38件。",
        "全市自然资源系统收到政府信息公开申请80件。",
        "其中，网上收到政府信息公开申请3件。",
        "通过信函收到政府信息公开申请3件。",
        "收到不动产登记申请3000件。",
        "办结信访件30件，办结提案5件。",
        "受理登记业务后，收到申请3000件，办结3000件。",
        "收到政府信息公开申请近20件。",
        "收到政府信息公开申请16余件。",
        "办理行政复议案件8件。",
    ],
)
def test_numbers_of_other_years_parts_bodies_and_matters_are_let_pass(
    tmp_path: Path, sentence: str
) -> None:
    library = library_of(tmp_path / "s", {2022: chaptered({2: sentence})}, {2022: demo_table(2022)})
    assert said(library, *ALL) == []


def test_a_sentence_that_tells_of_last_year_first_is_read_clause_by_clause(tmp_path: Path) -> None:
    text = "2022年1月1日至12月31日，共收到政府信息公开申请17件，较上年增加8件，办结申请30件。"
    library = library_of(tmp_path / "s", {2022: chaptered({2: text})}, {2022: demo_table(2022)})
    found = said(library, *ALL)
    assert len(found) == 1
    assert found[0].startswith("16:45 T401 正文说“办结申请30件”")


def test_a_rate_is_recomputed_from_the_table(tmp_path: Path) -> None:
    texts = {2016: "政府信息公开申请答复率98.5%，按时答复率100%。"}
    library = library_of(tmp_path / "s", texts, {2016: demo_table(2016)})
    found = said(library, *ALL)
    assert len(found) == 1
    assert found[0].startswith("10:12 T403")
    assert found[0].endswith("答复率是 100%")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("公开20件,其中征地10件、通知6件、处罚3件。", "T404"),
        ("公开20件（其中：征地10件、通知6件、处罚5件）。", "T404"),
        ("公开 2,641 条，其中甲2,000条、乙543条、丙98条。", ""),
        ("公开20件,其中征地10件、通知6件、处罚4件。", ""),
        ("公开20件,其中征地10件、通知6件等。", ""),
        ("公开20件,其中征地10件、通知6件、处罚3件等。", ""),
        ("公开20件,其中征地10件。", ""),
        ("公开20件,其中征地10件、通知6件、其他3件。", "T404"),
        ("收到申请15件,其中网络10件、信函5件,办结15件。", ""),
        ("收到申请15件,其中网络10件、信函4件,其余为当面提出。", ""),
        ("公开20件,其中征地10件、通知6件、处罚3件,较上年增加3件。", "T404"),
        ("公开20件,其中主要是征地10件、通知6件、处罚3件。", ""),
    ],
)
def test_parts_are_added_up_against_the_whole_named_before_them(
    tmp_path: Path, text: str, problem: str
) -> None:
    library = library_of(tmp_path / "s", {2012: text})
    assert codes(library, check_totals) == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("制定了《甲》、《乙》、《丙》等四项制度。", 3),
        ("制定了《甲》《乙〈丙〉的通知》和《丁》2个文件。", 3),
        ("制定了《甲》、《乙》、《丙》三项制度。", 0),
        ("制定了《甲》等十二项制度。", 0),
        ("制定了《甲》、《乙》、《丙》等多项制度。", 0),
        ("修订《甲》、《乙》、《丙》，印发通知4份。", 0),
    ],
)
def test_a_stated_number_of_titles_is_counted(tmp_path: Path, text: str, listed: int) -> None:
    found = list(check_totals(library_of(tmp_path / "s", {2012: text})))
    assert [p.code for p in found] == (["T405"] if listed else [])
    assert all(f"列出了 {listed} " in p.message for p in found)


def test_each_year_that_the_archive_knows_nothing_of_is_a_warning(tmp_path: Path) -> None:
    site = real_site(tmp_path / "s")
    entry = "  - 年度: 2011\n    种类: 年度报告\n    标题: 2011年政府信息公开年度报告\n"
    replace_in(site.root / FOLDER / "登记.yaml", entry, new="")
    found = [p for p in _problems(site.root, REPORT, family="T4") if p.code == "T406"]
    assert [p.message for p in found] == [
        "正文说“2008-2016年政府信息公开年度报告”已经公开，本站没有 2011 年的年度报告，也没有登记"
    ]
    assert severity(found[0]) is Severity.WARNING


def test_reports_that_the_site_holds_bear_out_the_claim(tmp_path: Path) -> None:
    texts = {
        2015: "无。",
        2016: "无。",
        2018: "2015年至2017年政府信息公开年度报告已全部公开。",
    }
    assert said(library_of(tmp_path / "s", texts), check_archive) == []


@pytest.mark.parametrize(
    "text",
    [
        "2015—2016年政府信息公开年度报告尚未公开。",
        "编制了2015—2016年政府信息公开年度报告。",
        "落实2015—2016年工作要点，年报都公开。",
        "2030-2010年年度报告已公开。",
    ],
)
def test_what_is_no_claim_of_publication_is_let_pass(tmp_path: Path, text: str) -> None:
    assert said(library_of(tmp_path / "s", {2012: text}), check_archive) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("收到…申请{n}件", ""),
        ("(收到|新收)[政府]信息{n}件", ""),
        ("收到申请", "{n}"),
        ("收到{n}件申请{n}件", "{n}"),
        ("…{n}件", "开头"),
        ("收到(申请{n}件", "括号"),
        ("甲…乙…丙…丁…{n}件", "最多"),
    ],
)
def test_a_phrase_that_cannot_be_searched_says_why(text: str, reason: str) -> None:
    assert (reason in phrases.fault(text)) if reason else phrases.fault(text) == ""


@pytest.mark.parametrize(
    ("phrase", "columns", "reason"),
    [("收到{m}件", (), "括号"), ("收到{n}件", ("gone",), "gone"), ("收到{n}件", (), "columns")],
)
def test_a_form_with_a_faulty_phrase_is_reported_and_does_no_harm(
    tmp_path: Path, phrase: str, columns: tuple[str, ...], reason: str
) -> None:
    library = library_of(tmp_path / "s", {2022: "收到3件。"}, {2022: demo_table(2022)})
    spoilt = _with_phrase(library, phrase, columns)
    found = [p for p in check_forms(spoilt) if p.code == "T110"]
    assert len(found) == 1
    assert reason in found[0].message
    assert list(check_claims(spoilt)) == [] or columns == ()


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="收到办结信息公开申请件条其中,，、。《》等十项一0129余%年-—已 20\n", max_size=400
    )
    | st.text(max_size=300)
)
def test_no_text_makes_the_checks_fail(text: str) -> None:
    report = _REAL.reports[0]
    section = Section("", text, Place("报告.md", 1, 1), 2)
    odd = replace(_REAL, reports=(replace(report, body=(section,)),))
    for problem in (p for look in ALL for p in look(odd)):
        assert problem.message
        assert problem.place.line <= 2 + text.count("\n")


def _problems(root: Path, file: str, *, family: str) -> list[Problem]:
    library, _ = load(root, AS_OF)
    assert library is not None
    found = [p for p in check(library) if p.code.startswith(family)]
    return [p for p in found if p.place.file.startswith(file)]


def _first_digit(file: Path, words: str) -> Place:
    """The place of the first digit of some words that stand once in the report."""
    text = file.read_text(encoding="utf-8")
    offset = text.index(words) + next(i for i, letter in enumerate(words) if letter.isdigit())
    line = text.count("\n", 0, offset)
    return Place(REPORT, line + 1, offset - text.rfind("\n", 0, offset))


def _with_phrase(library: Library, text: str, columns: tuple[str, ...]) -> Library:
    """The library with one phrase more, on the first row of the newest form's table three."""
    report = next(r for r in library.reports if r.year == 2022)
    assert report.table is not None
    form = report.table.form
    part = next(t for t in form.tables if t.id == "requests")
    phrase = replace(part.rows[0].phrases[0], text=text, columns=columns, unless=())
    row = replace(part.rows[0], phrases=(phrase,))
    tables = tuple(
        replace(t, rows=(row, *t.rows[1:])) if t.id == part.id else t for t in form.tables
    )
    changed = replace(form, tables=tables)
    forms = tuple(changed if f.id == form.id else f for f in library.forms)
    reports: tuple[AnnualReport, ...] = (
        replace(report, table=replace(report.table, form=changed)),
    )
    return replace(library, forms=forms, reports=reports)


def _real() -> Library:
    library, _ = load(REPOSITORY, AS_OF)
    assert library is not None
    return library


_REAL = _real()
