"""Published addresses over time: whatever is done to documents and files, each one answers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from site_builder.delivery.record import record
from site_builder.pipeline import Site, build, check, site_at
from tests.published import (
    NOTICE,
    addresses,
    found,
    publish,
    published_site,
    say,
    say_what_is_asked_for,
)
from tests.sites import AS_OF, another, built, copy_of, replace_in, tree

SEEDS = range(6)
FOLDER = "content/法定主动公开内容/通知公告"
TEXTS = "content/附件"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with five notices, each with a file of its own, online and recorded."""
    site = published_site(tmp_path_factory.mktemp("portal") / "site")
    notice = (site.root / NOTICE).read_text("utf-8")
    for number in range(2, 6):
        text = another(notice, f"TZ-2024-00{number}").replace("补偿标准", f"标准{number}")
        text = text.replace("征收示例村土地", f"征收示例{number}村土地")
        (site.root / FOLDER / f"2024/征地{number}.md").write_text(text, "utf-8")
        (site.root / TEXTS / f"2024/标准{number}.csv").write_text("地块,标准\n示例,1\n", "utf-8")
    publish(site)
    return site.root


@pytest.fixture
def site(portal: Path, tmp_path: Path) -> Site:
    shutil.copytree(portal, tmp_path / "site")
    return site_at(tmp_path / "site")


def rename_the_source(_: Site, notice: Path) -> None:
    notice.rename(notice.with_name(f"改名{notice.name}"))


def move_to_another_folder(site: Site, notice: Path) -> None:
    other = site.root / FOLDER / "旧"
    other.mkdir(exist_ok=True)
    notice.rename(other / notice.name)


def change_the_title(_: Site, notice: Path) -> None:
    replace_in(notice, "标题: 关于", new="标题: 再次关于")


def change_the_id(_: Site, notice: Path) -> None:
    replace_in(notice, "编号: TZ-2024", new="编号: GG-2024")


def delete_the_document(site: Site, notice: Path) -> None:
    for file in files_of(site, notice):
        file.unlink()
    notice.unlink()


def withhold_the_document(_: Site, notice: Path) -> None:
    replace_in(notice, "体裁: 公告", new="体裁: 公告\n公开属性: 不予公开\n不公开理由: 涉及个人隐私")


def rename_the_file(site: Site, notice: Path) -> None:
    for file in files_of(site, notice):
        file.rename(file.with_name(f"新{file.name}"))
        replace_in(notice, f"2024/{file.name}", new=f"2024/新{file.name}")


def move_the_file(site: Site, notice: Path) -> None:
    for file in files_of(site, notice):
        (site.root / TEXTS / "旧").mkdir(exist_ok=True)
        file.rename(site.root / TEXTS / "旧" / file.name)
        replace_in(notice, f"2024/{file.name}", new=f"旧/{file.name}")


def take_the_file_away(site: Site, notice: Path) -> None:
    for file in files_of(site, notice):
        replace_in(notice, f"](附件/2024/{file.name})", new="]（已取消）")
        lines = notice.read_text("utf-8").split("\n")
        kept = [x for x in lines if not x.startswith(("附件:", "  - {名称:"))]
        notice.write_text("\n".join(kept), "utf-8")
        file.unlink()


def drop_the_report(site: Site, _: Path) -> None:
    shutil.rmtree(site.root / "content/政府信息公开年报/2017", ignore_errors=True)


CHANGES: tuple[Callable[[Site, Path], None], ...] = (
    rename_the_source,
    move_to_another_folder,
    change_the_title,
    change_the_id,
    delete_the_document,
    withhold_the_document,
    rename_the_file,
    move_the_file,
    take_the_file_away,
    drop_the_report,
)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_published_address_answers_or_the_build_says_what_to_write(
    site: Site, seed: int
) -> None:
    random = Random(seed)
    notices = sorted((site.root / FOLDER).rglob("*.md"))
    for notice in random.sample(notices, random.randint(3, 5)):
        random.choice(CHANGES)(site, notice)
    tried = build(site, AS_OF)
    asked = say_what_is_asked_for(site)
    assert tried.failed == bool(asked)
    built(site)
    assert unanswered(site) == []
    assert not record(site, AS_OF).failed
    assert record(site, AS_OF).lines == 0


