"""The commands of the register of applications: what is due when, and the year's count.

Promise: the register is never changed, and nothing of it is published.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from site_builder.cli.printing import CONTENT, USAGE, print_found
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


@click.group("requests")
def requests_group() -> None:
    """依申请公开登记簿：办理期限和年度统计。"""


@requests_group.command("status")
@click.pass_obj
def requests_status_command(site: Site) -> None:
    """列出正在办理的申请，什么时候到期。"""
    _, book = _register(site, date.today().year)
    for line in status_lines(book, date.today()):
        click.echo(line)


@requests_group.command("fill")
@click.argument("year", type=int)
@click.option("--to", "file", type=click.Path(path_type=Path), help="写进这个新文件，不显示。")
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
    try:
        write_draft(file, text)
    except FileExistsError:
        click.echo(f"“{file}”已经有了，没有改动。请写一个新的文件名。")
        sys.exit(USAGE)
    except OSError:
        click.echo(f"“{file}”写不进去。请写一个可以写入的地方。")
        sys.exit(USAGE)
    click.echo(f"已写入 {file}。核对以后，把其中的数抄进这一年的统计表。")


def _register(site: Site, year: int) -> tuple[Register, RequestBook]:
    if not (site.root / PATH).is_file() and (site.root / "config.yaml").is_file():
        click.echo(f"还没有登记簿。在网站文件夹里新建 {PATH}，写法见使用手册“依申请公开登记簿”。")
        sys.exit(USAGE)
    register = open_register(site, year)
    print_found(register.problems, site)
    if register.book is None:
        sys.exit(USAGE if any(p.code == "C104" for p in register.problems) else CONTENT)
    return register, register.book
