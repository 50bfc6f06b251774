"""The documentation, held against the program it describes.

What the pages show is tried: commands, links, messages, and every example of the clerk's manual.
"""

import csv
import io
import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.cli.commands import commands
from site_builder.model.fields import labelled
from site_builder.model.site import Column, Contact, Identity, Shell, SiteConfig
from site_builder.pipeline import Built, Site, check
from site_builder.problems import catalogue
from tests.sites import AS_OF, REPOSITORY, built, real_site, replace_in

DOCS = REPOSITORY / "docs"
README = REPOSITORY / "README.md"
MANUAL = DOCS / "使用手册.md"
REFERENCE: dict[str, str] = runpy.run_path(str(DOCS / "generate.py"))["pages"]()
TABLE = "content/政府信息公开年报/2017/统计.yaml"
TABLE_OF_NEXT_YEAR = "content/政府信息公开年报/2018/统计"
LINK = re.compile(r"\]\(([^)\s]+)\)")
EXAMPLE = re.compile(
    r"^(?P<how>文件|加在文件末尾)：`(?P<path>[^`]+)`\n\n```\w*\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
FOREIGN = ("xdg-open", "$EDITOR")


@pytest.mark.parametrize("page", REFERENCE)
def test_a_reference_page_says_what_the_program_says(page: str) -> None:
    assert read(DOCS / page) == REFERENCE[page], "run: python docs/generate.py"


def test_every_command_and_every_option_is_in_the_manual() -> None:
    manual = read(MANUAL)
    names = [f"`site-builder {name}" for name in commands.commands]
    missing = [name for name in (*names, *options()) if name not in manual]
    assert missing == []


def test_every_config_key_is_on_its_reference_page() -> None:
    page = read(DOCS / "config.md")
    records = (SiteConfig, Identity, Contact, Column, Shell)
    keys = [key for record in records for key in labelled(record)]
    assert [key for key in keys if f"| {key} |" not in page] == []


def test_every_problem_code_is_on_its_reference_page() -> None:
    page = read(DOCS / "problems.md")
    assert [code for code in catalogue() if f"### {code} " not in page] == []


@pytest.mark.parametrize("page", [README, *sorted(DOCS.rglob("*.md"))], ids=lambda page: page.name)
def test_every_link_and_picture_leads_to_something_there(page: Path) -> None:
    dead = [target for target in links(page) if not leads_somewhere(page, target)]
    assert dead == []


def test_every_function_that_developers_are_told_of_is_there() -> None:
    prose = re.sub(r"```.*?```", "", read(DOCS / "developing.md"), flags=re.DOTALL)
    told = set(re.findall(r"`(_?[a-z]+(?:_[a-z]+)*)\(?\)?`", prose))
    folders = ("site_builder", "tests")
    texts = [read(f) for folder in folders for f in (REPOSITORY / folder).rglob("*.*") if known(f)]
    there = set(re.findall(r"\w+", "\n".join(texts)))
    assert "gather" in told
    assert told - there == set()


def test_every_decision_is_in_the_list_of_them() -> None:
    listed = {target.partition("/")[2] for target in links(DOCS / "developing.md")}
    assert {page.name for page in (DOCS / "decisions").iterdir()} - listed == set()


def test_every_picture_is_shown_on_a_page() -> None:
    shown = {
        (page.parent / unquote(target)).resolve()
        for page in (README, *DOCS.rglob("*.md"))
        for target in links(page)
    }
    pictures = set((DOCS / "pictures").iterdir())
    assert pictures - shown == set()


def test_two_commands_set_everything_up() -> None:
    assert block(README, "Set up") == ["make site", "make test"]


def test_every_command_a_newcomer_types_exists() -> None:
    lines = block(README, "First steps")
    assert lines
    assert [line for line in lines if not is_a_command(shlex.split(line, comments=True))] == []


def test_the_message_on_the_pages_is_the_one_on_the_screen(tmp_path: Path) -> None:
    site = real_site(tmp_path)
    replace_in(site.root / TABLE, "1.当面申请数: 2", new="1.当面申请数: 3")
    printed = CliRunner().invoke(commands, ["--site", str(site.root), "check"]).output
    (message,) = (part for part in printed.split("\n\n") if "错误 T301" in part)
    assert message in read(README)
    assert message in read(MANUAL)


def test_every_example_of_the_manual_passes_check(tmp_path: Path) -> None:
    site = site_of_the_manual(tmp_path)
    assert faults(check(site, AS_OF)) == []


def test_every_page_the_manual_names_is_there_when_its_examples_are(tmp_path: Path) -> None:
    site = site_of_the_manual(tmp_path)
    built(site)
    named = re.findall(r"`output\\([^`]+\.\w+)`", read(MANUAL))
    assert named
    assert [path for path in named if not (site.output / path.replace("\\", "/")).is_file()] == []


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_table_of_one_year_can_be_filled_in_for_the_next(tmp_path: Path, kind: str) -> None:
    site = site_of_the_manual(tmp_path)
    built(site)
    (site.root / f"{TABLE_OF_NEXT_YEAR}.yaml").unlink()
    target = site.root / f"{TABLE_OF_NEXT_YEAR}.{kind}"
    fill_in_again(site.output / "gknb/2017/tongji.xlsx", target)
    assert faults(check(site, AS_OF)) == []
    built(site)
    assert "统计表" in read(site.output / "gknb/2018/index.html")


def site_of_the_manual(folder: Path) -> Site:
    """The repository's own site with every example of the manual written into it."""
    site = real_site(folder)
    examples = list(EXAMPLE.finditer(read(MANUAL)))
    assert len(examples) > 5
    for example in examples:
        write_example(site.root / example["path"], example["text"], how=example["how"])
    return site


def write_example(file: Path, text: str, *, how: str) -> None:
    """Append it, put it in place of the section it begins with, or make it the whole file."""
    old = read(file) if file.exists() else ""
    section = re.compile(rf"^{text.split(chr(10))[0]}\n(?:  .*\n)+", re.MULTILINE)
    if how == "加在文件末尾":
        text = f"{old}\n{text}"
    elif old:
        assert section.search(old), f"{file.name} has no such section"
        text = section.sub(lambda _: text, old)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def fill_in_again(download: Path, target: Path) -> None:
    """What a clerk does in WPS: the year in the title changed, saved; a CSV comes out in GBK."""
    book = openpyxl.load_workbook(download)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = str(sheet["A1"].value).replace("2017", "2018")
    if target.suffix == ".xlsx":
        book.save(target)
        return
    text = io.StringIO()
    csv.writer(text).writerows(sheet.iter_rows(values_only=True))
    target.write_bytes(text.getvalue().encode("gb18030"))


def faults(result: Built) -> list[str]:
    """The errors of a check, as they would be read."""
    entries = catalogue()
    return [
        f"{problem.place} {problem.code} {problem.message}"
        for problem in result.problems
        if entries[problem.code].severity == "错误"
    ]


def options() -> Iterator[str]:
    """Every option of the program and of its commands, as typed."""
    for command in (commands, *commands.commands.values()):
        # A command keeps the first help option it is asked for: one without -h would last.
        context = click.Context(command, help_option_names=["-h", "--help"])
        for parameter in command.get_params(context):
            if isinstance(parameter, click.Option):
                yield from (f"`{name}" for name in parameter.opts)


def block(page: Path, heading: str) -> list[str]:
    """The lines of the first shell block below a heading."""
    below = read(page).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = re.search(r"```sh\n(.*?)```", below, re.DOTALL)
    return found[1].splitlines() if found else []


def is_a_command(words: list[str]) -> bool:
    """Whether a line can be typed: a make target, a command of the program, or a file to open."""
    program, *arguments = words
    if program == "make":
        return bool(re.search(rf"^{arguments[0]}:", read(REPOSITORY / "Makefile"), re.MULTILINE))
    if program == ".venv/bin/site-builder":
        return CliRunner().invoke(commands, [*arguments, "--help"]).exit_code == 0
    file = arguments[0]
    return program in FOREIGN and (file.startswith("output/") or (REPOSITORY / file).is_file())


def links(page: Path) -> list[str]:
    """The targets of a page's links and pictures; what stands in code is none."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", read(page), flags=re.DOTALL)
    return LINK.findall(prose)


def leads_somewhere(page: Path, target: str) -> bool:
    """Whether a link's file exists, and its heading in that file."""
    if "://" in target:
        return True
    path, _, anchor = target.partition("#")
    file = page.parent / unquote(path) if path else page
    if not anchor:
        return file.exists()
    return unquote(anchor) in anchors(file)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, made as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", read(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def known(file: Path) -> bool:
    """Whether a file is one that names things."""
    return file.suffix in (".py", ".yaml")


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
