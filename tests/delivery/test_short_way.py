"""Edited words are brought up to date without planning the site, and come to the same bytes."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from errno import EACCES
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from site_builder import imprints, pipeline, reading, retouch
from site_builder.cli import main
from site_builder.cli.early import answered
from site_builder.delivery.record import record
from site_builder.model.disclosure import Attachment
from site_builder.model.packing import RECORDS, Packing
from site_builder.pipeline import Built, Site, build
from site_builder.reading import Memory
from site_builder.sources.files import SourceFile
from site_builder.sources.load import load_file
from site_builder.sources.records import Loaded
from site_builder.write import last
from site_builder.write import run as write_run
from site_builder.write.fresh import Fresh, switch
from tests.delivery.programs import DAY, run
from tests.sites import AS_OF, SMALL, another, built, copy_of, replace_in, tree

FOLDER = "content/法定主动公开内容/通知公告/2024"
NOTICE = f"{FOLDER}/征地.md"
OTHER = f"{FOLDER}/拆迁.md"
GUIDE = "content/政府信息公开指南/指南.md"
INTRODUCTION = "为了演示版式，公告如下。"


@pytest.fixture(autouse=True)
def files_are_trusted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last, "TICK", 0)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with a second notice, built."""
    site = copy_of(SMALL, tmp_path / "site")
    notice = (site.root / NOTICE).read_text("utf-8")
    other = another(notice, "TZ-2024-002").replace("2024-03-04", "2024-04-05")
    (site.root / OTHER).write_text(other, "utf-8")
    built(site)
    return site


def write(site: Site, text: str, *, instead: str = INTRODUCTION) -> None:
    replace_in(site.root / NOTICE, instead, new=text)


def say_more(site: Site) -> None:
    write(site, f"{INTRODUCTION}\n\n另有补充说明：青苗补偿按季节计算。")


def say_less(site: Site) -> None:
    write(site, "")


def rename_a_chapter(site: Site) -> None:
    write(site, "## 补偿办法", instead="## 补偿标准")


def add_a_chapter(site: Site) -> None:
    write(site, f"{INTRODUCTION}\n\n## 期限\n\n三十日。")


def turn_the_table_around(site: Site) -> None:
    write(site, "| 示例二 | 1.20 |", instead="| 示例一 | 1.20 |")


def leave_a_bracket_empty(site: Site) -> None:
    write(site, f"{INTRODUCTION}（）")


def say_it_in_html_characters(site: Site) -> None:
    write(site, f"{INTRODUCTION}\n\n`代码`、&amp;、**重点**、*斜体*\n\n> 引用")


def edit_both_notices(site: Site) -> None:
    say_more(site)
    replace_in(site.root / OTHER, INTRODUCTION, new="拆迁公告如下。")


WORDS: tuple[Callable[[Site], None], ...] = (
    say_more,
    say_less,
    rename_a_chapter,
    add_a_chapter,
    turn_the_table_around,
    leave_a_bracket_empty,
    say_it_in_html_characters,
    edit_both_notices,
)


def edit_the_title(site: Site) -> None:
    write(site, "标题: 关于征收示例村集体土地的公告", instead="标题: 关于征收示例村土地的公告")


def edit_the_day(site: Site) -> None:
    write(site, "公开日期: 2024-03-05", instead="公开日期: 2024-03-04")


def put_a_line_into_the_fields(site: Site) -> None:
    write(site, "有效性: 现行有效\n# 说明", instead="有效性: 现行有效")


def link_to_another_document(site: Site) -> None:
    write(site, f"{INTRODUCTION}见[拆迁](编号:TZ-2024-002)。")


def link_no_more(site: Site) -> None:
    write(site, "见补偿标准表", instead="[补偿标准表](附件/2024/补偿标准.csv)")


def edit_and_add_a_document(site: Site) -> None:
    say_more(site)
    notice = (SMALL / NOTICE).read_text("utf-8")
    (site.root / FOLDER / "新增.md").write_text(another(notice, "TZ-2024-003"), "utf-8")


def edit_and_rename(site: Site) -> None:
    say_more(site)
    (site.root / NOTICE).rename(site.root / FOLDER / "征收.md")


def edit_two_kinds_of_file(site: Site) -> None:
    say_more(site)
    table = site.root / "content/附件/2024/补偿标准.csv"
    table.write_text(table.read_text("utf-8") + "示例四,1\n", "utf-8")


def edit_the_guide(site: Site) -> None:
    guide = site.root / GUIDE
    guide.write_text(guide.read_text("utf-8") + "\n补充一句。\n", "utf-8")


