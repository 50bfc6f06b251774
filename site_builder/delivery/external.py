"""External links asked: all of them, a few at a time, and remembered for some days.

Promise: each address is asked once in a run, no host more than twice at a time; a server that
never ends its answer cannot hold up the rest; a machine without a network finds nothing dead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from site_builder.delivery.asking import ask
from site_builder.model.external import MOST_HOPS, Answer, Asked, host_of, origin_of
from site_builder.model.library import Library
from site_builder.problems import Problem
from site_builder.rules.external import check_external, external_links, wanted
from site_builder.write.notes import load_note, save_note

NOTE = "external.json"
DAY = 24 * 60 * 60
FAILED_KEPT = 60 * 60  # seconds: long enough for a report to follow a check
AT_ONCE, AT_A_HOST = 12, 2
PATIENCE = 60.0  # seconds in which nobody at all answers
SILENCES = 2  # unanswered addresses of a server after which the others are not tried
ENOUGH_HOSTS = 3  # fewer may all be gone while the network is fine
SILENT = Answer("silent", "连不上：一直没有回答完")
Ask = Callable[[str], Answer]
Done = SimpleQueue[tuple[str, Answer]]


@dataclass(frozen=True, slots=True)
class Manner:
    """When it is, for how many days an answer counts, whether to ask within walls, and whom to
    tell how many have answered.
    """

    now: int
    days: int = 7
    inner: bool = False
    tell: Callable[[int], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Outside:
    """What became of the links to other websites, as problems and in a sentence."""

    problems: tuple[Problem, ...]
    said: str


def look_outside(cache: Path, library: Library, *, manner: Manner) -> Outside:
    """Every link of the content to another website, asked for and judged."""
    links = external_links(library)
    addresses = wanted(links, inner=manner.inner)
    asked = ask_all(cache, addresses, manner=manner)
    problems = check_external(links, asked, is_demo=library.config.site.demo)
    if asked.unasked:
        return Outside(problems, "没有检查：连不上外面的网站")
    kept = f"，其中 {asked.kept} 个是不久以前查过的" if asked.kept else ""
    return Outside(problems, f"查了 {len(addresses)} 个网址{kept}")


def ask_all(cache: Path, addresses: Iterable[str], *, manner: Manner) -> Asked:
    """The answer of every address, and of every one that these lead to."""
    known, answers, fresh = _recalled(cache, manner), dict[str, Answer](), dict[str, Answer]()
    due = tuple(dict.fromkeys(addresses))
    for _ in range(MOST_HOPS):
        answers |= {address: known[address] for address in due if address in known}
        asked = _in_lanes([a for a in due if a not in answers], manner=manner)
        if not fresh and _is_offline(asked):
            return Asked(answers, len(answers), unasked=len(asked))
        fresh |= asked
        answers |= asked
        leading = dict.fromkeys(answers[address].to for address in due)
        due = tuple(to for to in leading if to and to not in answers)
    _remember(cache, answers)
    return Asked(answers, len(answers.keys() - fresh.keys()))


def _in_lanes(addresses: Sequence[str], *, manner: Manner) -> dict[str, Answer]:
    """Every host has two lanes; in a lane one address waits for the other."""
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(host_of(address), []).append(address)
    lanes, done = SimpleQueue[list[str]](), Done()
    for start in range(AT_A_HOST):
        for those in hosts.values():
            lanes.put(those[start::AT_A_HOST])
    asking = partial(ask, inner=manner.inner)
    for _ in range(min(AT_ONCE, lanes.qsize())):
        # What hangs for ever is left behind when the program ends.
        Thread(target=_work, args=(lanes, done), kwargs={"asking": asking}, daemon=True).start()
    answers: dict[str, Answer] = {}
    while len(answers) < len(addresses):
        try:
            address, answer = done.get(timeout=PATIENCE)
        except Empty:
            break
        answers[address] = replace(answer, at=manner.now)
        manner.tell(len(answers))
    return {address: answers.get(address, SILENT) for address in addresses}


def _work(lanes: SimpleQueue[list[str]], done: Done, *, asking: Ask) -> None:
    while True:
        try:
            lane = lanes.get_nowait()
        except Empty:
            return
        _walk(lane, done, asking=asking)


def _walk(lane: list[str], done: Done, *, asking: Ask) -> None:
    """A server that is lost, unsafe or silent again and again is not tried for each address."""
    last: dict[str, Answer] = {}
    silences: dict[str, int] = {}
    for address in lane:
        origin = origin_of(address)
        answer = last.get(origin) or asking(address)
        done.put((address, answer))
        silences[origin] = silences.get(origin, 0) + 1 if answer.kind == "silent" else 0
        if answer.kind in ("lost", "unsafe", "inner") or silences[origin] >= SILENCES:
            last[origin] = answer


def _is_offline(asked: Mapping[str, Answer]) -> bool:
    hosts = {host_of(address) for address in asked}
    return len(hosts) >= ENOUGH_HOSTS and all(a.kind in ("lost", "silent") for a in asked.values())


def _recalled(cache: Path, manner: Manner) -> dict[str, Answer]:
    """What former runs were told and still counts."""
    note = load_note(cache / NOTE)
    try:
        found = {a: Answer(*values) for a, values in json.loads(note or b"{}").items()}
    except (TypeError, ValueError, AttributeError):  # another version's
        return {}
    return {address: answer for address, answer in found.items() if _counts(answer, manner)}


def _counts(answer: Answer, manner: Manner) -> bool:
    kept = manner.days * DAY
    if answer.kind == "inner":  # whether to ask is decided anew
        return False
    if answer.kind not in ("fine", "moved"):
        kept = min(kept, FAILED_KEPT)
    return 0 <= manner.now - answer.at < kept


def _remember(cache: Path, answers: Mapping[str, Answer]) -> None:
    """Without it the next run asks again, so that a disk that refuses is no problem."""
    text = json.dumps({a: astuple(answer) for a, answer in answers.items()}, ensure_ascii=False)
    try:
        save_note(cache / NOTE, text.encode())
    except OSError:
        return
