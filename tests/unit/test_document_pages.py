"""Document pages: what a document says of others stands on both pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.pipeline import Site
from tests.sites import SMALL, built, copy_of, replace_in

FIRST = "content/法定主动公开内容/通知公告/2024/征地.md"
SECOND = """\
---
编号: TZ-2024-002
标题: 关于废止一份公告的公告（示例）
文号: 示自然资公〔2024〕2号
联合发文机关: [示例市财政局, 示例市林业局]
成文日期: 2024-04-01
公开日期: 2024-04-02
实施日期: 2024-05-01
有效性: 现行有效
{said}: [TZ-2024-001]
更正:
  - {{日期: 2024-04-05, 说明: 第二段“示列”改为“示例”。}}
---

示例。
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The golden site, whose announcement another document will speak of."""
    return copy_of(SMALL, tmp_path / "site")


def pages(site: Site, said: str) -> tuple[str, str]:
    """The pages of the first and of the second document."""
    (site.root / FIRST).with_name("第二份.md").write_text(SECOND.format(said=said), "utf-8")
    built(site)
    first = (site.output / "wj/tz-2024-001.html").read_text("utf-8")
    return first, (site.output / "wj/tz-2024-002.html").read_text("utf-8")


def test_a_repealed_document_says_since_when_and_by_what(site: Site) -> None:
    replace_in(site.root / FIRST, "现行有效", new="已废止\n废止日期: 2024-05-01")
    first, second = pages(site, "废止")
    notice = "本文件已废止，仅供查阅（2024年5月1日起，依据《关于废止一份公告的公告（示例）》）。"
    assert notice in first
    at_the_top = first.partition("<dl")[0].partition('class="notice"')[2]
    assert 'href="../wj/tz-2024-002.html"' in at_the_top
    assert "<h2>废止本文件的文件</h2>" in first
    assert 'href="../wj/tz-2024-002.html"' in first
    assert "<h2>本文件废止的文件</h2>" in second
    assert 'href="../wj/tz-2024-001.html"' in second


def test_an_interpretation_and_its_document_lead_to_each_other(site: Site) -> None:
    first, second = pages(site, "解读")
    assert "<h2>相关解读</h2>" in first
    assert "<h2>本篇解读的文件</h2>" in second


def test_corrections_joint_issuers_and_the_first_day_in_force_are_printed(site: Site) -> None:
    _, second = pages(site, "解读")
    assert "<dt>2024年4月5日</dt><dd>第二段“示列”改为“示例”。</dd>" in second
    assert "<dd>示例市财政局、示例市林业局</dd>" in second
    assert "<dt>实施日期</dt><dd>2024年5月1日</dd>" in second


def test_a_document_that_is_withheld_is_named_on_no_other_page(site: Site) -> None:
    (site.root / FIRST).with_name("第二份.md").write_text(
        SECOND.format(said="解读").replace(
            "有效性:", "公开属性: 依申请公开\n不公开理由: 第十五条\n有效性:"
        ),
        "utf-8",
    )
    built(site)
    assert "TZ-2024-002" not in (site.output / "wj/tz-2024-001.html").read_text("utf-8")
    assert "关于废止一份公告" not in (site.output / "wj/tz-2024-001.html").read_text("utf-8")
