"""archive: a year as a copy that stands for itself, and can be proved."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree
from zipfile import ZipFile

import bagit
import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from site_builder.cli.commands import commands
from site_builder.delivery.archive_verify import verify
from site_builder.pages.archive import is_as_published, plan_archive
from site_builder.pipeline import Site, build, site_at
from tests.sites import AS_OF, SMALL, another, copy_of, inspected, library_at, replace_in, tree

NOTICES = "content/法定主动公开内容/通知公告"
NOTICE = f"{NOTICES}/2024/征地.md"
PAGE = "wj/tz-2024-001.html"
FILE = "fj/2024/补偿标准.csv"
URL = "https://slsl.example.gov.cn/"
OLD = f"{URL}wj/tz-2023-007.html"
CANARY = "不应公开的内容"
SEED = 20260
CORRUPTIONS = int(os.environ.get("CORRUPTIONS", "40"))  # for a longer run: CORRUPTIONS=1000


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a notice of the year, one of the year before, and one that is not public."""
    site = copy_of(SMALL, tmp_path_factory.mktemp("archive") / "site")
    notice = (site.root / NOTICE).read_text(encoding="utf-8")
    replace_in(site.root / "config.yaml", 'url: ""', new=f"url: {URL}")
    former = another(notice, "TZ-2023-007").replace("2024-", "2023-")
    secret = another(notice, "TZ-2024-099").replace("内容概述: 示例公告", f"内容概述: {CANARY}")
    secret = secret.replace("公开日期:", "公开属性: 不予公开\n不公开理由: 第十四条\n公开日期:")
    (site.root / NOTICES / "2023").mkdir()
    (site.root / NOTICES / "2023/旧.md").write_text(former, encoding="utf-8")
    (site.root / NOTICES / f"2024/{CANARY}.md").write_text(secret, encoding="utf-8")
    links = "\n见[去年的公告](编号:TZ-2023-007)和[国务院](https://www.gov.cn/a?b=1&c=2)。\n"
    (site.root / NOTICE).write_text(notice.rstrip("\n") + "\n" + links, encoding="utf-8")
    said = run(site, "2024")
    assert said.startswith("归档完毕"), said
    return site


@pytest.fixture
def site(origin: Site, tmp_path: Path) -> Site:
    """A copy to change, with its archive."""
    shutil.copytree(origin.root, tmp_path / "site")
    return site_at(tmp_path / "site")


def test_an_archive_is_a_bag_that_others_can_prove(origin: Site) -> None:
    folder = origin.root / "archive/2024"
    assert bagit.Bag(str(folder)).is_valid()
    assert bagit.Bag(str(folder)).info["Bagging-Date"] == AS_OF.isoformat()
    assert proved(folder, "manifest-sha256.txt")
    assert proved(folder, "tagmanifest-sha256.txt")
    assert proved(folder.parent, "2024.zip.sha256")
    assert "完好" in run(origin, "--verify", str(folder))
    assert "完好" in run(origin, "--verify", f"{folder}.zip")


def test_the_zip_file_holds_the_same_files(origin: Site) -> None:
    with ZipFile(origin.root / "archive/2024.zip") as packed:
        held = {name.removeprefix("2024/"): packed.read(name) for name in packed.namelist()}
    assert held == tree(origin.root / "archive/2024")


def test_every_page_says_first_that_it_is_archived_and_when(origin: Site) -> None:
    for path, html in pages(origin).items():
        assert "本页为2024年归档，采集日期 2024年6月1日" in html, path
    assert f"原网址 {URL}{PAGE}" in pages(origin)[PAGE]
    assert "原网址" not in pages(origin)["outside.html"]


def test_a_record_reads_as_it_does_on_the_site(origin: Site) -> None:
    build(origin, AS_OF)
    live = tree(origin.output)
    for path in (PAGE, FILE):
        data = (origin.root / "archive/2024/data" / path).read_bytes()
        assert words(data) == words(live[path])


def test_no_link_leads_out_of_the_archive_and_none_leads_nowhere(origin: Site) -> None:
    payload = tree(origin.root / "archive/2024/data")
    assert inspected(payload) == ()
    links = [link for html in pages(origin).values() for link in re.findall('href="([^"]*)"', html)]
    assert [link for link in links if link.startswith(("http", "//"))] == []
    assert not [path for path in payload if path.endswith(".xml")]


