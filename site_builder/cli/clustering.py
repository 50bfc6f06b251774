"""The machines that take part in a build, as they are named on the command line.

Promise: where a cluster cannot be used the build is not begun, and a sentence says why.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from site_builder.cli.printing import USAGE
from site_builder.outcome import Site
from site_builder.write.workers import Jobs, Lost


@contextmanager
def taking_part(site: Site, *, jobs: int, scheduler: str) -> Iterator[Jobs]:
    """So many processes of this machine, or the workers of a scheduler."""
    if not scheduler or not (site.root / "config.yaml").is_file():
        yield max(jobs, 0)
        return
    from site_builder.delivery.cluster import Unusable, connected

    try:
        with connected(scheduler, site) as cluster:
            yield cluster
    except Unusable as why:
        click.echo(f"没有生成：{why} output/ 保持原样。", err=True)
        sys.exit(USAGE)
    except Lost as why:
        click.echo(f"没有生成：集群在半途中断了（{why}）。output/ 保持原样。", err=True)
        sys.exit(USAGE)
