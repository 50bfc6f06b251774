"""An archive in a browser, from a disk, with no network and no script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from site_builder.delivery.archive import archive
from site_builder.delivery.archive_wish import Wish
from tests.accounts import with_accounts
from tests.sites import AS_OF, SMALL, built, copy_of

YEAR = 2018  # of the budget and the final account


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a site that is built and archived."""
    site = with_accounts(copy_of(SMALL, tmp_path_factory.mktemp("archive") / "site"))
    built(site)
    for reading_room in (False, True):
        wish = Wish(YEAR, site.root / "归档 一", AS_OF, AS_OF, reading_room=reading_room)
        assert not archive(site, wish).failed
    return site.root


@pytest.fixture
def alone(browser: Browser) -> Iterator[Page]:
    """A reader with neither network nor scripts."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    yield context.new_page()
    context.close()


def test_every_page_opens_and_asks_for_nothing_outside_the_archive(site: Path, alone: Page) -> None:
    data = site / "归档 一" / str(YEAR) / "data"
    asked: list[str] = []
    failed: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("requestfailed", lambda request: failed.append(request.url))
    files = sorted(data.rglob("*.html"))
    assert len(files) > 10
    for file in files:
        alone.goto(file.as_uri())
        assert alone.get_by_text(f"本页为{YEAR}年归档").is_visible(), file
    assert [url for url in asked if not url.startswith((data.as_uri(), "data:"))] == []
    assert failed == []


def test_a_final_account_has_all_the_text_and_tables_it_has_on_the_site(
    site: Path, alone: Page
) -> None:
    path = f"yjs/{YEAR}/juesuan.html"
    seen = []
    for top in (site / "output", site / "归档 一" / str(YEAR) / "data"):
        alone.goto((top / path).as_uri())
        tables = alone.locator("main table").all_inner_texts()
        seen.append((alone.inner_text("main"), tables))
    assert seen[0] == seen[1]
    assert len(seen[0][1]) > 5


def test_the_list_of_contents_prints_on_paper_and_leads_to_the_pages(
    site: Path, alone: Page
) -> None:
    first = site / "归档 一" / f"{YEAR}-reading-room" / "data" / "index.html"
    alone.goto(first.as_uri())
    alone.emulate_media(media="print")
    assert alone.locator("h1").inner_text() == f"{YEAR}年政府信息公开目录清单"
    assert alone.locator("main table").first.is_visible()
    assert alone.pdf(format="A4").startswith(b"%PDF")
    alone.emulate_media(media="screen")
    day = alone.locator("td.day", has_text="-").first.bounding_box()
    assert day is not None
    assert day["height"] < 50  # on one line
    alone.set_viewport_size({"width": 390, "height": 844})
    assert alone.locator("main table").first.bounding_box()["width"] <= 390  # type: ignore[index]
    label = "cell => getComputedStyle(cell, '::before').content"
    assert "公开日期" in alone.locator("td.day").first.evaluate(label)
    alone.get_by_role("link", name="决算").first.click()
    assert alone.get_by_text(f"本页为{YEAR}年归档").is_visible()
