"""The command that begins 政府网站年度工作报表: new site-report.

Promise: a file that is there already is never changed.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click

from site_builder.cli.building import as_of_option
from site_builder.cli.printing import CONTENT, USAGE, print_found
from site_builder.outcome import Site
from site_builder.problems import errors

SUFFIXES = (".xlsx", ".html")


@click.command("site-report")
@click.argument("year", type=int, metavar="年度")
@click.option("--to", "target", default="", metavar="文件", help="写到哪个文件，.xlsx 或者 .html。")
@as_of_option
@click.pass_obj
def new_site_report_command(site: Site, year: int, *, target: str, as_of: datetime) -> None:
    """新建一个年度的政府网站年度工作报表：能从网站数出来的数已经填好。"""
    from site_builder.delivery.paper_files import InOutput, write_site_sheet

    to = Path(target or f"{year}年政府网站年度工作报表.xlsx")
    if to.suffix.lower() not in SUFFIXES:
        _stop(f"“{to}”的扩展名不对，只能写成 .xlsx 或者 .html。")
    if year > as_of.year:
        _stop(f"{as_of.year} 年还没有过完，没有 {year} 年的报表。")
    if to.exists():
        _stop(f"“{to}”已经有了，没有改动。请换一个文件名。")
    try:
        problems = write_site_sheet(site, year, as_of=as_of.date(), to=to)
    except InOutput:
        _stop(f"“{to}”在 output/ 里面，那里只放网站的网页。请换一个位置。")
    except OSError:
        _stop(f"不能写入“{to}”。请换一个位置。")
    if errors(problems):
        print_found(errors(problems), site)
        click.echo("内容有错误，没有写出报表。")
        sys.exit(CONTENT)
    click.echo(f"已写出 {to}。填了数的只有网站数得出来的，其余由本单位填写；")
    click.echo("行的名称请与当年的正式报表核对。填好、审核后作为一件文件公开，期限是次年1月31日。")
    if date(year, 12, 31) > as_of.date():
        click.echo(f"{year} 年还没有过完，这些数到 {as_of.date()} 为止。")


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence)
    sys.exit(USAGE)