def test_what_is_linked_and_not_archived_is_listed_with_its_address(origin: Site) -> None:
    found = pages(origin)
    (anchor,) = re.findall(r'href="../outside.html#(l\w+)"[^>]*>去年的公告', found[PAGE])
    row = re.search(f'<li id="{anchor}">(.*?)</li>', found["outside.html"])
    assert row is not None
    assert row[1] == f"关于征收示例村土地的公告<span>{OLD}</span>"  # its title, whatever led to it
    assert "国务院<span>https://www.gov.cn/a?b=1&amp;c=2</span>" in found["outside.html"]
    assert "没有 http" not in found["outside.html"]


def test_the_year_alone_stands_in_its_lists_and_its_search(origin: Site) -> None:
    data = tree(origin.root / "archive/2024/data")
    lists = {p: c for p, c in data.items() if p.startswith(("mulu/", "search", "fd/", "map"))}
    assert any("TZ-2024-001".lower().encode() in content for content in lists.values())
    assert [p for p, c in lists.items() if b"tz-2023-007" in c] == []
    assert "gknb/2017/index.html" not in data


def test_each_page_has_its_metadata_in_both_forms(origin: Site) -> None:
    folder = origin.root / "archive/2024/metadata"
    said = json.loads((folder / f"{PAGE}.json").read_text(encoding="utf-8"))
    assert said["URL"] == URL + PAGE
    assert said["采集时间"] == "2024-06-01"
    assert said["栏目"] == "通知公告"
    assert f"{said['SHA-256']}  {said['文件']}" in manifest_of(folder.parent)
    written = ElementTree.parse(folder / f"{PAGE}.xml").getroot()
    assert {item.tag: item.text or "" for item in written} == said
    assert len(tree(folder)) == 2 * len(pages(origin))


def test_what_is_not_public_is_nowhere_not_even_in_a_name(origin: Site) -> None:
    held = tree(origin.root / "archive")
    assert len(held) > 50
    for canary in (CANARY, "TZ-2024-099"):
        for form in (canary, canary.lower()):
            assert [p for p, c in held.items() if form in p or form.encode() in c] == []


def test_another_day_makes_the_same_bytes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(today=lambda: date(2031, 2, 3))
    monkeypatch.setattr("site_builder.cli.archiving.date", clock)
    run(site, "2024", "--to", str(site.root / "again"))
    assert tree(site.root / "again") == tree(site.root / "archive")


def test_archiving_again_changes_nothing_and_says_so(site: Site) -> None:
    before = tree(site.root / "archive")
    assert "与已有的归档完全相同" in run(site, "2024", as_of="")
    assert tree(site.root / "archive") == before


def test_other_content_is_refused_and_amend_is_named(site: Site) -> None:
    before = tree(site.root / "archive")
    replace_in(site.root / NOTICE, "去年的公告", new="上一年的公告")
    said = run(site, "2024", code=1)
    assert "O606" in said
    assert f"data/{PAGE}" in said
    assert "site-builder archive --amend 2024 --reason" in said
    assert "O606" in run(site, "2024", as_of="2024-07-01", code=1)
    assert tree(site.root / "archive") == before


def test_an_amendment_keeps_the_former_manifest_and_says_why(site: Site) -> None:
    folder = site.root / "archive/2024"
    former = manifest_of(folder)
    replace_in(site.root / NOTICE, "去年的公告", new="上一年的公告")
    said = run(site, "2024", "--amend", "--reason", "改一个错字", as_of="2024-07-01")
    assert f"data/{PAGE}" in said
    assert (folder / "amendments/1-manifest-sha256.txt").read_text(encoding="utf-8") == former
    (entry,) = json.loads((folder / "amendments/log.json").read_text(encoding="utf-8"))
    assert (entry["日期"], entry["种类"], entry["理由"]) == ("2024-07-01", "更改", "改一个错字")
    assert "上一年的公告" in (folder / "data" / PAGE).read_text(encoding="utf-8")
    assert bagit.Bag(str(folder)).is_valid()
    assert "完全相同" in run(site, "2024", as_of="")