MORE: tuple[Callable[[Site], None], ...] = (
    edit_the_title,
    edit_the_day,
    put_a_line_into_the_fields,
    link_to_another_document,
    link_no_more,
    edit_and_add_a_document,
    edit_and_rename,
    edit_two_kinds_of_file,
    edit_the_guide,
)


def rename_the_site(site: Site) -> None:
    replace_in(site.root / "config.yaml", "  name: ", new="  name: 新的")


def is_short(done: Built) -> bool:
    """No page was planned, and yet something was written."""
    return not done.pages and bool(done.changes)


def assert_clean(site: Site, done: Built, *, beside: Path) -> None:
    """Bytes and problems are those of a build that knows of no other."""
    clean = copy_of(site.root, beside)
    whole = build(clean, AS_OF)
    assert tree(site.output) == tree(clean.output)
    assert done.problems == whole.problems
    assert done.total == whole.total


@pytest.mark.parametrize("edit", WORDS, ids=lambda edit: edit.__name__)
def test_words_alone_are_edited_without_planning_the_site(
    site: Site, tmp_path: Path, edit: Callable[[Site], None]
) -> None:
    edit(site)
    done = build(site, AS_OF)
    assert is_short(done)
    assert_clean(site, done, beside=tmp_path / "clean")
    again = build(site, AS_OF)
    assert not again.changes
    assert again.problems == done.problems


@pytest.mark.parametrize("edit", MORE, ids=lambda edit: edit.__name__)
def test_whatever_else_changes_the_whole_site_is_planned(
    site: Site, tmp_path: Path, edit: Callable[[Site], None]
) -> None:
    edit(site)
    done = build(site, AS_OF)
    assert done.pages
    assert_clean(site, done, beside=tmp_path / "clean")


def test_an_edited_word_writes_its_page_and_its_place_in_the_index_alone(site: Site) -> None:
    write(site, "为了演示样式，公告如下。")
    done = build(site, AS_OF)
    paths = [change.wanted.page.path for change in done.changes]
    assert "wj/tz-2024-001.html" in [path.lower() for path in paths]
    assert all(path.startswith(("wj/", "search/")) for path in paths)
    assert "search/map.js" in paths


def test_who_asks_why_a_page_was_rendered_is_told_after_an_edit_of_words_too(site: Site) -> None:
    say_more(site)
    page = "wj/tz-2024-001.html"
    said = run("--site", str(site.root), "build", *DAY, "--why", page)
    assert f"{page}：chapters" in said.stdout
    assert NOTICE in said.stdout


def test_edits_follow_one_another_and_problems_come_and_go(site: Site, tmp_path: Path) -> None:
    steps = (say_more, leave_a_bracket_empty, edit_the_title, rename_a_chapter)
    for number, edit in enumerate(steps):
        edit(site)
        done = build(site, AS_OF)
        assert is_short(done) == (edit is not edit_the_title)
        assert_clean(site, done, beside=tmp_path / f"clean-{number}")
    write(site, INTRODUCTION, instead=f"{INTRODUCTION}（）")
    done = build(site, AS_OF)
    assert "D423" not in {problem.code for problem in done.problems}
    assert_clean(site, done, beside=tmp_path / "clean")


@pytest.mark.parametrize("words", ["联系人手机 13800138000。", "见[别的](编号:TZ-2024-999)。"])
def test_an_error_in_edited_words_stops_the_build(site: Site, words: str) -> None:
    before = tree(site.output)
    write(site, f"{INTRODUCTION}{words}")
    assert build(site, AS_OF).failed
    assert tree(site.output) == before


def test_what_is_recorded_as_published_takes_the_long_way(site: Site, tmp_path: Path) -> None:
    assert not record(site, AS_OF).failed
    build(site, AS_OF)
    say_more(site)
    done = build(site, AS_OF)
    assert done.pages
    assert "D551" in {problem.code for problem in done.problems}
    assert_clean(site, done, beside=tmp_path / "clean")


def test_a_bureau_that_signs_off_takes_the_long_way(site: Site, tmp_path: Path) -> None:
    config = site.root / "config.yaml"
    chain = "review:\n  steps: [{role: 承办人}, {role: 主管领导}]\n"
    config.write_text(config.read_text("utf-8") + chain, "utf-8")
    assert not build(site, AS_OF).failed
    say_more(site)
    done = build(site, AS_OF)
    assert not is_short(done)
    assert_clean(site, done, beside=tmp_path / "clean")


def test_a_page_spoilt_by_hand_takes_the_long_way(site: Site, tmp_path: Path) -> None:
    say_more(site)
    (site.output / "index.html").write_bytes(b"spoilt")
    done = build(site, AS_OF)
    assert "O201" in {problem.code for problem in done.problems}
    clean = copy_of(site.root, tmp_path / "clean")
    built(clean)
    assert tree(site.output) == tree(clean.output)


