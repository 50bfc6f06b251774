"""Sources that change while a build runs: its output is that of before or of after, no mixture.

The build after it comes to what a clean one comes to.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from site_builder import pipeline, reading
from site_builder.pipeline import Site, build
from site_builder.problems import errors
from site_builder.sources.load import load_file
from site_builder.write import plan
from tests.publishing import NOTICE
from tests.sites import AS_OF, REPOSITORY, SMALL, another, built, copy_of, replace_in, tree

ATTACHMENT = "content/附件/2024/补偿标准.csv"
RULES = "content/政府信息公开制度/公开制度.md"
SECOND = NOTICE.replace("征地", "又一份")
STAGES = ("查看", "读取", "检查", "安排", "比较", "生成", "记下")
ALL = bool(os.environ.get("ALL_STAGES"))  # else two of them for each edit
Tree = dict[str, bytes]
Edit = Callable[[Site], None]


def a_word(site: Site) -> None:
    replace_in(site.root / NOTICE, "公告如下。", new="公告在这里。")


def a_title(site: Site) -> None:
    replace_in(site.root / NOTICE, "关于征收示例村土地", new="关于征收示范村土地")


def an_attachment(site: Site) -> None:
    (site.root / ATTACHMENT).write_text("甲,乙\n1,2\n", "utf-8")


def an_attachment_that_is_gone(site: Site) -> None:
    (site.root / ATTACHMENT).unlink()


def the_configuration(site: Site) -> None:
    config = site.root / "config.yaml"
    replace_in(config, "bureau: 示例市自然资源局", new="bureau: 示范市自然资源局")


def a_template(site: Site) -> None:
    own = site.root / "templates/parts/footer.html"
    own.parent.mkdir(parents=True)
    text = (REPOSITORY / own.relative_to(site.root)).read_text("utf-8")
    own.write_text(text.replace("<footer", "<!-- --><footer"), "utf-8")


def a_document_more(site: Site) -> None:
    text = (SMALL / NOTICE).read_text("utf-8")
    (site.root / SECOND).write_text(another(text, "TZ-2024-002"), "utf-8")


EDITS = (
    a_word,
    a_title,
    an_attachment,
    an_attachment_that_is_gone,
    the_configuration,
    a_template,
    a_document_more,
)


@pytest.fixture(scope="module", params=EDITS, ids=lambda edit: edit.__name__)
def edit(request: pytest.FixtureRequest) -> Edit:
    return request.param  # type: ignore[no-any-return]  # one of EDITS


@pytest.fixture(scope="module")
def after(edit: Edit, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The output once the edit has been made; nothing where it makes an error."""
    site = copy_of(SMALL, tmp_path_factory.mktemp("after") / "site")
    edit(site)
    build(site, AS_OF)
    return tree(site.output) if site.output.exists() else {}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    site = copy_of(SMALL, tmp_path_factory.mktemp("before") / "site")
    built(site)
    return tree(site.output)


@pytest.mark.parametrize("is_first", [True, False], ids=["first", "later"])
def test_an_edit_at_any_stage_of_a_build_makes_no_mixture(
    tmp_path: Path, edit: Edit, is_first: bool, before: Tree, after: Tree
) -> None:
    turn = 3 * EDITS.index(edit) + 2 * is_first
    for stage in STAGES if ALL else (STAGES[turn % 7], STAGES[(turn + 3) % 7]):
        site = copy_of(SMALL, tmp_path / stage)
        edit_at(site, edit, stage=stage, is_first=is_first, before=before, after=after)


def edit_at(
    site: Site, edit: Edit, *, stage: str, is_first: bool, before: Tree, after: Tree
) -> None:
    if not is_first:
        built(site)
        replace_in(site.root / "config.yaml", "示例指南。", new="示例的指南。")
        built(site)
        replace_in(site.root / "config.yaml", "示例的指南。", new="示例指南。")
    earlier = tree(site.output)
    made: list[str] = []

    def meanwhile(said: str) -> None:
        if said.startswith(stage):
            edit(site)
            made.append(said)

    found = build(site, AS_OF, tell=meanwhile)
    assert made or found.failed
    if not made:
        edit(site)
    allowed = (earlier,) if errors(found.problems) else (before, after)
    assert tree(site.output) in allowed, [p.message for p in found.problems]
    again = build(site, AS_OF)
    assert again.failed == (not after)
    if after:
        assert tree(site.output) == after


def test_two_files_saved_together_while_others_are_read_are_read_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence moves from one document to another: it is never in both, nor in none."""
    site = copy_of(SMALL, tmp_path / "site")
    sentence, whole = "本制度为示例。", load_file
    loads: list[str] = []

    def loading(root: Path, file: Any, **more: Any) -> Any:
        if file.path.endswith(Path(NOTICE).name) and not loads:
            loads.append(file.path)
            replace_in(site.root / RULES, sentence, new="见公告。")
            replace_in(site.root / NOTICE, "公告如下。", new=sentence)
        return whole(root, file, **more)

    with monkeypatch.context() as patched:
        patched.setattr(reading, "load_file", loading)
        built(site)
    assert loads
    clean = copy_of(site.root, tmp_path / "clean")
    built(clean)
    assert tree(site.output) == tree(clean.output)


def test_a_template_saved_after_it_was_compared_is_not_the_one_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    built(site)
    comparing = plan.compare
    replace_in(site.root / "config.yaml", "示例指南。", new="示例的指南。")

    def compare(*words: Any, **more: Any) -> Any:
        a_template(site)
        return comparing(*words, **more)

    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "compare", compare)
        built(site)
    shutil.rmtree(site.root / "templates")  # and it is taken back
    built(site)
    clean = copy_of(site.root, tmp_path / "clean")
    built(clean)
    assert tree(site.output) == tree(clean.output)


@pytest.mark.parametrize("hours", [-24, -1, 1, 24])
def test_a_clock_that_was_moved_hides_no_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    """Set back, every file seems to come from the future; set forward, from long ago."""
    site = copy_of(SMALL, tmp_path / "site")
    built(site)
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + hours * 3600 * 10**9)
    for edit in (a_word, an_attachment, a_title):
        edit(site)
        stat = (site.root / NOTICE).stat()
        built(site)
        clean = copy_of(site.root, tmp_path / edit.__name__)
        built(clean)
        assert tree(site.output) == tree(clean.output)
        text = (site.root / NOTICE).read_text("utf-8")
        (site.root / NOTICE).write_text(text.replace("示例一", "示例二"), "utf-8")
        set_time(site.root / NOTICE, stat.st_mtime_ns)  # as an editor that keeps it
        built(site)
        assert "示例二" in (site.output / "wj/tz-2024-001.html").read_text("utf-8")
        assert "示例一" not in (site.output / "wj/tz-2024-001.html").read_text("utf-8")
        (site.root / NOTICE).write_text(text, "utf-8")


def set_time(file: Path, mtime_ns: int) -> None:
    os.utime(file, ns=(mtime_ns, mtime_ns))


@pytest.mark.parametrize("year", [1999, 2199])
def test_files_from_another_time_are_built_and_their_changes_seen(
    tmp_path: Path, year: int
) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    moment = (year - 1970) * 31_556_952 * 10**9
    for file in [f for f in site.root.rglob("*") if f.is_file()]:
        set_time(file, moment)
    built(site)
    a_title(site)
    set_time(site.root / NOTICE, moment)
    built(site)
    clean = copy_of(site.root, tmp_path / "clean")
    built(clean)
    assert tree(site.output) == tree(clean.output)
