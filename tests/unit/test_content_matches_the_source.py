"""The bureau's own content beside the source it was taken from.

Promise: every sentence and every figure of the 2017 report stands in `content/` once, word for
word and in order, and nothing there claims more than the source says. The files are read with
plain YAML and text handling, so a fault of the product cannot hide one of the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
REPORTS = CONTENT / "政府信息公开年报"
ACCOUNTS = CONTENT / "法定主动公开内容" / "财政预决算"
SCHEMAS = ROOT / "site_builder" / "schemas"
TABLE_TITLE = "2017年度盟市政府信息公开情况统计表"
OWN = "本项"

Node = dict[str, Any]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def yaml_of(path: Path) -> Any:
    """The file with every scalar as text, so that a blank is "" and never 0."""
    return yaml.BaseLoader(text_of(path)).get_single_data()


def source_copies() -> list[str]:
    """The source file holds the report more than once: one string a copy."""
    text = text_of(ROOT / "tests" / "seed" / "source.txt")
    opening = text.split(",", 1)[0] + ","
    starts = [found.start() for found in re.finditer(f"^{opening}按照", text, re.MULTILINE)]
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def source_prose() -> list[str]:
    """The report's paragraphs and chapter headings, one a line."""
    prose = source_copies()[0].split(TABLE_TITLE)[0]
    return [line for line in prose.split("\n") if line]


def source_rows() -> list[tuple[str, str, str]]:
    """(label, unit, value) of the source's table; a row may be broken over lines."""
    cells = source_copies()[0].split("统计数 |", 1)[1].replace("\n", "").split("|")
    assert cells.pop() == ""
    texts = [cell.strip() for cell in cells]
    return list(zip(texts[0::3], texts[1::3], texts[2::3], strict=True))


def front_matter_and_body(path: Path) -> tuple[dict[str, str], str]:
    _, head, body = text_of(path).split("---\n", 2)
    return yaml.BaseLoader(head).get_single_data(), body


def report_lines() -> list[str]:
    _, body = front_matter_and_body(REPORTS / "2017" / "报告.md")
    return [line for line in body.split("\n") if line]


def written_rows(values: Node) -> Iterator[tuple[str, str]]:
    """(label, value) of 统计.yaml from top to bottom; a heading has no value of its own."""
    for label, value in values.items():
        if label == OWN:
            continue
        parts = value if isinstance(value, dict) else {OWN: value}
        yield label, parts.get(OWN, "")
        yield from written_rows(parts)


def forms() -> list[Node]:
    return [yaml_of(SCHEMAS / f"annual_2014{name}.yaml") for name in ("", "_neimenggu")]


def walked(rows: list[Node]) -> Iterator[Node]:
    for row in rows:
        yield row
        yield from walked(row.get("rows", []))


def all_rows() -> list[Node]:
    return [row for form in forms() for row in walked(form["tables"][0]["rows"])]


def all_rules() -> list[Node]:
    return [rule for form in forms() for rule in form["tables"][0]["rules"]]


def figures_of_2017() -> dict[str, Decimal | None]:
    """Row id → its figure; None where the cell is blank or no number."""
    values = [value for _, value in written_rows(statistics()["统计数"])]
    return {
        row["id"]: Decimal(value) if value.isdigit() else None
        for row, value in zip(all_rows(), values, strict=True)
    }


def statistics() -> Any:
    return yaml_of(REPORTS / "2017" / "统计.yaml")


def holds(rule: Node, figures: dict[str, Decimal | None]) -> bool | None:
    """Whether a rule holds; None when a cell it needs is blank."""
    this, that = ([figures[row] for row in rule[side]] for side in ("this", "that"))
    if None in this or None in that:
        return None
    left, right = (sum(filter(None, side), Decimal(0)) for side in (this, that))
    match rule["kind"]:
        case "sums" | "balance":
            return left == right
        case "at_most":
            return left <= right
    return not left or right > 0


def test_the_source_holds_the_same_report_twice() -> None:
    first, second = source_copies()
    assert first == second


def test_the_report_holds_every_line_of_the_source_word_for_word_and_in_order() -> None:
    assert [line.removeprefix("## ") for line in report_lines() if line != "---"] == source_prose()


