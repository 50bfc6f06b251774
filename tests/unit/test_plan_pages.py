"""Planned pages: addresses that stay, lists that settle, and nothing shown before its day."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from site_builder.model.page import Page, field_digests
from site_builder.pages.listings import PAGE_SIZE
from site_builder.pages.plan import plan
from site_builder.pipeline import Site, check
from site_builder.problems import Problem
from site_builder.sources.load import load
from tests.accounts import with_accounts
from tests.sites import AS_OF, SMALL, built, copy_of, replace_in, tree

NOTICES = "content/法定主动公开内容/通知公告"
NOTICE = f"{NOTICES}/2024/征地.md"
SECRET = "尚未公开的决定"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_of(SMALL, tmp_path / "site")


def planned(site: Site, as_of: date = AS_OF) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    library, problems = load(site.root, as_of)
    assert library is not None, problems
    return plan(library)


def pages(site: Site, as_of: date = AS_OF) -> dict[str, Any]:
    """Path → view."""
    found, problems = planned(site, as_of)
    assert problems == ()
    return {page.path: page.view for page in found}


def add_notice(site: Site, number: int, *, day: str = "", folder: str = "2024") -> Path:
    """One more document, published a day after the one before it."""
    text = (SMALL / NOTICE).read_text("utf-8")
    text = text.replace("TZ-2024-001", f"TZ-{number:04}").replace("征收示例村", f"{number}号")
    text = text.replace("公开日期: 2024-03-04", f"公开日期: {day or date(2024, 4, number)}")
    text = text.replace("成文日期: 2024-03-01\n", "")
    text = text.replace("2024-00001", f"2024-{number:05}").replace("2024〕1号", f"2024〕{number}号")
    file = site.root / NOTICES / folder / f"通知{number}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def rename_the_file(site: Site) -> None:
    (site.root / NOTICE).rename((site.root / NOTICE).with_name("关于土地的公告（定稿）.md"))


def move_the_file(site: Site) -> None:
    target = site.root / NOTICES / "旧文/补录/征地.md"
    target.parent.mkdir(parents=True)
    (site.root / NOTICE).rename(target)


def rename_the_folder_of_a_column(site: Site) -> None:
    (site.root / NOTICES).rename(site.root / "content/法定主动公开内容/公告栏")
    replace_in(
        site.root / "config.yaml", "法定主动公开内容/通知公告", new="法定主动公开内容/公告栏"
    )


@pytest.mark.parametrize("change", [rename_the_file, move_the_file, rename_the_folder_of_a_column])
def test_an_address_survives_what_happens_to_its_source(
    site: Site, change: Callable[[Site], None]
) -> None:
    before = pages(site)
    change(site)
    after = pages(site)
    assert before.keys() == after.keys()
    assert before["wj/tz-2024-001.html"].chapters == after["wj/tz-2024-001.html"].chapters


def test_the_address_of_a_report_is_there_before_its_text(site: Site) -> None:
    shutil.rmtree(site.root / "content/政府信息公开年报/2017")
    (site.root / "content/政府信息公开年报/登记.yaml").write_text(
        "出处: 某材料\n登记:\n  - {年度: 2017, 种类: 年度报告, 标题: 2017年年报}\n", "utf-8"
    )
    assert "gknb/2017/index.html" in pages(site)


@pytest.mark.parametrize("slug", ["wj", "WJ"])
def test_two_pages_with_one_address_are_reported_with_both_sources(site: Site, slug: str) -> None:
    replace_in(site.root / "config.yaml", "slug: zd,", new=f"slug: {slug},")
    replace_in(site.root / NOTICE, "TZ-2024-001", new="index")
    _, (problem,) = planned(site)
    assert problem.code == "P101"
    sources = {problem.place.file, *(place.file for place in problem.related)}
    assert sources == {NOTICE, "config.yaml"}


def listing(site: Site, name: str) -> list[str]:
    """The titles of one page of the list of 2024."""
    return [item.title for item in pages(site)[f"fd/tzgg/2024/{name}.html"].items]


def test_a_list_shows_the_newest_first_and_is_paged_from_the_oldest(site: Site) -> None:
    for number in range(1, PAGE_SIZE + 1):
        add_notice(site, number)
    assert listing(site, "index") == [f"关于{PAGE_SIZE}号土地的公告"]
    assert listing(site, "p1")[0] == f"关于{PAGE_SIZE - 1}号土地的公告"
    assert listing(site, "p1")[-1] == "关于征收示例村土地的公告"
    assert "fd/tzgg/2024/p2.html" not in pages(site)


def test_one_more_document_leaves_a_full_page_as_it_was(site: Site) -> None:
    for number in range(1, PAGE_SIZE + 2):
        add_notice(site, number)
    before = field_digests(pages(site)["fd/tzgg/2024/p1.html"])
    add_notice(site, PAGE_SIZE + 2)
    assert field_digests(pages(site)["fd/tzgg/2024/p1.html"]) == before


def test_the_pages_of_a_list_lead_to_one_another(site: Site) -> None:
    for number in range(1, PAGE_SIZE + 2):
        add_notice(site, number)
    found = pages(site)
    assert found["fd/tzgg/2024/p1.html"].newer == "fd/tzgg/2024/index.html"
    assert found["fd/tzgg/2024/index.html"].older == "fd/tzgg/2024/p1.html"
    assert found["fd/tzgg/2024/index.html"].newer == ""


def test_editing_a_text_changes_its_page_and_no_list(site: Site) -> None:
    before = pages(site)
    replace_in(site.root / NOTICE, "公告如下。", new="现公告如下。")
    after = pages(site)
    changed = [path for path in before if before[path] != after[path]]
    assert [p for p in changed if not p.startswith("search/")] == ["wj/tz-2024-001.html"]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("wj", "mulu/index.html"),
        ("fj", "mulu/index.html"),
        ("fj/2024", "mulu/index.html"),
        ("yjs/2018", "yjs/index.html"),
    ],
)
def test_an_address_that_was_cut_short_leads_to_the_list_of_what_is_there(
    site: Site, path: str, target: str
) -> None:
    view = pages(with_accounts(site))[f"{path}/index.html"]
    assert (view.target.path, "文件夹" in view.note) == (target, True)


def test_more_documents_leave_the_page_of_their_folder_as_it_was(site: Site) -> None:
    before = pages(site)["wj/index.html"]
    add_notice(site, 1)
    assert pages(site)["wj/index.html"] == before


def test_a_document_called_index_has_the_address_of_the_folder_for_itself(site: Site) -> None:
    replace_in(site.root / NOTICE, "编号: TZ-2024-001", new="编号: INDEX")
    replace_in(site.root / "content/政府信息公开指南/指南.md", "编号:TZ-2024-001", new="编号:INDEX")
    assert pages(site)["wj/index.html"].frame.title == "关于征收示例村土地的公告"


def test_a_document_without_a_date_is_listed_apart(site: Site) -> None:
    file = add_notice(site, 1)
    replace_in(file, "公开日期: 2024-04-01\n", new="")
    assert [i.title for i in pages(site)["fd/tzgg/undated/index.html"].items] == [
        "关于1号土地的公告"
    ]


def hide_until_2030(site: Site) -> None:
    replace_in(site.root / NOTICE, "公开日期: 2024-03-04", new="公开日期: 2030-01-01")


def open_on_application_only(site: Site) -> None:
    replace_in(site.root / NOTICE, "有效性: 现行有效", new="公开属性: 依申请公开")


def refuse(site: Site) -> None:
    replace_in(site.root / NOTICE, "有效性: 现行有效", new="公开属性: 不予公开")


@pytest.mark.parametrize("hide", [hide_until_2030, open_on_application_only, refuse])
def test_what_is_not_public_stands_nowhere_in_the_output(
    site: Site, hide: Callable[[Site], None]
) -> None:
    replace_in(site.root / NOTICE, "关于征收示例村土地的公告", new=SECRET)
    replace_in(site.root / "content/附件/2024/补偿标准.csv", "耕地", new=SECRET)
    replace_in(
        site.root / "content/政府信息公开指南/指南.md", "[征收土地公告](编号:TZ-2024-001)", new="略"
    )
    hide(site)
    built(site)
    output = tree(site.output)
    marks = (SECRET, "TZ-2024-001", "tz-2024-001", "补偿标准")
    assert [
        path
        for path, content in output.items()
        if any(mark.encode() in content or mark in path for mark in marks)
    ] == []


def test_on_its_day_a_document_appears_with_its_attachment(site: Site) -> None:
    hide_until_2030(site)
    assert pages(site).keys() & {"wj/tz-2024-001.html", "fj/2024/补偿标准.csv"} == set()
    assert pages(site, date(2030, 1, 1)).keys() == pages_of_the_small_site()


def pages_of_the_small_site() -> set[str]:
    """As they are with the document, but in the lists of its new year.

    The catalogue keeps a list of 2024, the year of the guide.
    """
    found, _ = planned(Site(SMALL, SMALL, SMALL))
    paths = {page.path.replace("tzgg/2024", "tzgg/2030") for page in found}
    return paths | {"mulu/2030/index.html", "mulu/2030/summaries.js"}


def test_an_attachment_of_a_hidden_document_is_shown_when_a_public_one_names_it(
    site: Site,
) -> None:
    hide_until_2030(site)
    add_notice(site, 2)
    assert "fj/2024/补偿标准.csv" in pages(site)


@pytest.mark.parametrize("hide", [hide_until_2030, open_on_application_only, refuse])
def test_a_public_link_to_what_is_not_public_is_an_error(
    site: Site, hide: Callable[[Site], None]
) -> None:
    hide(site)
    (problem,) = (p for p in check(site, AS_OF).problems if p.code == "D207")
    assert problem.message == "编号为“TZ-2024-001”的条目现在不公开，读者打不开"


def test_what_is_not_public_may_link_to_its_like(site: Site) -> None:
    hide_until_2030(site)
    replace_in(site.root / NOTICE, "公告如下。", new="又见[续](编号:TZ-0002)。")
    replace_in(
        add_notice(site, 2, day="2030-01-01"), "公告如下。", new="前见[文](编号:TZ-2024-001)。"
    )
    replace_in(site.root / "content/政府信息公开指南/指南.md", "(编号:TZ-2024-001)", new="")
    assert not check(site, AS_OF).failed
