"""Sign-off: what waits for whom, and what is wrong with the chain or with its records.

Promise: every item that is withheld is named with the step it waits for; the names and opinions of
those who signed are never told.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.model.review import Standing
from site_builder.model.site import Review
from site_builder.problems import Place, Problem


def check_chain(library: Library) -> Iterator[Problem]:
    """The chain of `config.yaml`: there, each step once, its columns known, its signers bound."""
    config = library.config
    review = config.review
    if review is None or not review.steps:
        if not config.site.demo:
            message = "没有写审签程序，所有条目不经审签就会公开"
            yield Problem("S130", config.origin.at("review"), message)
        return
    yield from _roles(review)
    slugs = {column.slug for column in config.columns}
    for slug in review.columns:
        if slug not in slugs:
            place = review.origin.at("columns")
            yield Problem("S131", place, f"没有 slug 为“{slug}”的栏目")
    if review.signers:
        for step in review.steps:
            if not step.who:
                message = f"“{step.role}”没有写 who：登记的任何一把密钥都能签这一步"
                yield Problem("S132", step.origin.at("who"), message)


def check_standings(library: Library) -> Iterator[Problem]:
    """Each item that waits; and each fault of a record of sign-off at its line."""
    review = library.config.review
    for standing in library.standings if review else ():
        yield from standing.faults
        if review and standing.withheld:
            yield _waiting(standing, review)


def _roles(review: Review) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for step in review.steps:
        place = step.origin.at("role")
        if step.role in first:
            message = f"审签程序里“{step.role}”写了两次"
            yield Problem("S131", place, message, related=(first[step.role],))
        first.setdefault(step.role, place)


def _waiting(standing: Standing, review: Review) -> Problem:
    title, file = standing.item.title, Place(standing.item.file)
    whole = "、".join(step.role for step in review.steps)
    if standing.state == "内容已改":
        given = "、".join(step.role for step in standing.given)
        message = f"《{title}》在{given}审签以后内容改过，不会公开；要重新审签的：{whole}"
        return Problem("S121", standing.given[-1].origin.at("内容指纹"), message)
    if standing.state == "退回":
        by = standing.given[-1]
        message = f"《{title}》被{by.role}退回，不会公开；改好以后从{standing.waits_for}起重新审签"
        return Problem("S122", by.origin.at("结论"), message)
    if standing.state == "记录有误":
        message = f"《{title}》的审签记录有错，不算数，不会公开；等{standing.waits_for}处理"
        return Problem("S124", Place(standing.item.signoff_file), message)
    done = "、".join(step.role for step in standing.given)
    state = f"{done}已签" if done else "还没有人签"
    message = f"《{title}》等{standing.waits_for}审签（{state}），不会公开"
    return Problem("S120", file, message)
