"""The group of all commands, and the site they work on.

Promise: every command is listed here and nowhere else.
"""

from __future__ import annotations

from pathlib import Path

import click

from site_builder import __version__
from site_builder.cli import (
    archiving,
    building,
    checking,
    papers,
    publishing,
    recording,
    requesting,
    reviewing,
    sheets,
    starting,
)
from site_builder.cli.chinese import in_chinese
from site_builder.outcome import site_at


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--site", "root", default=".", metavar="文件夹", help="网站所在的文件夹，里面有 config.yaml。"
)
@click.version_option(__version__, message="site-builder %(version)s", help="显示版本号。")
@click.pass_context
def commands(context: click.Context, root: str) -> None:
    """把政府信息公开的记录生成为法定公开平台的网页。"""
    context.meta[building.TRIED] = context.obj
    context.obj = site_at(Path(root).resolve())


COMMANDS = (
    building.build_command,
    checking.check_command,
    building.serve_command,
    building.explain_command,
    recording.record_command,
    publishing.publish_command,
    archiving.archive_command,
    starting.init_command,
    starting.new_group,
    starting.tables_command,
    starting.import_command,
    papers.pdf_command,
    reviewing.review_group,
    requesting.requests_group,
)

starting.new_group.add_command(sheets.new_site_report_command)
for command in COMMANDS:
    commands.add_command(command)
in_chinese(commands)
