"""The commands that begin a site or a file: init, new, import; and what was read from tables.

Promise: a file that is there already is never changed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from site_builder.cli.printing import CONTENT, FINE, USAGE, print_found
from site_builder.delivery.drafts import AlreadyThere
from site_builder.delivery.messages import counted
from site_builder.delivery.new_report import Started, new_report
from site_builder.delivery.understood import understood
from site_builder.model.disclosure import AccountKind
from site_builder.pipeline import Site
from site_builder.problems import errors


@click.command("init")
@click.argument("folder", metavar="文件夹")
def init_command(folder: str) -> None:
    """新建一个单位的网站，填好就能生成。"""
    from site_builder.delivery.create import NotEmpty, create

    try:
        files = create(Path(folder))
    except NotEmpty:
        click.echo(f"“{folder}”里已经有文件，没有改动。请指定一个新的或空的文件夹。")
        sys.exit(USAGE)
    except OSError:
        click.echo(f"不能在“{folder}”建立文件。请指定一个可以写入的位置。")
        sys.exit(USAGE)
    click.echo(f"已在“{folder}”建好 {len(files)} 个文件。")
    click.echo("下一步：在 config.yaml 里填写单位名称和联系方式，然后运行")
    click.echo(f"    site-builder --site {folder} build")


@click.group("new")
def new_group() -> None:
    """新建要填写的文件。"""


@new_group.command("report")
@click.argument("year", type=int, metavar="年度")
@click.option(
    "--form", default="", metavar="编号", help="另一种表式的编号，例如地方表式 fujian-2011。"
)
@click.pass_obj
def new_report_command(site: Site, year: int, form: str) -> None:
    """新建一个年度的年度报告：规定的章和空白的统计表。"""
    started = _start(lambda: new_report(site, year, chosen=form), site)
    named = f"表式：{started.form.cites}" if started.form else "这个年度没有规定的表式，只有文字"
    click.echo(f"已新建 {'、'.join(started.files)}（{named}）。")
    click.echo("填好以后运行 check，没有填的地方会逐项指出。")


@new_group.command("budget")
@click.argument("year", type=int, metavar="年度")
@click.pass_obj
def new_budget_command(site: Site, year: int) -> None:
    """新建一个年度的部门预算：说明的各部分和空白的预算表。"""
    _new_account(site, year, kind="预算")


@new_group.command("account")
@click.argument("year", type=int, metavar="年度")
@click.pass_obj
def new_account_command(site: Site, year: int) -> None:
    """新建一个年度的部门决算：说明的各部分和空白的决算表。"""
    _new_account(site, year, kind="决算")


@click.command("tables")
@click.argument("year", type=int, metavar="年度")
@click.argument("kind", type=click.Choice(["预算", "决算"]))
@click.pass_obj
def tables_command(site: Site, year: int, kind: AccountKind) -> None:
    """列出一个年度的预算或决算的每张表是从哪个文件的哪一格读来的。"""
    from site_builder.delivery.account_listing import list_tables

    listing = list_tables(site, year, kind=kind, as_of=date.today())
    for line in listing.lines:
        click.echo(line)
    print_found(listing.problems, site)
    failed = CONTENT if errors(listing.problems) else FINE
    sys.exit(failed if listing.lines else USAGE)


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件..."
)
@click.option("--year", default=0, metavar="年度", help="报告的年度；文件里写明的可以不填。")
@click.option("--write", is_flag=True, help="写进 content/；不加时只说明读懂了什么。")
@click.pass_obj
def import_command(site: Site, files: tuple[Path, ...], *, year: int, write: bool) -> None:
    """导入一个年度的报告（.docx .xlsx .xls .csv .html .txt），从不覆盖已有的文件。"""
    from site_builder.delivery.import_report import import_report

    imported = import_report(site, files, year=year, write=write)
    if imported.report is not None:
        for line in understood(imported.report):
            click.echo(line)
    print_found(imported.problems, site)
    if imported.failed or imported.report is None:
        click.echo(f"没有写入：{counted(imported.problems)}。")
        sys.exit(CONTENT)
    if imported.written:
        click.echo(f"已写入 {'、'.join(imported.written)}。运行 check 再核对一遍。")
    else:
        click.echo(f"还没有写入。核对无误后加上 --write，写到 {imported.folder}。")


def _new_account(site: Site, year: int, *, kind: AccountKind) -> None:
    from site_builder.delivery.new_account import new_account

    started = _start(lambda: new_account(site, year, kind), site)
    click.echo(f"已新建 {'、'.join(started.files)}。填好以后运行 check；")
    click.echo(f"每张表读成了什么样，用 site-builder tables {year} {kind} 查看。")


def _start(starting: Callable[[], Started], site: Site) -> Started:
    """Start a document; where that cannot be, say why and end."""
    try:
        started = starting()
    except AlreadyThere as there:
        click.echo(f"“{there}”已经有了，没有改动，也没有新建任何文件。")
        sys.exit(USAGE)
    print_found(started.problems, site)
    if not started.files:
        sys.exit(USAGE)
    return started
