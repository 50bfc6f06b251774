"""Damage to what the builder keeps for itself: it costs time and no byte.

A few dozen damages here, DAMAGES=300 for the long run.
"""

from __future__ import annotations

import marshal
import os
import random
import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.delivery.publishing import publish as publishing
from site_builder.pipeline import Built, Site
from site_builder.write import last
from site_builder.write.notes import FORMAT, HEAD, load_note, save_note, save_parts
from tests.delivery.programs import DAY
from tests.publishing import NOTICE, edit, published, site_with
from tests.sites import SMALL, built, copy_of, replace_in, tree

DAMAGES = int(os.environ.get("DAMAGES", "44"))
NOTES = (
    *("trace", "last", "records", "records-newer", "begun", "imprints", "search"),
    "build.lock",
)
BUREAUS = ("bureau: 示例市自然资源局", "bureau: 示例市规划和自然资源局")
WORDS = ("公告如下。", "公告在这里。")
Damage = Callable[[Path, random.Random], None]


def flip_a_bit(note: Path, chance: random.Random) -> None:
    data = bytearray(content(note))
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    note.write_bytes(data)


def cut_it_off(note: Path, chance: random.Random) -> None:
    data = content(note)
    note.write_bytes(data[: chance.randrange(len(data))])


def cut_out_the_middle(note: Path, chance: random.Random) -> None:
    data = content(note)
    start = chance.randrange(len(data))
    note.write_bytes(data[:start] + data[start + chance.randrange(1, 4096) :])


def fill_it_with_zeros(note: Path, chance: random.Random) -> None:
    """As a disk does that lost power between the length and the text."""
    data = content(note)
    start = chance.randrange(len(data))
    note.write_bytes(data[:start] + bytes(len(data) - start))


def empty_it(note: Path, _: random.Random) -> None:
    note.write_bytes(b"")


def put_noise_in_its_place(note: Path, chance: random.Random) -> None:
    note.write_bytes(chance.randbytes(chance.randrange(1, 9999)))


def put_another_note_in_its_place(note: Path, chance: random.Random) -> None:
    others = [f for f in note.parent.iterdir() if f.is_file() and f != note]
    if others:
        shutil.copy(chance.choice(sorted(others)), note)


def put_the_note_of_another_site_in_its_place(note: Path, _: random.Random) -> None:
    other = note.parents[3] / "other" / ".cache" / "site_builder" / note.name
    if other.exists():
        shutil.copy(other, note)


def write_it_as_another_version_would(note: Path, _: random.Random) -> None:
    note.write_bytes(content(note).replace(HEAD, b"site_builder notes 2 "))


def write_something_else_whole(note: Path, chance: random.Random) -> None:
    """Well kept under its name, and not what belongs there."""
    other = (b"[]", b"{}", b"null", b"[3, [], []]", b'["../../config.yaml"]', b'{"sight": 1}', b"1")
    save_note(note, chance.choice(other))


def write_one_that_knows_nothing(note: Path, _: random.Random) -> None:
    """Whole and well kept, as a first build with an older version would."""
    if note.name == "trace":
        save_note(note, marshal.dumps((FORMAT, (3, {}))))
    elif note.name.startswith("records"):
        save_parts(note, ("another program", {}))


def put_a_folder_in_its_place(note: Path, _: random.Random) -> None:
    note.unlink(missing_ok=True)
    (note / "inner").mkdir(parents=True)
    (note / "inner" / "file").write_text("x")


def content(note: Path) -> bytes:
    return (note.read_bytes() if note.is_file() else b"") or b"x"


KINDS: tuple[Damage, ...] = (
    flip_a_bit,
    cut_it_off,
    cut_out_the_middle,
    fill_it_with_zeros,
    empty_it,
    put_noise_in_its_place,
    put_another_note_in_its_place,
    put_the_note_of_another_site_in_its_place,
    write_it_as_another_version_would,
    write_something_else_whole,
    write_one_that_knows_nothing,
    put_a_folder_in_its_place,
)


@pytest.fixture(autouse=True)
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are trusted at once, so that every note is used."""
    monkeypatch.setattr(last, "TICK", 0)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site, and another one beside it with notes of its own."""
    other = copy_of(SMALL, tmp_path / "other")
    replace_in(other.root / "config.yaml", "示例指南。", new="另一个指南。")
    built(other)
    return copy_of(SMALL, tmp_path / "site")


def test_after_any_damage_to_a_note_a_build_gives_what_a_clean_one_gives(site: Site) -> None:
    chance, kinds = random.Random(2024), len(KINDS)
    clean: dict[tuple[int, int], dict[str, bytes]] = {}
    for bureau, word in product((0, 1), (0, 1)):
        say(site, bureau, word)
        built(site)
        clean[bureau, word] = tree(site.output)
    now = (1, 1)
    for number in range(DAMAGES):
        kind, name = KINDS[number % kinds], NOTES[number // kinds % len(NOTES)]
        now = chance.choice((now, (now[0], 1 - now[1]), (1 - now[0], now[1])))
        say(site, *now)
        kind(site.cache / name, chance)
        assert_builds(site, clean[now], said_of=f"{number} {kind.__name__} {name}")


def test_damage_to_all_notes_at_once_is_no_worse(site: Site) -> None:
    built(site)
    before = tree(site.output)
    for kind in KINDS:
        for name in NOTES:
            kind(site.cache / name, random.Random(1))
        assert_builds(site, before, said_of=kind.__name__)


def say(site: Site, bureau: int, word: int) -> None:
    """The bureau's name, which is on every page, and a word that is on one."""
    replace_one(site.root / "config.yaml", BUREAUS, to=bureau)
    replace_one(site.root / NOTICE, WORDS, to=word)


def replace_one(file: Path, texts: tuple[str, str], *, to: int) -> None:
    if texts[to] not in file.read_text("utf-8"):
        replace_in(file, texts[1 - to], new=texts[to])


def assert_builds(site: Site, expected: dict[str, bytes], *, said_of: str) -> None:
    """One build, which says nothing of the program's insides, and one more with nothing to do."""
    for again in (False, True):
        result = CliRunner().invoke(commands, ["--site", str(site.root), "build", *DAY])
        assert result.exit_code == 0, (said_of, result.output, result.exc_info)
        assert "错误" not in result.output, (said_of, result.output)
        assert not again or "更新 0，删除 0" in result.output, (said_of, result.output)
    found = tree(site.output)
    assert found.keys() == expected.keys(), said_of
    assert [path for path in expected if found[path] != expected[path]] == [], said_of
    assert load_note(site.cache / "trace") is not None


def test_damage_to_the_copies_of_releases_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept of the release before is compared before it is used again."""
    monkeypatch.setattr(publishing, "check", lambda *_: Built(()))
    site = site_with(tmp_path / "site", name="web", kind="folder", path="../web", keep=3)
    assert not published(site).failed
    chance, folder = random.Random(7), site.cache / "releases" / "web"
    for number, kind in enumerate(KINDS[:6]):
        files = sorted(f for f in folder.rglob("*") if f.is_file())
        papers = sorted(folder.glob("*.json"))
        for note in (chance.choice(files), papers[-1] if number % 2 else chance.choice(files)):
            data = content(note)
            note.unlink(missing_ok=True)  # it may be a link to what another release holds
            note.write_bytes(data)
            kind(note, chance)
        edit(site, f"第{number}次。")
        done = published(site)
        assert not done.failed, (kind, done.problems)
        online = tree(tmp_path / "web" / "current")
        plain = {p: data for p, data in online.items() if not p.endswith((".gz", ".br"))}
        assert plain == tree(site.output), kind
