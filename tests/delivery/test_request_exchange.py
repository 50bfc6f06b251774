"""The private register of applications, worked on in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.cli.commands import commands
from site_builder.delivery.record_lines import list_of
from site_builder.delivery.requests import open_register
from site_builder.model.fields import labelled
from site_builder.model.requests import Request, RequestBook
from site_builder.pipeline import Site
from site_builder.render.request_sheet import render_requests_csv, render_requests_xlsx
from site_builder.sources.decode import decode
from site_builder.sources.request_sheets import read_request_sheet
from site_builder.sources.requests import PATH
from site_builder.sources.yaml_reader import read_yaml
from tests.sites import AS_OF, SMALL, copy_of

# Signs that no reader takes away: those that are not seen are reported, and left out.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("=+-@'\",;:#{}[]|>&*!%\n\t 0123456789"),
        st.characters(exclude_categories=("C", "Zl", "Zp")),
    ),
    max_size=20,
)
BOOK = """\
登记:
  - 编号: 2024-1
    收到日期: 2024-03-01
    申请人类型: 自然人
    内容: "=1+1，\\"引号\\"和: 冒号"
    答复日期: 2024-03-20
    处理结果: 予以公开
  - 编号: 2024-2
    收到日期: 2024-04-01
    申请人类型: 商业企业
    备注: "@两行\\n-第二行"
