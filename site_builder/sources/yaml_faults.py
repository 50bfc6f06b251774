"""Mistakes in YAML: a syntax error or a suspicious scalar → what the clerk did, in Chinese.

Promise: every syntax error becomes a problem at the line to be changed, and a mistake that YAML
itself would swallow in silence is reported too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import yaml
from yaml.error import MarkedYAMLError

from site_builder.problems import Problem
from site_builder.sources import yaml_lines
from site_builder.sources.yaml_errors import explain
from site_builder.sources.yaml_events import MAX_PROBLEMS, Composed, Suspect
from site_builder.sources.yaml_source import Source, end, spot, start

QUOTE_HINT = "如果这一整句本来就是内容，用半角引号把它括起来。"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem on a line (from 0) and, where it can be told, the line as it was meant.

    `sure` says that the mended line is what anybody would have meant: values read through it
    may be checked further.
    """

    problem: Problem
    line: int
    mended: str | None = None
    inserted: int | None = None
    sure: bool = False


def diagnose(source: Source, composed: Composed) -> tuple[Finding, ...]:
    """What is wrong with a text beyond the problems noted while its events were read."""
    if composed.error is not None:
        found = _of_error(source, composed, composed.error)
    else:
        found = (finding for s in composed.suspects for finding in _of_suspect(source, s))
    return tuple(islice(found, MAX_PROBLEMS))


def _of_error(source: Source, composed: Composed, error: Exception) -> Iterator[Finding]:
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        yield Finding(Problem("F301", source.place(0, 0), "这份 YAML 读不懂"), 0)
        return
    found = [f for line in _candidates(error, composed) for f in _of_line(source, line)]
    if found and not _is_about_one_character(source, error):
        yield from found
        return
    problem = explain(source, error, composed=composed)
    line = problem.place.line - source.first_line
    if problem.code == "F306":
        yield from _odd_indents(source, line)
        return
    within = any(bracket.line < line for bracket in composed.brackets)
    yield Finding(problem, line, None if within else _without_value(source, line))


def _without_value(source: Source, line: int) -> str | None:
    """The line as it would be harmless, to look behind it."""
    text, following = source.line(line), source.line(line + 1)
    if ":" not in text and not text.lstrip().startswith("-"):
        return "" if ":" in following or not following.strip() else None
    return yaml_lines.without_value(text, following)


def _is_about_one_character(source: Source, error: MarkedYAMLError) -> bool:
    """Errors inside quotes and brackets, or at a sign such as `@`, have no other cause."""
    context = error.context or ""
    if "quoted" in context or "flow" in context or "block scalar" in context:
        return True
    here = spot(error.problem_mark)
    char = source.line(here.line)[here.column : here.column + 1]
    return "cannot start any token" in (error.problem or "") and char != "\t"


def _candidates(error: MarkedYAMLError, composed: Composed) -> range:
    """The lines, from 0, of which one caused the error."""
    here = spot(error.problem_mark).line
    if error.context_mark and "simple key" in (error.context or ""):
        return range(error.context_mark.line, here)
    last = composed.last
    if isinstance(last, yaml.ScalarEvent):
        first, plain = start(last).line, not last.style
        if plain or first == end(last).line:
            return range(min(first, here), here + 1)
    return range(here, here + 1)


def _of_line(source: Source, line: int) -> Iterator[Finding]:
    text = source.line(line)
    if yaml_lines.odd_indent(text) is not None:
        yield from _odd_indents(source, line)
        return
    fault = yaml_lines.colon_fault(text)
    dash = yaml_lines.tight_dash(text)
    if fault is not None:
        yield _colon(source, line, fault)
    elif dash is not None:
        yield _dash(source, line, dash)


def _of_suspect(source: Source, suspect: Suspect) -> Iterator[Finding]:
    if suspect.role == "quoted":
        yield from _swallowed_by_quote(source, suspect)
        return
    if _is_oddly_indented(source, suspect):
        yield from _odd_indents(source, suspect.start.line)
        return
    if suspect.role == "key":
        yield from _odd_ending(source, suspect)
        return
    whole = suspect.role in ("document", "below")
    for line in range(suspect.start.line, suspect.end.line + 1):
        if line == suspect.start.line and suspect.role == "beside":
            continue
        yield from _in_scalar(source, suspect, line, whole=whole)


