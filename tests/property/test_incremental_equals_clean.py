"""The test that matters: after any edits, an incremental build equals a clean one to the byte."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.delivery.record import record
from site_builder.model.published import LEDGER
from site_builder.pipeline import Site, build, site_at
from site_builder.write import last, workers
from site_builder.write.notes import load_note
from tests.published import say_what_is_asked_for
from tests.sites import AS_OF, REPOSITORY, SMALL, another, built, copy_of, replace_in, tree

NOTICES = "content/法定主动公开内容/通知公告/2024"
REPORT = "content/政府信息公开年报/2017"


@pytest.fixture(autouse=True, scope="module")
def trusting_and_many() -> Iterator[None]:
    """Files are trusted at once, and even these few are shared among processes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(last, "TICK", 0)
        patched.setattr(workers, "FEW", 10)
        yield


def edit_a_body(site: Site, number: int) -> None:
    notice = site.root / NOTICES / "征地.md"
    if notice.exists():
        notice.write_text(notice.read_text("utf-8") + f"\n第{number}次修改。\n", "utf-8")


def edit_a_title(site: Site, number: int) -> None:
    rules = site.root / "content/政府信息公开制度/公开制度.md"
    text = rules.read_text("utf-8")
    title = next(line for line in text.split("\n") if line.startswith("标题"))
    replace_in(rules, title, new=f"标题: 政府信息主动公开制度（第{number}版）")


def add_a_document(site: Site, number: int) -> None:
    text = (SMALL / NOTICES / "征地.md").read_text("utf-8")
    text = another(text, f"TZ-2024-1{number}").replace("2024-03-04", "2024-04-05")
    (site.root / NOTICES / f"新增{number}.md").write_text(text, "utf-8")


def remove_a_document(site: Site, number: int) -> None:
    added = sorted((site.root / NOTICES).glob("新增*.md"))
    if added:
        added[number % len(added)].unlink()


def rename_a_source(site: Site, number: int) -> None:
    for notice in sorted((site.root / NOTICES).glob("征地*.md")):
        notice.rename(notice.with_name(f"征地{number}.md"))


def fill_in_the_table_differently(site: Site, number: int) -> None:
    table = site.root / REPORT / "统计.csv"
    lines = table.read_text("utf-8-sig").split("\n")
    lines = [f"六、举报投诉数量,件,{number}\n" if "六、" in line else line for line in lines]
    table.write_text("\n".join(lines), "utf-8")


def rename_the_bureau(site: Site, number: int) -> None:
    config = site.root / "config.yaml"
    lines = config.read_text("utf-8").split("\n")
    lines = [f"  bureau: 示例{number}局" if "  bureau:" in line else line for line in lines]
    config.write_text("\n".join(lines), "utf-8")


def override_a_template(site: Site, number: int) -> None:
    own = site.root / "templates/parts/footer.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    original = (REPOSITORY / "templates/parts/footer.html").read_text("utf-8")
    own.write_text(original.replace("<footer", f"<!-- {number} --><footer"), "utf-8")


def drop_the_template(site: Site, number: int) -> None:
    shutil.rmtree(site.root / "templates", ignore_errors=True)
    assert number >= 0


def spoil_an_output(site: Site, number: int) -> None:
    pages = sorted(site.output.rglob("*.html"))
    pages[number % len(pages)].write_bytes(b"spoilt")


def lose_an_output(site: Site, number: int) -> None:
    pages = sorted(site.output.rglob("*.*"))
    pages[number % len(pages)].unlink()


def spoil_a_note(site: Site, number: int) -> None:
    notes = sorted(file for file in site.cache.iterdir() if file.suffix != ".lock")
    file = notes[number % len(notes)]
    file.write_bytes(file.read_bytes()[: -1 - number])


def spoil_the_trace(site: Site, number: int) -> None:
    (site.cache / "trace").write_bytes(b"{" * number)


def record_what_is_published(site: Site, number: int) -> None:
    settle(site)
    built(site)
    assert not record(site, AS_OF).failed
    assert number >= 0


def settle(site: Site) -> None:
    """Say of every published address that is gone what the program asks for."""
    if (site.root / LEDGER).exists():
        say_what_is_asked_for(site)


EDITS: tuple[Callable[[Site, int], None], ...] = (
    edit_a_body,
    edit_a_title,
    add_a_document,
    remove_a_document,
    rename_a_source,
    fill_in_the_table_differently,
    rename_the_bureau,
    override_a_template,
    drop_the_template,
    spoil_an_output,
    lose_an_output,
    spoil_a_note,
    record_what_is_published,
)
steps = st.lists(
    st.tuples(st.sampled_from(EDITS), st.integers(min_value=0, max_value=9)),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(steps)
def test_after_any_edits_an_incremental_build_equals_a_clean_one(
    edits: list[tuple[Callable[[Site, int], None], int]],
) -> None:
    with TemporaryDirectory() as folder:
        site = copy_of(SMALL, Path(folder) / "kept")
        built(site)
        for edit, number in edits:
            edit(site, number)
            settle(site)
            built(site)
        clean = copy_of(site.root, Path(folder) / "clean")
        built(clean)
        assert tree(site.output) == tree(clean.output)


def test_with_moved_and_withdrawn_pages_an_incremental_build_equals_a_clean_one(
    tmp_path: Path,
) -> None:
    site = copy_of(SMALL, tmp_path / "kept")
    for edit in (add_a_document, record_what_is_published, remove_a_document, rename_a_source):
        edit(site, 1)
        settle(site)
        built(site)
    assert (site.output / "redirects.json").is_file()
    clean = copy_of(site.root, tmp_path / "clean")
    built(clean)
    assert tree(site.output) == tree(clean.output)


def test_a_lost_trace_costs_time_but_no_byte(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    built(site)
    before = tree(site.output)
    spoil_the_trace(site, 3)
    assert built(site).changes
    assert tree(site.output) == before
    assert not built(site_at(site.root)).changes


def test_no_damage_to_a_note_passes_for_a_note(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    built(site)
    rest, damages = random.Random(7), 0
    for file in (site.cache / name for name in ("trace", "last", "records")):
        whole = file.read_bytes()
        assert load_note(file) is not None
        for _ in range(100):
            damaged = bytearray(whole)
            at = rest.randrange(len(damaged))
            if rest.random() < 0.5:
                damaged[at] ^= rest.randrange(1, 256)
            else:
                del damaged[at : at + rest.randrange(1, 50)]
            file.write_bytes(damaged)
            assert load_note(file) is None
            damages += 1
        file.write_bytes(whole)
    assert damages == 300


def test_a_site_built_by_several_processes_is_the_same(tmp_path: Path) -> None:
    shared, alone = copy_of(SMALL, tmp_path / "shared"), copy_of(SMALL, tmp_path / "alone")
    assert build(shared, AS_OF, jobs=3).problems == build(alone, AS_OF, jobs=1).problems
    assert tree(shared.output) == tree(alone.output)
    assert not build(shared, AS_OF, whole=True, jobs=1).changes
