"""The command that checks: on the screen, for programs, and as papers for an inspector.

Promise: nothing is written but the papers that were asked for, and never into the output.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from site_builder.cli.building import as_of_option
from site_builder.cli.printing import USAGE, code, print_problems
from site_builder.cli.several import check_several, refuse, sites_option
from site_builder.cli.stages import CLEARED
from site_builder.delivery.messages import counted
from site_builder.delivery.sarif import as_sarif
from site_builder.model.library import Library
from site_builder.outcome import Built, Site
from site_builder.pipeline import check
from site_builder.problems import in_order

FORMATS = click.Choice(["text", "json", "sarif"])


@click.command("check")
@as_of_option
@click.option("--format", "form", type=FORMATS, default="text", help="问题的输出格式。")
@click.option(
    "--report", default="", metavar="文件", help="把自查报告写成一个 HTML 文件，可以打印。"
)
@click.option(
    "--ledger", default="", metavar="文件", help="把义务台账写成一个 HTML 文件，可以打印。"
)
@click.option("--external", is_flag=True, help="也上网检查通向别的网站的链接。")
@click.option(
    "--external-days",
    "days",
    type=click.IntRange(0),
    default=7,
    metavar="天数",
    help="几天以内查过的不再查。",
)
@click.option("--external-inner", "inner", is_flag=True, help="也检查内网的地址。")
@sites_option
@click.pass_obj
def check_command(
    site: Site,
    as_of: datetime,
    *,
    form: str,
    report: str,
    ledger: str,
    external: bool,
    days: int,
    inner: bool,
    sites: tuple[str, ...],
) -> None:
    """检查全部内容和将要生成的页面，不改动 output/。"""
    if sites:
        refuse({"--report": bool(report), "--ledger": bool(ledger), "--external": external})
        check_several(site, sites, as_of=as_of.date(), form=form)
    checked, outside = check(site, as_of.date()), ""
    if external and checked.library is not None:
        checked, outside = _looked_outside(site, checked, days=days, inner=inner)
    if form == "sarif":
        click.echo(as_sarif(checked.problems))
    else:
        print_problems(checked, site, form=form, brief=False)
    said = _papers(site, checked, as_of=as_of.date(), report=report, ledger=ledger, outside=outside)
    if form == "text":
        counts = counted(checked.problems) or "没有发现问题"
        click.echo(f"检查完毕：{counts}。")
        if outside:
            click.echo(f"通向别的网站的链接：{outside}。")
        for sentence in said:
            click.echo(sentence)
    sys.exit(code(checked))


def _looked_outside(site: Site, checked: Built, *, days: int, inner: bool) -> tuple[Built, str]:
    """With what other websites answer, and a sentence about it."""
    from site_builder.delivery.external import Manner, look_outside  # nothing else needs a network

    library = checked.library
    if library is None:
        return checked, ""
    manner = Manner(int(time.time()), days, inner, _tell if sys.stderr.isatty() else _nothing)
    outside = look_outside(site.cache, library, manner=manner)
    if sys.stderr.isatty():
        click.echo(CLEARED, err=True, nl=False)
    problems = in_order((*checked.problems, *outside.problems))
    return replace(checked, problems=problems), outside.said


def _tell(answered: int) -> None:
    click.echo(f"{CLEARED}正在查别的网站，已有 {answered} 个回答……", err=True, nl=False)


def _nothing(_: int) -> None:
    """In a log nobody waits."""


def _papers(
    site: Site, checked: Built, *, as_of: date, report: str, ledger: str, outside: str
) -> tuple[str, ...]:
    """Write those that were asked for; what to say of each."""
    from site_builder.delivery.paper_files import write_inspection

    library = checked.library
    if not (report or ledger):
        return ()
    if library is None:
        click.echo("config.yaml 读不出来，没有写出报告和台账。先改正上面的错误。", err=True)
        sys.exit(code(checked))
    said = []
    if report:
        to = Path(report)
        _written(
            to,
            lambda: write_inspection(
                site, checked, library=library, as_of=as_of, outside=outside, to=to
            ),
        )
        said.append(f"自查报告已写入 {to}，用浏览器打开，可以打印。")
    if ledger:
        said.append(_ledger(site, library, to=Path(ledger)))
    return tuple(said)


def _ledger(site: Site, library: Library, *, to: Path) -> str:
    from site_builder.delivery.paper_files import write_ledger

    _written(to, lambda: write_ledger(site, library=library, to=to))
    return f"义务台账已写入 {to}，用浏览器打开，可以打印。"


def _written(to: Path, write: Callable[[], None]) -> None:
    from site_builder.delivery.paper_files import InOutput

    try:
        write()
    except InOutput:
        click.echo(f"“{to}”在 output/ 里面，那里只放网站的网页。请换一个位置。", err=True)
        sys.exit(USAGE)
    except OSError:
        click.echo(f"不能写入“{to}”。请换一个位置，或者先关闭已经打开的这个文件。", err=True)
        sys.exit(USAGE)