"""
HEAD = ("编号", "收到日期", "申请人类型", "答复日期", "处理结果", "备注")
ROWS = (HEAD, ("2024-1", "2024/3/1", "自然人", "2024年3月21日", "予以公开", ""))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = copy_of(SMALL, tmp_path / "site")
    (site.root / "登记").mkdir()
    (site.root / PATH).write_text(BOOK, "utf-8")
    return site


def run(site: Site, *words: str, code: int = 0) -> str:
    result: Result = CliRunner().invoke(commands, ["--site", str(site.root), "requests", *words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code == code, result.output
    return result.output


def requests(site: Site) -> dict[str, Request]:
    book = open_register(site, 2024).book
    assert book is not None
    return {request.id: request for request in book.requests}


def sheet(file: Path, *rows: tuple[str, ...], encoding: str = "utf-8-sig") -> str:
    """A spreadsheet as a clerk saves it, by the ending of its name."""
    if file.suffix == ".xlsx":
        book = openpyxl.Workbook()
        assert isinstance(book.active, Worksheet)
        for row in rows:
            book.active.append(row)
        book.save(file)
    else:
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        file.write_bytes(text.getvalue().encode(encoding))
    return str(file)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_comes_back_the_same(site: Site, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"登记簿.{kind}"
    assert "已写出" in run(site, "export", str(file))
    before = requests(site)
    assert "与登记簿相同" in run(site, "import", str(file), "--write")
    (site.root / PATH).unlink()
    assert "新增 2 件：2024-1、2024-2" in run(site, "import", str(file), "--write")
    assert requests(site) == before


def test_no_text_of_an_applicant_can_run_in_a_spreadsheet(site: Site, tmp_path: Path) -> None:
    for kind in ("csv", "xlsx"):
        run(site, "export", str(tmp_path / f"a.{kind}"))
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert '\'=1+1，"引号"和: 冒号' in cells
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    types = {cell.data_type for row in book["登记"].iter_rows() for cell in row if cell.value}
    assert types == {"s"}
    assert len(book["登记"].data_validations.dataValidation) == 2
    assert "予以公开" in [cell.value for cell in book["可以写的"]["B"]]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_any_text_comes_back_from_every_file(subject: str, remark: str) -> None:
    request = Request(
        "2024-1", AS_OF, "自然人", subject.strip(), remark=remark.strip(), answered=AS_OF
    )
    book = RequestBook((request,))
    files = {"a.csv": render_requests_csv(book), "a.xlsx": render_requests_xlsx(book, {})}
    for name, data in files.items():
        found, problems = read_request_sheet(data, name)
        assert found is not None
        assert (found.book, problems) == (book, ()), name
    value, problems = read_yaml(list_of("登记", book.requests), "a.yaml")
    assert value is not None
    assert decode(RequestBook, value) == (book, problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_saved_by_any_program_is_read(site: Site, tmp_path: Path, encoding: str) -> None:
    file = sheet(tmp_path / "表.csv", ("登记簿",), *ROWS, encoding=encoding)
    said = run(site, "import", file)
    assert "更改 1 件：\n  2024-1：答复日期\n" in said
    assert "登记簿里另有 1 件不在这张表里，保留不动" in said
    assert "--write" in said
    assert (site.root / PATH).read_text("utf-8") == BOOK, "only shown"


def test_a_sheet_corrects_and_adds_and_takes_nothing_away(site: Site, tmp_path: Path) -> None:
    new = ("2024-3", "20240502", "自然人", "", "", "")
    run(site, "import", sheet(tmp_path / "表.csv", *ROWS, new), "--write", code=1)
    new = ("2024-3", "2024.5.2", "自然人", "", "", "")
    said = run(site, "import", sheet(tmp_path / "表.xlsx", *ROWS, new), "--write")
    assert "现在有 3 件。原来的登记簿留作 登记/依申请公开-旧1.yaml" in said
    now = requests(site)
    assert list(now) == ["2024-1", "2024-2", "2024-3"]
    assert str(now["2024-1"].answered) == "2024-03-21"
    assert now["2024-1"].subject.startswith("=1+1"), "the sheet has no column for it"
    assert now["2024-2"].remark == "@两行\n-第二行"
    assert (site.root / "登记/依申请公开-旧1.yaml").read_text("utf-8") == BOOK


def test_a_register_that_another_program_has_open_stays_as_it_is(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    for name in ("rename", "replace"):
        monkeypatch.setattr(Path, name, refuse)
    said = run(site, "import", sheet(tmp_path / "表.csv", *ROWS), "--write", code=2)
    assert "没有改动。请先关闭已经打开的这个文件" in said
    assert [file.name for file in (site.root / PATH).parent.iterdir()] == [Path(PATH).name]
    assert (site.root / PATH).read_text("utf-8") == BOOK


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        (1, "", "S201"),
        (1, "3月1日", "S203"),
        (1, "2024/2/30", "S203"),
        (2, "企业", "S205"),
        (3, "2023-01-01", "S207"),
        (4, "同意公开", "S205"),
        (4, "", "S206"),
        (0, "Jan-24", "S203"),
        (0, "2024年1月", "S203"),
    ],
)
def test_a_bad_cell_is_told_at_its_row_and_column(
    site: Site, tmp_path: Path, kind: str, column: int, text: str, code: str
) -> None:
    row = [*ROWS[1]]
    row[column] = text
    fine = ("2024-9", *ROWS[1][1:])
    file = sheet(tmp_path / f"表.{kind}", HEAD, fine, tuple(row))
    said = run(site, "import", file, "--write", code=1)
    offset = sum(len(cell) + 1 for cell in row[:column]) + 1
    place = f"{file}:3:{offset}" if kind == "csv" else f"{file}:Sheet!{'ABCDEF'[column]}3"
    assert f"{place}: 错误 {code} " in said
    assert said.count("错误 S2") == 1
    assert "登记簿没有改动" in said
    assert (site.root / PATH).read_text("utf-8") == BOOK


def test_every_bad_cell_of_a_row_is_told_in_one_run(site: Site, tmp_path: Path) -> None:
    bad = ("2024-9", "3月1日", "企业", "昨天", "同意公开", "")
    said = run(site, "import", sheet(tmp_path / "表.csv", HEAD, bad), code=1)
    assert [said.count(code) for code in ("错误 S203", "错误 S205")] == [2, 2]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((("编号", "收文日期", "申请人类型", "备注"), ("1", "2024-03-01", "自然人", "")), "S202"),
        ((("编号", "申请人类型", "备注"), ("1", "自然人", "")), "S201"),
        ((("编号", "收到日期", "申请人类型", "编号"), ("1", "2024-03-01", "自然人", "2")), "S202"),
        ((HEAD, (*ROWS[1], "多出来的")), "S202"),
        ((HEAD, ROWS[1], ROWS[1]), "S204"),
        ((("甲", "乙"), ("1", "2")), "S201"),
    ],
)
def test_a_table_of_another_shape_is_told(
    site: Site, tmp_path: Path, rows: tuple[tuple[str, ...], ...], code: str
) -> None:
    said = run(site, "import", sheet(tmp_path / "表.csv", *rows), "--write", code=1)
    assert f"错误 {code} " in said


def test_a_blank_sheet_is_there_to_begin_with(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    run(site, "export", str(tmp_path / "空.xlsx"))
    names = next(openpyxl.load_workbook(tmp_path / "空.xlsx")["登记"].values)
    assert list(names) == list(labelled(Request))


def test_the_register_is_not_written_where_the_site_is_published_from(
    site: Site, tmp_path: Path
) -> None:
    for folder in ("content/附件", "output"):
        (site.root / folder).mkdir(parents=True, exist_ok=True)
        assert "不公开" in run(site, "export", str(site.root / folder / "a.xlsx"), code=2)
        assert not (site.root / folder / "a.xlsx").exists()
    assert ".xlsx" in run(site, "export", str(tmp_path / "a.doc"), code=2)
    (tmp_path / "有了.csv").write_text("原来的", "utf-8")
    assert "已经有了" in run(site, "export", str(tmp_path / "有了.csv"), code=2)
    assert (tmp_path / "有了.csv").read_text("utf-8") == "原来的"
    assert "读不出来" in run(site, "import", str(tmp_path / "没有.csv"), code=2)
