"""Import: reports from web pages, Word and spreadsheets become the files of a year.

Whatever the file, the same table gives the same figures; what cannot be placed is refused at its
cell, and nothing is ever overwritten.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.delivery.import_report import Imported, import_report
from site_builder.model.disclosure import AnnualReport
from site_builder.model.tables import Table
from site_builder.pipeline import Site, build, check, site_at
from site_builder.problems import errors
from site_builder.sources.load import load
from tests.delivery.documents import (
    Piece,
    Rows,
    Span,
    official,
    old_workbook,
    plain_csv,
    single,
    web_page,
    word,
)
from tests.sites import AS_OF, REPOSITORY, real_site, reports_of_demo

SEED = REPOSITORY / "tests" / "seed" / "source.txt"
EXAMPLE = REPOSITORY / "examples" / "示例市自然资源局"
REPORTS = "content/政府信息公开年报"
IN_PERSON = r"1\.当面申请数 \| 件 \| [0-9]+"
TITLE = "示例市自然资源局2024年政府信息公开工作年度报告"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The reports of the example site, built; nobody changes them."""
    site = reports_of_demo(tmp_path_factory.mktemp("example") / "site")
    assert not build(site, AS_OF.replace(year=2026)).failed
    return site


@pytest.fixture
def empty(tmp_path: Path) -> Site:
    """A site like the example's with nothing in it."""
    return empty_site(tmp_path, EXAMPLE / "config.yaml")


def empty_site(folder: Path, config: Path) -> Site:
    (folder / "site" / "content").mkdir(parents=True)
    shutil.copy(config, folder / "site" / "config.yaml")
    return site_at(folder / "site")


def reports(site: Site) -> dict[int, AnnualReport]:
    library, _ = load(site.root, AS_OF)
    assert library is not None
    return {report.year: report for report in library.reports}


def table_of(site: Site, year: int) -> Table:
    table = reports(site)[year].table
    assert table is not None
    return table


def values(table: Table) -> dict[tuple[str, str], str]:
    """What stands in the cells; a cell that is not there is a blank one."""
    return {key: cell.text for key, cell in table.cells.items() if cell.text}


def imported(site: Site, name: str, content: bytes | str, *, year: int = 0) -> Imported:
    file = site.root.parent / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_report(site, (file,), year=year, write=True)


def found(result: Imported, code: str) -> list[str]:
    """The findings of one code, each with its spot in the file."""
    return [
        f"{p.place.cell or f'{p.place.line}:{p.place.column}'} {p.message} {p.hint}".strip()
        for p in result.problems
        if p.code == code
    ]


def accepted(result: Imported) -> Table:
    assert [str(p) for p in errors(result.problems)] == []
    assert result.report is not None
    assert result.report.table is not None
    return result.report.table


# The source that the product began with


def test_the_pasted_report_gives_the_2017_report_word_for_word(tmp_path: Path) -> None:
    site = empty_site(tmp_path, REPOSITORY / "config.yaml")
    result = import_report(site, (SEED,), write=True)
    real = reports(real_site(tmp_path / "real"))[2017]
    report = reports_without_title(site)
    assert not result.failed
    assert report.body == real.body
    assert report.table is not None
    assert real.table is not None
    assert report.table.cells == real.table.cells
    assert report.table.wordings == real.table.wordings
    assert (report.table.year, report.table.filler) == (real.table.year, real.table.filler)
    assert (report.issuer, report.issued, report.published, report.summary) == ("", None, None, "")


def reports_without_title(site: Site) -> AnnualReport:
    """The report of 2017, whose title the source does not print: `check` asks for it."""
    file = site.root / REPORTS / "2017" / "报告.md"
    assert any(p.code == "D101" and "标题" in p.message for p in check(site, AS_OF).problems)
    text = file.read_text(encoding="utf-8")
    assert "\n标题:\n" in text
    file.write_text(text.replace("\n标题:\n", "\n标题: 年度报告\n"), encoding="utf-8")
    return reports(site)[2017]


