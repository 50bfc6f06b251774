"""Checking a whole site: what is said does not depend on who looks, and nothing is left behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from site_builder import checking
from site_builder.pipeline import Site, build, check
from site_builder.write import workers
from tests.sites import AS_OF, SMALL, copy_of, replace_in, tree

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
FOOTER = "templates/parts/footer.html"
OWN = '<footer class="foot"><a href="没有.html">无</a> <a href="{there}#没有">无</a></footer>\n'


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """With a foot of its own that leads nowhere from any page."""
    site = copy_of(SMALL, tmp_path / "site")
    (site.root / FOOTER).parent.mkdir(parents=True)
    there = "{{ page.frame.root }}index.html"
    (site.root / FOOTER).write_text(OWN.replace("{there}", there), "utf-8")
    return site


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processes, and few pages are enough for each."""
    monkeypatch.setattr(workers, "FEW", 4)
    monkeypatch.setattr(checking, "cores", lambda: 3)


def test_a_dead_link_and_a_missing_anchor_are_told_once_for_all_pages(site: Site) -> None:
    problems = check(site, AS_OF).problems
    assert "O101" in {problem.code for problem in problems}
    (missing,) = (problem for problem in problems if problem.code == "O102")
    assert "另外" in missing.message


@pytest.mark.skipif(sys.platform != "linux", reason="only there work is shared")
def test_several_processes_say_what_one_says(site: Site, request: pytest.FixtureRequest) -> None:
    alone = check(site, AS_OF).problems
    request.getfixturevalue("crowd")
    assert check(site, AS_OF).problems == alone
    replace_in(site.root / FOOTER, "<footer", new="{{ 1 // 0 }}<footer")
    told = [p for p in check(site, AS_OF).problems if p.code == "P202"]
    assert [p.place.file for p in told] == [FOOTER]


def test_a_check_takes_up_what_a_build_has_read_and_writes_nothing(site: Site) -> None:
    (site.root / FOOTER).unlink()
    build(site, AS_OF)
    said = {problem.code for problem in check(site, AS_OF).problems}
    replace_in(site.root / NOTICE, "为了演示版式", new="为了演示版式，见[另一篇](编号:没有)")
    before = tree(site.root)
    assert {problem.code for problem in check(site, AS_OF).problems} - said == {"D207"}
    assert tree(site.root) == before
