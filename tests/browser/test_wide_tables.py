"""Tables too wide for a phone: a form of seven columns, and a table of twelve in running text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.portal import Portal, opened, violations
from tests.sites import SMALL, copy_of

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ROWS = (
    "本年新收政府信息公开申请数量",
    "上年结转政府信息公开申请数量",
    "予以公开",
    "结转下年度继续办理",
)
FORM = """\
id: wide-2017
series: annual-report
from: 2017
until: 2018
cites: {{title: 示例宽表}}
tables:
  - id: main
    title: "{{year}}年度示例宽表"
    label: 统计指标
    columns: [{columns}]
    rows: [{rows}]
"""
REPORT = "gknb/2017/index.html"
DOCUMENT = "wj/tz-2024-001.html"


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The small site with both tables."""
    site = copy_of(SMALL, tmp_path_factory.mktemp("wide") / "site")
    columns = ", ".join(f"{{id: c{n}, label: {label}}}" for n, label in enumerate(COLUMNS))
    rows = ", ".join(
        f"{{id: R{n}, label: {label}, type: count, unit: 件}}" for n, label in enumerate(ROWS)
    )
    (site.root / "schemas").mkdir()
    (site.root / "schemas/wide.yaml").write_text(FORM.format(columns=columns, rows=rows), "utf-8")
    lines = [",".join(("统计指标", "单位", *COLUMNS))]
    lines += [",".join((label, "件", *(str(1000 + n) for n in range(7)))) for label in ROWS]
    (site.root / "content/政府信息公开年报/2017/统计.csv").write_text("\n".join(lines), "utf-8")
    notice = site.root / "content/法定主动公开内容/通知公告/2024/征地.md"
    table = [" | ".join(f"第{n}列的内容" for n in range(12)), " | ".join(["---"] * 12)]
    text = notice.read_text("utf-8") + "\n" + "\n".join([*table, table[0]]) + "\n"
    notice.write_text(text, "utf-8")
    with opened(site, "wide") as portal:
        yield portal


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("path", [REPORT, DOCUMENT])
def test_a_wide_table_scrolls_by_itself_and_with_the_keyboard(
    wide: Portal, page: Page, path: str, width: int
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(wide.address(path))
    region = page.locator(".scroll:has(th:nth-child(7))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert region.evaluate("e => e.scrollWidth > e.clientWidth")
    assert region.get_attribute("role") in ("region", "group")
    region.focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(20)
    last = region.locator("tr").last.locator("td").last
    assert last.evaluate("e => e.getBoundingClientRect().right <= innerWidth")


def test_the_label_of_a_row_stays_in_sight_while_its_numbers_scroll(
    wide: Portal, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(wide.address(REPORT))
    region = page.locator(".statistics .scroll")
    region.evaluate("e => { e.scrollLeft = e.scrollWidth }")
    label, last = region.locator("tbody tr").first.locator("th, td").all()[:: len(COLUMNS)]
    place, value = label.bounding_box(), last.bounding_box()
    assert place is not None
    assert value is not None
    assert 0 <= place["x"] < place["x"] + place["width"] <= value["x"] + value["width"] <= 390


@pytest.mark.parametrize("path", [REPORT, DOCUMENT])
def test_axe_finds_nothing_wrong_with_a_wide_table(
    wide: Portal, page: Page, axe: str, path: str
) -> None:
    page.goto(wide.address(path))
    page.evaluate(axe)
    found = list(violations(page, (1280, 390)))
    assert not found, "\n".join(found)


def test_paper_shows_every_column_of_the_form(wide: Portal, page: Page) -> None:
    page.set_viewport_size({"width": 642, "height": 1000})  # A4 between its margins
    page.emulate_media(media="print")
    page.goto(wide.address(REPORT))
    cells = page.locator(".statistics th, .statistics td")
    boxes = [box for cell in cells.all() if (box := cell.bounding_box())]
    assert len(boxes) == (len(ROWS) + 1) * (len(COLUMNS) + 1)
    assert max(box["x"] + box["width"] for box in boxes) <= 642
