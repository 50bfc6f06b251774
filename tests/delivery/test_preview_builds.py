"""What a running preview shows after saves that fail and saves that mend."""

from __future__ import annotations

from pathlib import Path

from site_builder.delivery.preview import Preview
from site_builder.pipeline import Built
from tests.sites import AS_OF, SMALL, copy_of, replace_in

GUIDE = "content/政府信息公开指南/指南.md"
NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"


def test_a_text_saved_while_another_file_had_an_error_appears_when_that_is_mended(
    tmp_path: Path,
) -> None:
    site, told = copy_of(SMALL, tmp_path / "site"), list[Built]()
    preview = Preview(site, AS_OF, told.append)
    preview.rebuild()
    page = preview.site.output / "wj" / "tz-2024-001.html"
    replace_in(site.root / NOTICE, "为了演示版式", new="为了演示新的版式")
    replace_in(site.root / "config.yaml", "bureau:", new="bureu:")
    preview.rebuild(frozenset({NOTICE, "config.yaml"}))
    assert "为了演示版式" in page.read_text(encoding="utf-8")
    replace_in(site.root / "config.yaml", "bureu:", new="bureau:")
    preview.rebuild(frozenset({"config.yaml"}))
    assert [built.failed for built in told] == [False, True, False]
    assert "为了演示新的版式" in page.read_text(encoding="utf-8")


def test_a_text_saved_with_an_error_in_another_appears_after_an_edit_of_a_third(
    tmp_path: Path,
) -> None:
    site, told = copy_of(SMALL, tmp_path / "site"), list[Built]()
    preview = Preview(site, AS_OF, told.append)
    preview.rebuild()
    notice, guide = site.root / NOTICE, site.root / GUIDE
    before = notice.read_text(encoding="utf-8")
    replace_in(notice, "公开日期: 2024-03-04", new="公开日期: 2024-02-30")
    preview.rebuild(frozenset({NOTICE}))
    replace_in(guide, "示例", new="刚刚改过的示例")
    preview.rebuild(frozenset({GUIDE}))
    notice.write_text(before, encoding="utf-8")
    preview.rebuild(frozenset({NOTICE}))
    assert [built.failed for built in told] == [False, True, True, False]
    shown = (preview.site.output / "zn" / "index.html").read_text(encoding="utf-8")
    assert "刚刚改过的示例" in shown