def test_the_report_has_eight_chapters_and_closes_outside_the_last() -> None:
    lines = report_lines()
    assert [line[3] for line in lines if line.startswith("## ")] == list("一二三四五六七八")
    assert (lines[-2], lines[-1][:5]) == ("---", "下一步我局")


def test_no_sentence_of_the_report_stands_twice_in_the_content() -> None:
    everything = "".join(text_of(path) for path in CONTENT.rglob("*") if path.is_file())
    sentences = [s for line in source_prose() for s in line.split("。") if s]
    assert len(sentences) > 30
    assert [s for s in sentences if everything.count(s) != 1] == []


def test_the_report_gives_no_date_that_the_source_does_not_print() -> None:
    head, _ = front_matter_and_body(REPORTS / "2017" / "报告.md")
    assert (head["年度"], head["成文日期"], head["公开日期"]) == ("2017", "", "")
    assert head["发布机构"] == statistics()["填报单位"]
    assert f"填报单位(盖章):{head['发布机构']}" in source_copies()[0]


def test_the_statistics_hold_the_same_87_labels_and_values_as_the_source() -> None:
    written = list(written_rows(statistics()["统计数"]))
    assert len(written) == 87
    assert written == [(label, value) for label, _, value in source_rows()]


def test_a_blank_cell_of_the_source_stays_blank_and_a_zero_stays_zero() -> None:
    values = [value for _, value in written_rows(statistics()["统计数"])]
    assert (values.count(""), values.count("0")) == (20, 38)
    village = statistics()["统计数"]["十一、政务服务体系建设情况"]["(十)嘎查村"]
    assert village == {OWN: "", "其中:已建成便民代办点": ""}


def test_the_form_has_the_rows_of_the_source_in_its_order_and_units() -> None:
    for row, (label, unit, _) in zip(all_rows(), source_rows(), strict=True):
        assert label in [row["label"], *row.get("also", [])]
        assert row["unit"] == unit


def test_the_statistics_are_nested_like_the_form() -> None:
    def same_shape(rows: list[Node], values: Node) -> None:
        keys = [key for key in values if key != OWN]
        for row, key in zip(rows, keys, strict=True):
            parts = row.get("rows", [])
            assert key in [row["label"], *row.get("also", [])]
            assert isinstance(values[key], dict) == bool(parts)
            if parts:
                assert (OWN in values[key]) == (row["type"] != "heading")
                same_shape(parts, values[key])

    rows = [row for form in forms() for row in form["tables"][0]["rows"]]
    same_shape(rows, statistics()["统计数"])


def test_row_ids_are_unique_and_values_fit_their_types() -> None:
    ids = [row["id"] for row in all_rows()]
    assert len(set(ids)) == len(ids)
    for row, (_, _, value) in zip(all_rows(), source_rows(), strict=True):
        pattern = {"heading": "", "yes_no": "是|否|", "text": ".*"}.get(row["type"], r"\d*")
        assert re.fullmatch(pattern, value), row["id"]


def test_every_indicator_followed_over_the_years_has_a_figure_in_2017() -> None:
    rows = [i["row"] for form in forms() for i in form.get("indicators", [])]
    assert rows == ["A1", "A2.2", "A2.3", "B1", "C1", "C2"]
    assert all(figures_of_2017()[row] is not None for row in rows)


def test_every_rule_is_whole_and_names_rows_printed_up_to_its_table() -> None:
    known: dict[str, Node] = {}
    for table in (form["tables"][0] for form in forms()):
        known |= {row["id"]: row for row in walked(table["rows"])}
        for rule in table["rules"]:
            assert {*rule["this"], *rule["that"]} <= set(known), rule["id"]
            assert rule["kind"] in {"sums", "balance", "at_most", "requires"}
            assert rule["level"] in {"must", "warn", "note"}
            assert rule["why"]
            if rule["kind"] == "sums":
                parts = [row["id"] for row in known[rule["this"][0]]["rows"]]
                assert rule["that"] == parts, rule["id"]
    ids = [rule["id"] for rule in all_rules()]
    assert len(set(ids)) == len(ids)


