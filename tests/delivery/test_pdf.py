"""An annual report as PDF: tagged, with contents, outline and page numbers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader
from pypdf.generic import Destination

from site_builder.cli.commands import commands
from site_builder.pipeline import Site
from tests.delivery.programs import DAY
from tests.sites import SMALL, copy_of, real_site

CHAPTERS = ("一、切实加强政府信息公开组织领导", "八、扎实做好行政复议和行政诉讼工作")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return real_site(tmp_path_factory.mktemp("pdf") / "site")


def pdf(site: Site, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["--site", str(site.root), "pdf", *arguments, *DAY])


def entries(outline: Any) -> Iterator[Destination]:
    for entry in outline:
        if isinstance(entry, list):
            yield from entries(entry)
        else:
            yield entry


def test_a_report_is_tagged_and_has_outline_contents_and_page_numbers(
    site: Site, tmp_path: Path
) -> None:
    file = tmp_path / "年报.pdf"
    result = pdf(site, "2017", "--to", str(file))
    assert (result.exit_code, "有的字没有字体" in result.output) == (0, False), result.output
    assert f"已写出 {file}" in result.output
    reader = PdfReader(file)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "zh-CN"
    titles = [str(entry.title) for entry in entries(reader.outline)]
    assert titles[0] == "2017年政府信息公开年度报告"
    assert set(CHAPTERS) <= set(titles)
    assert "目录" not in titles
    pages = [page.extract_text() for page in reader.pages]
    assert all(chapter in pages[0] for chapter in CHAPTERS)  # the contents
    assert any(CHAPTERS[1] in text for text in pages[1:])
    for number, text in enumerate(pages, 1):
        assert f"第 {number} 页，共 {len(pages)} 页" in text


def test_another_page_is_named_by_its_path(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    file = tmp_path / "a.pdf"
    assert pdf(site, "output/wj/tz-2024-001.html", "--to", str(file)).exit_code == 0
    assert PdfReader(file).metadata


def test_a_page_that_is_not_there_is_told_in_a_sentence(site: Site) -> None:
    result = pdf(site, "1999")
    assert (result.exit_code, "没有“1999”这个网页" in result.output) == (2, True)


def test_without_the_extra_a_sentence_says_how_to_get_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    result = pdf(site, "2017")
    assert result.exit_code == 2
    assert 'pip install "site-builder[pdf]"' in result.output


def test_characters_without_a_font_are_told(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_builder.delivery.pdf.STYLE", "h1::after { content:'\\10FFFD' }")
    result = pdf(site, "2017", "--to", str(tmp_path / "a.pdf"))
    assert "有的字没有字体" in result.output
