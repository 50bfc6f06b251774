"""Sign-off: the chain an item goes through before it is published, and how far it has come.

Promise: an item counts as signed off only when every step of the chain, in order, approved exactly
what stands there now; in any doubt it is withheld.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from site_builder.model.disclosure import Openness
from site_builder.model.fields import Origin, clerk, origin_field
from site_builder.model.site import Review
from site_builder.problems import Problem

Verdict = Literal["同意", "退回"]
State = Literal["不要求", "已审签", "等待", "内容已改", "退回", "记录有误"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the chain as it was taken: who decided what about which content, and when."""

    role: str = clerk("步骤", about="审签程序的哪一步，如 科室负责人")
    name: str = clerk("姓名", about="审签的人，不会公开")
    verdict: Verdict = clerk("结论")
    day: date = clerk("日期")
    openness: Openness = clerk("公开属性", about="这一步认定的公开属性，应当与条目写的一致")
    fingerprint: str = clerk("内容指纹", about="审签的内容，由命令 review 算出，不要手写")
    opinion: str = clerk("意见", "", about="不会公开")
    basis: str = clerk("依据", "", about="认定公开属性依据哪一条")
    signature: str = clerk("签名", "", about="用 SSH 密钥签的名，由命令 review 写入")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class SignOff:
    """审签.yaml: every step ever taken for one item; earlier rounds stay as they were."""

    steps: tuple[Step, ...] = clerk("审签", about="每一步一项，按先后排列")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Item:
    """What is signed off as one: a text with its tables and attachments.

    `file` holds the text, `signoff_file` is where its sign-off stands, `fingerprint` is that of
    everything a reader would get.
    """

    file: str
    signoff_file: str
    title: str
    fingerprint: str
    id: str = ""
    column: str = ""
    day: date | None = None
    openness: Openness = "主动公开"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an item has come: its state, who is next, and the steps of the present round."""

    item: Item
    state: State
    waits_for: str = ""
    given: tuple[Step, ...] = ()
    steps: tuple[Step, ...] = ()
    faults: tuple[Problem, ...] = ()

    @property
    def withheld(self) -> bool:
        """Whether it may not be published."""
        return self.state not in ("不要求", "已审签")


def judge(
    review: Review,
    item: Item,
    *,
    steps: tuple[Step, ...] | None,
    as_of: date,
    forged: frozenset[int] = frozenset(),
) -> Standing:
    """How far an item has come. `steps` is None where its file exists and cannot be understood;
    `forged` are the numbers of the steps whose signature does not hold.
    """
    first = review.steps[0].role
    if steps is None:
        return Standing(item, "记录有误", first)
    start = round_start(steps)
    given = steps[start:]
    if not given:
        return Standing(item, "等待", first)
    if given[-1].verdict == "退回":
        return Standing(item, "退回", first, given, steps)
    faults = tuple(_faults(review, item, steps=steps, start=start, as_of=as_of, forged=forged))
    if faults:
        return Standing(item, "记录有误", first, given, steps, faults)
    if given[-1].fingerprint != item.fingerprint:
        return Standing(item, "内容已改", first, given, steps)
    if len(given) == len(review.steps):
        return Standing(item, "已审签", "", given, steps)
    return Standing(item, "等待", review.steps[len(given)].role, given, steps)


def round_start(steps: tuple[Step, ...]) -> int:
    """The number of the step that begins the last round: other content, or after 退回."""
    start = 0
    for number, (before, step) in enumerate(pairwise(steps), 1):
        if before.verdict == "退回" or before.fingerprint != step.fingerprint:
            start = number
    return start


def statement(step: Step) -> bytes:
    """What a signature is put under: everything the step says."""
    said = (step.role, step.name, step.verdict, step.day.isoformat(), step.openness)
    rest = (step.fingerprint, step.opinion, step.basis)
    return json.dumps(["site_builder", *said, *rest], ensure_ascii=False).encode()


def _faults(
    review: Review,
    item: Item,
    *,
    steps: tuple[Step, ...],
    start: int,
    as_of: date,
    forged: frozenset[int],
) -> Iterator[Problem]:
    """Why the last round does not count, each fault at its line."""
    yield from _order_faults(review, steps, start=start)
    who = {step.role: step.who for step in review.steps}
    for number in range(start, len(steps)):
        step, before = steps[number], steps[number - 1] if number else None
        if who.get(step.role) and step.name not in who[step.role]:
            message = f"“{step.name}”不在“{step.role}”这一步可以审签的人里"
            yield Problem("S108", step.origin.at("姓名"), message)
        yield from _date_faults(step, before, as_of=as_of)
        if step.openness != item.openness:
            message = f"{step.role}认定的是“{step.openness}”，条目写的是“{item.openness}”"
            yield Problem("S110", step.origin.at("公开属性"), message)
        if review.signers and not step.signature:
            yield Problem("S111", step.origin.at("签名"), f"{step.role}这一步没有签名")
        elif review.signers and number in forged:
            message = f"{step.role}的签名核对不上：不是“{step.name}”登记的密钥签的，或者签后改过"
            yield Problem("S112", step.origin.at("签名"), message)


def _order_faults(review: Review, steps: tuple[Step, ...], *, start: int) -> Iterator[Problem]:
    """Each role in its turn, once; after the first fault the turn is no longer known."""
    chain = [step.role for step in review.steps]
    taken: dict[str, Step] = {}
    for number, step in enumerate(steps[start:], start):
        place = step.origin.at("步骤")
        if step.role not in chain:
            yield Problem("S104", place, f"审签程序里没有“{step.role}”这一步")
            return
        if step.role in taken:
            related = (taken[step.role].origin.at("步骤"),)
            yield Problem("S106", place, f"{step.role}对同一内容签了两次", related=related)
            return
        due = chain[len(taken)]
        if step.role != due and number == start and start:
            place, related = step.origin.at("内容指纹"), (steps[start - 1].origin.at("内容指纹"),)
            message = f"{step.role}签的不是{steps[start - 1].role}签过的那份内容"
            yield Problem("S107", place, message, related=related)
            return
        if step.role != due:
            yield Problem("S105", place, f"{step.role}签在{due}前面，次序不对")
            return
        taken[step.role] = step


def _date_faults(step: Step, before: Step | None, *, as_of: date) -> Iterator[Problem]:
    place = step.origin.at("日期")
    if before and step.day < before.day:
        message = f"{step.role}的日期 {step.day} 早于{before.role}的 {before.day}"
        yield Problem("S109", place, message, related=(before.origin.at("日期"),))
    if step.day > as_of:
        yield Problem("S109", place, f"{step.role}的日期 {step.day} 还没有到")
