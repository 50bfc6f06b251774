"""The site's own search as a visitor uses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from site_builder.pipeline import Site
from tests.browser.portal import WAYS, Portal, eventually, opened, violations
from tests.sites import SMALL, another, copy_of, replace_in

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
WIDTHS = (1280, 390)
MANY = 200


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The small site with two hundred more notices, one of them like no other."""
    site = copy_of(SMALL, tmp_path_factory.mktemp("search") / "站 点")
    replace_in(site.root / NOTICE, "为了演示版式", new="为了**演示**版式")
    for number in range(MANY):
        add_notice(site, number)
    with opened(site, "search") as made:
        yield made


def add_notice(site: Site, number: int) -> None:
    """A short notice of 2022 or 2023."""
    text = another((SMALL / NOTICE).read_text("utf-8"), f"TZ-2022-1{number:03}")
    day = f"{2022 + number % 2}-{1 + number % 12:02}-{1 + number % 28:02}"
    text = text.replace("2024-03-04", day).replace("成文日期: 2024-03-01\n", "")
    text = text.replace("征收示例村土地", f"第{number}号地块供应计划")
    text = text.replace("示例公告，说明征收范围和补偿标准。", "示例公告。")
    text = text.split("为了演示")[0] + f"示例文字第{number}号，宗地用途为住宅，联系电话见指南。\n"
    text = text.replace("宗地用途", "湖泊岸线保护") if number == 77 else text
    (site.root / NOTICE).with_name(f"新{number}.md").write_text(text, "utf-8")


def status(page: Page) -> str:
    eventually(page, "!/正在|^$/.test(document.querySelector('[role=status]').textContent)")
    return page.inner_text("[role=status]")


def ask(portal: Portal, page: Page, query: str, *, way: str = "http") -> str:
    """Type words into the form that every page has, and press Enter."""
    page.goto(portal.address("gknb/2017/index.html", way))
    page.get_by_label("搜索本站").fill(query)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?*")
    return status(page)


def titles(page: Page) -> list[str]:
    return page.locator("main ol h2").all_inner_texts()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_rare_document_is_found_from_any_page(
    portal: Portal, page: Page, way: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert ask(portal, page, "湖泊岸线保护", way=way) == "找到 1 条。"
    assert titles(page) == ["关于第77号地块供应计划的公告"]
    assert page.locator("main mark").all_inner_texts() == ["湖泊岸线保护"]
    assert page.locator("main li time").inner_text() == "2023-06-22"
    page.locator("main ol a").click()
    assert page.url == portal.address("wj/tz-2022-1077.html", way)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("湖泊", "找到 1 条。"),
        ("岸线保", "找到 1 条。"),
        ("泊岸线保护", "找到 1 条。"),
        ("第７７号　湖泊", "找到 1 条。"),
        ("《湖泊》 岸线", "找到 1 条。"),
        ("演示版式", "找到 1 条。"),
        ("住宅", f"找到 {MANY} 条，已列出 10 条。"),
        ("示例文字第", f"已列出 10 条，一共不超过 {MANY} 条。"),
        ("泊", "找到 1 条。"),
        ("湖泊 年报", "没有找到含有“湖泊 年报”的信息。"),
        ("泊湖", "没有找到含有“泊湖”的信息。"),
        ("《》", "请输入文字或者数字。"),
    ],
)
def test_words_of_any_length_and_width_are_found(
    portal: Portal, page: Page, query: str, found: str
) -> None:
    assert ask(portal, page, query) == found


def test_what_is_not_found_comes_with_advice(portal: Portal, page: Page) -> None:
    ask(portal, page, "没有这样的词")
    assert page.get_by_text("换一个短一些的词").is_visible()
    assert titles(page) == []
    ask(portal, page, "湖泊")
    assert not page.get_by_text("换一个短一些的词").is_visible()


def test_titles_come_first_and_then_the_newest(portal: Portal, page: Page) -> None:
    ask(portal, page, "征收")
    assert titles(page)[0] == "关于征收示例村土地的公告"
    ask(portal, page, "住宅")
    days = page.locator("main li time").all_inner_texts()
    assert days == sorted(days, reverse=True)


