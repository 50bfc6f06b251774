"""The command line: arguments in, problems printed, exit code out.

Promise: this is the only module that prints; whatever happens ends in a sentence and one of the
exit codes 0 (fine), 1 (errors in content), 2 (wrong use, not a site), 3 (fault of the program).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click

from site_builder import __version__
from site_builder.delivery.drafts import AlreadyThere
from site_builder.delivery.faults import kept
from site_builder.delivery.messages import as_json, as_text, counted, explanation, headline
from site_builder.delivery.new_report import Started, new_report
from site_builder.delivery.understood import understood
from site_builder.model.disclosure import AccountKind
from site_builder.pipeline import Built, Site, build, check, site_at
from site_builder.problems import Problem, Severity, catalogue, errors, severity

FINE, CONTENT, USAGE, FAULT = range(4)
FORMATS = click.Choice(["text", "json"])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--site", "root", default=".", help="网站所在的文件夹，里面有 config.yaml。")
@click.version_option(__version__, prog_name="site-builder")
@click.pass_context
def commands(context: click.Context, root: str) -> None:
    """把政府信息公开的记录生成为法定公开平台的网页。"""
    context.obj = site_at(Path(root).resolve())


def as_of_option(command: click.decorators.FC) -> click.decorators.FC:
    """--as-of: the day the site speaks for."""
    parameter = click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        default=lambda: date.today().isoformat(),
        show_default="今天",
        help="按哪一天生成：晚于这一天的公开日期还不出现。",
    )
    return parameter(command)


@commands.command("build")
@as_of_option
@click.option("--format", "form", type=FORMATS, default="text", help="问题的输出格式。")
@click.option("--why", default="", help="说明某个页面为什么重新生成，如 gknb/2017/index.html。")
@click.pass_obj
def build_command(site: Site, as_of: datetime, *, form: str, why: str) -> None:
    """生成网站；有错误时 output/ 保持原样。"""
    started = time.perf_counter()
    built = build(site, as_of.date())
    _print_problems(built, site, form=form, brief=True)
    if form == "text":
        _print_build(built, site, seconds=time.perf_counter() - started)
        if why:
            _print_why(built, why)
    sys.exit(_code(built))


@commands.command("check")
@as_of_option
@click.option("--format", "form", type=FORMATS, default="text", help="问题的输出格式。")
@click.pass_obj
def check_command(site: Site, as_of: datetime, *, form: str) -> None:
    """检查全部内容和将要生成的页面，不改动 output/。"""
    checked = check(site, as_of.date())
    _print_problems(checked, site, form=form, brief=False)
    if form == "text":
        counts = counted(checked.problems) or "没有发现问题"
        click.echo(f"检查完毕：{counts}。")
    sys.exit(_code(checked))


@commands.command("serve")
@as_of_option
@click.option("--port", default=8000, show_default=True, help="端口。")
@click.pass_obj
def serve_command(site: Site, as_of: datetime, *, port: int) -> None:
    """在本机预览；保存文件后浏览器自动刷新。"""
    from site_builder.delivery.serve import PortTaken, serve  # the server is heavy

    address = f"http://127.0.0.1:{port}/"
    click.echo(f"预览地址 {address} ，按 Ctrl+C 结束。")
    try:
        serve(site, as_of.date(), port=port, tell=lambda built: _tell(built, site))
    except PortTaken:
        click.echo(f"端口 {port} 已经被占用，请换一个：site-builder serve --port {port + 1}")
        sys.exit(USAGE)


@commands.command("explain")
@click.argument("code")
def explain_command(code: str) -> None:
    """解释一个问题代码，如 T301。"""
    entry = catalogue().get(code.upper())
    if entry is None:
        click.echo(f"没有代码 {code}。全部代码：{'、'.join(catalogue())}")
        sys.exit(USAGE)
    click.echo(explanation(entry))


@commands.command("init")
@click.argument("folder")
def init_command(folder: str) -> None:
    """新建一个单位的网站，填好就能生成。"""
    from site_builder.delivery.create import NotEmpty, create

    try:
        files = create(Path(folder))
    except NotEmpty:
        click.echo(f"“{folder}”里已经有文件，没有改动。请指定一个新的或空的文件夹。")
        sys.exit(USAGE)
    except OSError:
        click.echo(f"不能在“{folder}”建立文件。请指定一个可以写入的位置。")
        sys.exit(USAGE)
    click.echo(f"已在“{folder}”建好 {len(files)} 个文件。")
    click.echo("下一步：在 config.yaml 里填写单位名称和联系方式，然后运行")
    click.echo(f"    site-builder --site {folder} build")


@commands.group("new")
def new_group() -> None:
    """新建要填写的文件。"""


@new_group.command("report")
@click.argument("year", type=int)
@click.option("--form", default="", help="另一种表式的编号，例如地方表式 fujian-2011。")
@click.pass_obj
def new_report_command(site: Site, year: int, form: str) -> None:
    """新建一个年度的年度报告：规定的章和空白的统计表。"""
    started = _start(lambda: new_report(site, year, chosen=form), site)
    named = f"表式：{started.form.cites}" if started.form else "这个年度没有规定的表式，只有文字"
    click.echo(f"已新建 {'、'.join(started.files)}（{named}）。")
    click.echo("填好以后运行 check，没有填的地方会逐项指出。")


@new_group.command("budget")
@click.argument("year", type=int)
@click.pass_obj
def new_budget_command(site: Site, year: int) -> None:
    """新建一个年度的部门预算：说明的各部分和空白的预算表。"""
    _new_account(site, year, kind="预算")


@new_group.command("account")
@click.argument("year", type=int)
@click.pass_obj
def new_account_command(site: Site, year: int) -> None:
    """新建一个年度的部门决算：说明的各部分和空白的决算表。"""
    _new_account(site, year, kind="决算")


@commands.command("tables")
@click.argument("year", type=int)
@click.argument("kind", type=click.Choice(["预算", "决算"]))
@click.pass_obj
def tables_command(site: Site, year: int, kind: AccountKind) -> None:
    """列出一个年度的预算或决算的每张表是从哪个文件的哪一格读来的。"""
    from site_builder.delivery.account_listing import list_tables

    listing = list_tables(site, year, kind=kind, as_of=date.today())
    for line in listing.lines:
        click.echo(line)
    _print_found(listing.problems, site)
    failed = CONTENT if errors(listing.problems) else FINE
    sys.exit(failed if listing.lines else USAGE)


@commands.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--year", default=0, help="报告的年度；文件里写明的可以不填。")
@click.option("--write", is_flag=True, help="写进 content/；不加时只说明读懂了什么。")
@click.pass_obj
def import_command(site: Site, files: tuple[Path, ...], *, year: int, write: bool) -> None:
    """导入一个年度的报告（.docx .xlsx .xls .csv .html .txt），从不覆盖已有的文件。"""
    from site_builder.delivery.import_report import import_report

    imported = import_report(site, files, year=year, write=write)
    if imported.report is not None:
        for line in understood(imported.report):
            click.echo(line)
    _print_found(imported.problems, site)
    if imported.failed or imported.report is None:
        click.echo(f"没有写入：{counted(imported.problems)}。")
        sys.exit(CONTENT)
    if imported.written:
        click.echo(f"已写入 {'、'.join(imported.written)}。运行 check 再核对一遍。")
    else:
        click.echo(f"还没有写入。核对无误后加上 --write，写到 {imported.folder}。")


def main() -> None:
    """The program; a fault of its own is told in a sentence, its details kept in a file."""
    try:
        commands(standalone_mode=True)
    except Exception as fault:  # the last resort: no traceback ever reaches a clerk
        click.echo(f"程序自身出错，网站没有改动。{kept(fault)}，请发给维护人员。", err=True)
        sys.exit(FAULT)


def _new_account(site: Site, year: int, *, kind: AccountKind) -> None:
    from site_builder.delivery.new_account import new_account

    started = _start(lambda: new_account(site, year, kind), site)
    click.echo(f"已新建 {'、'.join(started.files)}。填好以后运行 check；")
    click.echo(f"每张表读成了什么样，用 site-builder tables {year} {kind} 查看。")


def _start(starting: Callable[[], Started], site: Site) -> Started:
    """Start a document; where that cannot be, say why and end."""
    try:
        started = starting()
    except AlreadyThere as there:
        click.echo(f"“{there}”已经有了，没有改动，也没有新建任何文件。")
        sys.exit(USAGE)
    _print_found(started.problems, site)
    if not started.files:
        sys.exit(USAGE)
    return started


def _print_found(problems: tuple[Problem, ...], site: Site) -> None:
    for problem in problems:
        click.echo(_coloured(as_text(problem, site.root), severity(problem)) + "\n")


def _print_problems(built: Built, site: Site, *, form: str, brief: bool) -> None:
    if form == "json":
        click.echo(as_json(built.problems))
        return
    for problem in built.problems:
        weight = severity(problem)
        if weight is Severity.ERROR or not brief:
            click.echo(_coloured(as_text(problem, site.root), weight) + "\n")
        elif weight is Severity.WARNING:
            click.echo(_coloured(headline(problem), weight))


def _coloured(text: str, weight: Severity) -> str:
    colours = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
    head, line, rest = text.partition("\n")
    return click.style(head, fg=colours[weight]) + line + rest


def _print_build(built: Built, site: Site, *, seconds: float) -> None:
    counts = counted(built.problems)
    if built.failed:
        click.echo(f"没有生成：{counts}。output/ 保持原样。")
        return
    changed, removed = len(built.changes), len(built.removals)
    click.echo(
        f"生成完毕：共 {len(built.pages)} 个文件，更新 {changed}，删除 {removed}，"
        f"用时 {seconds:.1f} 秒。" + (f"（{counts}；详情运行 check）" if counts else "")
    )
    click.echo(f"打开 {site.output / 'index.html'} 查看。")


def _print_why(built: Built, path: str) -> None:
    page = next((p for p in built.pages if p.path == path), None)
    if page is None:
        click.echo(f"没有页面 {path}。")
        return
    change = next((c for c in built.changes if c.wanted.page.path == path), None)
    reasons = "、".join(change.reasons) if change else "没有变化，未重新生成"
    click.echo(f"{path}：{reasons}\n来源：{'、'.join(page.sources) or '模板'}")


def _tell(built: Built, site: Site) -> None:
    """One line in the terminal after each build of a preview, and the errors in full."""
    _print_problems(built, site, form="text", brief=True)
    state = (
        "有错误，继续显示上一次成功的页面" if built.failed else f"更新 {len(built.changes)} 个文件"
    )
    click.echo(f"{datetime.now():%H:%M:%S} {state}")


def _code(built: Built) -> int:
    if any(problem.code == "C104" for problem in built.problems):
        return USAGE
    return CONTENT if built.failed else FINE
