"""信息公开目录 and the tables beside it: whole, the same in every form, and blind to texts."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from site_builder.model.page import field_digests
from site_builder.pages.catalogue_views import ListExportView
from site_builder.pages.genres import NAMES
from site_builder.pages.plan import plan
from site_builder.pipeline import Site, check
from site_builder.render.lists import render_list_csv, render_list_json, render_list_xlsx
from site_builder.sources.load import load
from tests.accounts import with_accounts
from tests.catalogues import COUNT, Told, made
from tests.sites import AS_OF, SMALL, copy_of, replace_in

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
OWN = "content/法定主动公开内容/公开标准目录.yaml"
STANDARD = """\
名称: 示例公开标准目录
出处: 示例
事项:
  - {序号: 1, 一级事项: 机构信息, 公开内容: 机构职能, 公开渠道: ■政府网站 □公开查阅点}
  - {序号: 2, 一级事项: 公共服务, 二级事项: 政策文件, 公开层级: 县级}
"""
HOSTILE = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "一份“文件”, 名称", "0471")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_of(SMALL, tmp_path / "site")


def views(site: Site) -> dict[str, Any]:
    library, problems = load(site.root, AS_OF)
    assert library is not None, problems
    found, problems = plan(library)
    assert problems == ()
    return {page.path: page.view for page in found}


def statutory(site: Site, name: str) -> Any:
    return next(row for row in views(site)["fd/index.html"].items if row.name == name)


def test_an_item_with_something_public_leads_to_its_column(site: Site) -> None:
    row = statutory(site, "其他法定公开信息")
    assert [link.path for link in row.columns] == ["fd/tzgg/index.html"]
    assert (row.state, row.reason) == ("", "")


def test_the_newest_of_all_columns_stand_below_the_items_of_the_law(site: Site) -> None:
    newest = [(item.tag, item.path) for item in views(with_accounts(site))["fd/index.html"].latest]
    assert ("通知公告", "wj/tz-2024-001.html") in newest
    assert ("财政预决算", "yjs/2018/juesuan.html") in newest
    assert "政府信息公开年报" not in {tag for tag, _ in newest}


def test_an_item_that_does_not_concern_the_bureau_says_why(site: Site) -> None:
    row = statutory(site, "统计信息")
    assert (row.state, row.reason) == ("本机关不涉及", "示例机关没有这一项")


def test_an_item_whose_only_document_is_withheld_has_nothing_yet(site: Site) -> None:
    replace_in(site.root / NOTICE, "公开日期: 2024-03-04", new="公开日期: 2030-01-01")
    row = statutory(site, "其他法定公开信息")
    assert [link.text for link in row.columns] == ["通知公告"]
    assert row.state == "暂无"
    assert "D530" in {problem.code for problem in check(site, AS_OF).problems}


def test_five_empty_columns_fail_an_inspection_and_the_message_says_so(site: Site) -> None:
    columns = "".join(
        f"  - {{folder: 空栏{n}, slug: k{n}, kind: documents, type: 其他, description: 空, "
        "keywords: [空]}\n"
        for n in range(5)
    )
    replace_in(site.root / "config.yaml", "columns:\n", new=f"columns:\n{columns}")
    (problem,) = (p for p in check(site, AS_OF).problems if p.code == "D531")
    assert problem.message.startswith("5 个栏目没有公开的信息")
    assert "国办秘函〔2019〕19号" in problem.message


def test_each_public_record_stands_once_in_the_lists_of_the_years(tmp_path: Path) -> None:
    site, told = made(tmp_path / "site")
    pages = [v for path, v in views(site).items() if type(v).__name__ == "DirectoryYearView"]
    listed = [entry.title for page in pages for entry in page.entries]
    assert Counter(listed) == Counter(item.title for item in told)


def test_each_document_with_a_genre_stands_once_in_the_lists_of_genres(tmp_path: Path) -> None:
    site, told = made(tmp_path / "site")
    found = views(site)
    pages = {path: v for path, v in found.items() if type(v).__name__ == "DirectoryGenreView"}
    listed = [(path.split("/")[2], item.title) for path, v in pages.items() for item in v.items]
    names = {genre: NAMES.get(genre, "u8bf4-660e") for genre in {item.genre for item in told}}
    assert Counter(listed) == Counter((names[t.genre], t.title) for t in told if t.genre)
    links = found["mulu/index.html"].genres
    assert {link.text for link in links} == {item.genre for item in told if item.genre}
    assert all(link.path in pages for link in links)


def test_whoever_cuts_the_address_of_a_genre_finds_all_of_them_counted(tmp_path: Path) -> None:
    site, told = made(tmp_path / "site")
    found = views(site)
    counts = Counter(item.genre for item in told if item.genre)
    overview = found["mulu/tc/index.html"]
    assert {link.text for link in overview.genres} == {f"{g}（{n}）" for g, n in counts.items()}
    assert [link.path for link in overview.genres] == [
        g.path for g in found["mulu/index.html"].genres
    ]


def test_a_sentence_written_as_genre_has_a_list_whose_address_no_disk_refuses(site: Site) -> None:
    replace_in(site.root / NOTICE, "体裁: 公告", new=f"体裁: {'关于征地的公告' * 20}")
    (path,) = [path for path in views(site) if path.startswith("mulu/tc/") and path.count("/") == 3]
    assert max(map(len, path.split("/"))) < 100


def test_the_script_is_told_the_same_as_the_sources_say(tmp_path: Path) -> None:
    site, told = made(tmp_path / "site")
    contents = views(site)["mulu/entries.js"].contents
    lists = [contents[name] for name in ("columns", "years", "genres", "validities")]
    found = [
        Told(row[1], *(words[n] for words, n in zip(lists, row[6:], strict=True)))
        for row in contents["rows"]
    ]
    assert sorted(found, key=str) == sorted(told, key=str)


def test_what_states_no_genre_is_the_last_to_choose(site: Site) -> None:
    assert views(site)["mulu/entries.js"].contents["genres"] == ("公告", "")


def test_what_is_not_public_is_in_no_list(site: Site) -> None:
    replace_in(site.root / NOTICE, "体裁:", new="公开属性: 依申请公开\n不公开理由: 第十五条\n体裁:")
    replace_in(site.root / "content/政府信息公开指南/指南.md", "编号:TZ-2024-001", new="#")
    for path, view in views(site).items():
        if path.startswith("mulu/"):
            assert "征收示例村" not in str(view), path


def test_another_text_changes_no_list(site: Site) -> None:
    before = views(site)
    replace_in(site.root / NOTICE, "为了演示版式，公告如下。", new="另外的文字。")
    after = views(site)
    changed = [p for p in before if field_digests(before[p]) != field_digests(after[p])]
    assert [p for p in changed if not p.startswith("search/")] == ["wj/tz-2024-001.html"]


def test_a_policy_document_stands_by_its_validity_with_what_explains_it(site: Site) -> None:
    (site.root / NOTICE).with_name("解读.md").write_text(
        "---\n编号: JD-1\n标题: 示例公告的解读\n公开日期: 2024-03-05\n解读: [TZ-2024-001]\n"
        "有效性: 现行有效\n---\n\n"
        "说明。\n",
        encoding="utf-8",
    )
    entries = views(site)["mulu/zcwj/yx/index.html"].entries
    (entry,) = (entry for entry in entries if entry.number == "示自然资公〔2024〕1号")
    assert (entry.issued, entry.validity) == ("2024-03-01", "现行有效")
    assert [link.text for link in entry.explained] == ["示例公告的解读"]
    assert "示例公告的解读" not in {entry.title for entry in entries}


def test_a_site_without_policy_documents_has_no_page_of_them(site: Site) -> None:
    for path in (NOTICE, "content/政府信息公开制度/公开制度.md"):
        replace_in(site.root / path, "有效性: 现行有效\n", new="")
    found = views(site)
    assert [path for path in found if path.startswith("mulu/zcwj/")] == []
    assert [link.text for link in found["fd/index.html"].whole] == ["信息公开目录"]


def test_a_row_of_the_standard_shows_its_cells_and_its_documents(site: Site) -> None:
    (site.root / OWN).write_text(STANDARD, encoding="utf-8")
    replace_in(site.root / NOTICE, "体裁:", new="公开事项: [2]\n体裁:")
    page = views(site)["mulu/gkbz/index.html"]
    first, second = page.tables[0].rows
    assert dict(zip(page.headings, first.cells, strict=False))["公开渠道和载体"] == (
        "■政府网站 □公开查阅点"
    )
    assert first.documents == ()
    assert [link.text for link in second.documents] == ["关于征收示例村土地的公告"]
    notes = [p.message for p in check(site, AS_OF).problems if p.code == "D533"]
    assert notes == ["公开标准目录第 1 项“机构信息”还没有对应的文件"]


def test_the_list_that_comes_with_the_product_is_taken_only_where_it_is_asked_for(
    site: Site,
) -> None:
    assert "mulu/gkbz/index.html" not in views(site)
    with (site.root / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("standard_items: natural-resources\n")
    (table,) = views(site)["mulu/gkbz/index.html"].tables
    assert table.title == "自然资源领域基层政务公开标准目录"
    assert "只有目录开头的几行" in table.remark


def test_a_list_comes_back_from_every_format_as_it_went_in() -> None:
    rows = tuple((str(n), text) for n, text in enumerate(HOSTILE))
    view = ListExportView("目录", "某局", ("索引号", "名称"), rows)
    data = json.loads(render_list_json(view))
    assert [(row["索引号"], row["名称"]) for row in data["rows"]] == list(rows)
    sheet = openpyxl.load_workbook(io.BytesIO(render_list_xlsx(view))).worksheets[0]
    cells = list(sheet.iter_rows(min_row=2))
    assert {cell.data_type for row in cells for cell in row} == {"s"}
    assert [tuple(str(cell.value) for cell in row) for row in cells] == list(rows)
    text = render_list_csv(view).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert [(n, value.removeprefix("'")) for n, value in read] == list(rows)
    assert [value for _, value in read if value.startswith(("=", "+", "-", "@", "\t"))] == []


def test_a_list_has_the_same_bytes_every_time() -> None:
    view = ListExportView("目录", "某局", ("名称",), (("一",), ("二",)))
    assert render_list_xlsx(view) == render_list_xlsx(view)


def test_the_catalogue_to_reuse_holds_every_record_with_the_four_facts_of_the_law(
    tmp_path: Path,
) -> None:
    site, told = made(tmp_path / "site")
    view = views(site)["mulu/mulu.csv"]
    assert view.columns[:4] == ("索引号", "名称", "内容概述", "生成日期")
    assert len(view.rows) == len(told) > COUNT


def test_machines_are_told_what_each_column_of_the_catalogue_means(site: Site) -> None:
    (site.root / OWN).write_text(STANDARD, encoding="utf-8")
    found = views(site)
    tables = found["mulu/datapackage.json"].resources
    assert [table.path for table in tables] == ["mulu.csv", "gkbz/gkbz.csv"]
    for table in tables:
        assert tuple(f.name for f in table.fields) == found[f"mulu/{table.path}"].columns
    types = {field.name: field.type for field in tables[0].fields}
    assert (types["公开日期"], types["名称"]) == ("date", "string")
    assert "mulu/datapackage.json" in {d.path for d in found["mulu/index.html"].downloads}
