"""The command that keeps a year for the archive: archive.

Promise: it says where the archive stands and whether it is new, the same or amended; what is wrong
with one is told file by file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from site_builder.cli.printing import CONTENT, FINE, FORMATS, USAGE, print_found
from site_builder.delivery.archive_wish import DEFAULT, Archived, Wish
from site_builder.delivery.messages import as_json
from site_builder.outcome import Site
from site_builder.problems import Problem, errors

SHOWN = 10  # changed files that an amendment lists


@click.command("archive")
@click.argument("year", type=click.IntRange(1949, 9999), required=False, metavar="[年度]")
@click.option(
    "--to",
    "target",
    default="",
    metavar="文件夹",
    help="归档放在哪个文件夹；不写就是网站里的 archive。",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="年-月-日",
    help="采集日期；不写就是今天。",
)
@click.option("--reading-room", is_flag=True, help="公共查阅室用：第一页是可以打印的目录清单。")
@click.option("--amend", is_flag=True, help="按现在的内容更改已有的归档，要写理由。")
@click.option(
    "--withdraw", default="", metavar="文件", help="从归档里撤下一个网页或者附件，要写理由。"
)
@click.option("--reason", default="", metavar="理由", help="为什么更改或者撤下。")
@click.option("--warc", is_flag=True, help="另外写一个 WARC 文件，要装 site-builder[warc]。")
@click.option(
    "--verify",
    "verified",
    default="",
    metavar="归档",
    help="核对归档：文件夹、ZIP 文件，或者放着许多归档的文件夹。",
)
@click.option("--format", "form", type=FORMATS, default="text", help="问题的输出格式。")
@click.pass_obj
def archive_command(
    site: Site, /, year: int | None, *, verified: str, form: str, **asked: Any
) -> None:
    """把一年公开的信息归档：离线就能打开，可以逐个文件核对。"""
    if verified:
        _verify(site, verified, form=form)
    from site_builder.delivery.archive import archive  # it needs the whole pipeline

    wish = _wish(site, year, **asked)
    archived = archive(site, wish)
    _print(archived.problems, site, form=form)
    if form == "text":
        _say(archived, wish)
    sys.exit(_code(archived.problems))


def _wish(
    site: Site,
    year: int | None,
    *,
    target: str,
    as_of: datetime | None,
    reading_room: bool,
    amend: bool,
    withdraw: str,
    reason: str,
    warc: bool,
) -> Wish:
    """What the options ask for; ends the command where they do not go together."""
    from site_builder.delivery.archive_warc import ADVICE, is_installed

    _must(year is not None, "请写归档哪一年，如 site-builder archive 2017。")
    changes = amend or bool(withdraw)
    _must(not changes or bool(reason.strip()), "请用 --reason 写明更改归档的理由。")
    _must(changes or not reason, "--reason 要和 --amend 或者 --withdraw 一起用。")
    folder = Path(target).resolve() if target else site.root / DEFAULT
    for own in (site.root / "content", site.output, site.root / ".cache"):
        inside = folder.is_relative_to(own.resolve())
        _must(not inside, f"归档不能放在 {own.name} 里，请用 --to 写别的文件夹。")
    day = as_of.date() if as_of else None
    _must(day is None or day <= date.today(), f"{day} 还没有到，不能归档。")
    _must(not warc or is_installed(), ADVICE)
    wish = Wish(
        year=year or 0,
        folder=folder,
        today=date.today(),
        as_of=day,
        reading_room=reading_room,
        reason=" ".join(reason.split()),
        warc=warc,
    )
    return replace(wish, withdraw=_path_in(wish.place / "data", withdraw.replace("\\", "/")))


def _path_in(data: Path, named: str) -> str:
    """A file by its path in `data`, or by the path that a window of folders shows."""
    whole = Path(named).resolve()
    data = data.resolve()
    inside = bool(named) and whole.is_relative_to(data)
    return whole.relative_to(data).as_posix() if inside else named.removeprefix("data/")


def _say(archived: Archived, wish: Wish) -> None:
    place = wish.place
    if archived.failed:
        click.echo("没有归档。")
        return
    is_same = not (archived.is_new or archived.changed)
    said = "归档完毕" if archived.is_new else "与已有的归档完全相同" if is_same else "已更改归档"
    click.echo(f"{said}：{place}（{archived.files} 个文件，采集日期 {archived.captured}）。")
    if wish.reason:
        _print_changes(archived.changed)
    click.echo(f"打开 {place / 'data' / 'index.html'} 查看；旁边的 .zip 内容相同。")
    for line in _notes(archived, wish):
        click.echo(f"注意：{line}")


def _notes(archived: Archived, wish: Wish) -> Iterator[str]:
    """What an archivist has to know besides."""
    yield from _missing(archived, wish)
    if archived.changed:
        yield from _after_a_change(archived, wish)


def _missing(archived: Archived, wish: Wish) -> Iterator[str]:
    """What is in no archive, or not yet in this one."""
    day = archived.captured
    if archived.later:
        yield (
            f"采集以后又公开了 {archived.later} 件 {wish.year} 年的信息，不在归档里。"
            "要补进去，用 --amend 更改。"
        )
    elif day and day.year <= wish.year:
        yield (
            f"{wish.year} 年在采集的时候还没有过完，里面只有到 {day} 为止公开的信息。"
            "过完以后、年度报告和决算公开以后，用 --amend 更改。"
        )
    if archived.undated:
        named = "".join(f"《{title}》" for title in archived.undated[:SHOWN])
        yield (
            f"{len(archived.undated)} 件没有公开日期，也没有成文日期，"
            f"哪一年的归档里都没有：{named}。补上日期就归到那一年。"
        )


def _after_a_change(archived: Archived, wish: Wish) -> Iterator[str]:
    """What was lost with it, and what still holds what was taken out."""
    from site_builder.delivery.archive_log import Amendment, times_logged

    if archived.lost:
        yield (
            f"归档里没有了 {len(archived.lost)} 件：{'、'.join(archived.lost[:SHOWN])}。"
            "不应当没有的，先改好内容、审签完，再用 --amend 更改一次。"
        )
    entry = Amendment(wish.today, wish.reason, wish.withdraw)
    behind = times_logged(wish.other, entry) < times_logged(wish.place, entry)
    if wish.other.exists() and behind:
        option = "去掉" if wish.reading_room else "加上"
        yield (
            f"{wish.other} 还是原来的内容，没有跟着更改。"
            f"也要更改的，{option} --reading-room 再运行一次。"
        )
    if archived.old_warc:
        yield (
            f"{archived.old_warc} 还是原来的内容：没有装组件或者没有填 url，不能重写。"
            "请删除它，或者装好、填好以后加上 --warc 再运行一次。"
        )


def _verify(site: Site, named: str, *, form: str) -> None:
    """One archive, or all that lie in a folder."""
    from site_builder.delivery.archive_verify import archives_in, verify

    top = named.replace("\\", "/").rstrip("/")
    several = archives_in(Path(named))
    names = tuple(f"{top}/{path.name}" for path in several) or (top,)
    done = [verify(path, named=n) for path, n in zip(several or (Path(named),), names, strict=True)]
    problems = tuple(problem for verified in done for problem in verified.problems)
    _print(problems, site, form=form)
    if form == "text":
        for verified, name in zip(done, names, strict=True):
            what = f"{name}：" if several else ""
            whole = f"归档完好：{len(verified.digests)} 个文件都与清单相符。"
            count = len(verified.problems)
            click.echo(f"{what}{f'归档有 {count} 处不对。' if count else whole}")
    sys.exit(CONTENT if problems else FINE)


def _must(condition: bool, otherwise: str) -> None:
    if not condition:
        click.echo(otherwise)
        sys.exit(USAGE)


def _print(problems: tuple[Problem, ...], site: Site, *, form: str) -> None:
    if form == "json":
        click.echo(as_json(problems))
    else:
        print_found(errors(problems), site)


def _print_changes(changed: tuple[str, ...]) -> None:
    """So that whoever withdraws one page sees what else became different."""
    click.echo(
        "与原来不同的文件（每页上的采集日期不算）：" if changed else "内容没有变化，没有更改。"
    )
    for path in changed[:SHOWN]:
        click.echo(f"  {path}")
    if len(changed) > SHOWN:
        click.echo(f"  …… 共 {len(changed)} 个文件与原来不同")


def _code(problems: tuple[Problem, ...]) -> int:
    is_no_site = any(problem.code == "C104" for problem in problems)
    return USAGE if is_no_site else CONTENT if errors(problems) else FINE
