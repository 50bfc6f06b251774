"""Builds that end with an error, and the output before and after them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.pipeline import Site
from tests.delivery.programs import build
from tests.sites import REPOSITORY, SMALL, built, copy_of, replace_in, tree

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
TABLE = "content/政府信息公开年报/2017/统计.csv"


def spoil_a_date(site: Site) -> None:
    replace_in(site.root / NOTICE, "公开日期: 2024-03-04", new="公开日期: 2024-02-30")


def spoil_a_figure(site: Site) -> None:
    table = site.root / TABLE
    lines = table.read_text("utf-8-sig").split("\n")
    lines = ["六、举报投诉数量,件,很多\r" if "六、" in line else line for line in lines]
    table.write_text("\n".join(lines), "utf-8")


def spoil_the_configuration(site: Site) -> None:
    replace_in(site.root / "config.yaml", "slug: zn", new="slug: zd")


def lose_an_attachment(site: Site) -> None:
    (site.root / "content/附件/2024/补偿标准.csv").unlink()


def break_the_syntax_of_a_template(site: Site) -> None:
    override(site, "pages/site_map.html", old="{% endblock %}", new="{% endblok %}")


def name_something_unknown_in_a_template(site: Site) -> None:
    override(site, "pages/site_map.html", old="group.title", new="group.titel")


def name_a_template_that_is_not_there(site: Site) -> None:
    override(site, "layouts/base.html", old="parts/footer.html", new="parts/fuss.html")


def divide_by_zero_in_a_template(site: Site) -> None:
    override(site, "parts/footer.html", old="<footer", new="{{ 1 // 0 }}<footer")


def override(site: Site, name: str, *, old: str, new: str) -> None:
    own = site.root / "templates" / name
    own.parent.mkdir(parents=True)
    own.write_text((REPOSITORY / "templates" / name).read_text("utf-8"), "utf-8")
    replace_in(own, old, new=new)


FAULTS: dict[Callable[[Site], None], tuple[str, str]] = {
    spoil_a_date: ("征地.md", "2024-02-30"),
    spoil_a_figure: ("统计.csv", "很多"),
    spoil_the_configuration: ("config.yaml", "zd"),
    lose_an_attachment: ("征地.md", "补偿标准.csv"),
    break_the_syntax_of_a_template: ("templates/pages/site_map.html", "endblok"),
    name_something_unknown_in_a_template: ("templates/pages/site_map.html", "titel"),
    name_a_template_that_is_not_there: ("templates/", "parts/fuss.html"),
    divide_by_zero_in_a_template: ("templates/parts/footer.html", "zero"),
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_after_an_error_the_output_is_as_it_was_and_the_message_says_where(
    tmp_path: Path, fault: Callable[[Site], None]
) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    built(site)
    replace_in(site.root / "config.yaml", "示例市自然资源局政府信息公开", new="示例平台")
    before = state(site.output)
    fault(site)
    said = build(site.root)
    assert said.returncode == 1
    assert state(site.output) == before
    for words in (*FAULTS[fault], "没有生成", "output/ 保持原样"):
        assert words in said.stdout
    assert said.stderr == ""


def test_a_first_build_with_an_error_makes_no_output(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    spoil_a_date(site)
    assert build(site.root).returncode == 1
    assert not site.output.exists()


def state(output: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of every file."""
    files = tree(output)
    return {path: (files[path], (output / path).stat().st_mtime_ns) for path in files}
