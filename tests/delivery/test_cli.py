"""The command line: what it says and the codes it ends with."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from site_builder.cli import building, main
from site_builder.pipeline import Site
from site_builder.problems import catalogue
from tests.delivery.programs import DAY, build, run
from tests.sites import REPOSITORY, SMALL, another, built, copy_of, replace_in

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that has not been built yet."""
    return copy_of(SMALL, tmp_path / "site")


def test_a_build_says_what_it_did_and_where_to_look(site: Site) -> None:
    said = build(site.root)
    assert said.returncode == 0
    done, where = said.stdout.splitlines()
    assert re.fullmatch(r"生成完毕：共 59 个文件，更新 59，删除 0，用时 \d+\.\d 秒。", done)
    assert where == f"打开 {site.output / 'index.html'} 查看。"
    assert said.stderr == ""


def test_a_second_build_says_that_nothing_changed(site: Site) -> None:
    built(site)
    assert "共 59 个文件，更新 0，删除 0" in build(site.root).stdout


def test_a_build_counts_what_it_removed(site: Site) -> None:
    added = (site.root / NOTICE).with_name("新增.md")
    text = (site.root / NOTICE).read_text(encoding="utf-8")
    added.write_text(another(text, "TZ-2023-002"), encoding="utf-8")
    built(site)
    added.unlink()
    said = build(site.root).stdout  # its page, and two files of the search index
    assert re.search(r"共 59 个文件，更新 \d+，删除 3，", said)


def test_in_a_folder_that_is_no_site_only_that_is_said(tmp_path: Path) -> None:
    said = run("--site", str(tmp_path), "check")
    assert said.returncode == 2
    assert said.stdout.count("错误 ") == 2  # the message, and the sum at the end
    assert "错误 C104 这里没有 config.yaml，不是一个网站文件夹" in said.stdout


def test_of_many_warnings_alike_a_build_shows_three_and_counts_the_others(tmp_path: Path) -> None:
    new = tmp_path / "new"
    run("init", str(new))
    brief, whole = build(new).stdout, run("--site", str(new), "check", *DAY).stdout
    assert brief.count("警告 D530") == 3
    assert f"还有 {whole.count('警告 D530') - 3} 条 D530 的警告" in brief


def test_a_check_without_problems_says_so_and_writes_nothing(site: Site) -> None:
    said = run("--site", str(site.root), "check", *DAY)
    assert (said.returncode, said.stdout) == (0, "检查完毕：没有发现问题。\n")
    assert not site.output.exists()


@pytest.mark.parametrize("command", ["build", "check"])
def test_an_error_in_content_ends_with_one_and_shows_the_place(site: Site, command: str) -> None:
    replace_in(site.root / NOTICE, "2024-03-04", new="2024-02-30")
    said = run("--site", str(site.root), command, *DAY)
    assert said.returncode == 1
    assert f"{NOTICE}:8:" in said.stdout
    assert re.search(r"^ +8 \| 公开日期: 2024-02-30$", said.stdout, re.MULTILINE)
    assert re.search(r"^      \| +\^$", said.stdout, re.MULTILINE)
    assert "  提示  " in said.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("build", "--nonsense"),
        ("build", "--as-of", "2024-02-30"),
        ("build", "--format", "xml"),
        ("explain",),
        ("explain", "T999"),
        ("--site", "no-such-folder", "build"),
        ("--site", "no-such-folder", "check"),
        ("--site", "content", "build"),
        ("serve", "--port", "http"),
    ],
)
def test_wrong_use_ends_with_two(site: Site, arguments: tuple[str, ...]) -> None:
    said = run(*arguments, folder=site.root)
    assert said.returncode == 2
    assert said.stdout + said.stderr
    assert "Traceback" not in said.stdout + said.stderr
    assert not site.output.exists()