def test_a_build_that_was_killed_before_it_kept_its_imprints_leaves_none_that_are_stale(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(pipeline, "save_imprints", _killed)
        edit_the_title(site)
        with pytest.raises(KeyboardInterrupt):
            build(site, AS_OF)
    assert not build(site, AS_OF).failed
    say_more(site)
    done = build(site, AS_OF)
    assert is_short(done)
    assert_clean(site, done, beside=tmp_path / "clean")


def test_without_imprints_the_long_way_makes_them_anew(site: Site, tmp_path: Path) -> None:
    for name in (imprints.DOCUMENTS, imprints.SEARCH):
        note = site.cache / name
        note.write_bytes(note.read_bytes()[:-3])
        say_more(site)
        assert not is_short(build(site, AS_OF))
        write(site, INTRODUCTION, instead=f"{INTRODUCTION}\n\n另有补充说明：青苗补偿按季节计算。")
        done = build(site, AS_OF)
        assert is_short(done)
        assert_clean(site, done, beside=tmp_path / name)


def test_documents_that_cannot_be_kept_are_read_each_time(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = Packing(tuple(Path if kind is Attachment else kind for kind in RECORDS.kinds))
    for module in (imprints, reading):
        monkeypatch.setattr(module, "RECORDS", fewer)
    read: list[str] = []

    def noted(root: Path, file: SourceFile, **others: Any) -> Loaded:
        read.append(file.path)
        return load_file(root, file, **others)

    monkeypatch.setattr(reading, "load_file", noted)
    shutil.rmtree(site.cache)
    assert not build(site, AS_OF, jobs=1).failed
    assert len(read) > 2
    read.clear()
    assert not build(site, AS_OF, whole=True, jobs=1).failed
    assert {file for file in read if file.endswith(".md")} == {NOTICE, OTHER}
    say_more(site)
    done = build(site, AS_OF)
    assert not is_short(done)
    assert_clean(site, done, beside=tmp_path / "clean")


def test_a_process_that_knows_what_was_saved_looks_at_nothing_else(
    site: Site, tmp_path: Path
) -> None:
    memory = Memory(lasts=True)
    build(site, AS_OF, memory=memory)
    say_more(site)
    edit_the_guide(site)
    done = build(site, AS_OF, memory=memory, changed=frozenset((NOTICE,)))
    assert is_short(done)
    assert all(not c.wanted.page.path.startswith("zn/") for c in done.changes)
    done = build(site, AS_OF, memory=memory)  # told of nothing, it looks at everything
    assert any(c.wanted.page.path.startswith("zn/") for c in done.changes)
    assert_clean(site, done, beside=tmp_path / "clean")


def test_a_process_that_ends_without_keeping_its_trace_costs_the_next_time_but_no_byte(
    site: Site, tmp_path: Path
) -> None:
    memory = Memory(lasts=True)
    for edit in (edit_the_title, say_more, rename_a_chapter, add_a_chapter):
        if edit is add_a_chapter:
            replace_in(site.root / NOTICE, "另有补充", new="还有补充")
        else:
            edit(site)
        done = build(site, AS_OF, memory=memory, changed=frozenset((NOTICE,)))
        assert is_short(done) == (edit is not edit_the_title)
    done = build(site, AS_OF)
    assert {change.wanted.page.path for change in done.changes} >= {"wj/tz-2024-001.html"}
    assert "O201" not in {problem.code for problem in done.problems}
    assert_clean(site, done, beside=tmp_path / "clean")
    assert not build(site, AS_OF).changes


def test_a_preview_leaves_the_state_of_the_index_to_the_one_after_it(
    site: Site, tmp_path: Path
) -> None:
    memory = Memory(lasts=True)
    for edit in (rename_the_site, edit_both_notices, rename_the_site):
        edit(site)
        done = build(site, AS_OF, memory=memory, changed=frozenset(("config.yaml", NOTICE, OTHER)))
        assert is_short(done) == (edit is edit_both_notices)
    rename_a_chapter(site)
    done = build(site, AS_OF)
    assert is_short(done)
    assert_clean(site, done, beside=tmp_path / "clean")


@pytest.mark.parametrize("with_another", [False, True], ids=["edited", "added"])
def test_two_previews_of_one_site_do_not_lead_each_other_to_stale_pages(
    site: Site, tmp_path: Path, with_another: bool
) -> None:
    one, other = Memory(lasts=True), Memory(lasts=True)
    build(site, AS_OF, memory=one)
    edit_the_day(site)
    for memory in (other, one):
        build(site, AS_OF, memory=memory, changed=frozenset((NOTICE,)))
    new = f"{FOLDER}/新增.md"
    if with_another:
        notice = (SMALL / NOTICE).read_text("utf-8")
        (site.root / new).write_text(another(notice, "TZ-2024-003"), "utf-8")
    edit_the_title(site)
    for memory in (other, one):
        build(site, AS_OF, memory=memory, changed=frozenset((NOTICE, new)[: 1 + with_another]))
    say_more(site)
    done = build(site, AS_OF, memory=one, changed=frozenset((NOTICE,)))
    assert is_short(done)
    assert_clean(site, done, beside=tmp_path / "clean")


def test_a_site_that_has_another_name_for_a_moment_is_not_left_with_a_page_that_says_so(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = site.root / "config.yaml"
    before = config.read_text("utf-8")

    def renamed(*arguments: Any) -> Built | None:
        config.write_text(before.replace("name: ", "name: 新的"), "utf-8")
        done = retouch.retouched(*arguments)
        config.write_text(before, "utf-8")
        return done

    assert before != before.replace("name: ", "name: 新的")
    say_more(site)
    with monkeypatch.context() as while_it_builds:
        while_it_builds.setattr(pipeline, "retouched", renamed)
        build(site, AS_OF)
    assert_clean(site, build(site, AS_OF), beside=tmp_path / "clean")


def test_a_file_that_cannot_take_its_place_is_an_error_of_the_command(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    say_more(site)

    def refuse(output: Path, fresh: Fresh) -> None:
        if fresh.path == "search/map.js":
            raise PermissionError(EACCES, "open in another program")
        switch(output, fresh)

    monkeypatch.setattr(write_run, "switch", refuse)
    with pytest.raises(SystemExit) as ended:
        answered(["--site", str(site.root), "build", *DAY])
    assert ended.value.code == 1
    assert "没有做完" in capsys.readouterr().out


def test_windows_whose_folders_list_no_inodes_has_all_the_short_ways(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last, "HAS_INODES", False)
    monkeypatch.setattr(os, "scandir", partial(Listing, os.scandir))
    read = list[str]()

    def noted(root: Path, file: SourceFile, **others: Any) -> Loaded:
        read.append(file.path)
        return load_file(root, file, **others)

    monkeypatch.setattr(reading, "load_file", noted)
    shutil.rmtree(site.cache)
    built(site)
    first = len(read)
    assert first == len(set(read)), "no file is read twice"
    read.clear()
    say_more(site)
    assert is_short(build(site, AS_OF))
    assert not build(site, AS_OF).pages, "nothing has changed"
    edit_the_guide(site)
    assert build(site, AS_OF).pages
    assert {NOTICE, GUIDE} <= set(read)
    assert len(read) < first, "what was read is kept"


class Listing:
    """What a folder holds, as Windows tells of it."""

    def __init__(self, scandir: Callable[[Any], Any], place: Any = ".") -> None:
        self.entries = scandir(place)

    def __enter__(self) -> Iterator[Listed]:
        return iter(self)

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Listed]:
        return map(Listed, self.entries)

    def close(self) -> None:
        self.entries.close()


class Listed:
    """A file of a listing, without its inode."""

    def __init__(self, entry: os.DirEntry[str]) -> None:
        self.entry = entry

    def __getattr__(self, name: str) -> Any:
        return getattr(self.entry, name)

    def stat(self, **how: bool) -> SimpleNamespace:
        info = self.entry.stat(**how)
        names = ("st_mode", "st_size", "st_mtime_ns", "st_ctime_ns")
        return SimpleNamespace(st_ino=0, **{name: getattr(info, name) for name in names})


def test_the_command_says_how_many_files_it_wrote(site: Site) -> None:
    say_more(site)
    said = run("--site", str(site.root), "build", *DAY)
    assert said.returncode == 0
    assert re.search(r"共 \d+ 个文件，更新 [1-9]\d?，删除 0，", said.stdout)
    assert "青苗补偿" in "".join(p.read_text("utf-8") for p in (site.output / "wj").glob("*.html"))


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(("options", "tries"), [((), ["early"]), (("--jobs", "1"), ["late"])])
def test_a_command_that_cannot_take_the_short_way_tries_it_once(
    site: Site, options: tuple[str, ...], tries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def noted(where: str) -> Callable[..., Built | None]:
        def trying(*given: Any) -> Built | None:
            tried.append(where)
            return short(*given)

        return trying

    short = retouch.retouched
    monkeypatch.setattr(retouch, "retouched", noted("early"))
    monkeypatch.setattr(pipeline, "retouched", noted("late"))
    monkeypatch.setattr(sys, "argv", ["x", "--site", str(site.root), "build", *DAY, *options])
    edit_the_title(site)
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, tried) == (0, tries)
    assert "征收示例村集体土地" in (site.output / "index.html").read_text("utf-8")
