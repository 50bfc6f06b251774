"""Guards: what keeps a release from going out.

Promise: everything that speaks against publishing, besides faults of the content, is asked here.
"""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.delivery.publishing.manifest import Difference, Manifest
from site_builder.delivery.publishing.target import Opened
from site_builder.model.target import Target
from site_builder.pages import routes
from site_builder.problems import Place, Problem

MOST_REMOVED = 20
MOST_SHARE = 0.02
NOT_APPROVED = ("S120", "S121", "S122", "S124")  # waits, changed since, sent back, not valid


def too_many_removed(
    before: Manifest, found: Difference, *, allowed: int | None
) -> tuple[Problem, ...]:
    """O501: more than 20 or 2 % of the addresses vanish and nobody said exactly how many.

    A file beside which a notice appears was withdrawn in so many words: it is not one of them.
    """
    unsaid = [path for path in found.removed if routes.notice(path) not in found.added]
    removed, total = len(unsaid), len(before.addresses())
    if removed == allowed or (removed <= MOST_REMOVED and removed <= total * MOST_SHARE):
        return ()
    said = f"（--allow-removals 写的是 {allowed}）" if allowed is not None else ""
    message = f"网站上现有 {total} 个网址，这次会有 {removed} 个消失{said}，没有发布"
    hint = f"清单见上。确实都要撤下的，加上 --allow-removals {removed} 再运行一次。"
    return (Problem("O501", Place("output"), message, hint=hint),)


def overwritten(
    opened: Opened, after: Manifest, *, target: Target, allowed: int | None
) -> tuple[Problem, ...]:
    """O507: a first release would take the places of files that publishing did not put there."""
    found = sorted(opened.others & after.entries().keys())
    if opened.current.release or not found or len(found) == allowed:
        return ()
    said = f"（--allow-removals 写的是 {allowed}）" if allowed is not None else ""
    message = f"目标里有 {len(found)} 个别的文件会被覆盖{said}，例如 {found[0]}，没有发布"
    hint = (
        "那里多半是另一个网站，请核对 path。确实要用这个网站换掉它，先备份，"
        f"再加上 --allow-removals {len(found)} 运行一次。"
    )
    return (Problem("O507", target.origin.place, message, hint=hint),)


def waiting(problems: Iterable[Problem]) -> int:
    """How many items lack a valid approval; none of them is in the output."""
    return len({problem.place.file for problem in problems if problem.code in NOT_APPROVED})
