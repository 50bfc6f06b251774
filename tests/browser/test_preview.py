"""The preview in a browser: it follows every save by itself, also the mistaken ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from site_builder.pipeline import Site
from tests.browser.portal import eventually
from tests.delivery.programs import free_port, serving
from tests.sites import REPOSITORY, SMALL, another, copy_of, replace_in

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
PAGE = "wj/tz-2024-001.html"
OLD = "为了演示版式，公告如下。"


@dataclass(frozen=True, slots=True)
class Running:
    """A preview at work and the site it shows."""

    site: Site
    web: str

    @property
    def notice(self) -> Path:
        """The source of the page that the tests look at."""
        return self.site.root / NOTICE


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Running]:
    """A preview of a site of its own."""
    site, port = copy_of(SMALL, tmp_path / "本局 网站"), free_port()
    with serving(site.root, port):
        yield Running(site, f"http://127.0.0.1:{port}/")


def test_a_save_appears_in_the_browser_by_itself(preview: Running, newcomer: Page) -> None:
    said = listening(newcomer)
    newcomer.goto(preview.web + PAGE)
    assert OLD in newcomer.inner_text("main")
    connected(newcomer)
    replace_in(preview.notice, OLD, new="这是刚刚保存的一段。")
    newcomer.get_by_text("这是刚刚保存的一段。").wait_for()
    assert said == []
    assert not preview.site.output.exists()


def test_a_mistake_is_shown_above_the_last_good_text_and_goes_when_it_is_mended(
    preview: Running, newcomer: Page
) -> None:
    said = listening(newcomer)
    newcomer.goto(preview.web + PAGE)
    connected(newcomer)
    replace_in(preview.notice, "公开日期: 2024-03-04", new="公开日期: 2024-02-30")
    problems = newcomer.locator(".preview-problems")
    problems.get_by_text("2024-02-30").first.wait_for()
    assert "征地.md:8:" in problems.inner_text()
    assert OLD in newcomer.inner_text("main")
    connected(newcomer)
    replace_in(preview.notice, "公开日期: 2024-02-30", new="公开日期: 2024-03-05")
    newcomer.get_by_text("2024年3月5日").first.wait_for()
    assert problems.count() == 0
    assert said == []


@pytest.mark.parametrize("pause", [0, 400, 1000])
def test_two_saves_in_quick_succession_both_arrive(
    preview: Running, page: Page, pause: int
) -> None:
    page.goto(preview.web + PAGE)
    connected(page)
    replace_in(preview.notice, OLD, new="第一次保存。")
    page.wait_for_timeout(pause)
    replace_in(preview.notice, "第一次保存。", new="第二次保存。")
    page.get_by_text("第二次保存。").wait_for()


def test_a_save_while_the_page_is_still_loading_arrives_too(
    preview: Running, newcomer: Page
) -> None:
    def save_and_wait(route: Route) -> None:
        replace_in(preview.notice, OLD, new="在加载时保存。")
        while "在加载时保存。" not in newcomer.request.get(f"{preview.web}{PAGE}?again").text():
            newcomer.wait_for_timeout(50)
        route.continue_()

    newcomer.route("**/livereload.js*", save_and_wait, times=1)
    newcomer.goto(preview.web + PAGE)
    newcomer.get_by_text("在加载时保存。").wait_for()


def test_many_saves_one_after_another_end_with_the_last(preview: Running, page: Page) -> None:
    page.goto(preview.web + PAGE)
    connected(page)
    before = OLD
    for number in range(12):
        replace_in(preview.notice, before, new=f"第{number}次保存。")
        before = f"第{number}次保存。"
        page.wait_for_timeout(170)
    page.get_by_text(before).wait_for()


def test_a_new_file_a_renamed_one_and_a_removed_one_are_followed(
    preview: Running, page: Page
) -> None:
    page.goto(f"{preview.web}fd/tzgg/index.html")
    connected(page)
    added = preview.notice.with_name("新增.md")
    text = another(preview.notice.read_text("utf-8"), "TZ-2024-002")
    added.write_text(text.replace("关于征收示例村土地的公告", "新增的公告"), "utf-8")
    page.get_by_role("link", name="新增的公告").wait_for()
    connected(page)
    renamed = added.rename(added.with_name("改名.md"))
    replace_in(renamed, "新增的公告", new="改名的公告")
    page.get_by_role("link", name="改名的公告").wait_for()
    connected(page)
    renamed.unlink()
    page.get_by_role("link", name="改名的公告").wait_for(state="detached")


def test_a_file_copied_with_its_old_date_is_seen(preview: Running, page: Page) -> None:
    page.goto(f"{preview.web}fd/tzgg/index.html")
    connected(page)
    added = preview.site.root / "新增.md"
    text = another(preview.notice.read_text("utf-8"), "TZ-2024-002")
    added.write_text(text.replace("关于征收示例村土地的公告", "旧日期的公告"), "utf-8")
    os.utime(added, (1_500_000_000, 1_500_000_000))
    added.rename(preview.notice.with_name("新增.md"))
    page.get_by_role("link", name="旧日期的公告").wait_for()


def test_a_template_and_the_configuration_are_followed_too(preview: Running, page: Page) -> None:
    page.goto(preview.web + PAGE)
    connected(page)
    replace_in(
        preview.site.root / "config.yaml", "bureau: 示例市自然资源局", new="bureau: 新名称局"
    )
    page.locator(".brand", has_text="新名称局").wait_for()
    connected(page)
    own = preview.site.root / "templates/macros/shell.html"
    own.parent.mkdir(parents=True)
    original = (REPOSITORY / "templates/macros/shell.html").read_text("utf-8")
    own.write_text(original.replace("网站地图", "本局地图"), "utf-8")
    page.get_by_role("link", name="本局地图").wait_for()


def test_the_style_sheet_of_the_site_is_followed_too(preview: Running, page: Page) -> None:
    page.goto(preview.web + PAGE)
    connected(page)
    own = preview.site.root / "templates/assets/css/tokens.css"
    own.parent.mkdir(parents=True)
    original = (REPOSITORY / "templates/assets/css/tokens.css").read_text("utf-8")
    own.write_text(original + "\nbody { background: rgb(1, 2, 3) !important }\n", "utf-8")
    eventually(page, "getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)'")


def listening(page: Page) -> list[str]:
    """What the browser complains of from now on."""
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def connected(page: Page) -> None:
    """Wait until the page on the screen hears of saves."""
    page.wait_for_load_state()
    eventually(page, "window.LiveReload?.connector?.protocol === 7")
