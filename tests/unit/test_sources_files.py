"""Files on disk: which are found, and which names and kinds are refused.

Promise: a clerk hears of every name another computer could not hold, and of nothing that an
editor left behind.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.problems import Problem
from site_builder.sources import files, names
from site_builder.sources.files import SourceFile, read_bytes, scan


def put(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")


def paths_of(root: Path) -> list[str]:
    return [file.path for file in scan(root, "content")[0]]


def codes_of(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.place.file) for problem in problems]


def test_files_are_found_in_the_order_of_their_paths_relative_to_the_root(tmp_path: Path) -> None:
    put(tmp_path, "content/乙.md", "content/年报/2017/报告.md", "content/年报/2016/报告.md")
    assert paths_of(tmp_path) == [
        "content/乙.md",
        "content/年报/2016/报告.md",
        "content/年报/2017/报告.md",
    ]


def test_a_file_carries_its_size_and_time_of_change(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md")
    os.utime(tmp_path / "content/a.md", ns=(5, 7))
    assert scan(tmp_path, "content") == ((SourceFile("content/a.md", 1, 7),), ())


@pytest.mark.parametrize(
    "leftover",
    [
        "~$统计.xlsx",
        ".~lock.统计.ods#",
        "报告.tmp",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "报告.md.bak",
        "报告.md~",
        ".git/config",
    ],
)
def test_leftovers_of_editors_are_passed_over_in_silence(tmp_path: Path, leftover: str) -> None:
    put(tmp_path, "content/报告.md", f"content/{leftover}")
    assert paths_of(tmp_path) == ["content/报告.md"]
    assert scan(tmp_path, "content")[1] == ()


def test_a_folder_named_like_a_backup_is_content(tmp_path: Path) -> None:
    put(tmp_path, "content/2017.bak/报告.md")
    assert paths_of(tmp_path) == ["content/2017.bak/报告.md"]


def test_symbolic_links_are_refused_whatever_they_point_to(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md", "outside/secret.md")
    (tmp_path / "content/文件").symlink_to(tmp_path / "outside/secret.md")
    (tmp_path / "content/文件夹").symlink_to(tmp_path / "outside")
    (tmp_path / "content/断了").symlink_to(tmp_path / "nowhere")
    found, problems = scan(tmp_path, "content")
    assert [file.path for file in found] == ["content/a.md"]
    assert sorted(codes_of(problems)) == [
        ("F103", "content/文件"),
        ("F103", "content/文件夹"),
        ("F103", "content/断了"),
    ]


def test_a_content_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.md")
    (tmp_path / "content").symlink_to(tmp_path / "elsewhere")
    found, problems = scan(tmp_path, "content")
    assert found == ()
    assert codes_of(problems) == [("F103", "content")]


def test_a_pipe_is_refused_and_never_opened(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md")
    os.mkfifo(tmp_path / "content/管道.md")
    found, problems = scan(tmp_path, "content")
    assert [file.path for file in found] == ["content/a.md"]
    assert codes_of(problems) == [("F103", "content/管道.md")]


@pytest.mark.parametrize(
    "name",
    [
        "问?.md",
        "甲:乙.md",
        'a"b.md',
        "a\\b.md",
        "a\tb.md",
        "空格 ",
        "句点.",
        "CON",
        "nul.md",
        "com1.xlsx",
        "零\u200b宽.md",
    ],
)
def test_a_name_windows_cannot_hold_is_reported(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"content/{name}")
    problems = scan(tmp_path, "content")[1]
    assert [problem.code for problem in problems] == ["F101"]


@pytest.mark.parametrize("name", ["报告.md", "console.md", "表1（修订）.xlsx", "a b.md", "com0.md"])
def test_ordinary_names_are_fine(name: str) -> None:
    assert names.faults(name) == ()


def test_a_name_that_is_not_nfc_gets_its_right_spelling_as_hint(tmp_path: Path) -> None:
    put(tmp_path, "content/e\u0301.md")
    (problem,) = scan(tmp_path, "content")[1]
    assert problem.code == "F101"
    assert "\u00e9.md" in problem.hint


def test_a_file_with_a_bad_name_is_still_read_in_the_same_run(tmp_path: Path) -> None:
    put(tmp_path, "content/问?/报告.md")
    found, problems = scan(tmp_path, "content")
    assert [file.path for file in found] == ["content/问?/报告.md"]
    assert codes_of(problems) == [("F101", "content/问?")]


def test_a_name_in_another_encoding_is_shown_byte_by_byte(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md")
    (Path(os.fsdecode(bytes(tmp_path / "content") + b"/\xb1\xa8.md"))).write_bytes(b"x")
    found, problems = scan(tmp_path, "content")
    assert [file.path for file in found] == ["content/a.md"]
    assert codes_of(problems) == [("F101", "content/\\xB1\\xA8.md")]
    str(problems).encode("utf-8")


@pytest.mark.parametrize(("one", "other"), [("A.md", "a.md"), ("（一）.md", "(一).md")])
def test_two_names_that_are_one_on_windows_are_reported_with_both_places(
    tmp_path: Path, one: str, other: str
) -> None:
    put(tmp_path, f"content/{one}", f"content/{other}")
    (problem,) = scan(tmp_path, "content")[1]
    places = {problem.place.file, problem.related[0].file}
    assert problem.code == "F102"
    assert places == {f"content/{one}", f"content/{other}"}


def test_equal_names_in_different_folders_are_fine(tmp_path: Path) -> None:
    put(tmp_path, "content/2016/报告.md", "content/2017/报告.md")
    assert scan(tmp_path, "content")[1] == ()


@pytest.mark.parametrize(
    ("name", "limit"), [("a.md", 2), ("a.YAML", 2), ("a.csv", 2), ("a.xlsx", 20), ("a.pdf", 200)]
)
def test_a_file_over_its_limit_is_reported_and_left_out(
    tmp_path: Path, name: str, limit: int
) -> None:
    put(tmp_path, "content/x")
    path = tmp_path / "content" / name
    with path.open("wb") as stream:
        stream.truncate(limit * files.MIB)
    assert f"content/{name}" in paths_of(tmp_path)
    with path.open("wb") as stream:
        stream.truncate(limit * files.MIB + 1)
    found, problems = scan(tmp_path, "content")
    assert [file.path for file in found] == ["content/x"]
    assert codes_of(problems) == [("F104", f"content/{name}")]
    assert f"{limit} MB" in problems[0].message


def test_a_missing_folder_is_a_problem_and_not_a_traceback(tmp_path: Path) -> None:
    assert codes_of(scan(tmp_path, "content")[1]) == [("F105", "content")]


def test_the_bytes_of_a_file_come_as_they_are(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md")
    assert read_bytes(tmp_path, "content/a.md") == (b"x", ())


def test_a_file_that_vanished_is_a_problem(tmp_path: Path) -> None:
    content, problems = read_bytes(tmp_path, "content/a.md")
    assert content == b""
    assert codes_of(problems) == [("F105", "content/a.md")]


def test_a_folder_in_the_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    assert codes_of(read_bytes(tmp_path, "a.md")[1]) == [("F105", "a.md")]


def test_a_file_locked_by_another_program_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", locked)
    (problem,) = read_bytes(tmp_path, "统计.xlsx")[1]
    assert problem.code == "F105"
    assert "占用" in problem.message
    assert "WPS" in problem.hint


def test_a_file_that_outgrew_its_limit_since_the_scan_is_not_taken_in(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * (2 * files.MIB + 1))
    content, problems = read_bytes(tmp_path, "a.md")
    assert content == b""
    assert codes_of(problems) == [("F104", "a.md")]
