"""YAML events → positioned values, within limits and without the parts nobody here needs.

Promise: whatever the text holds, no value is constructed, repeated or resolved, and work stops
before it grows: at a nesting of 20, at 200,000 events, at 100 problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from site_builder.model.values import Entry, Listed, Mapped, Scalar, Value
from site_builder.problems import Place, Problem
from site_builder.sources.texts import hidden_message, without_hidden
from site_builder.sources.yaml_lines import telling
from site_builder.sources.yaml_source import Source, Spot, end, start

MAX_DEPTH = 20
MAX_EVENTS = 200_000
MAX_PROBLEMS = 100
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Role = Literal["document", "item", "below", "beside", "bare", "key", "quoted"]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A scalar worth a second look: it may have swallowed lines or hide a key.

    The role says where it stands: the whole document, an item, a value below or beside its key,
    a key, a key without a value in `{…}`, or in quotes.
    """

    start: Spot
    end: Spot
    role: Role


@dataclass(frozen=True, slots=True)
class Composed:
    """What the events gave; `error` ended them early.

    `last` is what was complete before the error, `brackets` are those then open, outermost first.
    """

    value: Value
    problems: tuple[Problem, ...]
    suspects: tuple[Suspect, ...]
    error: Exception | None
    last: Event | None
    brackets: tuple[Spot, ...]


@dataclass(slots=True)
class _Run:
    """One reading in progress."""

    source: Source
    events: Iterator[Event]
    problems: list[Problem] = field(default_factory=list)
    suspects: list[Suspect] = field(default_factory=list)
    last: Event | None = None
    depth: int = 0
    brackets: list[Spot] = field(default_factory=list)


class _LimitError(Exception):
    """The text grows beyond what any file of a site needs; the problem is already noted."""


def compose(source: Source) -> Composed:
    """The one document of a text; an empty document is an empty mapping.

    Problems are F203, F301 (keys), F302, F303 and F304. A syntax error is not a problem yet but
    returned as it is, with everything read before it.
    """
    run = _Run(source, yaml.parse(source.text, Loader=LOADER))
    empty = Mapped((), source.place(0, 0))
    value: Value = empty
    error: Exception | None = None
    try:
        value = _document(_counted(run), empty)
    except _LimitError:
        pass
    except (yaml.YAMLError, ValueError, OverflowError) as fault:
        # the parser without libyaml passes on what chr() says of an escape like "\Uffffffff"
        error = fault
    problems, suspects = tuple(run.problems), tuple(run.suspects)
    return Composed(value, problems, suspects, error, run.last, tuple(run.brackets))


def _counted(run: _Run) -> _Run:
    run.events = _until_limit(run, run.events)
    return run


def _until_limit(run: _Run, events: Iterator[Event]) -> Iterator[Event]:
    for number, event in enumerate(events, start=1):
        if number > MAX_EVENTS:
            message = f"内容太多，超过 {MAX_EVENTS} 个成分，后面的没有读"
            _stop(run, Problem("F303", run.source.place(*start(event)), message))
        yield event


def _document(run: _Run, empty: Mapped) -> Value:
    value: Value = empty
    seen = False
    for event in run.events:
        if isinstance(event, DocumentStartEvent):
            if seen:
                message = "一个文件里出现了第二份 YAML 内容（又一行“---”）"
                _refuse(run, start(event), message)
                break
            seen = True
            if event.version or event.tags:
                _refuse(run, start(event), "文件开头有以“%”开始的 YAML 指令")
        elif isinstance(event, StreamStartEvent | StreamEndEvent):
            continue
        elif isinstance(event, ScalarEvent | CollectionStartEvent | AliasEvent):
            value = _node(run, event, "document")
    if isinstance(value, Scalar) and not value.text:
        return empty
    return value


def _node(run: _Run, event: Event, role: Role) -> Value:
    _refuse_extras(run, event)
    if isinstance(event, ScalarEvent):
        return _scalar(run, event, role)
    place = run.source.place(*start(event))
    if isinstance(event, AliasEvent):
        return Scalar("", place)
    return _collection(run, event)


