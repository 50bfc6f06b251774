"""Printing: problems on the terminal, and the exit codes of all commands.

Promise: 0 is fine, 1 errors in content, 2 wrong use or not a site, 3 a fault of the program.
"""

from __future__ import annotations

from collections import Counter

import click

from site_builder.delivery.messages import as_json, as_text, counted, headline
from site_builder.outcome import Built, Site
from site_builder.problems import Problem, Severity, severity

FINE, CONTENT, USAGE, FAULT = range(4)
MOST_ALIKE = 3  # warnings of one code that a build shows; `check` shows all
FORMATS = click.Choice(["text", "json"])


def print_problems(built: Built, site: Site, *, form: str, brief: bool) -> None:
    if form == "json":
        click.echo(as_json(built.problems))
        return
    hidden = _many_alike(built.problems) if brief else frozenset()
    for problem in built.problems:
        weight = severity(problem)
        if weight is Severity.ERROR or not brief:
            click.echo(coloured(as_text(problem, site.root), weight) + "\n")
        elif weight is Severity.WARNING and problem not in hidden:
            click.echo(coloured(headline(problem), weight))
    for code, number in sorted(Counter(problem.code for problem in hidden).items()):
        click.echo(coloured(f"……还有 {number} 条 {code} 的警告，全部用 check 看", Severity.WARNING))


def _many_alike(problems: tuple[Problem, ...]) -> frozenset[Problem]:
    """Warnings beyond the first of many alike: the last lines are what became of the site."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        if severity(problem) is Severity.WARNING:
            by_code.setdefault(problem.code, []).append(problem)
    many = (alike for alike in by_code.values() if len(alike) > MOST_ALIKE + 1)
    return frozenset(problem for alike in many for problem in alike[MOST_ALIKE:])


def print_found(problems: tuple[Problem, ...], site: Site) -> None:
    for problem in problems:
        click.echo(coloured(as_text(problem, site.root), severity(problem)) + "\n")


def coloured(text: str, weight: Severity) -> str:
    colours = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
    head, line, rest = text.partition("\n")
    return click.style(head, fg=colours[weight]) + line + rest


def print_build(built: Built, site: Site, *, seconds: float) -> None:
    """What became of the site, in a sentence."""
    if built.failed:
        click.echo(unfinished(built.problems))
        return
    counts = counted(built.problems)
    changed, removed = len(built.changes), len(built.removals)
    click.echo(
        f"生成完毕：共 {built.total} 个文件，更新 {changed}，删除 {removed}，"
        f"用时 {seconds:.1f} 秒。" + (f"（{counts}；详情运行 check）" if counts else "")
    )
    click.echo(f"打开 {site.output / 'index.html'} 查看。")


def unfinished(problems: tuple[Problem, ...]) -> str:
    """What stands in the output after an error: with O311 it is not what stood there before."""
    counts = counted(problems)
    if all(problem.code != "O311" for problem in problems):
        return f"没有生成：{counts}。output/ 保持原样。"
    return (
        f"没有做完：{counts}。output/ 里有的文件已经是新的，有的还是原来的，每个都是完整的。"
        "照上面说的处理，再生成一次就会做完。"
    )


def code(built: Built) -> int:
    if any(problem.code == "C104" for problem in built.problems):
        return USAGE
    return CONTENT if built.failed else FINE
