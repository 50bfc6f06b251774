"""Every page of every site in a real browser, and every link, picture and download on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from site_builder.pages.published_views import MovedView
from site_builder.pipeline import site_at
from tests.browser.complaints import Complaints
from tests.browser.portal import SITES, WAYS, Portal, served
from tests.sites import SMALL, built, copy_of, replace_in

NOT_LINKED = {"404.html"}  # shown by a web server for an address that does not exist
OF_THE_SEARCH = r"search/\d+/(?:g\d+|t\d+-\d+)\.js"  # loaded by its script as a query needs them
SEEN = """() => ({
    addresses: [...document.querySelectorAll("a, link, img, script, form, iframe, source")]
        .map(element => element.href || element.src || element.action)
        .filter(address => address),
    anchors: [...document.querySelectorAll("[id]")].map(element => element.id),
    broken,
})"""


@dataclass(slots=True)
class Crawl:
    """What a visitor who follows every link has seen."""

    portal: Portal
    complaints: Complaints
    broken: dict[str, list[str]] = field(default_factory=dict)
    anchors: dict[str, list[str]] = field(default_factory=dict)
    links: list[tuple[str, str, str]] = field(default_factory=list)  # from, path, fragment
    files: set[str] = field(default_factory=lambda: {"index.html"})

    def dead(self) -> list[str]:
        """Links to a file or an anchor that is not there."""
        there = self.portal.files()
        return [
            f"{start} → {path}#{fragment}"
            for start, path, fragment in self.links
            if path not in there or (fragment and fragment not in self.anchors.get(path, ()))
        ]


@pytest.fixture(
    scope="module", params=[(name, way) for name in SITES for way in WAYS], ids="-".join
)
def crawl(
    request: pytest.FixtureRequest, portals: dict[str, Portal], browser: Browser
) -> Iterator[Crawl]:
    """A walk over a whole site, from its home page."""
    name, way = request.param
    with browser.new_page() as visitor:
        yield crawled(portals[name], visitor, way=way)


def test_every_link_opens_and_every_anchor_exists(crawl: Crawl) -> None:
    assert len(crawl.links) > 100
    assert crawl.dead() == []


def test_every_file_of_the_output_is_reached_from_the_home_page(crawl: Crawl) -> None:
    index = {path for path in crawl.portal.files() if re.fullmatch(OF_THE_SEARCH, path)}
    assert index
    assert crawl.portal.files() - crawl.files - index == NOT_LINKED | leading_on(crawl.portal)


def test_no_page_makes_the_browser_complain_or_ask_anywhere_else(crawl: Crawl) -> None:
    assert crawl.broken.keys() == set(crawl.portal.pages()) - leading_on(crawl.portal)
    assert {path: found for path, found in crawl.broken.items() if found} == {}
    assert crawl.complaints.said == []


def test_no_page_uses_an_anchor_twice(crawl: Crawl) -> None:
    assert {p: ids for p, ids in crawl.anchors.items() if len(set(ids)) < len(ids)} == {}


@pytest.mark.parametrize("path", ["wj/", "fj/2024/", "yjs/2018/"])
def test_an_address_that_was_cut_short_opens_the_list_of_what_is_there(
    portals: dict[str, Portal], page: Page, path: str
) -> None:
    portal = portals["accounts"]
    page.goto(portal.address(f"{path}index.html"))
    target = "yjs/index.html" if path.startswith("yjs") else "mulu/index.html"
    page.wait_for_url(portal.address(target))


@pytest.mark.parametrize("name", SITES)
def test_every_file_arrives_whole_from_a_web_server(portals: dict[str, Portal], name: str) -> None:
    portal = portals[name]
    for path in sorted(portal.files()):
        with urlopen(portal.address(path)) as answer:
            assert (answer.status, answer.read()) == (200, (portal.output / path).read_bytes())


def test_an_unknown_address_shows_a_page_that_leads_back(
    tmp_path_factory: pytest.TempPathFactory, page: Page
) -> None:
    site = copy_of(SMALL, tmp_path_factory.mktemp("known") / "site")
    with served(site.output) as web:
        replace_in(site.root / "config.yaml", 'url: ""', new=f"url: {web}")
        built(site_at(site.root))
        answer = page.goto(f"{web}gknb/1999/no-such-page.html")
        assert answer is not None
        assert answer.status == 404
        assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
        page.click("main a >> nth=0")
        assert page.url == f"{web}index.html"


def crawled(portal: Portal, page: Page, *, way: str) -> Crawl:
    """Open the home page and everything it leads to, page after page."""
    crawl = Crawl(portal, Complaints(portal.base(way)))
    waiting, there = ["index.html", *NOT_LINKED], portal.files()
    crawl.complaints.listen(page)
    while waiting:
        path = waiting.pop()
        page.goto(portal.address(path, way))
        seen = page.evaluate(SEEN)
        crawl.anchors[path], crawl.broken[path] = seen["anchors"], seen["broken"]
        for target, fragment in internal(portal.base(way), seen["addresses"]):
            crawl.links.append((path, target, fragment))
            if target in there and target not in crawl.files and target != path:
                crawl.files.add(target)
                waiting.extend([target] if target.endswith(".html") else [])
    return crawl


def leading_on(portal: Portal) -> set[str]:
    """Pages for addresses that nobody links to, and that are left at once."""
    return {page.path for page in portal.built.pages if isinstance(page.view, MovedView)}


def internal(base: str, addresses: list[str]) -> Iterator[tuple[str, str]]:
    """(path, fragment) of the addresses on the site's own disk or server."""
    for address in addresses:
        place = urlsplit(address)
        if place.scheme in ("http", "https", "file") and place.netloc == urlsplit(base).netloc:
            url, fragment = urldefrag(address)
            yield unquote(url.removeprefix(base)), unquote(fragment)
