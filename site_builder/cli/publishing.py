"""The command that puts the site online: publish.

Promise: it says what will happen, where, with how many files, and what readers see afterwards.
"""

from __future__ import annotations

import getpass
import platform
import sys
import time
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import click

from site_builder.cli.building import as_of_option
from site_builder.cli.printing import (
    CONTENT,
    FINE,
    FORMATS,
    USAGE,
    print_found,
)
from site_builder.delivery.messages import as_json
from site_builder.delivery.publishing.opening import IN_PLACE
from site_builder.delivery.publishing.placing import misplaced
from site_builder.delivery.publishing.publish import publish, roll_back
from site_builder.delivery.publishing.saying import Order, Published, Shown, Step, Tell
from site_builder.delivery.publishing.target import Absent, Holder
from site_builder.model.target import Target
from site_builder.pipeline import Site
from site_builder.problems import errors
from site_builder.sources.config import load_config
from site_builder.write.reasons import reason_of

MOST_NAMED = 10  # addresses of each kind that are listed


@click.command("publish")
@click.argument("target", default="", metavar="[目标]")
@as_of_option
@click.option("--dry-run", is_flag=True, help="只列出会有什么变化，什么也不送。")
@click.option("--rollback", is_flag=True, help="退回到上一个版本。")
@click.option(
    "--allow-removals", type=int, metavar="个数", help="确认有这么多网址要消失，数字要正好。"
)
@click.option(
    "--server-config", default="", metavar="文件夹", help="把 nginx、IIS 的配置样例写到这个文件夹。"
)
@click.option("--new-ledger", is_flag=True, help="确认以前的发布记录找不回来了，重新记。")
@click.option("--unlock", is_flag=True, help="确认没有别人在发布，接过他留下的锁。")
@click.option("--format", "form", type=FORMATS, default="text", help="问题的输出格式。")
@click.pass_obj
def publish_command(
    site: Site,
    target: str,
    *,
    as_of: datetime,
    dry_run: bool,
    rollback: bool,
    allow_removals: int | None,
    server_config: str,
    new_ledger: bool,
    unlock: bool,
    form: str,
) -> None:
    """检查、生成并发布到 config.yaml 里写的目标；出错时网站保持原样。"""
    now, started = datetime.now(), time.perf_counter()
    if as_of.date() > now.date():
        click.echo(f"{as_of.date()} 还没有到，不能发布。")
        sys.exit(USAGE)
    if server_config:
        _configure(site, target, folder=server_config, form=form)
        sys.exit(FINE)
    chosen = _chosen(site, target, form=form)
    holder = _holder(site, now, takes_over=unlock)
    order = Order(as_of.date(), f"{now:%Y%m%d-%H%M%S}", holder, dry_run, allow_removals, new_ledger)
    if form == "json":
        done = _done(site, chosen, order=order, back=rollback, tell=lambda _: None)
        click.echo(as_json(done.problems))
        sys.exit(CONTENT if done.failed else FINE)
    click.echo(f"发布到{_named(chosen)}")
    done = _done(site, chosen, order=order, back=rollback, tell=_tell)
    print_found(errors(done.problems), site)
    seconds = time.perf_counter() - started
    click.echo(_said(done, chosen, order=order, back=rollback, seconds=seconds))
    sys.exit(CONTENT if done.failed else FINE)


def _done(site: Site, target: Target, *, order: Order, back: bool, tell: Tell) -> Published:
    """Publish or go back; ends with a sentence where that cannot even begin."""
    try:
        if back:
            return roll_back(site, target, order=order)
        return publish(site, target, order=order, tell=tell)
    except Absent as absent:
        click.echo(f"{absent}，没有发布。")
        sys.exit(USAGE)
    except KeyboardInterrupt:
        click.echo("已经停下。网站上没有不完整的网页；再运行一次就会接着发布，送到的不会重送。")
        sys.exit(CONTENT)


def _chosen(site: Site, name: str, *, form: str) -> Target:
    """The target that is meant; ends with a sentence where none is."""
    config, problems = load_config(site.root)
    if config is None:
        click.echo(as_json(problems)) if form == "json" else print_found(problems, site)
        sys.exit(USAGE if any(p.code == "C104" for p in problems) else CONTENT)
    targets = config.publish
    fitting = [target for target in targets if not name or target.name == name]
    if len(fitting) == 1:
        return fitting[0]
    if not targets:
        click.echo("config.yaml 里还没有写 publish，不知道发布到哪里。写法见使用手册“发布到网站”。")
    else:
        names = "、".join(target.name for target in targets)
        asked = f"没有叫“{name}”的发布目标" if name else "有几个发布目标，请写明一个"
        click.echo(f"{asked}。config.yaml 里有：{names}。")
    sys.exit(USAGE)


