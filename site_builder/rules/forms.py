"""Forms: whether an official form, as written in YAML, is sound in itself.

Promise: a form that passes can be rendered, filled and checked without a surprise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.model.tables import Form, FormTable, Row
from site_builder.model.wording import Phrase
from site_builder.problems import Problem
from site_builder.rules.phrases import fault


def check_forms(library: Library) -> Iterator[Problem]:
    """Shape, ids and labels that repeat, rules about rows that do not exist, two forms a year."""
    for form in library.forms:
        yield from _shape(form)
        yield from _ids(form)
        for table in form.tables:
            yield from _labels(form, table.rows)
            yield from _operands(form, table)
            yield from _phrases(table)
            yield from _rates(form, table)
        yield from _chapter_rules(form)
    yield from _overlaps(library.forms)


def _shape(form: Form) -> Iterator[Problem]:
    if not all(table.columns and table.rows for table in form.tables) or not form.tables:
        yield _fault(form, f"表式 {form.id} 的表没有行，或者没有填数的列")
    if len({table.title for table in form.tables}) < len(form.tables):
        yield _fault(form, f"表式 {form.id} 有两张表的名称相同")
    if form.until < form.since:
        yield _fault(form, f"表式 {form.id} 从 {form.since} 年起、到 {form.until} 年止，前后颠倒")


def _labels(form: Form, rows: tuple[Row, ...]) -> Iterator[Problem]:
    """Rows of one group are told apart by their labels."""
    for label, times in Counter(row.label for row in rows).items():
        if times > 1:
            yield _fault(form, f"表式 {form.id} 的同一组里有 {times} 行都叫“{label}”")
    for row in rows:
        yield from _labels(form, row.rows)


def _ids(form: Form) -> Iterator[Problem]:
    """A row's id is its address, so it stands once in the whole form."""
    counted = Counter(row.id for table in form.tables for _, row in table.walk())
    for row, times in counted.items():
        if times > 1:
            yield _fault(form, f"表式 {form.id} 的行编号 {row} 出现了 {times} 次")


def _operands(form: Form, table: FormTable) -> Iterator[Problem]:
    rows = {row.id for _, row in table.walk()}
    columns = {column.id for column in table.leaves()}
    for rule in table.rules:
        known, operand = (rows, "行") if rule.over == "rows" else (columns, "列")
        if not rule.this or (not rule.that and rule.kind != "at_most"):
            yield Problem("T110", rule.origin.place, f"规则 {rule.id} 的一边没有写任何{operand}")
        for id in (*rule.this, *rule.that, *rule.plus, *rule.less):
            if id not in known and not _is_coded(table, id):
                message = f"规则 {rule.id} 提到的{operand} {id} 不在表式 {form.id} 中"
                yield Problem("T110", rule.origin.place, message)


def _is_coded(table: FormTable, id: str) -> bool:
    """Whether an operand is a coded row (`F6.301`), or all uppermost ones (`F6.*`)."""
    return bool(table.codes) and re.fullmatch(rf"{table.id}\.(?:\*|[0-9]+)", id) is not None


def _phrases(table: FormTable) -> Iterator[Problem]:
    """Phrases in the notation of rules/phrases.py, about cells that exist."""
    spoken = [(row.type, phrase) for _, row in table.walk() for phrase in row.phrases]
    rated = [("", phrase) for rate in table.rates for phrase in rate.phrases]
    for type, phrase in (*spoken, *rated):
        reason = fault(phrase.text) or _wrong_columns(table, phrase)
        if type == "heading":
            reason = "这一行是小标题，没有数"
        if reason:
            message = f"说法“{phrase.text}”不能用：{reason}"
            yield Problem("T110", phrase.origin.place, message)


def _rates(form: Form, table: FormTable) -> Iterator[Problem]:
    rows = {row.id for _, row in table.walk() if row.type != "heading"}
    for rate in table.rates:
        for id in (*rate.of, *rate.over):
            if id not in rows:
                message = f"比率“{rate.label}”提到的行 {id} 不在表式 {form.id} 的这张表中"
                yield Problem("T110", rate.origin.place, message)


def _wrong_columns(table: FormTable, phrase: Phrase) -> str:
    columns = {column.id for column in table.leaves()}
    unknown = [id for id in phrase.columns if id not in columns]
    if unknown:
        return f"表中没有 {unknown[0]} 这一列"
    return "表有几列，应当写明 columns" if len(columns) > 1 and not phrase.columns else ""


def _chapter_rules(form: Form) -> Iterator[Problem]:
    for rule in form.chapter_rules:
        if not 1 <= rule.chapter <= len(form.chapters):
            message = f"对第 {rule.chapter} 章的要求没有对应的章，表式共 {len(form.chapters)} 章"
            yield Problem("T110", rule.origin.place, message)
        needs_words = rule.kind in ("covers", "mentions")
        if needs_words != bool(rule.words) or needs_words == bool(rule.limit):
            message = f"对第 {rule.chapter} 章的要求 {rule.kind} 应当只写 "
            message += "words" if needs_words else "limit"
            yield Problem("T110", rule.origin.place, message)


def _overlaps(forms: tuple[Form, ...]) -> Iterator[Problem]:
    counted = Counter((form.series, form.since) for form in forms)
    for form in forms:
        if counted[form.series, form.since] > 1:
            yield _fault(form, f"同一系列有两份从 {form.since} 年起适用的表式：{form.id}")


def _fault(form: Form, message: str) -> Problem:
    return Problem("T110", form.origin.place, message)