def test_what_is_withdrawn_leaves_a_tombstone_and_nothing_else(site: Site) -> None:
    folder = site.root / "archive/2024"
    run(site, "2024", "--withdraw", f"data/{FILE}", "--reason", "附件有误", as_of="2024-07-01")
    stone = (folder / f"data/{FILE}.html").read_text(encoding="utf-8")
    assert "附件有误" in stone
    assert not (folder / f"data/{FILE}").exists()
    assert inspected(tree(folder / "data")) == ()
    rules = (folder / "data/wj/zd-1.html").read_bytes()
    shown = str(folder / "data" / PAGE)  # as a window of folders shows it
    run(site, "2024", "--withdraw", shown, "--reason", "涉及个人隐私", as_of="2024-07-02")
    assert words((folder / "data/wj/zd-1.html").read_bytes()) == words(rules)
    assert "采集日期 2024年6月1日".encode() in (folder / "data/wj/zd-1.html").read_bytes()
    stone = (folder / "data" / PAGE).read_text(encoding="utf-8")
    assert "涉及个人隐私" in stone
    assert "2024年7月2日" in stone
    title = "关于征收"
    assert [p for p, c in tree(folder / "data").items() if title.encode() in c] == []
    assert max(tree(folder / "amendments")) == "log.json"
    assert len(tree(folder / "amendments")) == 5
    assert "完全相同" in run(site, "2024", as_of="")


def test_only_a_publication_or_an_attachment_can_be_withdrawn(site: Site) -> None:
    before = tree(site.root / "archive")
    others = ("wj/none.html", "wj/tz-2023-007.html", "../../../config.yaml")
    for path in ("mulu/index.html", "outside.html", *others):
        assert "O608" in run(site, "2024", "--withdraw", path, "--reason", "试", code=1)
    assert tree(site.root / "archive") == before
    run(site, "2024", "--withdraw", "zn/index.html", "--reason", "写了私人电话")
    data = tree(site.root / "archive/2024/data")
    assert "写了私人电话" in data["zn/index.html"].decode()
    assert inspected(data) == ()


def test_the_first_page_for_a_reading_room_is_the_list_of_contents(site: Site) -> None:
    register = "出处: 示例\n登记:\n  - {年度: 2024, 种类: 预算, 标题: 2024年部门预算}\n"
    budgets = site.root / "content/法定主动公开内容/财政预决算"
    budgets.mkdir()
    (budgets / "登记.yaml").write_text(register, encoding="utf-8")
    run(site, "2024", "--reading-room")
    html = (site.root / "archive/2024-reading-room/data/index.html").read_text(encoding="utf-8")
    assert "2024年政府信息公开目录清单" in html
    assert f'<a href="{PAGE}">' in html
    assert '<a href="yjs/2024/yusuan.html">2024年部门预算（原文待补录）</a>' in html
    assert '<th scope="row"><a href="zn/index.html">政府信息公开指南</a>' in html
    assert (site.root / "archive/2024/data/index.html").read_text(encoding="utf-8") != html


def test_a_warc_file_holds_what_the_site_publishes_at_its_address(site: Site) -> None:
    assert "完全相同" in run(site, "2024", "--warc")
    file = site.root / "archive/2024.warc"
    before = file.read_bytes()
    with file.open("rb") as stream:
        records = {
            record.rec_headers["WARC-Target-URI"]: (record, record.content_stream().read())
            for record in ArchiveIterator(stream, check_digests="raise")
        }
    build(site, AS_OF)
    record, content = records[URL + PAGE]
    assert content == (site.output / PAGE).read_bytes()
    assert record.rec_headers.protocol == "WARC/1.1"
    assert record.rec_headers["WARC-Date"] == "2024-06-01T00:00:00Z"
    assert f"{URL}mulu/index.html" not in records
    run(site, "2024", "--warc")
    assert file.read_bytes() == before
    assert CANARY.encode() not in before
    replace_in(site.root / "config.yaml", f"url: {URL}", new='url: ""')
    assert "O609" in run(site, "2024", "--warc", code=1)


def test_a_table_of_all_years_that_holds_only_one_is_not_taken_for_the_site_s() -> None:
    planned = plan_archive(library_at(SMALL), 2017).pages
    paths = {page.path for page in planned}
    assert {"gknb/trends.csv", "gknb/2017/tongji.csv"} <= paths
    same = {page.path for page in planned if is_as_published(page)}
    assert "gknb/2017/tongji.csv" in same
    assert "gknb/trends.csv" not in same


def test_a_year_with_nothing_in_it_and_wrong_use_are_told(site: Site) -> None:
    assert "O607" in run(site, "1999", code=1)
    assert "O607" in run(site, "1999", "--amend", "--reason", "试", code=1)
    assert not (site.root / "archive/1999").exists()
    assert "理由" in run(site, "2024", "--amend", code=2)
    assert "哪一年" in run(site, code=2)
    assert "O605" in run(site, "--verify", str(site.root / "content"), code=1)
    assert "O605" in run(site, "--verify", str(site.root / "config.yaml"), code=1)
    assert "O605" in run(site, "--verify", str(site.root / "none"), code=1)


