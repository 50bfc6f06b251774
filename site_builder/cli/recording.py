"""The command that records what was published: record.

Promise: it speaks of today or of a day that has been, and says how much was recorded.
"""

from __future__ import annotations

import sys
from datetime import date, datetime

import click

from site_builder.cli.building import as_of_option
from site_builder.cli.printing import CONTENT, FINE, FORMATS, USAGE, print_found
from site_builder.delivery.messages import as_json
from site_builder.delivery.record import Recorded, record
from site_builder.pipeline import Site
from site_builder.problems import errors


@click.command("record")
@as_of_option
@click.option("--format", "form", type=FORMATS, default="text", help="问题的输出格式。")
@click.pass_obj
def record_command(site: Site, as_of: datetime, *, form: str) -> None:
    """登记发布：output/ 已经放到网上以后，记下网址和公开日期。"""
    if as_of.date() > date.today():
        click.echo(f"{as_of.date()} 还没有到，不能登记。")
        sys.exit(USAGE)
    recorded = record(site, as_of.date())
    if form == "json":
        click.echo(as_json(recorded.problems))
    else:
        print_found(errors(recorded.problems), site)
        click.echo(_said(recorded))
    is_no_site = any(problem.code == "C104" for problem in recorded.problems)
    sys.exit(USAGE if is_no_site else CONTENT if recorded.failed else FINE)


def _said(recorded: Recorded) -> str:
    if recorded.failed:
        return "没有登记。"
    if not recorded.lines:
        return "与上一次登记相同，没有新的要登记。"
    other = (
        "\n注意：这台电脑以前登记过，现在的发布记录却不是接着那一次的。"
        "把以前的 content/发布记录 从备份里拿回来，再登记一次。"
    )
    return (
        f"登记完毕：新的网址 {recorded.addresses} 个，发布日志 {recorded.lines} 行。"
        "content/发布记录/ 里的文件不要改，请与内容一起备份。"
        f"{other if recorded.is_other else ''}"
    )
