"""The years side by side: what readers are told of years that were counted differently."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from datetime import date
from pathlib import Path

from site_builder.delivery.new_report import new_report
from tests.sites import SMALL, built, copy_of, replace_in, reports_of_demo

TODAY = date(2026, 11, 22)
REPORTS = "content/政府信息公开年报"


def test_a_change_of_form_is_explained_also_over_years_without_a_table(tmp_path: Path) -> None:
    site = reports_of_demo(tmp_path / "site")
    for year in (2018, 2019):
        shutil.rmtree(site.root / REPORTS / str(year))
    built(site, TODAY)
    page = (site.output / "gknb/trends.html").read_text("utf-8")
    assert "2020年起采用国办公开办函〔2019〕60号的表式，统计口径与2017年以前不同" in page


def test_a_table_half_filled_on_another_form_leaves_the_figures_of_earlier_years(
    tmp_path: Path,
) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    new_report(site, 2024)
    begun = site.root / REPORTS / "2024"
    replace_in(begun / "统计.yaml", "规章:\n", new="规章: [0, 0, 0]\n")
    text = (begun / "报告.md").read_text("utf-8")
    (begun / "报告.md").write_text(re.sub("【待填写】.*", "没有。", text), "utf-8")
    built(site, TODAY)
    page = (site.output / "gknb/trends.html").read_text("utf-8")
    assert "收到申请<small>（件）</small>" in page
    assert "予以公开" not in page  # what no year tells has no chart


def test_figures_of_all_years_stand_in_one_table_and_those_counted_differently_in_rows_apart(
    tmp_path: Path,
) -> None:
    site = reports_of_demo(tmp_path / "site")
    built(site, TODAY)
    text = (site.output / "gknb/trends.csv").read_text("utf-8-sig")
    rows = {row["行编号"]: row for row in csv.DictReader(io.StringIO(text))}
    former, latter = rows["received.annual-2014"], rows["received.annual-2019"]
    assert (former["表式"], former["单位"]) == ("国办发〔2014〕32号", "件")
    assert (former["2018年"], former["2019年"]) == ("8", "")
    assert (latter["2018年"], latter["2019年"], latter["2025年"]) == ("", "15", "19")
    assert rows["carried.annual-2019"]["2019年"] == "0"
    (described,) = (
        table
        for table in json.loads((site.output / "gknb/datapackage.json").read_bytes())["resources"]
        if table["path"] == "trends.csv"
    )
    assert [field["name"] for field in described["schema"]["fields"]] == list(former)