def test_a_day_to_come_is_not_archived(site: Site) -> None:
    assert "还没有到" in run(site, "2024", "--to", str(site.root / "x"), as_of="2999-01-01", code=2)
    assert not (site.root / "x").exists()


def test_a_run_that_was_ended_by_force_is_made_good(site: Site) -> None:
    folder = site.root / "archive/2024"
    before = tree(folder.parent)
    folder.rename(folder.with_name(".2024.old~"))
    assert "完全相同" in run(site, "2024", as_of="")
    assert tree(folder.parent) == before
    (folder.parent / "2024.zip").write_bytes(b"")
    assert "完全相同" in run(site, "2024", as_of="")
    assert tree(folder.parent) == before


def test_an_archive_of_which_the_zip_file_alone_is_left_is_that_archive_still(site: Site) -> None:
    folder = site.root / "archive/2024"
    before = tree(folder.parent)
    shutil.rmtree(folder)
    replace_in(site.root / NOTICE, "去年的公告", new="上一年的公告")
    assert "O606" in run(site, "2024", code=1)
    assert tree(folder.parent) == before
    shutil.copy(folder.parent / "2024.zip", folder.parent / "2017.zip")
    assert "里面是另一个归档：2024" in run(site, "2017", code=1)
    shutil.rmtree(folder)
    (folder.parent / "2024.zip").write_bytes(b"not of this program")
    assert "archive/2024.zip: 错误 O605" in run(site, "2024", code=1)
    assert (folder.parent / "2024.zip").read_bytes() == b"not of this program"


def test_what_has_no_date_and_is_in_no_archive_is_named(site: Site) -> None:
    guide = site.root / "content/政府信息公开指南/指南.md"
    replace_in(site.root / "config.yaml", f"url: {URL}", new='url: ""')  # with one it is an error
    kept = [x for x in guide.read_text(encoding="utf-8").split("\n") if "日期: " not in x]
    guide.write_text("\n".join(kept), encoding="utf-8")
    said = run(site, "2024", "--to", str(site.root / "again"))
    assert "1 件没有公开日期，也没有成文日期，哪一年的归档里都没有：《政府信息公开指南》" in said


def test_all_archives_in_a_folder_are_verified_at_once(site: Site) -> None:
    run(site, "2024", "--reading-room")
    archives = site.root / "archive"
    lines = run(site, "--verify", str(archives)).splitlines()
    assert [line.partition("：")[0].rpartition("/")[2] for line in lines] == [
        "2024",
        "2024-reading-room",
        "2024-reading-room.zip",
        "2024.zip",
    ]
    (archives / "2024/data" / PAGE).unlink()
    (archives / "2024/bagit.txt").unlink()
    (archives / "2024/manifest-sha256.txt").unlink()
    said = run(site, "--verify", str(archives), code=1)
    assert f"{archives}/2024: 错误 O605 不是归档" in said
    assert f"{archives}/2024.zip：归档完好" in said


def test_a_folder_of_somebody_else_is_left_as_it_is(site: Site) -> None:
    other = site.root / "资料/2024"
    other.mkdir(parents=True)
    (other / "说明.txt").write_text("我的", encoding="utf-8")
    said = run(site, "2024", "--to", str(other.parent), code=1)
    assert "同名的文件夹，里面不是归档" in said
    assert "移到别处" in said
    assert tree(other.parent) == {"2024/说明.txt": "我的".encode()}


def test_no_archive_is_amended_to_a_day_before_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(site.root / "archive")
    said = run(site, "2024", "--amend", "--reason", "试", as_of="2024-03-01", code=1)
    assert "归档是 2024-06-01 做的" in said
    clock = SimpleNamespace(today=lambda: date(2010, 1, 1))  # of a machine that forgot the day
    monkeypatch.setattr("site_builder.cli.archiving.date", clock)
    said = run(site, "2024", "--withdraw", PAGE, "--reason", "试", as_of="", code=1)
    assert "电脑的日期" in said
    assert tree(site.root / "archive") == before


