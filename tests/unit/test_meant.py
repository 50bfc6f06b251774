"""Which file of 附件 a clerk meant."""

from __future__ import annotations

import pytest

from site_builder.rules.meant import meant_file

FILES = frozenset(
    (
        "2025/坐标表.csv",
        "2025/扫描件1.pdf",
        "2025/附表(1).xlsx",
        "2024/旧.pdf",
        "2025/标准 (终稿).csv",
        "README",
    )
)


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("2025\\坐标表.CSV", "2025/坐标表.csv"),
        ("content\\附件\\2025\\坐标表.csv", "2025/坐标表.csv"),
        ("D:\\公开\\坐标表.csv", "2025/坐标表.csv"),
        ("2025/坐标表", "2025/坐标表.csv"),
        ("2025/附表.xlsx", "2025/附表(1).xlsx"),
        ("2025/旧.pdf", "2024/旧.pdf"),
        ("2025/标准", "2025/标准 (终稿).csv"),
        ("2025/扫描件2.pdf", ""),
        ("2025/公告.pdf", ""),
        ("2025/", ""),
        ("", ""),
    ],
)
def test_a_path_that_is_nearly_right_leads_to_its_file(named: str, meant: str) -> None:
    assert meant_file(named, FILES) == meant
