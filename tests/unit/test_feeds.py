"""For programs: feeds, sitemap, structured data, each of them complete and well-formed."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from site_builder.pipeline import Site
from tests.sites import SMALL, built, copy_of, replace_in

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
URL = "https://example.invalid/zfxxgk/"
NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The golden site under a path of another one."""
    made = copy_of(SMALL, tmp_path / "site")
    text = (made.root / "config.yaml").read_text("utf-8")
    text = re.sub(r"url: .*", f"url: {URL}", text)
    (made.root / "config.yaml").write_text(text, "utf-8")
    return made


def entries(site: Site, path: str) -> list[str]:
    """The addresses in an Atom feed."""
    feed = ElementTree.fromstring((site.output / path).read_bytes())
    return [str(link.get("href")) for link in feed.findall(f"{ATOM}entry/{ATOM}link")]


def addresses(site: Site) -> set[str]:
    """The addresses in the sitemap."""
    whole = ElementTree.fromstring((site.output / "sitemap.xml").read_bytes())
    return {str(found.text) for found in whole.iter(f"{MAP}loc")}


def test_a_feed_holds_every_publication_with_its_full_address(site: Site) -> None:
    built(site)
    assert f"{URL}wj/tz-2024-001.html" in entries(site, "feed.xml")
    assert entries(site, "fd/tzgg/feed.xml") == [f"{URL}wj/tz-2024-001.html"]
    assert entries(site, "gknb/feed.xml") == [f"{URL}gknb/2017/index.html"]


def test_what_is_withheld_stands_in_no_feed_and_not_in_the_sitemap(site: Site) -> None:
    replace_in(site.root / NOTICE, "体裁:", new="公开属性: 依申请公开\n不公开理由: 第十五条\n体裁:")
    replace_in(site.root / "content/政府信息公开指南/指南.md", "编号:TZ-2024-001", new="#")
    built(site)
    assert "tz-2024-001" not in (site.output / "feed.xml").read_text("utf-8")
    assert not (site.output / "fd/tzgg/feed.xml").exists()
    assert f"{URL}wj/tz-2024-001.html" not in addresses(site)


def test_the_sitemap_names_every_page_that_does_not_only_lead_to_another(site: Site) -> None:
    built(site)
    pages = {
        file.relative_to(site.output).as_posix()
        for file in site.output.rglob("*.html")
        if 'http-equiv="refresh"' not in file.read_text("utf-8")
    }
    assert addresses(site) == {URL + page for page in pages - {"404.html"}}


def test_robots_txt_exists_only_where_programs_look_for_it(site: Site) -> None:
    built(site)
    assert not (site.output / "robots.txt").exists()
    replace_in(site.root / "config.yaml", URL, new="https://example.invalid/")
    built(site)
    said = (site.output / "robots.txt").read_text("utf-8")
    assert "Sitemap: https://example.invalid/sitemap.xml" in said


def test_without_an_address_nothing_claims_one(site: Site) -> None:
    replace_in(site.root / "config.yaml", URL, new='""')
    built(site)
    assert not list(site.output.rglob("*.xml"))
    assert "atom+xml" not in (site.output / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("index.html", "GovernmentOrganization", "name"),
        ("gknb/2017/index.html", "Report", "headline"),
        ("ysqgk/index.html", "GovernmentService", "name"),
    ],
)
def test_a_page_says_what_it_is(site: Site, path: str, kind: str, *, name: str) -> None:
    built(site)
    said = structured(site, path)
    assert said["@type"] == kind
    assert said[name]


def test_the_dataset_of_a_report_leads_to_files_that_exist(site: Site) -> None:
    built(site)
    part = structured(site, "gknb/2017/index.html")["hasPart"]
    assert isinstance(part, dict)
    found = [site.output / "gknb/2017" / d["contentUrl"] for d in part["distribution"]]
    assert {file.suffix for file in found} == {".csv", ".xlsx", ".json"}
    assert all(file.resolve().is_file() for file in found)


def test_a_title_cannot_end_the_structured_data(site: Site) -> None:
    replace_in(
        site.root / "config.yaml", "bureau: 示例市自然资源局", new='bureau: "局</script><b>&"'
    )
    built(site)
    text = (site.output / "index.html").read_text("utf-8")
    assert structured(site, "index.html")["name"] == "局</script><b>&"
    assert "局</script>" not in text


def structured(site: Site, path: str) -> dict[str, object]:
    """The JSON-LD of a page."""
    text = (site.output / path).read_text("utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert found, path
    whole: dict[str, object] = json.loads(found[1])
    return whole