def test_other_copies_that_still_hold_what_was_withdrawn_are_mended_or_named(site: Site) -> None:
    run(site, "2024", "--warc")
    run(site, "2024", "--reading-room")
    archives, title = site.root / "archive", "关于征收".encode()
    assert title in (archives / "2024.warc").read_bytes()
    withdraw = ("2024", "--withdraw", PAGE, "--reason", "涉及个人隐私")
    said = run(site, *withdraw)
    assert title not in (archives / "2024.warc").read_bytes()
    assert "2024-reading-room 还是原来的内容" in said
    assert "加上 --reading-room 再运行一次" in said
    assert "还是原来的内容" not in run(site, *withdraw, "--reading-room")
    assert [p for p, c in tree(archives).items() if title in c] == []


def test_what_was_lost_is_named_first_when_an_archive_is_amended(site: Site) -> None:
    run(site, "2024", "--reading-room")
    (site.root / NOTICE).rename(site.root / "aside.md")
    replace_in(
        site.root / "content/政府信息公开指南/指南.md", "编号:TZ-2024-001", new="https://a.cn/"
    )
    said = run(site, "2024", "--reading-room", code=1)
    assert f"不同：data/{FILE}（没有了）" in said
    assert "--amend 2024 --reading-room --reason" in said
    said = run(site, "2024", "--withdraw", "wj/zd-1.html", "--reason", "试", as_of="2024-07-01")
    assert f"归档里没有了 1 件：data/{PAGE}。" in said
    guide = site.root / "content/政府信息公开指南/指南.md"
    replace_in(guide, "公开日期:", new="公开属性: 不予公开\n不公开理由: 示例\n公开日期:")
    said = run(site, "2024", "--reading-room", "--amend", "--reason", "试", as_of="2024-07-02")
    assert f"归档里没有了 2 件：data/{PAGE}、data/zn/index.html。" in said


def test_a_year_that_is_not_over_is_told(site: Site) -> None:
    said = run(site, "2024", "--to", str(site.root / "again"))
    assert "2024 年在采集的时候还没有过完" in said
    later = another((site.root / NOTICE).read_text(encoding="utf-8"), "TZ-2024-030")
    later = later.replace("公开日期: 2024-03-04", "公开日期: 2024-12-30")
    (site.root / NOTICE).with_name("后来.md").write_text(later, encoding="utf-8")
    said = run(site, "2024", as_of="")
    assert "完全相同" in said
    assert "又公开了 1 件 2024 年的信息" in said
    assert "注意" not in run(site, "2024", "--amend", "--reason", "补齐", as_of="2025-03-01")


@pytest.mark.parametrize("folder", ["content", "output/归档", ".cache"])
def test_no_archive_is_put_among_what_is_published(origin: Site, folder: str) -> None:
    before = set(origin.root.rglob("*"))
    said = run(origin, "2024", "--to", str(origin.root / folder), code=2)
    assert f"归档不能放在 {folder.split('/')[0]} 里" in said
    assert set(origin.root.rglob("*")) == before


def test_an_archive_of_one_year_compares_no_years(site: Site) -> None:
    build(site, AS_OF)
    assert (site.output / "gknb/trends.html").is_file()
    run(site, "2017")
    data = tree(site.root / "archive/2017/data")
    assert "gknb/2017/index.html" in data
    assert "gknb/trends.html" not in data
    assert [p for p, c in data.items() if "没有上年的表".encode() in c] == []
    assert "历年数据对比".encode() in data["outside.html"]
    assert inspected(data) == ()


def test_a_correction_made_since_keeps_nobody_from_repeating_and_withdrawing(site: Site) -> None:
    later = another((site.root / NOTICE).read_text(encoding="utf-8"), "TZ-2024-020")
    note = "公开日期: 2024-07-01\n更正:\n  - {日期: 2024-07-05, 说明: 改了一个错字。}"
    later = later.replace("公开日期: 2024-03-04", note)
    (site.root / NOTICE).with_name("后来.md").write_text(later, encoding="utf-8")
    assert "完全相同" in run(site, "2024", as_of="")
    assert "已更改归档" in run(site, "2024", "--withdraw", PAGE, "--reason", "隐私", as_of="")
    assert [p for p in tree(site.root / "archive/2024") if "tz-2024-020" in p] == []


def test_a_damaged_archive_is_not_amended(site: Site) -> None:
    replace_in(site.root / "archive/2024/data" / PAGE, "去年的公告", new="前年的公告")
    said = run(site, "2024", "--amend", "--reason", "试", code=1)
    assert f"archive/2024/data/{PAGE}: 错误 O601" in said


