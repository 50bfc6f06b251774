"""The years side by side: what readers are told of years that were counted differently."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from tests.sites import built, reports_of_demo

TODAY = date(2026, 11, 22)
REPORTS = "content/政府信息公开年报"


def test_a_change_of_form_is_explained_also_over_years_without_a_table(tmp_path: Path) -> None:
    site = reports_of_demo(tmp_path / "site")
    for year in (2018, 2019):
        shutil.rmtree(site.root / REPORTS / str(year))
    built(site, TODAY)
    page = (site.output / "gknb/trends.html").read_text("utf-8")
    assert "2020年起采用国办公开办函〔2019〕60号的表式，统计口径与2017年以前不同" in page
