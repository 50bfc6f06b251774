"""Several sites on the screen: a line for each, and what became of all of them.

Promise: an error is shown with its site, and the exit code is that of the worst one.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.printing import CONTENT, FAULT, FINE, USAGE, print_found, unfinished
from site_builder.delivery.faults import kept
from site_builder.delivery.messages import as_json, counted
from site_builder.delivery.sarif import as_sarif
from site_builder.outcome import Site
from site_builder.problems import Problem, errors, in_order
from site_builder.write.workers import cores

if TYPE_CHECKING:
    from site_builder.delivery.several import Outcome, Run

Sentence = Callable[["Outcome"], str]
NO_SITE = "不是网站文件夹，里面没有 config.yaml。"


def sites_option(command: click.decorators.FC) -> click.decorators.FC:
    """--sites: not the site of this folder, but all that answer to a pattern."""
    parameter = click.option(
        "--sites",
        multiple=True,
        metavar="文件夹",
        help="一次处理许多网站：它们的文件夹，如 'bureaux/*'；可以写几个。",
    )
    return parameter(command)


def refuse(given: dict[str, bool]) -> None:
    """End where an option is given that speaks of one site."""
    names = [name for name, is_given in given.items() if is_given]
    if names:
        click.echo(f"{'、'.join(names)} 只用于一个网站，不能和 --sites 一起用。")
        sys.exit(USAGE)


def build_several(
    site: Site, patterns: Sequence[str], *, as_of: date, form: str, jobs: int
) -> None:
    """Build all sites that answer to the patterns."""
    from site_builder.delivery.several import built

    run = partial(built, as_of=as_of)
    _all(site.root, patterns, run=run, form=form, jobs=jobs, said=_built, shown=errors)


def check_several(site: Site, patterns: Sequence[str], *, as_of: date, form: str) -> None:
    """Check all sites that answer to the patterns."""
    from site_builder.delivery.several import checked

    run = partial(checked, as_of=as_of)
    _all(site.root, patterns, run=run, form=form, jobs=0, said=_checked, shown=tuple)


def _all(
    top: Path,
    patterns: Sequence[str],
    *,
    run: Run,
    form: str,
    jobs: int,
    said: Sentence,
    shown: Callable[[tuple[Problem, ...]], tuple[Problem, ...]],
) -> None:
    """Run through the sites, print what is known of each, and end."""
    from site_builder.delivery.several import each, named, placed

    started, outcomes = time.perf_counter(), []
    roots = _found(top, patterns)
    for outcome in each(run, roots, jobs=jobs or cores()):
        outcomes.append(placed(outcome, top))
        if outcome.fault is not None:
            _print_fault(outcome, named(outcome.root, top))
        elif form == "text":
            click.echo(f"{named(outcome.root, top)}：{said(outcome)}")
            if _code(outcome) != USAGE:
                print_found(shown(outcomes[-1].problems), Site(top, top, top))
    problems = in_order(tuple(problem for outcome in outcomes for problem in outcome.problems))
    if form == "text":
        click.echo(_total(outcomes, top=top, seconds=time.perf_counter() - started))
    else:
        click.echo(as_sarif(problems) if form == "sarif" else as_json(problems))
    sys.exit(max(_code(outcome) for outcome in outcomes))


def _found(top: Path, patterns: Sequence[str]) -> tuple[Path, ...]:
    from site_builder.delivery.several import NothingFound, find_sites

    try:
        return find_sites(top, patterns)
    except NothingFound as nothing:
        click.echo(
            f"没有文件夹符合 --sites “{nothing}”，什么也没有做。它从“{top}”算起；带 * 的要加引号。",
            err=True,
        )
        sys.exit(USAGE)


def _built(outcome: Outcome) -> str:
    if _code(outcome) == USAGE:
        return NO_SITE
    if errors(outcome.problems):
        return unfinished(outcome.problems)
    counts = counted(outcome.problems)
    return (
        f"共 {outcome.total} 个文件，更新 {outcome.changed}，删除 {outcome.removed}，"
        f"用时 {outcome.seconds:.1f} 秒。" + (f"（{counts}）" if counts else "")
    )


def _checked(outcome: Outcome) -> str:
    if _code(outcome) == USAGE:
        return NO_SITE
    return f"{counted(outcome.problems) or '没有发现问题'}。"


def _total(outcomes: list[Outcome], *, top: Path, seconds: float) -> str:
    from site_builder.delivery.several import named

    bad = [named(outcome.root, top) for outcome in outcomes if _code(outcome) != FINE]
    said = f"{len(bad)} 个有错误：{'、'.join(sorted(bad))}" if bad else "都没有错误"
    return f"共 {len(outcomes)} 个网站，{said}。用时 {seconds:.1f} 秒。"


def _print_fault(outcome: Outcome, name: str) -> None:
    fault = outcome.fault
    details = kept(fault) if isinstance(fault, Exception) else f"详情是 {fault!r}"
    click.echo(
        f"{name}：程序自身出错，这个网站没有做完，已经有的网页都是完整的。{details}，请发给维护人员。",
        err=True,
    )


def _code(outcome: Outcome) -> int:
    if outcome.fault is not None:
        return FAULT
    if any(problem.code == "C104" for problem in outcome.problems):
        return USAGE
    return CONTENT if errors(outcome.problems) else FINE