def test_every_single_corruption_is_told_with_its_file(site: Site) -> None:
    folder, chance = site.root / "archive/2024", random.Random(SEED)
    for number in range(CORRUPTIONS):
        corrupt = KINDS[number % len(KINDS)]
        names, code, mend = corrupt(folder, chance)
        problems = verify(folder, named="2024").problems
        assert TAGS in names or code in {p.code for p in problems}, (corrupt, names, problems)
        told = "".join(f"{p.place} {p.message}" for p in problems)
        assert any(name in told for name in names), (corrupt, names, problems)
        if code in ("O601", "O602", "O604") and TAGS not in names:
            lists = ("manifest-sha256.txt", "tagmanifest-sha256.txt")
            assert not all(proved(folder, name) for name in lists), names
        mend()
    assert verify(folder, named="2024").problems == ()


def test_every_flipped_bit_of_the_zip_file_is_told(site: Site) -> None:
    packed, chance = site.root / "archive/2024.zip", random.Random(SEED)
    whole = packed.read_bytes()
    ends = [len(whole) - n for n in (1, 5, 20, 200, 900)]
    for place in (*ends, *(chance.randrange(len(whole)) for _ in range(CORRUPTIONS // 4))):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        packed.write_bytes(flipped)
        assert verify(packed, named="2024.zip").problems, place
        assert not proved(packed.parent, "2024.zip.sha256")
        (packed.parent / "alone").mkdir(exist_ok=True)  # without the list beside it
        alone = packed.parent / "alone/2024.zip"
        alone.write_bytes(flipped)
        assert verify(alone, named="2024.zip").problems, place


Corrupted = tuple[tuple[str, ...], str, Callable[[], object]]


def flip(folder: Path, chance: random.Random) -> Corrupted:
    file = any_file(folder, chance)
    whole = file.read_bytes()
    flipped = bytearray(whole)
    flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    file.write_bytes(flipped)
    name = file.relative_to(folder).as_posix()
    return (name,), "O601", lambda: file.write_bytes(whole)


def drop(folder: Path, chance: random.Random) -> Corrupted:
    file = any_file(folder, chance)
    whole = file.read_bytes()
    file.unlink()
    return (file.relative_to(folder).as_posix(),), "O602", lambda: file.write_bytes(whole)


def add(folder: Path, chance: random.Random) -> Corrupted:
    file = any_file(folder, chance).with_name(f"新{chance.randrange(10**6)}.txt")
    file.write_bytes(chance.randbytes(chance.randrange(99)))
    return (file.relative_to(folder).as_posix(),), "O603", file.unlink


def rename(folder: Path, chance: random.Random) -> Corrupted:
    file = any_file(folder, chance)
    other = file.with_name(f"改{chance.randrange(10**6)}")
    file.rename(other)
    names = tuple(f.relative_to(folder).as_posix() for f in (file, other))
    return names, "O604", lambda: other.rename(file)


TAGS = "tagmanifest-sha256.txt"
KINDS = (flip, drop, add, rename)


def any_file(folder: Path, chance: random.Random) -> Path:
    """One file of an archive that is not empty."""
    return chance.choice([f for f in sorted(folder.rglob("*")) if f.is_file() and f.stat().st_size])


def run(site: Site, *arguments: str, as_of: str = AS_OF.isoformat(), code: int = 0) -> str:
    """What the command says."""
    given = ("--as-of", as_of) if as_of and "--verify" not in arguments else ()
    line = ["--site", str(site.root), "archive", *arguments, *given]
    result = CliRunner().invoke(commands, line)
    assert result.exit_code == code, result.output
    return result.output


def pages(site: Site) -> dict[str, str]:
    """The pages of the archive."""
    data = tree(site.root / "archive/2024/data")
    return {path: content.decode() for path, content in data.items() if path.endswith(".html")}


def proved(folder: Path, name: str) -> bool:
    """What `sha256sum` says of a list."""
    command = ["sha256sum", "--check", "--strict", "--status", name]
    return subprocess.run(command, cwd=folder, check=False).returncode == 0


def manifest_of(folder: Path) -> str:
    return (folder / "manifest-sha256.txt").read_text(encoding="utf-8")


def words(data: bytes) -> list[str]:
    """The text of a page from its heading to its foot."""
    reader = _Text()
    reader.feed(data.decode())
    return "".join(reader.pieces).split()


class _Text(HTMLParser):
    """The text inside `main`; of what is no page, everything."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "main":
            self.pieces = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
