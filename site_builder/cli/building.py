"""The commands that build and show the site.

Promise: each ends in one sentence that says what became of the site.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from secrets import token_urlsafe

import click
from click.core import ParameterSource

from site_builder.cli.clustering import taking_part
from site_builder.cli.printing import (
    FORMATS,
    USAGE,
    code,
    print_build,
    print_problems,
)
from site_builder.cli.several import build_several, refuse, sites_option
from site_builder.cli.stages import Stages
from site_builder.delivery.messages import explanation
from site_builder.outcome import Built, Site
from site_builder.pipeline import build
from site_builder.problems import Problem, Severity, catalogue, severity

Told = tuple[str, str, str]
COMMANDLINE = ParameterSource.COMMANDLINE
LOOPBACK = "127.0.0.1"
ALL = ("0.0.0.0", "::")  # every address that this machine has
KEPT, PORTS = 1024, 65535  # below the first, systems keep ports to themselves
TRIED = "whether the short ways were tried in vain"


def as_of_option(command: click.decorators.FC) -> click.decorators.FC:
    """--as-of: the day the site speaks for."""
    parameter = click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="年-月-日",
        default=lambda: date.today().isoformat(),
        show_default="今天",
        help="按哪一天生成：晚于这一天的公开日期还不出现。",
    )
    return parameter(command)


@click.command("build")
@as_of_option
@click.option("--format", "form", type=FORMATS, default="text", help="问题的输出格式。")
@click.option(
    "--why",
    default="",
    metavar="网页",
    help="说明某个页面为什么重新生成，如 gknb/2017/index.html。",
)
@click.option(
    "--jobs", default=0, metavar="个数", show_default="处理器的核数", help="同时用几个进程。"
)
@click.option("--profile", is_flag=True, help="说明各个步骤用了多少时间。")
@sites_option
@click.option(
    "--scheduler",
    default="",
    metavar="地址",
    help="由 Dask 集群一起生成：调度程序，如 tcp://机器:8786。",
)
@click.pass_obj
def build_command(
    site: Site,
    as_of: datetime,
    *,
    form: str,
    why: str,
    jobs: int,
    profile: bool,
    sites: tuple[str, ...],
    scheduler: str,
) -> None:
    """生成网站；内容有错误时 output/ 保持原样。"""
    if sites:
        refuse({"--why": bool(why), "--profile": profile, "--scheduler": bool(scheduler)})
        build_several(site, sites, as_of=as_of.date(), form=form, jobs=max(jobs, 0))
    started, stages = time.perf_counter(), Stages()
    with taking_part(site, jobs=jobs, scheduler=scheduler) as workers:
        whole = bool(why) or profile or bool(click.get_current_context().meta.get(TRIED))
        built = build(site, as_of.date(), whole=whole, jobs=workers, tell=stages)
    stages.end()
    print_problems(built, site, form=form, brief=True)
    if form == "text":
        print_build(built, site, seconds=time.perf_counter() - started)
        if why:
            _print_why(built, why)
        if profile:
            click.echo(stages.profile())
    sys.exit(code(built))


@click.command("serve")
@as_of_option
@click.option(
    "--port",
    type=click.IntRange(1, PORTS),
    default=8000,
    metavar="端口",
    show_default=True,
    help="网址里的端口。",
)
@click.option(
    "--host",
    default=LOOPBACK,
    metavar="地址",
    show_default=True,
    help="给别的电脑看：本机的 IP 地址。",
)
@click.pass_obj
def serve_command(site: Site, as_of: datetime, *, port: int, host: str) -> None:
    """在本机预览；保存文件后浏览器自动刷新。"""
    from site_builder.delivery.serve import (  # the server is heavy
        NoSuchHost,
        PortTaken,
        must_listen,
        serve,
    )

    given = click.get_current_context().get_parameter_source("as_of") is COMMANDLINE
    day = as_of.date if given else date.today  # a preview that is open overnight is in time too
    token = "" if host in (LOOPBACK, "localhost", "::1") else token_urlsafe(16)
    try:
        must_listen(host, port)
        _print_address(host, port, token=token)
        tell = _teller(site)
        serve(site, day, port=port, tell=tell, say=click.echo, host=host, token=token)
    except PortTaken:
        other = port + 1 if KEPT <= port < PORTS else 8001
        said = f"端口 {port} 已经被占用，或者系统不让用"
        click.echo(f"{said}，请换一个：site-builder serve --port {other}")
        sys.exit(USAGE)
    except NoSuchHost:
        click.echo(
            f"这台电脑没有“{host}”这个地址。--host 后面写这台电脑自己的 IP 地址，前后都不加别的；"
            "在命令窗口里运行 ipconfig（Linux 是 ip addr）可以查到。"
        )
        sys.exit(USAGE)


@click.command("explain")
@click.argument("code", metavar="代码")
def explain_command(code: str) -> None:
    """解释一个问题代码，如 T301。"""
    entry = catalogue().get(code.upper())
    if entry is None:
        click.echo(f"没有代码 {code}。全部代码：{'、'.join(catalogue())}")
        sys.exit(USAGE)
    click.echo(explanation(entry))


def _print_why(built: Built, path: str) -> None:
    page = next((p for p in built.pages if p.path == path), None)
    if page is None:
        click.echo(f"没有页面 {path}。")
        return
    change = next((c for c in built.changes if c.wanted.page.path == path), None)
    reasons = "、".join(change.reasons) if change else "没有变化，未重新生成"
    click.echo(f"{path}：{reasons}\n来源：{'、'.join(page.sources) or '模板'}")


def _print_address(host: str, port: int, *, token: str) -> None:
    named = f"[{host}]" if ":" in host else host
    click.echo(
        f"预览地址 http://{named}:{port}/{f'?token={token}' if token else ''} ，按 Ctrl+C 结束。"
    )
    if token:
        click.echo("注意：同一网络里知道这个完整地址的人都能看到没有公开的内容，看完就结束预览。")
    if host in ALL:
        click.echo(f"打开时把 {named} 换成这台电脑的 IP 地址。")


def _teller(site: Site) -> Callable[[Built], None]:
    """One line in the terminal after each build of a preview, and the errors in full.

    Warnings are told once: after every save the same twenty would hide the one that is new.
    """
    known: set[Told] = set()

    def tell(built: Built) -> None:
        warnings = {_told(p) for p in built.problems if severity(p) is Severity.WARNING}
        said = tuple(p for p in built.problems if _told(p) not in known)
        same = len(warnings & known)
        print_problems(replace(built, problems=said), site, form="text", brief=True)
        state = "有错误，网页没有更新" if built.failed else f"更新 {len(built.changes)} 个文件"
        rest = f"，还有 {same} 条警告和刚才一样" if same else ""
        click.echo(f"{datetime.now():%H:%M:%S} {state}{rest}")
        if not built.failed:  # a build that is stopped does not come to all of them
            known.clear()
        known.update(warnings)

    return tell


def _told(problem: Problem) -> Told:
    """Where it stands in the file is left aside: lines move as a clerk writes."""
    return problem.code, problem.place.file, problem.message
