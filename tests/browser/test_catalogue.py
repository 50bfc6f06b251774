"""信息公开目录 in a browser: filters and their numbers, what the address keeps, and no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.portal import WAYS, Portal, eventually, opened
from tests.catalogues import Told, made

LABELS = {"lb": "column", "nf": "year", "tc": "genre", "yx": "validity"}
NUMBERS = """() => Object.fromEntries([...document.querySelectorAll(".filters label")].map(label =>
    [label.firstChild.name + "=" + label.firstChild.value, Number(label.lastChild.textContent)]))"""
SHOWN = "[...document.querySelectorAll('.entries h2')].map(title => title.textContent)"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The site in a browser's reach, and what its sources say."""

    portal: Portal
    told: tuple[Told, ...]

    def having(self, **chosen: str) -> list[Told]:
        """The records that have all the values chosen."""
        return [t for t in self.told if all(getattr(t, k) == v for k, v in chosen.items())]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    site, told = made(tmp_path_factory.mktemp("catalogue") / "site")
    with opened(site, "catalogue") as portal:
        yield Catalogue(portal, told)


def test_the_number_beside_each_value_is_that_of_the_records_that_have_it(
    catalogue: Catalogue, page: Page
) -> None:
    page.goto(catalogue.portal.address("mulu/index.html"))
    expected = Counter(
        f"{key}={getattr(told, name)}" for told in catalogue.told for key, name in LABELS.items()
    )
    assert page.evaluate(NUMBERS) == dict(expected)


@pytest.mark.parametrize("way", WAYS)
def test_a_choice_survives_a_reload_and_the_way_back(
    catalogue: Catalogue, page: Page, way: str
) -> None:
    page.goto(catalogue.portal.address("mulu/index.html", way))
    page.get_by_label("通知公告").check()
    page.get_by_label("2020年").check()
    found = catalogue.having(column="通知公告", year="2020")
    assert parse_qs(urlsplit(page.url).query) == {"lb": ["通知公告"], "nf": ["2020"]}
    page.reload()
    titles = page.evaluate(SHOWN)
    assert sorted(titles) == sorted(told.title for told in found)
    assert page.evaluate(NUMBERS)["yx=已废止"] == len(
        catalogue.having(column="通知公告", year="2020", validity="已废止")
    )
    page.get_by_role("link", name=titles[0], exact=True).click()
    page.go_back()
    assert page.evaluate(SHOWN) == titles
    page.go_back()
    eventually(page, "!document.querySelector('[value=\"2020\"]').checked")
    assert page.get_by_role("status").inner_text() == (
        f"共 {len(catalogue.having(column='通知公告'))} 条（类别：通知公告）"
    )


def test_values_of_one_kind_widen_and_of_another_narrow_what_is_found(
    catalogue: Catalogue, page: Page
) -> None:
    page.goto(catalogue.portal.address("mulu/index.html") + "?yx=现行有效&yx=已废止&lb=规范性文件")
    found = [t for t in catalogue.having(column="规范性文件") if t.validity]
    assert page.get_by_role("status").inner_text().startswith(f"共 {len(found)} 条")
    assert sorted(page.evaluate(SHOWN)) == sorted(told.title for told in found)


def test_everything_is_shown_step_by_step_newest_first_with_its_summary(
    catalogue: Catalogue, page: Page
) -> None:
    page.goto(catalogue.portal.address("mulu/index.html"))
    assert len(page.evaluate(SHOWN)) == 50
    page.get_by_role("button", name="再显示一些").press("Enter")
    assert sorted(page.evaluate(SHOWN)) == sorted(told.title for told in catalogue.told)
    assert page.evaluate("document.activeElement.closest('li').matches(':nth-child(51)')")
    eventually(page, "document.querySelectorAll('.entries p').length >= 60")
    entry = page.locator(".entries li", has_text="关于7号示例事项的文件")
    assert entry.locator("p").inner_text() == "第7号的内容概述。"
    days = page.locator(".entries li dl").all_inner_texts()
    published = [text.split("公开日期")[1].lstrip("：\n")[:10] for text in days]
    assert published == sorted(published, reverse=True)


def test_the_keyboard_alone_chooses_and_clears(catalogue: Catalogue, page: Page) -> None:
    page.goto(catalogue.portal.address("mulu/index.html"))
    page.locator(".filters summary").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator(":focus").is_checked()
    value = page.locator(":focus").input_value()
    found = catalogue.having(column=value)
    assert page.get_by_role("status").inner_text() == f"共 {len(found)} 条（类别：{value}）"
    page.get_by_role("button", name="清除全部条件").press("Enter")
    assert f"共 {len(catalogue.told)} 条" in page.get_by_role("status").inner_text()
    assert urlsplit(page.url).query == ""


def test_without_a_script_every_record_is_reached_by_its_year(
    catalogue: Catalogue, plain: Page
) -> None:
    plain.goto(catalogue.portal.address("mulu/index.html"))
    years = plain.locator(".years a").evaluate_all("links => links.map(link => link.href)")
    found: list[str] = []
    for address in years:
        plain.goto(address)
        found += plain.locator(".entries h2").all_inner_texts()
        while plain.locator("a[rel=next]").count():
            plain.locator("a[rel=next]").click()
            found += plain.locator(".entries h2").all_inner_texts()
    assert sorted(found) == sorted(told.title for told in catalogue.told)
