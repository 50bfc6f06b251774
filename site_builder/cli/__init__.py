"""The command line: arguments in, problems printed, exit code out.

Promise: this package is the only one that prints; whatever happens ends in a sentence and one of
the exit codes of `printing`.
"""

from __future__ import annotations

import sys

import click


def main() -> None:
    """The program; a fault of its own is told in a sentence, its details kept in a file."""
    from site_builder.cli.early import answered

    try:
        if answered(sys.argv[1:]):
            return
        from site_builder.cli.commands import commands  # a damaged installation is told as well

        commands(standalone_mode=True)
    except Exception as fault:  # the last resort: no traceback ever reaches a clerk
        from site_builder.cli.printing import FAULT
        from site_builder.delivery.faults import kept

        click.echo(f"程序自身出错，网站没有改动。{kept(fault)}，请发给维护人员。", err=True)
        sys.exit(FAULT)
