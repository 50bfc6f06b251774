"""The page labels (网页标签) of 国办发〔2017〕47号 on every page.

Names are those printed in the circular, case included; a label whose fact nobody has stated is
left out rather than left empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import html5lib
import pytest

from site_builder.model.page import Page
from site_builder.pages.document_views import DocumentView
from site_builder.pages.views import AccountView, AnnualReportView
from tests.browser.portal import SITES, Portal

SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
HOME_COLUMN = ("ColumnName", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource")
OPTIONAL = ("Keywords", "Author", "Description", "Image", "Url")
OTHERS = ("viewport", "color-scheme", "description")
NOT_STATED = {
    "real": {"SiteDomain", "SiteIDCode", "PubDate"},
    "demo": set(),
    "small": set(),
    "accounts": set(),
}
IN_NO_COLUMN = ("index.html", "map.html", "search.html", "404.html", "wuzhangai.html")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page of the output with its labels as a browser reads them."""

    page: Page
    labels: tuple[tuple[str, str], ...]

    def value(self, name: str) -> str:
        """What a label says; empty when it is not there."""
        return dict(self.labels).get(name, "")


@pytest.fixture(scope="module")
def labelled(portals: dict[str, Portal]) -> dict[str, list[Labelled]]:
    """The pages of every site."""
    return {name: pages_of(portal) for name, portal in portals.items()}


def pages_of(portal: Portal) -> list[Labelled]:
    found = [page for page in portal.built.pages if page.kind == "html"]
    return [Labelled(page, labels_of((portal.output / page.path).read_bytes())) for page in found]


def labels_of(content: bytes) -> tuple[tuple[str, str], ...]:
    tree = html5lib.parse(content, namespaceHTMLElements=False)
    return tuple(
        (name, meta.get("content", ""))
        for meta in tree.findall(".//meta")
        if (name := meta.get("name"))
    )


@pytest.mark.parametrize("name", SITES)
def test_every_page_carries_the_labels_its_kind_requires(
    labelled: dict[str, list[Labelled]], name: str
) -> None:
    lacking = {
        item.page.path: missing
        for item in labelled[name]
        if (missing := set(required(item.page)) - dict(item.labels).keys() - NOT_STATED[name])
    }
    assert lacking == {}


@pytest.mark.parametrize("name", SITES)
def test_no_label_is_empty_repeated_or_spelt_in_another_way(
    labelled: dict[str, list[Labelled]], name: str
) -> None:
    for item in labelled[name]:
        names = [name for name, _ in item.labels]
        assert [name for name, value in item.labels if not value.strip()] == []
        assert len({name.lower() for name in names}) == len(names), item.page.path
        assert set(names) <= {*SITE, *COLUMN, *ARTICLE, *OPTIONAL, *OTHERS}


def test_the_labels_say_what_the_configuration_says(labelled: dict[str, list[Labelled]]) -> None:
    report = next(item for item in labelled["demo"] if item.page.path == "gknb/2017/index.html")
    assert report.value("SiteName") == "示例市自然资源局政府信息公开"
    assert report.value("SiteDomain") == "example.invalid"
    assert report.value("SiteIDCode") == "0000000000"
    assert report.value("ColumnName") == "政府信息公开年报"
    assert report.value("ColumnType") == "信息公开年报"
    assert report.value("ArticleTitle") == "2017年政府信息公开年度报告（示例）"
    assert report.value("PubDate") == "2018-01-25 00:00"
    assert report.value("ContentSource") == "示例市自然资源局"


@pytest.mark.parametrize("name", SITES)
def test_a_publication_date_is_written_as_the_circular_asks(
    labelled: dict[str, list[Labelled]], name: str
) -> None:
    dates = [item.value("PubDate") for item in labelled[name] if item.value("PubDate")]
    assert [d for d in dates if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", d)] == []


def required(page: Page) -> tuple[str, ...]:
    """The labels that the circular requires on a page."""
    column = HOME_COLUMN if page.path in IN_NO_COLUMN else COLUMN
    article = (
        ARTICLE if isinstance(page.view, AccountView | AnnualReportView | DocumentView) else ()
    )
    return (*SITE, *column, *article)
