"""Review in words: what waits for whom, and everything that was ever signed for one item.

Promise: the lines are plain Chinese in columns that line up on a terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.delivery.messages import breadth
from site_builder.model.library import Library
from site_builder.model.review import Standing, Step, round_start
from site_builder.model.site import Review

HEADS = ("等谁签", "编号", "标题", "到了哪一步")
GAP = "  "
WIDEST = 44  # terminal columns of a title
UNSIGNED = {
    "内容已改": "签后内容改过",
    "退回": "被退回",
    "记录有误": "审签记录有错，见 check",
}


def status_lines(library: Library, review: Review, *, role: str = "") -> tuple[str, ...]:
    """A table of what waits, in the order of the chain, and how many do not."""
    waiting = [s for s in library.standings if s.withheld and role in ("", s.waits_for)]
    order = {step.role: number for number, step in enumerate(review.steps)}
    waiting.sort(key=lambda s: (order.get(s.waits_for, 0), s.item.file))
    states = Counter(s.state for s in library.standings)
    rest = f"已经审签 {states['已审签']} 项，不要求审签 {states['不要求']} 项。"
    whom = f"等{role}审签的" if role else "等待审签的"
    if not waiting:
        return (f"没有{whom}。{rest}",)
    rows = [HEADS, *(_row(standing) for standing in waiting)]
    return (f"{whom}有 {len(waiting)} 项：", "", *_aligned(rows), "", rest)


def log_lines(standing: Standing) -> tuple[str, ...]:
    """Every step ever taken, the oldest first, and where that leaves the item."""
    item, steps = standing.item, standing.steps
    start = round_start(steps)
    lines = [f"《{item.title}》（{item.file}）"]
    for number, step in enumerate(steps):
        lines += _step_lines(step, former=number < start or step.fingerprint != item.fingerprint)
    if not steps:
        lines.append("还没有人签。")
    return (*lines, _where(standing))


def _where(standing: Standing) -> str:
    if standing.state == "不要求":
        return "现在：不要求审签。"
    if not standing.withheld:
        return "现在：审签完毕，可以公开。"
    why = UNSIGNED.get(standing.state, "")
    return f"现在：{why + '，' if why else ''}等{standing.waits_for}审签，不会公开。"


def _step_lines(step: Step, *, former: bool) -> Iterator[str]:
    signed = "，有签名" if step.signature else ""
    note = "（签的是以前的内容）" if former else ""
    yield f"{step.day}{GAP}{step.role}{GAP}{step.name}{GAP}{step.verdict}{signed}{note}"
    yield f"            公开属性：{step.openness}{'，依据：' + step.basis if step.basis else ''}"
    if step.opinion:
        yield f"            意见：{step.opinion}"


def _row(standing: Standing) -> tuple[str, ...]:
    item = standing.item
    given = "、".join(step.role for step in standing.given)
    state = UNSIGNED.get(standing.state) or (f"{given}已签" if given else "还没有人签")
    return (standing.waits_for, item.id or "—", _clipped(item.title), state)


def _clipped(title: str) -> str:
    taken = 0
    for number, character in enumerate(title):
        taken += breadth(character)
        if taken > WIDEST:
            return title[: number - 1] + "…"
    return title


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    wide = [max(sum(map(breadth, row[n])) for row in rows) for n in range(len(HEADS))]
    for row in rows:
        cells = (
            cell + " " * (size - sum(map(breadth, cell)))
            for cell, size in zip(row, wide, strict=True)
        )
        yield GAP.join(cells).rstrip()
