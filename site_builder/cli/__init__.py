"""The command line: arguments in, problems printed, exit code out.

Promise: this package is the only one that prints; whatever happens ends in a sentence and one of
the exit codes of `printing`.
"""

from __future__ import annotations

import sys

import click

RESERVE = 4 << 20  # bytes
STOPPED = "已经停下。"
NO_MEMORY = (
    "电脑的内存不够，没有做完；已经有的网页都是完整的。请关闭别的程序再运行一次；"
    "生成网站时还是不够的，加上 --jobs 1，或者请维护人员增加内存。"
)


def main() -> None:
    """The program; a fault of its own is told in a sentence, its details kept in a file."""
    reserve = bytearray(RESERVE)  # room in which to say that there is no more
    try:
        _answer()
        return
    except KeyboardInterrupt:  # before a command has begun, which tells it itself
        sys.exit(STOPPED)
    except MemoryError:
        del reserve
    # Out here all that the run held is given back; as a sentence on the error output, and 1.
    sys.exit(NO_MEMORY)


def _answer() -> None:
    try:
        from site_builder.cli.early import answered

        done = answered(sys.argv[1:])
        if done:
            return
        from site_builder.cli.commands import commands  # a damaged installation is told as well

        commands(standalone_mode=True, obj=done is not None)
    except MemoryError:
        raise
    except Exception as fault:  # the last resort: no traceback ever reaches a clerk
        if "failed to map segment" in str(fault):  # no room for a library
            raise MemoryError from fault
        from site_builder.cli.printing import FAULT
        from site_builder.delivery.faults import kept

        click.echo(f"程序自身出错，网站没有改动。{kept(fault)}，请发给维护人员。", err=True)
        sys.exit(FAULT)
