"""What a running preview shows after saves that fail and saves that mend."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from site_builder.cli import building
from site_builder.delivery import preview as preview_module
from site_builder.delivery import serve
from site_builder.delivery.preview import Preview
from site_builder.pipeline import Built
from tests.sites import AS_OF, SMALL, copy_of, replace_in

GUIDE = "content/政府信息公开指南/指南.md"
NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"


def test_a_text_saved_while_another_file_had_an_error_appears_when_that_is_mended(
    tmp_path: Path,
) -> None:
    site, told = copy_of(SMALL, tmp_path / "site"), list[Built]()
    preview = Preview(site, lambda: AS_OF, told.append)
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
    preview = Preview(site, lambda: AS_OF, told.append)
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


def test_a_preview_left_open_overnight_shows_what_is_published_the_next_day(
    tmp_path: Path,
) -> None:
    site, days = copy_of(SMALL, tmp_path / "site"), [date(2024, 3, 3)]
    preview = Preview(site, lambda: days[-1], lambda _: None)
    replace_in(site.root / GUIDE, "公告见[征收土地公告](编号:TZ-2024-001)", new="公告见目录")
    preview.rebuild()
    page = preview.site.output / "wj" / "tz-2024-001.html"
    assert not page.exists()
    days.append(date(2024, 3, 4))
    replace_in(site.root / GUIDE, "公告见目录", new="公告都在目录里")
    preview.rebuild(frozenset({GUIDE}))
    assert page.exists()


def test_after_a_save_the_warnings_that_are_new_are_told_and_the_others_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    preview = Preview(site, lambda: date(2026, 11, 22), building._teller(site))
    preview.rebuild()
    first = capsys.readouterr().out
    assert "D602" in first
    assert "刚才" not in first
    guide = site.root / GUIDE
    told = "\n".join(x for x in guide.read_text("utf-8").split("\n") if "公开日期" not in x)
    guide.write_text(told, encoding="utf-8")
    preview.rebuild(frozenset({GUIDE}))
    (warning, closing) = capsys.readouterr().out.splitlines()
    assert "D301 《政府信息公开指南》没有公开日期" in warning
    assert "还有 2 条警告和刚才一样" in closing


def test_a_fault_of_the_program_while_it_previews_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, said = copy_of(SMALL, tmp_path / "site"), list[str]()
    preview = Preview(site, lambda: AS_OF, lambda _: None)
    preview.rebuild()
    saves = serve._Saves(preview, said.append)
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr(preview_module, "build", _broken)
        saves.changed = frozenset({NOTICE})
        saves.examine()
    assert "程序自身出错" in said[0]
    assert "ZeroDivisionError" in (tmp_path / ".cache/site_builder/fault.txt").read_text("utf-8")
    replace_in(site.root / NOTICE, "为了演示版式", new="为了演示新的版式")
    saves.changed = frozenset({GUIDE})
    saves.examine()
    page = preview.site.output / "wj" / "tz-2024-001.html"
    assert "为了演示新的版式" in page.read_text(encoding="utf-8"), "nothing saved is forgotten"


def _broken(*_: object, **__: object) -> Built:
    raise ZeroDivisionError
