"""Arrangements: states of a site that no file in a repository can hold.

Promise: each function brings a copied site into one bad state and says in its name which.
"""

from __future__ import annotations

from collections.abc import Callable

from filelock import FileLock

from site_builder.pipeline import Site

SPOILT = b"<p>spoilt</p>\n"


def edit_a_page_by_hand(site: Site) -> None:
    (site.output / "gknb" / "2017" / "index.html").write_bytes(SPOILT)


def leave_a_strange_file_in_the_output(site: Site) -> None:
    (site.output / "说明.txt").write_bytes(SPOILT)


def run_another_build(site: Site) -> FileLock:
    lock = FileLock(site.cache / "build.lock")
    lock.acquire()
    return lock


def put_a_file_where_a_folder_belongs(site: Site) -> None:
    (site.output / "gknb").rename(site.root / "elsewhere")
    (site.output / "gknb").write_bytes(SPOILT)


# What an arrangement gives back, such as a lock, is kept until the command has run.
ARRANGEMENTS: dict[str, Callable[[Site], object]] = {
    "O201-page-edited-by-hand": edit_a_page_by_hand,
    "O202-strange-file-in-output": leave_a_strange_file_in_the_output,
    "O301-another-build-is-running": run_another_build,
    "O302-output-cannot-be-written": put_a_file_where_a_folder_belongs,
}
