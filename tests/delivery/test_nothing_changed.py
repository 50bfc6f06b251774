"""A build of a site in which nothing has changed: the same answer, without the work."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from site_builder.cli.early import answered
from site_builder.outcome import Built, Site, recall, seen, unchanged
from site_builder.problems import catalogue, weights
from tests.delivery.programs import DAY, run
from tests.sites import AS_OF, SMALL, built, copy_of, replace_in, tree

HEAVY = "bs4 calamine chinese_calendar filelock jinja2 markdown nh3 pydantic xlsxwriter yaml"
LISTING = """
import sys
from site_builder.cli import main
main()
print(*sys.modules)
"""
NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with a warning, built once; its files are older than the clock's tick."""
    made = copy_of(SMALL, tmp_path / "site")
    replace_in(made.root / NOTICE, "公开日期: 2024-03-04\n", new="")
    time.sleep(0.1)
    built(made)
    return made


def test_the_second_build_says_the_same_and_loads_no_stage(site: Site) -> None:
    question = ("--site", str(site.root), "build", *DAY)
    whole = run(*question, "--why", "index.html").stdout
    said = run(*question, program=(sys.executable, "-c", LISTING)).stdout
    sentences, _, modules = said.rstrip("\n").rpartition("\n")
    assert "没有公开日期" in sentences
    assert without_seconds(whole).startswith(without_seconds(sentences))
    loaded = {name.split(".")[0] for name in modules.split()}
    assert loaded.isdisjoint(HEAVY.split())
    assert "site_builder.pipeline" not in modules.split()


def test_a_day_that_the_command_refuses_is_refused_where_nothing_has_changed(site: Site) -> None:
    question = ("--site", str(site.root), "build", "--as-of")
    assert answered([*question, AS_OF.isoformat()])
    assert not answered([*question, AS_OF.isoformat().replace("-", "")])


def without_seconds(text: str) -> str:
    return re.sub(r"用时 [0-9.]+ 秒", "", text)


def nothing_to_do(site: Site, as_of: date = AS_OF) -> Built | None:
    """What the last build came to, where another would come to the same."""
    sight = seen(site, as_of)
    return unchanged(sight, recall(site, sight))


def add_a_line(site: Site) -> None:
    file = site.root / NOTICE
    file.write_text(file.read_text("utf-8") + "\n又一行。\n", "utf-8")


def edit_within_the_same_size_and_time(site: Site) -> None:
    file = site.root / NOTICE
    stat = file.stat()
    replace_in(file, "示例村", new="示范村")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def add_a_template(site: Site) -> None:
    (site.root / "templates").mkdir()
    (site.root / "templates" / "x.html").write_text("", "utf-8")


def add_a_form(site: Site) -> None:
    (site.root / "schemas").mkdir()
    (site.root / "schemas" / "x.yaml").write_text("id: x\n", "utf-8")


def rename_a_file(site: Site) -> None:
    (site.root / NOTICE).rename(site.root / NOTICE.replace("征地", "公告"))


def edit_the_configuration(site: Site) -> None:
    replace_in(site.root / "config.yaml", "示例指南。", new="指南。")


def spoil_a_page(site: Site) -> None:
    (site.output / "404.html").write_bytes(b"")


def lose_a_page(site: Site) -> None:
    (site.output / "404.html").unlink()


def put_a_file_into_the_output(site: Site) -> None:
    (site.output / "mine.txt").write_text("x", "utf-8")


def lose_the_output(site: Site) -> None:
    shutil.rmtree(site.output)


def spoil_the_note(site: Site) -> None:
    note = site.cache / "last"
    note.write_bytes(note.read_bytes().replace("没有公开日期".encode(), "没有成文日期".encode()))


CHANGES: tuple[Callable[[Site], None], ...] = (
    add_a_line,
    edit_within_the_same_size_and_time,
    add_a_template,
    add_a_form,
    rename_a_file,
    edit_the_configuration,
    spoil_a_page,
    lose_a_page,
    put_a_file_into_the_output,
    lose_the_output,
    spoil_the_note,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_changed_is_noticed(site: Site, change: Callable[[Site], None]) -> None:
    assert nothing_to_do(site) is not None
    change(site)
    assert nothing_to_do(site) is None


def test_another_day_is_another_question(site: Site) -> None:
    assert nothing_to_do(site, AS_OF + timedelta(days=1)) is None
    assert nothing_to_do(site, date(AS_OF.year, AS_OF.month, AS_OF.day)) is not None


def test_what_was_mended_is_told_once(site: Site) -> None:
    before = tree(site.output)
    spoil_a_page(site)
    assert "O201" in {problem.code for problem in built(site).problems}
    assert tree(site.output) == before
    assert "O201" not in {problem.code for problem in built(site).problems}


def test_a_file_saved_a_moment_ago_is_not_yet_trusted(site: Site) -> None:
    add_a_line(site)
    built(site)
    assert nothing_to_do(site) is None


def test_a_note_of_the_last_build_holds_its_problems_in_full(site: Site) -> None:
    asked = run("--site", str(site.root), "build", *DAY, "--format", "json").stdout
    again = run("--site", str(site.root), "build", *DAY, "--format", "json").stdout
    assert json.loads(asked)
    assert asked == again


def test_the_weights_are_those_of_the_catalogue() -> None:
    assert weights() == {code: entry.severity for code, entry in catalogue().items()}