def test_the_pasted_statistics_are_written_like_those_kept_by_hand(tmp_path: Path) -> None:
    site = empty_site(tmp_path, REPOSITORY / "config.yaml")
    import_report(site, (SEED,), write=True)
    written, kept = (
        (root / REPORTS / "2017" / "统计.yaml").read_text(encoding="utf-8")
        for root in (site.root, REPOSITORY)
    )
    assert written == "".join(line for line in kept.splitlines(True) if line[0] != "#")


def test_a_report_that_stands_twice_is_taken_once_and_that_is_said(tmp_path: Path) -> None:
    site = empty_site(tmp_path, REPOSITORY / "config.yaml")
    result = import_report(site, (SEED,))
    assert "出现了 2 遍，逐字相同" in found(result, "F507")[0]
    assert found(result, "F507")[0].startswith("131:1")


def test_a_report_that_stands_twice_with_a_difference_is_refused(tmp_path: Path) -> None:
    site = empty_site(tmp_path, REPOSITORY / "config.yaml")
    text = SEED.read_text(encoding="utf-8")
    head, tail = text[: len(text) // 2 + 800], text[len(text) // 2 + 800 :]
    result = imported(
        site, "twice.txt", head + tail.replace("办理行政复议案件1件", "办理行政复议案件2件")
    )
    assert "从这里起不同" in found(result, "F506")[0]
    assert result.written == ()


# Round trips


@pytest.mark.parametrize("year", range(2012, 2026))
def test_the_spreadsheet_offered_for_download_imports_to_the_same_figures(
    year: int, example: Site, empty: Site
) -> None:
    file = example.output / "gknb" / str(year) / "tongji.xlsx"
    result = import_report(empty, (file,), year=year, write=True)
    original = table_of(example, year)
    table = accepted(result)
    assert values(table) == values(original)
    assert table.form.id == original.form.id
    shutil.copy(example.root / REPORTS / str(year) / "报告.md", empty.root / REPORTS / str(year))
    assert table_of(empty, year).cells == original.cells


@pytest.mark.parametrize("year", [2013, 2015, 2019, 2020, 2024])
@pytest.mark.parametrize("kind", ["docx", "html", "csv", "xls"])
def test_the_same_tables_in_any_format_give_the_same_figures(
    kind: str, year: int, example: Site, empty: Site
) -> None:
    original = table_of(example, year)
    layout = single if len(original.form.tables) == 1 else official
    tables = [layout(part, original) for part in original.form.tables]
    pieces: list[Piece] = [TITLE.replace("2024", str(year)), *tables]
    texts = {"docx": word, "html": web_page}
    sheets = {"csv": plain_csv, "xls": old_workbook}
    content = sheets[kind](tables) if kind in sheets else texts[kind](pieces)
    result = imported(empty, f"report.{kind}", content, year=year)
    assert values(accepted(result)) == values(original)


def test_the_tables_offered_as_csv_import_together(example: Site, empty: Site) -> None:
    files = tuple(sorted((example.output / "gknb" / "2022").glob("*.csv")))
    assert len(files) == 6
    result = import_report(empty, files, year=2022)
    assert values(accepted(result)) == values(table_of(example, 2022))


def test_several_official_tables_in_one_grid_are_told_apart(example: Site, empty: Site) -> None:
    original = table_of(example, 2023)
    rows: Rows = []
    for part in original.form.tables[:4]:
        rows += [[Span(part.title, 1, 4)], *official(part, original)]
    rest: list[Piece] = [official(part, original) for part in original.form.tables[4:]]
    result = imported(empty, "report.html", web_page([rows, *rest]), year=2023)
    assert values(accepted(result)) == values(original)


def test_a_2019_report_in_the_former_format_names_its_form(example: Site, empty: Site) -> None:
    original = table_of(example, 2018)
    rows = single(original.form.tables[0], original)
    result = imported(empty, "report.csv", plain_csv([rows]), year=2019)
    form = "annual-2014"
    if original.form.until < 2019:
        assert result.failed
    else:
        assert accepted(result).form.id == form
        text = (empty.root / REPORTS / "2019" / "统计.yaml").read_text(encoding="utf-8")
        assert f"表式: {form}\n" in text


# Text


def report_2024(example: Site) -> list[Piece]:
    original = table_of(example, 2024)
    tables = [official(part, original) for part in original.form.tables]
    return [
        TITLE,
        "按照规定，现公布本年度报告。",
        "一、 总体情况",
        "全年工作情况。",
        "二、主动公开政府信息情况",
        *tables[:4],
        "三、收到和处理政府信息公开申请情况",
        tables[4],
        "四、政府信息公开行政复议、行政诉讼情况",
        tables[5],
        "五、存在的主要问题及改进情况",
        "* 问题一。",
        "下一步，加强培训。",
        "六、其他需要报告的事项",
        "没有收取信息处理费。",
    ]


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_title_chapters_and_tables_of_a_report_are_recognised(
    kind: str, example: Site, empty: Site
) -> None:
    make = {"docx": word, "html": web_page}[kind]
    result = imported(empty, f"report.{kind}", make(report_2024(example)))
    accepted(result)
    report = reports(empty)[2024]
    assert report.title == TITLE
    headings = [section.heading for section in report.body]
    assert headings == ["", *table_of(example, 2024).form.chapters]
    assert report.body[5].text == "\\* 问题一。\n\n下一步，加强培训。"
    assert values(table_of(empty, 2024)) == values(table_of(example, 2024))


def test_what_stands_above_the_title_is_named_and_left_out(example: Site, empty: Site) -> None:
    pieces: list[Piece] = ["您现在的位置：首页", *report_2024(example)]
    result = imported(empty, "report.html", web_page(pieces))
    assert "标题前面的“您现在的位置：首页”没有用上" in found(result, "F508")[0]
    assert "首页" not in reports(empty)[2024].body[0].text


def test_numbers_that_word_adds_by_itself_are_reported(example: Site, empty: Site) -> None:
    numbered = "<w:pPr><w:numPr><w:ilvl/></w:numPr></w:pPr>"
    result = imported(empty, "report.docx", word(report_2024(example), numbered))
    assert found(result, "F515")[0].startswith("第1段")


def test_text_of_a_web_page_never_becomes_markup(empty: Site) -> None:
    pieces: list[Piece] = [TITLE, "一、总体情况", "# 不是标题 [链接](D:/a) <script>"]
    imported(empty, "report.html", web_page(pieces))
    assert not [
        p for p in check(empty, AS_OF).problems if p.code in ("D206", "D207", "D208", "F308")
    ]


# What is refused


def changed(example: Site, pattern: str, *, new: str) -> str:
    """The table of 2016 as pasted text, one figure or name of it changed."""
    original = table_of(example, 2016)
    rows = single(original.form.tables[0], original)
    lines = [" | ".join(span.text for span in row) + " |" for row in rows]
    text = "\n".join(["2016年度政府信息公开情况统计表 | | |", *lines])
    result, times = re.subn(pattern, new, text, count=1)
    assert times == 1
    return result


@pytest.mark.parametrize(
    ("written", "plain"), [("1,234", "1234"), ("１２", "12"), ("12 345", "12345")]
)
def test_a_number_to_be_typed_again_is_named_plainly(
    written: str, plain: str, example: Site, empty: Site
) -> None:
    text = changed(example, IN_PERSON, new=f"1.当面申请数 | 件 | {written}")
    line = text[: text.index("1.当面申请数")].count("\n") + 1
    result = imported(empty, "report.txt", text)
    assert result.written == ()
    assert f"请只写半角数字：{plain}" in found(result, "T204")[0]
    assert found(result, "T204")[0].startswith(f"{line}:15 ")


@pytest.mark.parametrize(
    ("pattern", "new", "code", "said"),
    [
        (r"\(一\)收到申请数", "(一)收到申清数", "F502", "是不是“(一)收到申请数”"),
        ("1.当面申请数", "(一)收到申请数", "F502", "重复出现"),
        (
            r"七、依申请公开信息收取的费用 \| 万元",
            "七、依申请公开信息收取的费用 | 元",
            "F505",
            "万元",
        ),
        (IN_PERSON, "1.当面申请数 | 件 | 三件", "T204", "三件"),
        (r"三、依申请公开情况 \| — \| ", "三、依申请公开情况 | — | 5", "T204", "分组标题"),
        (r"统计指标 \| 单位 \| 统计数", "项目 | 单位 | 数量", "F503", "不像"),
    ],
)
def test_what_cannot_be_placed_is_refused_at_its_place(
    pattern: str, new: str, code: str, said: str, example: Site, empty: Site
) -> None:
    result = imported(empty, "report.txt", changed(example, pattern, new=new))
    assert said in found(result, code)[0]
    assert result.written == ()
    assert not (empty.root / REPORTS).exists()


def test_figures_stuck_together_are_refused_and_never_split(example: Site, empty: Site) -> None:
    flat = "信息内容采购项目数量采购总金额政府集中采购13575394432.52"
    text = f"{TITLE.replace('2024', '2020')}\n{flat}\n"
    result = imported(empty, "report.txt", text)
    assert "数分不回去" in found(result, "F505")[0]
    assert found(result, "F505")[0].startswith("2:1")
    original = table_of(example, 2020)
    part = next(part for part in original.form.tables if part.id == "procurement")
    rows = [*official(part, original)[:1], [Span("政府集中采购"), Span("13575394432.52")]]
    result = imported(empty, "report.html", web_page([rows]), year=2020)
    assert "应当有 2 个数，这里只有 1 个" in found(result, "F505")[0]
    result = imported(empty, "report.docx", word([rows]), year=2020)
    assert found(result, "T204")[0].startswith("表1!B2")
    assert result.written == ()


def test_a_missing_row_stays_blank_and_is_named(example: Site, empty: Site) -> None:
    text = changed(example, r"六、举报投诉数量.*\n", new="")
    result = imported(empty, "report.txt", text)
    assert "举报投诉" in found(result, "F509")[0]
    assert "  六、举报投诉数量:\n" in (empty.root / REPORTS / "2016" / "统计.yaml").read_text(
        "utf-8"
    )


def workbook_2021(example: Site) -> openpyxl.Workbook:
    return openpyxl.load_workbook(example.output / "gknb" / "2021" / "tongji.xlsx")


def saved(workbook: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def test_cells_nobody_sees_are_refused_with_their_address(example: Site, empty: Site) -> None:
    workbook = workbook_2021(example)
    name = workbook.sheetnames[4]
    workbook[name].row_dimensions[5].hidden = True
    result = imported(empty, "report.xlsx", saved(workbook), year=2021)
    assert found(result, "F511")[0].startswith(f"{name}!A5")
    assert result.written == ()


def test_figures_merged_over_columns_are_refused_with_their_address(
    example: Site, empty: Site
) -> None:
    workbook = workbook_2021(example)
    name = workbook.sheetnames[4]
    workbook[name].merge_cells("C5:D5")
    result = imported(empty, "report.xlsx", saved(workbook), year=2021)
    assert found(result, "F504")[0].startswith(f"{name}!C5")


def test_a_formula_without_a_value_is_refused_with_its_address(example: Site, empty: Site) -> None:
    workbook = workbook_2021(example)
    name = workbook.sheetnames[4]
    workbook[name]["I5"] = "=SUM(C5:H5)"
    result = imported(empty, "report.xlsx", saved(workbook), year=2021)
    assert found(result, "F403")[0].startswith(f"{name}!I5")
    assert result.written == ()


def test_two_tables_of_one_kind_with_other_figures_are_refused(example: Site, empty: Site) -> None:
    original = table_of(example, 2016)
    first = single(original.form.tables[0], original)
    second = [*first[:-1], [*first[-1][:-1], Span("99")]]
    result = imported(empty, "report.docx", word([first, "附：", second]), year=2016)
    assert "数不同" in found(result, "F506")[0]


def test_a_table_of_another_era_is_refused(example: Site, empty: Site) -> None:
    original = table_of(example, 2016)
    rows = single(original.form.tables[0], original)
    result = imported(empty, "report.csv", plain_csv([rows]), year=2024)
    assert "不像国办公开办函〔2021〕30号的任何一张表" in found(result, "F503")[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.doc", b"x", ".doc"),
        ("report.docx", b"", "空的"),
        ("report.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 .doc"),
        ("report.docx", b"PK\x03\x04broken", "不完整"),
        ("report.html", b"<!-- " * 2000, "不完整"),
        ("report.html", b"<table><td rowspan=999 colspan=999>", "太大"),
        ("report.txt", "一段文字\n".encode() * 6000, "不会是一份年度报告"),
        ("report.txt", b"a | b |\n" * 60_000, "太大"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    name: str, content: bytes, said: str, empty: Site
) -> None:
    result = imported(empty, name, content, year=2020)
    assert said in found(result, "F501")[0]
    assert result.failed


def test_a_bomb_in_a_word_document_is_refused(empty: Site) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 70_000_000)
    result = imported(empty, "report.docx", packed.getvalue(), year=2020)
    assert "解压后过大" in found(result, "F501")[0]


def test_a_document_type_in_a_word_document_is_refused(empty: Site) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    result = imported(empty, "report.docx", packed.getvalue(), year=2020)
    assert "DTD" in found(result, "F501")[0]


# The year and the files


def test_a_file_without_a_year_asks_for_one(example: Site, empty: Site) -> None:
    file = example.output / "gknb" / "2021" / "tongji.xlsx"
    result = import_report(empty, (file,), write=True)
    assert "没有写明是哪一年" in found(result, "F510")[0]


def test_a_year_other_than_the_one_printed_is_refused(example: Site, empty: Site) -> None:
    result = imported(empty, "report.docx", word(report_2024(example)), year=2023)
    assert "这里写的是 2024 年" in found(result, "F510")[0]
    assert result.written == ()


@pytest.mark.parametrize("standing", ["报告.md", "统计.yaml", "统计.xlsx"])
def test_a_file_that_stands_there_is_never_overwritten(
    standing: str, example: Site, empty: Site
) -> None:
    folder = empty.root / REPORTS / "2024"
    folder.mkdir(parents=True)
    (folder / standing).write_text("原来的", encoding="utf-8")
    result = imported(empty, "report.docx", word(report_2024(example)))
    assert [p.place.file for p in result.problems if p.code == "F513"] == [
        f"{REPORTS}/2024/{standing}"
    ]
    assert [file.name for file in folder.iterdir()] == [standing]
    assert (folder / standing).read_text(encoding="utf-8") == "原来的"


def test_the_command_shows_what_it_understood_and_writes_only_when_asked(tmp_path: Path) -> None:
    site = empty_site(tmp_path, REPOSITORY / "config.yaml")
    start = ["--site", str(site.root), "import", str(SEED)]
    shown = CliRunner().invoke(commands, start)
    assert shown.exit_code == 0
    assert "认出 87 行中的 87 行，67 个数" in shown.output
    assert "一、切实加强政府信息公开组织领导" in shown.output
    assert not (site.root / REPORTS).exists()
    assert CliRunner().invoke(commands, [*start, "--write"]).exit_code == 0
    again = CliRunner().invoke(commands, [*start, "--write"])
    assert again.exit_code == 1
    assert "没有覆盖" in again.output


def test_amounts_keep_their_decimals_to_the_digit(example: Site, empty: Site) -> None:
    original = table_of(example, 2024)
    part = next(part for part in original.form.tables if part.id == "fees")
    rows = official(part, original)
    rows[-1] = [rows[-1][0], Span("24252.311082")]
    result = imported(empty, "report.html", web_page([rows]), year=2024)
    numbers = {cell.number for cell in accepted(result).cells.values()}
    assert Decimal("24252.311082") in numbers


def test_a_file_that_holds_no_report_is_refused(empty: Site) -> None:
    result = imported(empty, "空白.txt", "\n\n")
    assert found(result, "F512")
    assert result.written == ()


def test_a_closing_paragraph_is_set_apart_from_the_last_chapter(tmp_path: Path) -> None:
    site = empty_site(tmp_path, REPOSITORY / "config.yaml")
    result = imported(site, "报告.txt", SEED.read_bytes())
    assert "下一步" in "".join(found(result, "F514"))
