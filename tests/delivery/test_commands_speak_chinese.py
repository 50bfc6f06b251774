"""Help and complaints about wrong use: a clerk reads no English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from site_builder.cli.chinese import SENTENCES, SPEAKERS
from site_builder.cli.commands import commands

ENGLISH = re.compile(
    r"[A-Za-z]{2,} [A-Za-z]{2,}|\b[A-Z]{4,}\b|^[A-Za-z ]+:|default|required", re.MULTILINE
)
NAMES = re.compile(r"\bsite-builder( [a-z-]+)*|\b(HTML|WARC|XLSX)\b")
OF_DEVELOPERS = re.compile(  # said of a program that is not finished, or by what is not used here
    r"DeprecationWarning|^deprecated|defined twice|declaration|No options defined|Boolean option"
    r"|Invalid start character|^Choice\(|UUID|is not (readable|writable|executable)|is a (file|dir)"
    r"|does not exist\.|^(file|directory|path)$|Do you want|Confirm the action|version"
)


def paths(command: click.Command, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Each command as it is typed."""
    yield above
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from paths(inner, (*above, name))


def said(*arguments: str) -> str:
    return CliRunner().invoke(commands, arguments, prog_name="site-builder").output


def english_in(text: str) -> list[str]:
    return [found[0] for found in ENGLISH.finditer(NAMES.sub("", text))]


@pytest.mark.parametrize("path", [*paths(commands)], ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_help_screen_is_wholly_chinese(path: tuple[str, ...], option: str) -> None:
    shown = said(*path, option)
    assert shown.startswith("用法：")
    assert "显示这份说明。" in shown
    assert english_in(shown) == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["bild"], "没有命令 bild。 是不是 'build'？"),
        (["build", "--fromat", "x"], "没有选项 --fromat。 是不是 '--format'？"),
        (["build", "--format"], "选项 --format 后面要写内容。"),
        (["build", "--format", "xml"], "'--format' 不能写“xml”，可以写：'text', 'json'。"),
        (["build", "--as-of", "2024-02-30"], "'--as-of' 不能写“2024-02-30”，要写有的日期"),
        (["build", "--profile=3"], "选项 --profile 后面不写内容。"),
        (["serve", "--port", "http"], "'--port' 不能写“http”，要写整数。"),
        (["check", "--external-days", "-1"], "'--external-days' 不能写 -1，要在 x>=0 以内。"),
        (["explain"], "没有写 '代码'"),
        (["explain", "T301", "T302"], "多写了“T302”。"),
        (["tables", "2020"], "没有写 '{预算|决算}'"),
        (["review", "approve", "x"], "没有写选项 '--role'"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_in_chinese(arguments: list[str], complaint: str) -> None:
    shown = said(*arguments)
    assert complaint in shown
    assert english_in(shown) == []


def test_the_language_of_the_machine_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.setenv(variable, "de_DE.UTF-8")
    assert "没有写 '代码'" in said("explain")


def test_the_version_is_one_line() -> None:
    assert re.fullmatch(r"site-builder \d+\.\d+\.\d+\n", said("--version"))


def test_names_and_meanings_stand_in_columns_though_chinese_is_wider() -> None:
    lines = [line for line in said("serve", "-h").splitlines() if line.startswith("  -")]
    names = [re.split(r"(?<=\S {2})(?=\S)|(?<= {3})(?=\S)", line)[0] for line in lines]
    assert {len(name.encode("gbk")) for name in names} == {
        len("  --as-of 年-月-日  ".encode("gbk"))
    }


def test_no_sentence_of_the_library_is_left_in_english() -> None:
    """A newer version may word them otherwise."""
    known = {*SENTENCES, "deprecated"}
    left = [s for s in sentences() if s not in known and not OF_DEVELOPERS.search(s)]
    assert left == []


def sentences() -> Iterator[str]:
    """What the library has ready for translation."""
    for module in SPEAKERS:
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in ("_", "ngettext") and isinstance(first, ast.Constant):
                    yield str(first.value)