def _configure(site: Site, name: str, *, folder: str, form: str) -> None:
    """Write the files for web servers; a site that is put online by hand needs no target for it."""
    from site_builder.delivery.publishing.server_files import write_server_files

    config, _ = load_config(site.root)
    by_hand = config is not None and not config.publish and not name
    target = None if by_hand else _chosen(site, name, form=form)
    if config is None:
        return
    faults = misplaced(site, target) if target else ()
    if faults:
        print_found(faults, site)
        sys.exit(CONTENT)
    try:
        names = write_server_files(site, config, target=target, folder=Path(folder))
    except OSError as error:
        click.echo(f"没有写成 {folder}：{reason_of(error)}。请换一个文件夹。")
        sys.exit(USAGE)
    click.echo(f"已写到 {folder}：{'、'.join(names)}。请交给维护网站服务器的人。")
    if not site.output.is_dir():
        click.echo("网站还没有生成，移动、撤下的网址不在里面；请先运行 build，再写一次。")


def _holder(site: Site, now: datetime, *, takes_over: bool) -> Holder:
    """Who publishes: the same folder of the same person's machine is the same holder."""
    try:
        person = getpass.getuser()
    except (OSError, KeyError):  # a machine without names for its users
        person = "用户"
    name = f"{person}（{platform.node()}）"
    token = sha256(f"{name}\0{site.root}".encode()).hexdigest()[:32]
    return Holder(name, f"{now:%Y-%m-%d %H:%M:%S}", token, takes_over)


def _named(target: Target) -> str:
    where = f"{target.host}:{target.path}" if target.host else target.path
    return f"“{target.name}”（{target.kind}，{where or target.bucket}）"


def _tell(now: Shown | Step) -> None:
    if isinstance(now, Shown):
        _show(now)
    elif now.name == "sending":
        click.echo(f"正在送到目标（共 {now.files} 个文件），请不要关窗口……")
    else:
        click.echo(f"送到了 {now.files} 个，正在逐个核对……")


def _show(shown: Shown) -> None:
    found = shown.difference
    if not shown.before:
        click.echo(f"第一次发布，共 {len(found.added)} 个网址。")
        if shown.was_here:
            click.echo("注意：以前发布过，现在那里什么也没有。请核对 path，共享文件夹有没有连上。")
    else:
        for word, paths in (
            ("新增", found.added),
            ("更改", found.changed),
            ("消失", found.removed),
        ):
            _list(word, paths)
    if shown.is_damaged:
        click.echo("网站上有的文件被改过或者不见了，照原来发布的补上。")
    if shown.waiting:
        click.echo(f"有 {shown.waiting} 条没有审签通过，没有公开；详情运行 check。")


def _list(word: str, paths: tuple[str, ...]) -> None:
    if not paths:
        return
    click.echo(f"{word} {len(paths)} 个网址：")
    for path in paths[:MOST_NAMED]:
        click.echo(f"  {path}")
    if len(paths) > MOST_NAMED:
        click.echo(f"  ……另外 {len(paths) - MOST_NAMED} 个")


def _said(done: Published, target: Target, *, order: Order, back: bool, seconds: float) -> str:
    again = "处理以后再运行一次，已经送到的文件不会重送。"
    if done.state == "switching" and target.kind in IN_PLACE:
        wish = "" if back else "不想发布了的，用 --rollback 换回原来的版本。"
        return f"没有做完：可能有一部分网页已经换过，每个网页都是完整的。{again}{wish}"
    if done.state == "switching":
        return f"没有做完：网站上要么还是原来的版本，要么已经全部换过，不会一半一半。{again}"
    if done.failed:
        is_cut = any(problem.code in ("O503", "O504") for problem in done.problems)
        what = "没有退回" if back else "没有发布"
        return f"{what}：网站上仍是原来的版本，没有受影响。{again if is_cut else ''}"
    if back and order.is_dry:
        return f"会退回到版本 {done.release}；现在什么也没有动。"
    if back:
        return f"已经退回到版本 {done.release}。内容改好以后再发布。"
    if order.is_dry:
        return "以上是会有的变化，什么也没有送。"
    if done.state == "same" and target.kind == "zip":
        return f"最新的压缩包 {done.release}.zip 已经是这个样子，没有写新的。"
    if done.state == "same":
        return f"网站上已经是这个样子（版本 {done.release}），没有要发布的。"
    if target.kind == "zip":
        return (
            f"压缩包 {done.release}.zip 已经写好，共 {done.files} 个文件，逐个核对无误。"
            "放到网站服务器上以后，请运行 record 登记。"
        )
    advice = f"\n发现不对，可以退回上一个版本：site-builder publish {target.name} --rollback"
    return (
        f"发布完毕：共 {done.files} 个文件，送出 {done.sent} 个，逐个核对无误，"
        f"用时 {seconds:.1f} 秒。版本 {done.release}。{advice if done.can_go_back else ''}"
    )
