"""The test that matters: after any edits, an incremental build equals a clean one to the byte."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.pipeline import Built, Site, build, site_at
from site_builder.problems import Problem
from site_builder.reading import Memory
from site_builder.write import last, workers
from site_builder.write.notes import load_note
from tests.property.edits import (
    BEHIND,
    BODIES,
    FORGETFUL,
    OTHERS,
    Edit,
    add_a_document,
    day_of,
    edit_a_date,
    is_source,
    mend,
    record_what_is_published,
    remove_a_document,
    rename_a_source,
    settle,
)
from tests.sites import AS_OF, SMALL, built, copy_of, tree

SEQUENCES = int(os.environ.get("EDIT_SEQUENCES", "25"))  # 1000 for the long run


@pytest.fixture(autouse=True, scope="module")
def trusting_and_many() -> Iterator[None]:
    """Files are trusted at once, and even these few are shared among processes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(last, "TICK", 0)
        patched.setattr(workers, "FEW", 10)
        yield


def spoil_the_trace(site: Site, number: int) -> None:
    (site.cache / "trace").write_bytes(b"{" * number)


steps = st.lists(
    st.tuples(st.sampled_from((*BODIES, *BODIES, *OTHERS)), st.integers(min_value=0, max_value=9)),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=SEQUENCES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(edits=steps, young=st.booleans(), stays=st.booleans())
def test_after_any_edits_an_incremental_build_equals_a_clean_one(
    edits: list[tuple[Edit, int]], young: bool, stays: bool
) -> None:
    """Also with files that are too `young` to be trusted, and with a process that `stays`."""
    memory = Memory(lasts=True) if stays else None
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(last, "TICK", 50_000_000 if young else 0)
        site = copy_of(SMALL, Path(folder) / "kept")
        found, saved = built(site), frozenset[str]()
        for edit, number in edits:
            if found.failed and edit in FORGETFUL:
                continue
            before = sources(site)
            edit(site, number)
            told = before.items() ^ sources(site).items()
            saved |= {path for path, _ in told}
            # A preview is told which files were saved; of its own output it is told nothing.
            changed = saved if stays and edit not in BEHIND else None
            found = build(site, day_of(site), memory=memory, changed=changed)
            saved = saved if found.failed else frozenset()
        assert_clean(site, found, memory=memory, folder=Path(folder) / "clean")
        if found.failed:
            mend(site)
            found = build(site, day_of(site), memory=memory)
            assert_clean(site, found, memory=memory, folder=Path(folder) / "mended")


def assert_clean(site: Site, found: Built, *, memory: Memory | None, folder: Path) -> None:
    """The problems of a clean build, its files, and the same answer to the same question.

    Also to a process that knows nothing of the one that stays.
    """
    clean = copy_of(site.root, folder)
    expected = build(clean, day_of(site))
    assert lasting(found) == lasting(expected)
    if not expected.failed:
        assert tree(site.output) == tree(clean.output)
    nothing = frozenset[str]() if memory and not found.failed else None
    again = build(site, day_of(site), memory=memory, changed=nothing)
    assert lasting(again) == lasting(expected)
    assert not again.changes
    if memory:
        assert lasting(build(site, day_of(site))) == lasting(expected)
    if not expected.failed:
        assert tree(site.output) == tree(clean.output)


def sources(site: Site) -> dict[str, tuple[int, ...]]:
    """What tells each file apart from others in its place."""
    files = (f for f in site.root.rglob("*") if f.is_file() and is_source(site, f))
    stats = ((file.relative_to(site.root).as_posix(), file.stat()) for file in files)
    return {path: (s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for path, s in stats}


def lasting(result: Built) -> list[Problem]:
    """Problems in full, places included, but for what is said once of a mended file."""
    return [problem for problem in result.problems if problem.code != "O201"]


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


def test_documents_that_change_places_are_listed_in_their_new_order(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "kept")
    add_a_document(site, 0)
    built(site)
    edit_a_date(site, 6)
    built(site)
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