def _in_scalar(source: Source, suspect: Suspect, line: int, *, whole: bool) -> Iterator[Finding]:
    text = source.line(line)
    begin = suspect.start.column if line == suspect.start.line else 0
    stop = suspect.end.column if line == suspect.end.line else len(text)
    dash = yaml_lines.tight_dash(text, begin) if whole else None
    fault = yaml_lines.colon_fault(text, start=begin, end=stop)
    if dash is not None:
        yield _dash(source, line, dash)
    elif fault is None:
        return
    elif suspect.role == "bare" or (whole and yaml_lines.is_name(fault.key)):
        yield _colon(source, line, fault)
    elif yaml_lines.is_label(fault.key):
        place = source.place(line, fault.column)
        yield Finding(Problem("F305", place, fault.message, fault.hint + QUOTE_HINT), line)


def _swallowed_by_quote(source: Source, suspect: Suspect) -> Iterator[Finding]:
    """A quote that closes lines later and took in a line that stands like a sibling."""
    depth = yaml_lines.sibling_column(source.line(suspect.start.line))
    for line in range(suspect.start.line + 1, suspect.end.line + 1):
        text = source.line(line)
        key = text.replace("：", ":").partition(":")[0].strip()
        sibling = yaml_lines.indent(text) <= depth and ":" in text.replace("：", ":")
        if sibling and yaml_lines.is_name(key):
            place = source.place(suspect.start.line, suspect.start.column)
            message = f"引号从这里开始，到第 {source.place(suspect.end.line, 0).line} 行才关上"
            hint = f"在这一行的末尾补上引号；第 {source.place(line, 0).line} 行是另一项。"
            yield Finding(Problem("F301", place, message, hint), suspect.start.line)
            return


def _is_oddly_indented(source: Source, suspect: Suspect) -> bool:
    text, column = source.line(suspect.start.line), suspect.start.column
    odd = text[column : column + 1] in tuple(yaml_lines.ODD_SPACES)
    return odd and not text[:column].strip()


def _odd_ending(source: Source, suspect: Suspect) -> Iterator[Finding]:
    spot = suspect.end
    name = source.line(spot.line)[suspect.start.column : spot.column]
    if suspect.start.line == spot.line and name.rstrip(yaml_lines.ODD_SPACES) != name:
        message = f"“{name.strip(yaml_lines.ODD_SPACES)}”和冒号之间有全角空格"
        yield Finding(Problem("F306", source.place(spot.line, spot.column - 1), message), spot.line)


def _odd_indents(source: Source, line: int) -> Iterator[Finding]:
    """The oddly indented line, and those that follow it without a break."""
    column = yaml_lines.odd_indent(source.line(line))
    if column is None:
        problem = Problem("F306", source.place(line, 0), "这里用了 Tab 键或全角空格")
        yield Finding(problem, line)
    while column is not None:
        text = source.line(line)
        what = " Tab 键" if text[column] == "\t" else "全角空格"
        problem = Problem("F306", source.place(line, column), f"行首的缩进用了{what}")
        yield Finding(problem, line, yaml_lines.plain_indent(text))
        line += 1
        column = yaml_lines.odd_indent(source.line(line))


def _colon(source: Source, line: int, fault: yaml_lines.ColonFault) -> Finding:
    mended, inserted = yaml_lines.with_colon(source.line(line), fault.column)
    problem = Problem("F305", source.place(line, fault.column), fault.message, fault.hint)
    return Finding(problem, line, mended, inserted, sure=True)


def _dash(source: Source, line: int, column: int) -> Finding:
    message = "“－”是全角的短横" if source.line(line)[column] == "－" else "“-”后面少一个空格"
    hint = "列表的每一项以半角“-”和一个空格开头；如果“-”是文字，用引号括起来。"
    return Finding(Problem("F301", source.place(line, column), message, hint), line)
