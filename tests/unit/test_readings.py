"""Readings: what a file gave comes back as it was, and what one document says needs no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import date
from errno import ENOSPC
from pathlib import Path
from time import time_ns

import pytest

from site_builder.model.library import AttachmentFinding, Library
from site_builder.model.packing import RECORDS
from site_builder.problems import Problem
from site_builder.reading import Memory, Reader
from site_builder.rules.alone import check_documents
from site_builder.rules.checks import check
from site_builder.sources.config import load_config
from site_builder.sources.files import scan
from site_builder.sources.load import load, load_file
from site_builder.write import kept
from site_builder.write.kept import Kept
from tests.sites import AS_OF, SMALL, copy_of, replace_in

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A site in which two documents have findings of their own."""
    site = copy_of(SMALL, tmp_path_factory.mktemp("findings") / "site")
    notice = site.root / NOTICE
    replace_in(notice, "附件:\n  - {名称: 补偿标准表, 文件: 2024/补偿标准.csv}\n", new="")
    replace_in(notice, "[补偿标准表](附件/2024/补偿标准.csv)", new="附表")
    replace_in(
        notice,
        "## 补偿标准",
        new="<b>补偿</b>\n\n邮箱 a＠b.cn，手机 13800138000，2月30日（）\n\n## 补偿标准",
    )
    rules = site.root / "content/政府信息公开制度/公开制度.md"
    text = rules.read_text("utf-8").replace("---\n", "---\n公开属性: 不予公开\n", 1)
    rules.write_text(f"{text}\n【待填写】<i>\n", "utf-8")
    found, _ = load(site.root, AS_OF)
    assert found is not None
    return found


def test_what_documents_are_found_to_be_alone_is_what_they_are_found_among_others(
    library: Library,
) -> None:
    lists = replace(library, as_of=date.min, reports=(), guide=None, application=None, files=())
    known: dict[str, tuple[Problem, ...]] = {}
    for document in library.documents:
        known |= check_documents([document], lists)
    assert sum(map(len, known.values())) >= 4
    assert known == check_documents(library.documents, lists)
    for day in (AS_OF, date(2000, 1, 1)):
        whole = replace(library, as_of=day)
        assert sorted(map(repr, check(whole))) == sorted(map(repr, check(whole, known)))


def test_what_was_found_in_a_file_is_told_of_the_document_that_names_it() -> None:
    whole, _ = load(SMALL, AS_OF)
    assert whole is not None
    lists = replace(whole, reports=(), guide=None, application=None, files=())
    known = check_documents(whole.documents, lists)
    assert all(d.origin.place.file in known for d in whole.documents)
    odd = AttachmentFinding("V102", "第3行", "有手机号", "13800138000")
    whole = replace(whole, files=tuple(replace(f, findings=(odd,)) for f in whole.files))
    assert "V102" in {problem.code for problem in check(whole, known)}
    assert sorted(map(repr, check(whole, known))) == sorted(map(repr, check(whole)))


def test_a_record_comes_back_with_all_its_places() -> None:
    config, _ = load_config(SMALL)
    assert config is not None
    files, _ = scan(SMALL, "content")
    packed = 0
    for file in files:
        record = load_file(SMALL, file, config=config).record
        if file.path.endswith((".md", "补偿标准.csv")):
            again = RECORDS.unpack(RECORDS.pack(record))
            assert astuple(again) == astuple(record)
            packed += 1
    assert packed >= 5


def test_what_is_no_record_is_not_packed() -> None:
    for value in ({"a": 1}, [], object(), Path("x"), 1.5, (set(),)):
        with pytest.raises(TypeError):
            RECORDS.pack(value)


def test_the_store_answers_for_the_same_program_alone(tmp_path: Path) -> None:
    store = Kept(tmp_path, "program")
    store.save([("a.md", (1, 2), b"a"), ("b.md", (1, 2), b"b")], count=2, stay=frozenset())
    assert list(store.entries()) == [("a.md", (1, 2), b"a"), ("b.md", (1, 2), b"b")]
    assert not list(Kept(tmp_path, "other program").entries())
    store.save([("c.md", (3,), b"c")], count=1, stay=frozenset(("b.md",)))
    assert list(store.entries()) == [("b.md", (1, 2), b"b"), ("c.md", (3,), b"c")]


def test_a_few_new_entries_are_kept_beside_many_old_ones(tmp_path: Path) -> None:
    store = Kept(tmp_path, "program")
    paths = [f"{number}.md" for number in range(1200)]
    store.save(((path, (1,), b"old") for path in paths), count=len(paths), stay=frozenset())
    before = (tmp_path / "records").read_bytes()
    for edited in (7, 8):
        entry = (f"{edited}.md", (2,), b"new")
        store.save([entry], count=1, stay=frozenset(paths) - {entry[0]})
    assert (tmp_path / "records").read_bytes() == before
    found = {path: (stamp, packed) for path, stamp, packed in store.entries()}
    assert found["7.md"] == found["8.md"] == ((2,), b"new")
    assert found["9.md"] == ((1,), b"old")
    assert len(found) == len(paths) == len(list(store.entries()))


def test_readings_for_which_the_disk_has_no_room_are_used_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_parts(file: Path, values: Iterator[object]) -> None:
        next(values)  # the key
        raise OSError(ENOSPC, "", str(file))

    monkeypatch.setattr(kept, "save_parts", save_parts)
    reader = Reader(SMALL, tmp_path, "program", time_ns(), jobs=1, memory=Memory())
    library, problems = load(SMALL, AS_OF, reader=reader)
    assert (library, problems) == load(SMALL, AS_OF)
    assert library is not None
    assert set(reader.traits) == {d.origin.place.file for d in library.documents}
