"""Prose: whatever stands in a body, the page shows words and links and nothing that runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.render.markdown_prose import ATTRIBUTES, SCHEMES, TAGS
from site_builder.render.prose import prose

LINKS = {"编号:TZ-1": "../wj/tz-1.html", "附件/2024/表(一).csv": "../fj/2024/%E8%A1%A8.csv"}
PIECES = (
    *("<script>", "</script>", "<svg/onload=alert(1)>", "<img src=x onerror=alert(1)>"),
    *("<iframe src=//a>", "<style>p{}</style>", "<!--", "-->", "<![CDATA[", "]]>", "<?php ?>"),
    *("[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](&#106;avascript:alert(1))"),
    *("[x](data:text/html,a)", "[x](vbscript:a)", "<javascript:alert(1)>", "[x]: javascript:a"),
    *('[x](/a "onclick=alert(1)")', '![x](x" onerror="alert(1))', "[x](java\tscript:alert(1))"),
    *("{: onclick=alert(1) }", "{{ site }}", "{% raw %}", "[x](java\nscript:alert(1))"),
    *("\x00", "\u202e", "`", "```\n", "~~~\n"),
    *("<p onclick=alert(1)>", "<a href='javascript:a'>", "<math><mi xlink:href=a>", "<b", "</b>"),
    *("\n\n", "\n", "    ", "> ", "- ", "| a |\n| --- |\n| b |\n", "# 标题", "通知", "*", "_"),
)


class Page(HTMLParser):
    """Every tag with its attributes, as a browser would meet them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a section: {data}")


def assert_harmless(html: str) -> None:
    for tag, attributes in Page(html).tags:
        if tag == "div":
            assert attributes["class"] == "scroll"
            continue
        assert tag in TAGS
        allowed = ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        assert set(attributes) <= allowed | {"title", "lang"}
        for name in ("href", "src"):
            assert scheme_of(attributes.get(name, "")) in {"", *SCHEMES}


def scheme_of(address: str) -> str:
    """The scheme a browser sees: it passes over line ends, tabs and what comes before a URL."""
    seen = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33))))
    found = re.match(r"([a-z][a-z0-9+.-]*):", seen, re.IGNORECASE)
    return found[1].lower() if found else ""


@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_piece_is_words_at_most(piece: str) -> None:
    for text in (piece, f"通知{piece}通知", f"- {piece}", f"| a |\n| --- |\n| {piece} |"):
        assert_harmless(prose(text, {}))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=8).map("".join))
def test_no_mixture_of_hostile_pieces_runs(text: str) -> None:
    assert_harmless(prose(text, LINKS))


def test_html_is_shown_as_the_words_it_is() -> None:
    page = Page(prose("请看<b>附件</b>和<script>alert(1)</script>。", {}))
    assert page.text.strip() == "请看<b>附件</b>和<script>alert(1)</script>。"
    assert [tag for tag, _ in page.tags] == ["p"]


def test_template_marks_are_text() -> None:
    assert "{{ site.name }}" in prose("见 {{ site.name }}", {})


def test_headings_of_a_text_stand_below_those_of_the_page() -> None:
    html = prose("# 一\n\n### 二\n\n#### 三\n\n题\n===\n", {})
    assert [tag for tag, _ in Page(html).tags] == ["h3", "h3", "h4", "h3"]


def test_a_table_scrolls_by_itself_and_aligns_by_classes() -> None:
    html = prose("| 地块 | 面积 | 备注 |\n| --- | ---: | :---: |\n| 甲 | 1.20 | 无 |\n", {})
    cells = [(tag, a.get("class"), a.get("scope")) for tag, a in Page(html).tags if tag in "thtd"]
    assert cells == [
        *(("th", None, "col"), ("th", "num", "col"), ("th", "mid", "col")),
        *(("td", None, None), ("td", "num", None), ("td", "mid", None)),
    ]
    assert html.startswith('<div class="scroll"')
    assert "style" not in html


def test_a_link_by_number_leads_to_the_page_and_one_to_a_file_to_the_file() -> None:
    html = prose("见[公告](编号:TZ-1)、[表](附件/2024/表(一).csv)。", LINKS)
    targets = [attributes["href"] for tag, attributes in Page(html).tags if tag == "a"]
    assert targets == ["../wj/tz-1.html", "../fj/2024/%E8%A1%A8.csv"]


def test_a_link_written_percent_encoded_leads_to_the_same_file() -> None:
    links = {"附件/表 一.csv": "fj/a.csv"}
    assert 'href="fj/a.csv"' in prose("[表](附件/表%20一.csv)", links)


def test_a_picture_of_the_attachments_is_shown() -> None:
    html = prose("![位置图](附件/图.png)", {"附件/图.png": "../fj/a.png"})
    assert Page(html).tags[-1] == ("img", {"src": "../fj/a.png", "alt": "位置图"})


def test_an_unknown_target_is_left_for_the_inspection_to_find() -> None:
    assert 'href=""' not in prose("[公告](编号:XX-9)", LINKS)


def test_one_text_leaves_no_trace_in_the_next() -> None:
    prose("[注]: https://example.invalid/\n\n[见][注]", {})
    assert "href" not in prose("[见][注]", {})
    assert prose("一段。", {}) == prose("一段。", {})


def test_a_list_keeps_the_number_it_begins_with() -> None:
    assert '<ol start="2">' in prose("前文。\n\n2. 乙\n\n3. 丙\n", {})
    assert "<ol>" in prose("1. 甲\n2. 乙\n", {})


def test_a_link_to_what_has_no_page_leaves_its_words() -> None:
    html = prose("见[**一个**公告](编号:XX-9)和[公告](编号:TZ-1)。", LINKS)
    assert html.startswith('<p>见<strong>一个</strong>公告和<a href="../wj/tz-1.html"')
