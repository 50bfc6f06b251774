"""The commands of sign-off: what waits for whom, approve, reject, and what was signed.

Promise: each says in one sentence what became of the item; names and opinions are shown here and
kept beside the item, never on a page.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import click

from site_builder.cli.printing import CONTENT, USAGE, print_found
from site_builder.delivery.messages import counted
from site_builder.delivery.review import Decision, Refused, chain_of, decide, find
from site_builder.delivery.review_lines import log_lines, status_lines
from site_builder.model.library import Library
from site_builder.model.review import Standing, Verdict
from site_builder.pipeline import Site
from site_builder.problems import errors
from site_builder.sources.load import load

T = TypeVar("T")


@click.group("review")
def review_group() -> None:
    """审签：查看等谁签，同意或者退回。"""


@review_group.command("status")
@click.option("--role", default="", metavar="步骤", help="只看等这一步的，如 办公室。")
@click.pass_obj
def status_command(site: Site, role: str) -> None:
    """列出等待审签的各项，等的是谁。"""
    library = _library(site)
    review = _or_end(lambda: chain_of(library))
    for line in status_lines(library, review, role=role):
        click.echo(line)


@review_group.command("log")
@click.argument("item", metavar="哪一项")
@click.pass_obj
def log_command(site: Site, item: str) -> None:
    """列出一项的全部审签记录。"""
    library = _library(site)
    for line in log_lines(_or_end(lambda: find(site, library, item))):
        click.echo(line)


def decision_options(command: click.decorators.FC) -> click.decorators.FC:
    """Who decides, when, why, and with which key."""
    for option in (
        click.option(
            "--key", type=click.Path(path_type=Path), metavar="文件", help="用这把 SSH 私钥签名。"
        ),
        click.option(
            "--date",
            "day",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="年-月-日",
            default=lambda: date.today().isoformat(),
            show_default="今天",
            help="审签的日期。",
        ),
        click.option("--basis", default="", metavar="条款", help="认定公开属性依据哪一条。"),
        click.option("--name", required=True, metavar="姓名", help="审签的人的姓名，不会公开。"),
        click.option("--role", required=True, metavar="步骤", help="签哪一步，如 科室负责人。"),
        click.argument("item", metavar="哪一项"),
    ):
        command = option(command)
    return command


@review_group.command("approve")
@decision_options
@click.option("--opinion", default="", metavar="意见", help="意见，不会公开。")
@click.pass_obj
def approve_command(
    site: Site,
    item: str,
    *,
    role: str,
    name: str,
    opinion: str,
    basis: str,
    day: datetime,
    key: Path | None,
) -> None:
    """同意：给一项（文件、文件夹或者编号）签上一步。"""
    verdict: Verdict = "同意"
    decision = Decision(role, name.strip(), verdict, day.date(), opinion, basis, key)
    after = _decided(site, item, decision)
    title = after.item.title
    if after.withheld:
        click.echo(f"已记下：{role}同意公开《{title}》。下一步等{after.waits_for}审签。")
    else:
        click.echo(f"已记下：{role}同意公开《{title}》。审签完毕，下一次生成时公开。")


@review_group.command("reject")
@decision_options
@click.option("--reason", required=True, metavar="理由", help="退回的理由，不会公开。")
@click.pass_obj
def reject_command(
    site: Site,
    item: str,
    *,
    role: str,
    name: str,
    reason: str,
    basis: str,
    day: datetime,
    key: Path | None,
) -> None:
    """退回：写明理由，改好以后从第一步重新审签。"""
    decision = Decision(role, name.strip(), "退回", day.date(), reason, basis, key)
    after = _decided(site, item, decision)
    click.echo(f"已记下：{role}退回《{after.item.title}》。改好以后由{after.waits_for}重新提出。")


def _decided(site: Site, item: str, decision: Decision) -> Standing:
    library = _library(site)

    def decided() -> Standing:
        standing = find(site, library, item)
        return decide(site, library, standing=standing, decision=decision)

    return _or_end(decided)


def _library(site: Site) -> Library:
    """The site's records; errors elsewhere are counted, and do not keep anybody from signing."""
    library, problems = load(site.root, date.today())
    if library is None:
        print_found(errors(problems), site)
        sys.exit(USAGE if any(problem.code == "C104" for problem in problems) else CONTENT)
    found = errors(problems)
    unverified = tuple(p for p in found if p.code in ("S114", "S115"))
    if unverified:
        print_found(unverified, site)
        sys.exit(CONTENT)
    if found:
        click.echo(f"注意：内容有{counted(found)}，有错误的文件不在下面。运行 check 查看。\n")
    return library


def _or_end(asked: Callable[[], T]) -> T:
    """The answer; where it is refused, say why and end."""
    try:
        return asked()
    except Refused as refused:
        click.echo(str(refused))
        sys.exit(USAGE)
