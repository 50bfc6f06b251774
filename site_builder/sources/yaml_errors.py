"""Syntax errors of the YAML parser → problems in Chinese.

Promise: none of the parser's own English reaches a clerk, and an error without a special
explanation still names its line and what to look for.
"""

from __future__ import annotations

import yaml
from yaml.error import MarkedYAMLError
from yaml.events import Event

from site_builder.problems import Problem
from site_builder.sources.yaml_events import Composed
from site_builder.sources.yaml_source import Source, Spot, end, spot, start

OPENING, HERE = "opening", "here"
QUOTE_HINT = "如果它是文字的一部分，用半角引号把整个值括起来。"

# (words in the parser's context, words in its problem) → code, place, message, hint;
# the first that fits counts, `{char}` is the character at the problem
EXPLANATIONS = (
    ("quoted", "end of stream", "F301", OPENING, "引号从这里开始，到最后也没有关上", ""),
    ("quoted", "document", "F301", OPENING, "引号从这里开始，到“---”之前没有关上", ""),
    (
        "quoted",
        "",
        "F301",
        HERE,
        "双引号里的“\\”有特别的意思，后面的字符不对",
        "把“\\”写成“\\\\”，或者把双引号换成单引号。",
    ),
    ("", "tab", "F306", HERE, "这里用了 Tab 键", ""),
    ("alias", "", "F301", OPENING, "值不能以“*”开头", QUOTE_HINT),
    ("anchor", "", "F301", OPENING, "值不能以“&”开头", QUOTE_HINT),
    ("tag", "", "F301", OPENING, "值不能以“!”开头", QUOTE_HINT),
    ("directive", "", "F301", OPENING, "这一行不能以“%”开头", QUOTE_HINT),
    ("block scalar", "", "F301", HERE, "“|”“>”后面不能再写文字，文字从下一行起缩进书写", ""),
    ("", "cannot start any token", "F301", HERE, "值不能以“{char}”开头", QUOTE_HINT),
    ("", "sequence entries", "F301", HERE, "“- ”要另起一行，不能跟在名称后面", QUOTE_HINT),
    ("", "incompatible", "F304", HERE, "文件开头的 YAML 版本声明不能用", ""),
    ("block node", "", "F301", HERE, "值不能以“{char}”开头", QUOTE_HINT),
)

SIGNS_OUT_OF_PLACE = {
    ":": "冒号前面没有名称",
    "]": "多了一个“]”",
    "}": "多了一个“}”",
    "-": "这里不能有“- ”：同一级里要么都是列表，要么都是“名称: 内容”",
}


def explain(source: Source, error: MarkedYAMLError, *, composed: Composed) -> Problem:
    """One problem for a syntax error, with what was read before it."""
    context, problem = error.context or "", error.problem or ""
    here = spot(error.problem_mark)
    opening = spot(error.context_mark or error.problem_mark)
    char = source.line(here.line)[here.column : here.column + 1]
    if char == "\t":
        return _at(source, here, "这里用了 Tab 键", code="F306")
    for in_context, in_problem, code, where, message, hint in EXPLANATIONS:
        if in_context in context and in_problem in problem:
            place = opening if where == OPENING else here
            return _at(source, place, message.format(char=char), hint, code=code)
    if composed.brackets:
        return _bracket(source, composed.brackets[-1], here)
    if "simple key" in context:
        return _no_colon(source, opening)
    if "mapping values" in problem:
        return _second_colon(source, here)
    return _out_of_place(source, here, composed.last)


def _bracket(source: Source, opening: Spot, here: Spot) -> Problem:
    bracket = source.line(opening.line)[opening.column : opening.column + 1]
    if here.line > opening.line or not source.line(here.line)[here.column :].strip():
        closing = {"[": "]", "{": "}"}.get(bracket, "")
        return _at(source, opening, f"“{bracket}”从这里开始，没有找到与它配对的“{closing}”")
    message = f"“{bracket}”里的写法不对，这里应当是逗号或者右括号"
    return _at(source, here, message, QUOTE_HINT)


def _no_colon(source: Source, spot: Spot) -> Problem:
    text = source.line(spot.line).strip()
    shown = text if len(text) <= 20 else f"{text[:20]}……"
    return _at(source, spot, f"“{shown}”这一行没有冒号，不是“名称: 内容”的写法")


def _second_colon(source: Source, here: Spot) -> Problem:
    before = source.line(here.line)[: here.column]
    if len(before) > 1000:
        return Problem("F301", source.place(here.line, 0), "冒号前面的名称太长，或者缺了换行")
    if ": " in before:
        return _at(source, here, "一行里有两个“: ”，分不清哪里是名称、哪里是内容", QUOTE_HINT)
    column = len(before) - len(before.lstrip(" "))
    message = "这一行的缩进比上一行深，而上一行已经写了内容"
    return Problem("F301", source.place(here.line, column), message, "与同级的各行左边对齐。")


def _out_of_place(source: Source, here: Spot, last: Event | None) -> Problem:
    text = source.line(here.line)
    char = text[here.column : here.column + 1]
    if any(line.startswith("...") for line in source.lines[: here.line]):
        return _at(source, here, "文件在“...”那一行已经结束，后面又有内容", code="F304")
    if last is not None and end(last).line == here.line and text[: here.column].strip():
        return _after_end(source, here, last)
    if char in SIGNS_OUT_OF_PLACE:
        return _at(source, here, SIGNS_OUT_OF_PLACE[char])
    if text.strip():
        return _at(source, here, "这一行的缩进与上面任何一级都对不齐", "与同级的各行左边对齐。")
    return _at(source, here, "内容在这里突然结束")


def _after_end(source: Source, here: Spot, last: Event) -> Problem:
    """Text after a closing quote or bracket, which may have closed the wrong thing."""
    opening = start(last)
    if isinstance(last, yaml.ScalarEvent) and opening.line < here.line:
        line = source.place(here.line, 0).line
        wide = "”" in source.line(opening.line)[opening.column :]
        hint = "这一行末尾的“””是全角引号，改成半角引号。" if wide else ""
        return _at(source, opening, f"引号从这里开始，到第 {line} 行才关上", hint)
    quoted = isinstance(last, yaml.ScalarEvent)
    what, quotes = ("引号", "另一种半角引号") if quoted else ("括号", "半角引号")
    hint = f"如果{what}是文字的一部分，用{quotes}把整个值括起来。"
    return _at(source, here, f"{what}关上以后又有文字", hint)


def _at(source: Source, spot: Spot, message: str, hint: str = "", *, code: str = "F301") -> Problem:
    return Problem(code, source.place(*spot), message, hint)