def test_more_hits_come_by_keyboard_until_all_are_there(portal: Portal, page: Page) -> None:
    ask(portal, page, "住宅")
    first = titles(page)
    page.get_by_role("button", name="更多").focus()
    page.keyboard.press("Enter")
    eventually(page, "document.querySelectorAll('main ol li').length === 20")
    assert titles(page)[:10] == first
    assert status(page) == f"找到 {MANY} 条，已列出 20 条。"
    eventually(page, "document.activeElement === document.querySelectorAll('main ol a')[10]")


@pytest.mark.parametrize("way", WAYS)
def test_column_and_year_stay_with_the_words(portal: Portal, page: Page, way: str) -> None:
    ask(portal, page, "住宅", way=way)
    page.get_by_label("年份").select_option("2022")
    page.get_by_label("栏目", exact=True).select_option("fd/tzgg")
    page.get_by_role("main").get_by_role("button", name="搜索").click()
    page.wait_for_url("**year=2022*")
    narrowed = status(page)
    assert narrowed == f"找到 {MANY // 2} 条，已列出 10 条。"
    page.reload()
    assert status(page) == narrowed
    page.locator("main ol a").first.click()
    page.wait_for_url("**/wj/*")
    page.go_back()
    assert status(page) == narrowed
    assert page.get_by_label("年份").input_value() == "2022"
    assert page.get_by_label("栏目", exact=True).input_value() == "fd/tzgg"
    assert page.get_by_label("要找的词").input_value() == "住宅"
    page.goto(page.url.replace("year=2022", "year=1999"))
    assert status(page).startswith("没有找到")


def test_a_first_visit_loads_no_more_than_the_map(portal: Portal, newcomer: Page) -> None:
    asked: list[str] = []
    newcomer.on("request", lambda request: asked.append(request.url.removeprefix(portal.web)))
    newcomer.goto(portal.address("search.html"))
    assert [path for path in asked if path.startswith("search/")] == ["search/map.js"]
    ask(portal, newcomer, "湖泊")
    assert [path.split("?")[0] for path in asked if "/t" in path.split("?")[0]] != []


@pytest.mark.parametrize("way", WAYS)
def test_without_a_script_the_page_says_so_and_leads_to_the_full_list(
    portal: Portal, plain: Page, way: str
) -> None:
    plain.goto(portal.address("index.html", way))
    plain.get_by_label("搜索本站").fill("住宅")
    plain.get_by_role("button", name="搜索").click()
    plain.wait_for_url(f"{portal.address('search.html', way)}?*")
    assert "没有运行脚本" in plain.inner_text("main")
    assert plain.locator(":is(input, select, button):visible").count() == 0
    plain.get_by_role("link", name="打开全部信息的目录").click()
    assert plain.get_by_role("main").get_by_role("link", name="2023年").is_visible()


def test_a_lost_file_of_the_index_is_told(portal: Portal, newcomer: Page) -> None:
    newcomer.route("**/search/0/*", lambda route: route.abort())
    assert ask(portal, newcomer, "住宅") == "索引文件没有取到，请检查网络后重新搜索。"


def test_the_policy_is_kept_and_nothing_else_is_asked(portal: Portal, newcomer: Page) -> None:
    said: list[str] = []
    asked: list[str] = []
    newcomer.on("console", lambda message: said.append(message.text))
    newcomer.on("pageerror", lambda error: said.append(str(error)))
    newcomer.on("request", lambda request: asked.append(request.url))
    for way in WAYS:
        ask(portal, newcomer, "住宅 第1", way=way)
    assert said == []
    own = tuple(portal.base(way) for way in WAYS)
    assert [url for url in asked if not url.startswith((*own, "data:"))] == []


def test_hits_are_accessible(portal: Portal, page: Page, axe: str) -> None:
    ask(portal, page, "住宅")
    page.evaluate(axe)
    assert list(violations(page, WIDTHS)) == []


def test_hits_fit_a_narrow_screen(portal: Portal, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    ask(portal, page, "住宅")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_form_is_not_printed(portal: Portal, page: Page) -> None:
    page.goto(portal.address("index.html"))
    assert page.get_by_label("搜索本站").is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_label("搜索本站").is_visible()