def test_a_fault_of_the_program_ends_with_three_and_keeps_the_details(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("故意的")

    monkeypatch.setattr(building, "build", broken)
    monkeypatch.setattr(sys, "argv", ["site-builder", "build"])
    monkeypatch.chdir(site.root)
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert ended.value.code == 3
    assert "程序自身出错" in said.err
    assert "Traceback" not in said.out + said.err
    note = site.cache / "fault.txt"
    assert str(note) in said.err
    assert "ZeroDivisionError: 故意的" in note.read_text(encoding="utf-8")


def test_a_fault_whose_details_cannot_be_kept_is_still_told_in_a_sentence(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("故意的")

    (site.root / ".cache").write_bytes(b"")
    monkeypatch.setattr(building, "build", broken)
    monkeypatch.setattr(sys, "argv", ["site-builder", "build"])
    monkeypatch.chdir(site.root)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    assert "故意的" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["T301", "t301"])
def test_explain_tells_what_a_code_means_and_what_to_do(code: str) -> None:
    said = run("explain", code)
    assert said.returncode == 0
    assert said.stdout.startswith("T301 错误 ")
    assert "怎么办  " in said.stdout
    assert "例子" in said.stdout


def test_explain_knows_every_code_and_names_them_all_for_one_it_does_not_know() -> None:
    said = run("explain", "T999")
    assert said.returncode == 2
    assert "没有代码 T999" in said.stdout
    assert [code for code in catalogue() if code not in said.stdout] == []


@pytest.mark.parametrize("command", ["build", "check"])
def test_problems_as_json_can_be_read_by_a_program(site: Site, command: str) -> None:
    replace_in(site.root / NOTICE, "2024-03-04", new="2024-02-30")
    said = run("--site", str(site.root), command, *DAY, "--format", "json")
    assert said.returncode == 1
    (problem,) = json.loads(said.stdout)
    assert (problem["file"], problem["line"], problem["severity"]) == (NOTICE, 8, "error")
    assert problem["code"] in catalogue()


@pytest.mark.parametrize("command", ["build", "check"])
def test_no_problems_are_an_empty_list_as_json(site: Site, command: str) -> None:
    said = run("--site", str(site.root), command, *DAY, "--format", "json")
    assert (said.returncode, json.loads(said.stdout)) == (0, [])


def test_why_names_the_template_that_was_overridden(site: Site) -> None:
    built(site)
    own = site.root / "templates/pages/annual_report.html"
    own.parent.mkdir(parents=True)
    original = (REPOSITORY / "templates/pages/annual_report.html").read_text(encoding="utf-8")
    own.write_text(original.replace("<article", "<!-- 本局 --><article"), encoding="utf-8")
    said = why(site, "gknb/2017/index.html")
    assert "gknb/2017/index.html：template\n" in said
    assert "来源：content/政府信息公开年报/2017/报告.md、" in said
    assert "没有变化，未重新生成" in why(site, "gknb/2017/index.html")


def test_why_names_the_fields_that_an_edit_changed(site: Site) -> None:
    built(site)
    replace_in(site.root / NOTICE, "示例公告，说明", new="示例公告，讲明")
    assert "wj/tz-2024-001.html：frame、summary\n" in why(site, "wj/tz-2024-001.html")


def test_why_says_when_there_is_no_such_page(site: Site) -> None:
    assert "没有页面 gknb/1999/index.html" in why(site, "gknb/1999/index.html")


def test_the_program_tells_its_version_and_its_commands() -> None:
    assert re.search(r"\d+\.\d+\.\d+", run("--version").stdout)
    said = run("--help").stdout
    assert [c for c in ("build", "check", "serve", "explain", "init") if c not in said] == []


def why(site: Site, path: str) -> str:
    return run("--site", str(site.root), "build", *DAY, "--why", path).stdout


def test_ctrl_c_while_the_program_is_being_loaded_ends_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(_: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("site_builder.cli.early.answered", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == "已经停下。"