def test_every_binding_rule_holds_on_the_figures_of_2017() -> None:
    figures = figures_of_2017()
    binding = {r["id"]: holds(r, figures) for r in all_rules() if r["level"] == "must"}
    assert False not in binding.values()
    assert [rule for rule, held in binding.items() if held is None] == ["M-K9a", "M-K10a"]


def test_2017_raises_two_notes_on_how_channels_are_counted_and_no_warning() -> None:
    figures = figures_of_2017()
    raised = [(r["id"], r["level"]) for r in all_rules() if holds(r, figures) is False]
    assert raised == [("N-A2.2", "note"), ("N-A2.3", "note")]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"C1.1": 3}, ["S-C1"]),
        ({"C3.4a": 1}, ["S-C3.4"]),
        ({"H3.2": 0}, ["S-H3"]),
        ({"A1a": 1}, ["M-A1a-A1b"]),
        ({"B2.2a": 1}, ["M-B2.2a"]),
        ({"C2": 5, "C2.2": 1}, ["W-C2-C1", "W-C2-C3"]),
        ({"I3": 40}, ["W-I3-I2"]),
        ({"B1": 5}, ["N-B1"]),
        ({"K2": 11}, ["M-K2-K1"]),
        ({"K1b": 9}, ["M-K1"]),
    ],
)
def test_one_wrong_figure_is_caught_by_the_rules_meant_for_it(
    changed: dict[str, int], expected: list[str]
) -> None:
    figures = figures_of_2017() | {row: Decimal(value) for row, value in changed.items()}
    raised = [rule["id"] for rule in all_rules() if holds(rule, figures) is False]
    assert [rule for rule in raised if not rule.startswith("N-A2.")] == expected


def test_the_registers_hold_exactly_the_years_the_report_names() -> None:
    claim = "2008-2016年政府信息公开年度报告、以及2013年-2016年财政决算和2014年-2017年财政预算"
    assert source_copies()[0].count(claim) == 1
    assert registered(REPORTS) == {("年度报告", year) for year in range(2008, 2017)}
    assert registered(ACCOUNTS) == {
        *(("决算", year) for year in range(2013, 2017)),
        *(("预算", year) for year in range(2014, 2018)),
    }


def registered(folder: Path) -> set[tuple[str, int]]:
    """(kind, year) of a register; every title names its year and none stands twice."""
    register = yaml_of(folder / "登记.yaml")
    assert "2017年政府信息公开年度报告第四部分" in register["出处"]
    assert all(entry["标题"].startswith(f"{entry['年度']}年") for entry in register["登记"])
    found = {(entry["种类"], int(entry["年度"])) for entry in register["登记"]}
    assert len(found) == len(register["登记"])
    return found


def test_the_list_of_rules_holds_the_titles_the_report_names() -> None:
    groups = yaml_of(CONTENT / "政府信息公开制度" / "制度目录.yaml")["目录"]
    prose = source_prose()
    for group, chapter in zip(groups, ("二、", "三、"), strict=True):
        at = next(i for i, line in enumerate(prose) if line.startswith(chapter))
        assert group["条目"] == re.findall("《(.*?)》", prose[at + 1])
    assert [len(group["条目"]) for group in groups] == [8, 9]
    assert re.search("十项.*九项", groups[1]["备注"])


@pytest.mark.parametrize("path", ["政府信息公开指南/指南.md", "依申请公开/说明.md"])
def test_a_page_written_from_the_law_says_so_and_invents_no_contact(path: str) -> None:
    head, body = front_matter_and_body(CONTENT / path)
    assert re.search("国务院令第711号.*原文待补录", head["来源"])
    assert (head["成文日期"], head["公开日期"]) == ("", "")
    assert not re.search(r"\d{5,}|\d{3,4}-\d{4}|@|https?:|路\d+号", body)
    for section in body.split("\n## ")[1:]:
        assert re.search("第[一二三四五六七八九十]+[条部]|本网站", section), section[:12]


def test_contact_and_registration_numbers_nobody_stated_are_left_empty() -> None:
    config = yaml_of(ROOT / "config.yaml")
    assert config["site"]["bureau"] in source_copies()[0]
    marks = [config["site"][key] for key in ("domain", "url", "id_code", "icp", "police")]
    assert {*marks, *config["contact"].values()} == {""}
