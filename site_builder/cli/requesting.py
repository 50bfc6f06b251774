"""The commands of the register of applications: what is due when, the year's count, spreadsheets.

Promise: only `import --write` changes the register, and nothing of it is published.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from site_builder.cli.printing import CONTENT, USAGE, print_found
from site_builder.delivery.messages import counted
from site_builder.delivery.request_exchange import (
    NotHere,
    NotWritable,
    difference_lines,
    export_register,
    merge_sheet,
    write_register,
)
from site_builder.delivery.requests import (
    Register,
    filled,
    open_register,
    status_lines,
    write_draft,
)
from site_builder.model.requests import RequestBook
from site_builder.pipeline import Site
from site_builder.sources.requests import PATH
from site_builder.sources.sheet_files import SHEET_SUFFIXES


@click.group("requests")
def requests_group() -> None:
    """依申请公开登记簿：办理期限和年度统计。"""


@requests_group.command("status")
@click.pass_obj
def requests_status_command(site: Site) -> None:
    """列出正在办理的申请，什么时候到期。"""
    register, book = _register(site, date.today().year)
    for line in status_lines(book, date.today(), days=register.days):
        click.echo(line)


@requests_group.command("fill")
@click.argument("year", type=int, metavar="年度")
@click.option(
    "--to", "file", type=click.Path(path_type=Path), metavar="文件", help="写进这个新文件，不显示。"
)
@click.pass_obj
def requests_fill_command(site: Site, year: int, file: Path | None) -> None:
    """由登记簿算出一个年度的“收到和处理政府信息公开申请情况”。"""
    register, book = _register(site, year)
    if register.table is None:
        click.echo(f"{year} 年度的统计表没有“收到和处理政府信息公开申请情况”（2019 年度起才有）。")
        sys.exit(USAGE)
    text = filled(book, register.table, year=year, bureau=register.bureau)
    if file is None:
        click.echo(text, nl=False)
        return
    with _writing(file):
        write_draft(file, text)
    click.echo(f"已写入 {file}。核对以后，把其中的数抄进这一年的统计表。")


@requests_group.command("export")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.pass_obj
def requests_export_command(site: Site, file: Path) -> None:
    """把登记簿写成一个 .xlsx 或 .csv 文件；还没有登记簿的，写一个空白的。"""
    _of_a_kind(file, (".xlsx", ".csv"))
    register, book = _register(site, date.today().year, may_lack=True)
    with _writing(file):
        export_register(site, register, to=file)
    click.echo(f"已写出 {file}（{len(book.requests)} 件）。里面有申请的内容，不要放到网上。")


@requests_group.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option("--write", "is_wanted", is_flag=True, help="写进登记簿；不加时只说明会有什么变化。")
@click.pass_obj
def requests_import_command(site: Site, file: Path, *, is_wanted: bool) -> None:
    """把 .xlsx、.xls 或 .csv 表里的申请收进登记簿。"""
    _of_a_kind(file, SHEET_SUFFIXES)
    register, _ = _register(site, date.today().year, may_lack=True)
    try:
        merged = merge_sheet(register, file)
    except OSError:
        click.echo(f"“{file}”读不出来。请核对文件名，或者先关闭已经打开的这个文件。")
        sys.exit(USAGE)
    print_found(merged.problems, site)
    if merged.book is None:
        click.echo(f"没有收进登记簿：{counted(merged.problems)}。登记簿没有改动。")
        sys.exit(CONTENT)
    for line in difference_lines(merged):
        click.echo(line)
    if not (merged.added or merged.changed):
        return
    if not is_wanted:
        click.echo("登记簿还没有改动。没有错的话，加上 --write 再运行一次。")
        return
    _written(site, merged.book)


def _written(site: Site, book: RequestBook) -> None:
    try:
        former = write_register(site, book)
    except (NotWritable, OSError):
        click.echo(f"“{PATH}”写不进去，没有改动。请先关闭已经打开的这个文件，再试一次。")
        sys.exit(USAGE)
    kept = f"原来的登记簿留作 {former.relative_to(site.root).as_posix()}。" if former else ""
    click.echo(f"已写入 {PATH}，现在有 {len(book.requests)} 件。{kept}")


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    """Why a new file could not be written, in a sentence."""
    try:
        yield
        return
    except NotHere as where:
        said = f"登记簿不公开，不能放进 {where}。请换一个位置。"
    except FileExistsError:
        said = f"“{file}”已经有了，没有改动。请写一个新的文件名。"
    except OSError:
        said = f"“{file}”写不进去。请写一个可以写入的地方。"
    click.echo(said)
    sys.exit(USAGE)


def _of_a_kind(file: Path, suffixes: tuple[str, ...]) -> None:
    if file.suffix.lower() not in suffixes:
        click.echo(f"文件名要以 {' 或者 '.join(suffixes)} 结尾，现在是“{file.name}”。")
        sys.exit(USAGE)


def _register(site: Site, year: int, *, may_lack: bool = False) -> tuple[Register, RequestBook]:
    lacks = not may_lack and not (site.root / PATH).is_file()
    if lacks and (site.root / "config.yaml").is_file():
        click.echo(f"还没有登记簿。在网站文件夹里新建 {PATH}，写法见使用手册“依申请公开登记簿”。")
        sys.exit(USAGE)
    register = open_register(site, year, may_lack=may_lack)
    print_found(register.problems, site)
    if register.book is None:
        sys.exit(USAGE if any(p.code == "C104" for p in register.problems) else CONTENT)
    return register, register.book
