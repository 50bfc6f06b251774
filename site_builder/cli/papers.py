"""The command that puts a page on paper: pdf.

Promise: the file is made of the sources as they stand now; what is missing is told in a sentence.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from site_builder.cli.building import as_of_option
from site_builder.cli.printing import FINE, USAGE, code, print_problems
from site_builder.delivery.messages import counted
from site_builder.pipeline import Site, build


@click.command("pdf")
@click.argument("page", metavar="网页")
@click.option(
    "--to", "target", default="", metavar="文件", help="PDF 写到哪里；不写就放在当前文件夹。"
)
@as_of_option
@click.pass_obj
def pdf_command(site: Site, page: str, *, target: str, as_of: datetime) -> None:
    """把一个年度的年度报告（写年度）或者一个网页（写网址路径）做成 PDF。"""
    from site_builder.delivery.pdf import Missing, page_named, write_pdf  # an extra

    built = build(site, as_of.date(), whole=True)  # its pages are looked up
    if built.failed:
        print_problems(built, site, form="text", brief=True)
        click.echo(f"没有生成：{counted(built.problems)}。")
        sys.exit(code(built))
    path = page_named(built, page)
    if path is None:
        click.echo(
            f"没有“{page}”这个网页。写年度（如 2017）或者网址路径（如 gknb/2017/index.html）。"
        )
        sys.exit(USAGE)
    to = Path(target) if target else Path(path.removesuffix(".html").replace("/", "-") + ".pdf")
    try:
        printed = write_pdf(site.output, path, to=to)
    except Missing as missing:
        click.echo(str(missing))
        sys.exit(USAGE)
    except OSError:
        click.echo(f"不能写入“{to}”。请换一个位置，或者先关闭已经打开的这个文件。")
        sys.exit(USAGE)
    if not printed.has_fonts:
        click.echo("有的字没有字体，在 PDF 里是空框。请在这台机器上安装中文字体，再试一次。")
    click.echo(f"已写出 {printed.file}（{printed.pages} 页，带目录、书签和读屏标记）。")
    sys.exit(FINE)
