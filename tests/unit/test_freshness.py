"""Freshness: what is called not updated is so, whatever else is wrong with the site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from site_builder.rules.freshness import check_columns_updated, check_home
from site_builder.sources.load import load
from tests.sites import SMALL, another, copy_of

A_YEAR_LATER = date(2025, 6, 1)
NOTICES = "content/法定主动公开内容/通知公告"


def codes(root: Path) -> list[str]:
    library, _ = load(root, A_YEAR_LATER)
    assert library is not None
    return [p.code for check in (check_home, check_columns_updated) for p in check(library)]


def added(root: Path, name: str, *, published: str) -> None:
    notice = another((root / NOTICES / "2024/征地.md").read_text(encoding="utf-8"), "TZ-2024-002")
    assert "公开日期: 2024-03-04" in notice
    text = notice.replace("公开日期: 2024-03-04", f"公开日期: {published}")
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def test_a_column_is_not_called_stale_while_its_newest_file_may_be_one_with_an_error(
    tmp_path: Path,
) -> None:
    root = copy_of(SMALL, tmp_path / "site").root
    assert codes(root) == ["D606", "D607"]
    added(root, f"{NOTICES}/2025/新.md", published="2025-05-32")
    assert codes(root) == []


def test_an_error_in_another_column_leaves_a_stale_column_stale(tmp_path: Path) -> None:
    root = copy_of(SMALL, tmp_path / "site").root
    added(root, "content/政府信息公开制度/新.md", published="2025-05-32")
    assert codes(root) == ["D607"]