@pytest.mark.parametrize("change", CHANGES)
def test_only_what_takes_an_address_away_has_to_be_said(
    site: Site, change: Callable[[Site, Path], None]
) -> None:
    change(site, site.root / NOTICE)
    harmless = (rename_the_source, move_to_another_folder, change_the_title)
    assert bool(say_what_is_asked_for(site)) == (change not in harmless)


def test_a_moved_page_leads_to_the_new_one_and_a_withdrawn_one_says_why(site: Site) -> None:
    change_the_id(site, site.root / NOTICE)
    delete_the_document(site, site.root / FOLDER / "2024/征地2.md")
    say_what_is_asked_for(site)
    built(site)
    moved = (site.output / "wj/tz-2024-001.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../wj/gg-2024-001.html">' in moved
    assert '<link rel="canonical" href="../wj/gg-2024-001.html">' in moved
    gone = (site.output / "wj/tz-2024-002.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in gone
    assert "关于征收示例2村土地的公告" in gone
    assert "2024年6月1日" in gone
    assert "本局写明为什么" in gone
    assert "1.20" not in gone
    assert '<meta name="ColumnName" content="通知公告">' in gone


def test_a_new_place_is_offered_only_where_nothing_else_looks_like_it(site: Site) -> None:
    change_the_id(site, site.root / NOTICE)
    assert ["改为: wj/gg-2024-001.html" in asked.hint for asked in found(site, "P110")] == [True]
    other = site.root / FOLDER / "2024/征地2.md"
    replace_in(other, "编号: TZ-2024-002", new="编号: GG-2024-002")
    replace_in(other, "征收示例2村土地", new="征收示例村土地")
    (first, _) = found(site, "P110")
    assert "撤下: 是" in first.hint


def test_one_line_for_a_page_is_enough_for_its_files(site: Site) -> None:
    delete_the_document(site, site.root / NOTICE)
    assert [problem.place.line for problem in say_what_is_asked_for(site)] == [
        1 + 1 + addresses(site).index("wj/tz-2024-001.html")
    ]
    built(site)
    assert (site.output / "fj/2024/补偿标准.csv.html").is_file()
    assert {"path": "fj/2024/%E8%A1%A5%E5%81%BF%E6%A0%87%E5%87%86.csv", "status": 410}.items() <= (
        redirects(site)[0].items()
    )


def test_entries_that_lead_in_a_circle_are_told(site: Site) -> None:
    delete_the_document(site, site.root / NOTICE)
    delete_the_document(site, site.root / FOLDER / "2024/征地2.md")
    there = "  - {网址: wj/tz-2024-001.html, 改为: TZ-2024-002, 日期: 2024-06-01, 说明: 示例}\n"
    back = "  - {网址: wj/tz-2024-002.html, 改为: TZ-2024-001, 日期: 2024-06-01, 说明: 示例}\n"
    say(site, f"变更:\n{there}{back}")
    assert len(found(site, "P114")) == 2
    say(site, f"变更:\n{there.replace('TZ-2024-002', 'TZ-2024-001')}")
    assert ["它自己" in problem.message for problem in found(site, "P114")] == [True]


def test_a_reason_that_was_not_filled_in_is_not_published(site: Site) -> None:
    delete_the_document(site, site.root / NOTICE)
    (asked,) = found(site, "P110")
    say(site, asked.hint.partition("\n")[2] + "\n")
    assert [problem.place.line for problem in found(site, "P115")] == [5]


def test_an_address_may_be_copied_from_the_browser(site: Site) -> None:
    replace_in(site.root / "config.yaml", 'url: ""', new="url: https://example.invalid/")
    take_the_file_away(site, site.root / NOTICE)
    address = "https://example.invalid/fj/2024/%E8%A1%A5%E5%81%BF%E6%A0%87%E5%87%86.csv"
    say(site, f"变更:\n  - 网址: {address}\n    撤下: 是\n    日期: 2024-06-01\n    说明: 示例\n")
    assert not build(site, AS_OF).failed


def test_a_renamed_file_is_still_there_under_its_old_name(site: Site) -> None:
    rename_the_file(site, site.root / NOTICE)
    (asked,) = found(site, "P110")
    lines = asked.hint.replace("撤下: 是", "改为: 附件/2024/新补偿标准.csv")
    say(site, "变更:\n" + lines.partition("变更:\n")[2].replace("【待填写】", ""))
    built(site)
    old, new = (site.output / f"fj/2024/{name}.csv" for name in ("补偿标准", "新补偿标准"))
    assert old.read_bytes() == new.read_bytes()
    assert redirects(site)[0]["status"] == 301


def test_pages_that_only_answer_stand_in_no_list(site: Site) -> None:
    delete_the_document(site, site.root / NOTICE)
    replace_in(site.root / "config.yaml", 'url: ""', new="url: https://example.invalid/")
    say_what_is_asked_for(site)
    built(site)
    for name in ("map.html", "sitemap.xml", "index.html", "fd/tzgg/index.html"):
        assert "tz-2024-001" not in (site.output / name).read_text("utf-8"), name


def test_pages_of_a_list_that_became_shorter_lead_to_the_column(site: Site) -> None:
    for number in range(100, 120):
        text = another((site.root / NOTICE).read_text("utf-8"), f"TZ-2024-{number}")
        (site.root / FOLDER / f"2024/{number}.md").write_text(text, "utf-8")
    publish(site)
    assert "fd/tzgg/2024/p1.html" in addresses(site)
    for number in range(100, 120):
        (site.root / FOLDER / f"2024/{number}.md").unlink()
    asked = say_what_is_asked_for(site)
    assert len(asked) == 20
    built(site)
    page = (site.output / "fd/tzgg/2024/p1.html").read_text("utf-8")
    assert 'url=../../../fd/tzgg/index.html"' in page


def test_a_list_of_a_genre_that_is_no_longer_used_leads_to_the_catalogue(site: Site) -> None:
    old = site.output / "mulu/tc/gonggao/index.html"
    built(site)
    assert "公告" in old.read_text("utf-8")
    for notice in (site.root / FOLDER).rglob("*.md"):
        replace_in(notice, "体裁: 公告", new="体裁: 通告")
    built(site)
    assert (site.output / "mulu/tc/tonggao/index.html").is_file()
    assert '现在在：<a href="../../../mulu/index.html">' in old.read_text("utf-8")


def test_a_site_with_moved_and_withdrawn_pages_passes_the_check_of_its_pages(site: Site) -> None:
    change_the_id(site, site.root / NOTICE)
    delete_the_document(site, site.root / FOLDER / "2024/征地2.md")
    say_what_is_asked_for(site)
    assert [p for p in check(site, AS_OF).problems if p.code.startswith("O")] == []


def test_an_earlier_day_can_be_previewed_although_later_ones_are_recorded(site: Site) -> None:
    assert not build(site, AS_OF.replace(month=1)).failed


def test_the_ledger_makes_no_difference_to_the_pages_of_a_site(site: Site, tmp_path: Path) -> None:
    clean = copy_of(site.root, tmp_path / "clean")
    shutil.rmtree(clean.root / "content/发布记录")
    built(clean)
    assert tree(clean.output) == tree(site.output)


def files_of(site: Site, notice: Path) -> list[Path]:
    """The files in 附件 that a notice names."""
    text = notice.read_text("utf-8")
    return [f for f in (site.root / TEXTS).rglob("*.csv") if f"2024/{f.name}" in text]


def redirects(site: Site) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((site.output / "redirects.json").read_text("utf-8"))
    return found


def unanswered(site: Site) -> list[str]:
    """Addresses of the ledger with neither a file of their name nor a page beside it."""
    there = (site.output / path for path in addresses(site))
    return [str(f) for f in there if not (f.is_file() or f.with_name(f"{f.name}.html").is_file())]
