"""Attachments: what a citizen could find in a file is found before it is published."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image
from pypdf import PdfWriter

from site_builder.pipeline import Site, check
from site_builder.sources.attachments import scan_attachment
from tests.sites import AS_OF, SMALL, copy_of, replace_in

ID = "110101199003071233"
NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"


def codes(data: bytes, path: str) -> list[str]:
    return sorted({found.code for found in scan_attachment(data, path)})


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        fill(book)
    return made.getvalue()


def pdf_with(text: str) -> bytes:
    """A page with one line of text, in a font every reader has."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = stream
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_number_in_a_cell_is_found_with_its_sheet_and_row() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["姓名", "证件"])
        sheet.write_row(1, 0, ["示例甲", ID])

    (found,) = scan_attachment(workbook(fill), "名单.xlsx")
    assert (found.code, found.where) == ("V101", "工作表“名单”第2行")
    assert ID not in found.said


@pytest.mark.parametrize("hidden", ["sheet", "row", "column", "note"])
def test_a_workbook_hides_nothing(hidden: str) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["姓名", "面积"])
        if hidden == "sheet":
            other = book.add_worksheet("底稿")
            other.write(0, 0, ID)
            other.hide()
        elif hidden == "row":
            sheet.set_row(3, None, None, {"hidden": True})
            sheet.write(3, 0, ID)
        elif hidden == "column":
            sheet.set_column(4, 4, None, None, {"hidden": True})
            sheet.write(2, 4, ID)
        else:
            sheet.write_comment(0, 0, f"核对 {ID}")

    assert codes(workbook(fill), "名单.xlsx") == ["V101", "V302" if hidden == "note" else "V301"]


def test_a_bank_card_is_told_by_the_head_of_its_column() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["户主", "银行账号"])
        sheet.write_row(1, 0, ["示例甲", "6222020000000000000"])

    assert codes(workbook(fill), "补偿.xlsx") == ["V103"]
    text = "户主,银行账号\n示例甲,6222020000000000000\n"
    assert codes(text.encode(), "补偿.csv") == ["V103"]


def test_the_text_of_a_pdf_is_read_page_by_page() -> None:
    (found,) = scan_attachment(pdf_with(f"tel 13800000000 {ID}"), "决定.pdf")[:1]
    assert (found.code, found.where) == ("V102", "第1页")
    assert codes(pdf_with("nothing to see"), "决定.pdf") == []


def test_a_pdf_behind_a_password_or_cut_short_is_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    made = io.BytesIO()
    writer.write(made)
    assert codes(made.getvalue(), "决定.pdf") == ["V305"]
    whole = pdf_with("text")
    assert codes(whole[: len(whole) // 3], "决定.pdf") == ["V305"]


def test_a_scan_without_text_is_told_of() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    made = io.BytesIO()
    writer.write(made)
    assert codes(made.getvalue(), "扫描.pdf") == ["V306"]


def test_a_picture_without_a_place_is_nobody_s_business() -> None:
    made = io.BytesIO()
    Image.new("RGB", (4, 4)).save(made, "JPEG")
    assert codes(made.getvalue(), "现场.jpg") == []
    assert codes(made.getvalue()[:40], "现场.jpg") == ["V305"]


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf", "jpg", "png", "csv", "txt", "xls"])
def test_no_bytes_however_wild_end_in_anything_but_findings(ending: str) -> None:
    chance = random.Random(ending)
    starts = {
        "xlsx": b"PK\x03\x04",
        "docx": b"PK\x03\x04",
        "pdf": b"%PDF-1.4\n",
        "jpg": b"\xff\xd8",
    }
    for size in (0, 1, 50, 700):
        data = starts.get(ending, b"") + chance.randbytes(size)
        for found in scan_attachment(data, f"文件.{ending}"):
            assert found.code.startswith("V")


def test_a_damaged_archive_of_office_parts_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<w:document>")
    assert codes(made.getvalue(), "通知.docx") == ["V305"]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_of(SMALL, tmp_path / "site")


def said(site: Site) -> list[tuple[str, str]]:
    return [(p.code, p.message) for p in check(site, AS_OF).problems if p.code.startswith("V")]


def test_a_waiver_with_a_reason_lets_a_finding_pass_and_no_other(site: Site) -> None:
    replace_in(site.root / NOTICE, "公告如下。", new="值班电话 13800000000，另一个 13900000000。")
    assert [code for code, _ in said(site)] == ["V102", "V102"]
    waiver = "豁免:\n  - {规则: V102, 内容: '13800000000', 理由: 对外公布的值班电话}\n附件:"
    replace_in(site.root / NOTICE, "附件:", new=waiver)
    assert [message for _, message in said(site)] == ["有手机号 139******00"]


def test_a_waiver_without_a_reason_is_refused(site: Site) -> None:
    replace_in(site.root / NOTICE, "附件:", new="豁免:\n  - {规则: V102}\n附件:")
    found = [p for p in check(site, AS_OF).problems if p.code == "D101"]
    assert ["理由" in p.message for p in found] == [True]


def test_the_reason_of_a_waiver_never_reaches_the_public(site: Site) -> None:
    waiver = "豁免:\n  - {规则: V102, 理由: 只给审查的人看的话}\n附件:"
    replace_in(site.root / NOTICE, "附件:", new=waiver)
    replace_in(site.root / NOTICE, "公告如下。", new="值班电话 13800000000。")
    from tests.sites import built, tree

    built(site)
    assert not any("只给审查的人看的话".encode() in data for data in tree(site.output).values())


def test_the_bureau_s_own_telephone_is_no_finding(site: Site) -> None:
    replace_in(site.root / NOTICE, "公告如下。", new="联系电话 138-0000-0000。")
    assert [code for code, _ in said(site)] == ["V102"]
    replace_in(site.root / "config.yaml", "phone: ", new='phone: "13800000000" #')
    assert said(site) == []


def test_a_number_in_the_name_of_a_file_is_found(site: Site) -> None:
    folder = site.root / "content/附件/2024"
    (folder / "补偿标准.csv").rename(folder / f"{ID}.csv")
    replace_in(site.root / NOTICE, "补偿标准.csv", new=f"{ID}.csv")
    assert "V101" in {code for code, _ in said(site)}