def _collection(run: _Run, opening: Event) -> Mapped | Listed:
    place = run.source.place(*start(opening))
    run.depth += 1
    if run.depth > MAX_DEPTH:
        _stop(run, Problem("F303", place, f"嵌套超过 {MAX_DEPTH} 层，后面的没有读"))
    in_brackets = getattr(opening, "flow_style", False)
    if in_brackets:
        run.brackets.append(start(opening))
    value: Mapped | Listed
    if isinstance(opening, MappingStartEvent):
        value = Mapped(tuple(_entries(run, opening)), place)
    else:
        value = Listed(tuple(_items(run)), place)
    if in_brackets:
        run.brackets.pop()
    run.depth -= 1
    return value


def _items(run: _Run) -> Iterator[Value]:
    for event in run.events:
        if isinstance(event, SequenceEndEvent):
            run.last = event
            return
        yield _node(run, event, "item")


def _entries(run: _Run, opening: MappingStartEvent) -> Iterator[Entry]:
    """The entries of a mapping; of keys that are equal only the first is kept."""
    first: dict[str, Place] = {}
    for event in run.events:
        if isinstance(event, MappingEndEvent):
            run.last = event
            return
        key = _key(run, event)
        value_event = next(run.events)
        below = start(value_event).line > end(event).line
        value = _node(run, value_event, "below" if below else "beside")
        bare = opening.flow_style and value == Scalar("", value.place)
        if bare and isinstance(event, ScalarEvent):
            _suspect(run, event, "bare")
        if key is None:
            continue
        if key.text in first:
            message = f"“{key.text}”写了两次"
            _report(run, Problem("F302", key.place, message, related=(first[key.text],)))
            continue
        first[key.text] = key.place
        yield Entry(key, value)


def _key(run: _Run, event: Event) -> Scalar | None:
    """The text before a colon; None, with a problem, where something else stands there."""
    if isinstance(event, ScalarEvent) and event.style not in ("|", ">"):
        plain = not event.style
        key = _node(run, event, "key")
        if plain and event.value == "<<":
            _refuse(run, start(event), "这里用了 YAML 的合并写法“<<”")
            return None
        if event.value:
            return Scalar(key.text, key.place) if isinstance(key, Scalar) else None
        _report(run, Problem("F301", key.place, "冒号前面没有名称"))
        return None
    place = _node(run, event, "key").place
    if not isinstance(event, AliasEvent):
        message = "冒号前面应当是一个简短的名称，这里却是一段括起来的或多行的内容"
        hint = "如果花括号、方括号是文字的一部分，用引号把整个值括起来。"
        _report(run, Problem("F301", place, message, hint))
    return None


def _scalar(run: _Run, event: ScalarEvent, role: Role) -> Scalar:
    run.last = event
    _suspect(run, event, role)
    place = run.source.place(*start(event))
    if event.style != '"':
        return Scalar(event.value, place)
    text, hidden = without_hidden(event.value, run.source.file)
    for problem in hidden[:1]:
        found = next(char for char in event.value if char not in text)
        message = f"引号里用“\\”写出了不能用的字符：{hidden_message(found)}"
        _report(run, Problem(problem.code, place, message))
    return Scalar(text, place)


def _suspect(run: _Run, event: ScalarEvent, role: Role) -> None:
    if event.style in ("|", ">") or not telling(event.value):
        return
    first, last = start(event), end(event)
    if event.style and last.line > first.line:
        run.suspects.append(Suspect(first, last, "quoted"))
    elif not event.style and (role != "beside" or last.line > first.line):
        run.suspects.append(Suspect(first, last, role))


def _refuse_extras(run: _Run, event: Event) -> None:
    spot = start(event)
    if isinstance(event, AliasEvent):
        _refuse(run, spot, f"这里用了 YAML 的引用“*{event.anchor}”")
        return
    if getattr(event, "anchor", None):
        _refuse(run, spot, "这里用了 YAML 的锚点“&”")
    if getattr(event, "tag", None) is not None:
        _refuse(run, spot, "这里用了 YAML 的类型标记“!”")


def _refuse(run: _Run, spot: Spot, message: str) -> None:
    _report(run, Problem("F304", run.source.place(*spot), message))


def _report(run: _Run, problem: Problem) -> None:
    run.problems.append(problem)
    if len(run.problems) >= MAX_PROBLEMS:
        raise _LimitError


def _stop(run: _Run, problem: Problem) -> None:
    run.problems.append(problem)
    raise _LimitError
