"""Printing: problems on the terminal, and the exit codes of all commands.

Promise: 0 is fine, 1 errors in content, 2 wrong use or not a site, 3 a fault of the program.
"""

from __future__ import annotations

import click

from site_builder.delivery.messages import as_json, as_text, counted, headline
from site_builder.outcome import Built, Site
from site_builder.problems import Problem, Severity, severity

FINE, CONTENT, USAGE, FAULT = range(4)
FORMATS = click.Choice(["text", "json"])


def print_problems(built: Built, site: Site, *, form: str, brief: bool) -> None:
    if form == "json":
        click.echo(as_json(built.problems))
        return
    for problem in built.problems:
        weight = severity(problem)
        if weight is Severity.ERROR or not brief:
            click.echo(coloured(as_text(problem, site.root), weight) + "\n")
        elif weight is Severity.WARNING:
            click.echo(coloured(headline(problem), weight))


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
