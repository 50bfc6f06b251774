"""Forms: whether an official form, as written in YAML, is sound in itself.

Promise: a form that passes can be rendered, filled and checked without a surprise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.model.money import TABLE_UNITS
from site_builder.model.tables import Form, FormTable, Row
from site_builder.model.wording import Phrase
from site_builder.problems import Problem
from site_builder.rules.account_notes import says_empty
from site_builder.rules.cells import EVERY, may_hold, reference
from site_builder.rules.phrases import fault


def check_forms(library: Library) -> Iterator[Problem]:
    """Shape, ids and labels that repeat, rules and relations about what is not there, overlaps."""
    for form in library.forms:
        yield from _shape(form)
        yield from _ids(form)
        for table in form.tables:
            yield from _labels(form, table.rows)
            yield from _operands(form, table)
            yield from _phrases(table)
            yield from _rates(form, table)
            yield from _notes(form, table)
        yield from _chapter_rules(form)
        yield from _relations(form, library.forms)
        yield from _followed(form, library.forms)
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
        if rule.over == "rows":
            named = (*rule.this, *rule.that)
            known = rows | {id for id in named if may_hold(table, id) and id not in rule.this}
        if not rule.this or (not rule.that and rule.kind != "at_most"):
            yield Problem("T110", rule.origin.place, f"规则 {rule.id} 的一边没有写任何{operand}")
        lines, line = (columns, "列") if rule.over == "rows" else (rows, "行")
        operands = [(id, operand, known) for id in (*rule.this, *rule.that, *rule.plus, *rule.less)]
        for id, kind, there in (*operands, *((id, line, lines) for id in rule.across)):
            if id not in there:
                message = f"规则 {rule.id} 提到的{kind} {id} 不在表式 {form.id} 中"
                yield Problem("T110", rule.origin.place, message)


def _notes(form: Form, table: FormTable) -> Iterator[Problem]:
    """What is printed in an empty table passes the check of such words; known units, coded rows."""
    if table.note and not says_empty(table.note):
        message = f"表式 {form.id} 的“{table.title}”没有数时的说明，应当写明“没有……”和“本表无数据”"
        yield _fault(form, message)
    unknown = [unit for unit in table.units if unit not in TABLE_UNITS]
    if unknown:
        yield _fault(form, f"表式 {form.id} 的“{table.title}”不能用单位“{unknown[0]}”")
    if form.relations and not table.units and any(r.type == "money" for _, r in table.walk()):
        yield _fault(form, f"表式 {form.id} 的“{table.title}”没有写明可用的单位")


def _relations(form: Form, forms: tuple[Form, ...]) -> Iterator[Problem]:
    """Relations between cells that exist, each side of single cells or of coded rows alone."""
    for relation in form.relations:
        texts = (*relation.this, *relation.that, *relation.given)
        reasons = [_unfit(text, form, forms) for text in texts]
        stars = {f".{EVERY}/" in text for text in (*relation.this, *relation.that)}
        if not (relation.this and relation.that) or len(relation.given) == 1:
            reasons.append("每一边都要写，given 至少写两格")
        if len(stars) > 1 or any(f".{EVERY}/" in text for text in relation.given):
            reasons.append("“.*”要么两边都写，要么都不写，given 里不能写")
        for reason in filter(None, reasons):
            message = f"关系 {relation.id} 不能用：{reason}"
            yield Problem("T110", relation.origin.place, message)


def _followed(form: Form, forms: tuple[Form, ...]) -> Iterator[Problem]:
    """What is followed over the years: indicators and 结转 in cells there are, forms there are."""
    cells = {(r.id, c.id) for table in form.tables for _, r in table.walk() for c in table.leaves()}
    named = [(f"指标 {i.id} ", i.row, i.column) for i in form.indicators]
    if chain := form.chain:
        rows = (chain.carried_in, chain.received, chain.closed, chain.carried_out)
        named += [("结转（chain）", row, chain.column) for row in rows]
    for what, row, column in named:
        if (row, column) not in cells:
            yield _fault(form, f"{what}提到的格 {row}/{column} 不在表式 {form.id} 中")
    for id, times in Counter(indicator.id for indicator in form.indicators).items():
        if times > 1:
            yield _fault(form, f"表式 {form.id} 的指标 {id} 出现了 {times} 次")
    for id in set(form.comparable) - {known.id for known in forms}:
        yield _fault(form, f"表式 {form.id} 的 comparable 提到的 {id} 不是表式的编号")


def _unfit(text: str, form: Form, forms: tuple[Form, ...]) -> str:
    """What is wrong with the reference to a cell; empty when nothing is."""
    meant = reference(text)
    if meant is None:
        return f"“{text}”应当写成“行/列”，前面可以写 last: 或者 budget:"
    others = [form]
    if meant.document == "budget":
        others = [other for other in forms if other.series == "budget"]
    parts = [part for other in others for part in other.tables if part.id == meant.table]
    fitting = [part for part in parts if may_hold(part, meant.row)]
    if not fitting:
        return f"没有 {meant.row} 这一行"
    if meant.name == EVERY and any(part.codes == "named" for part in fitting):
        return f"{meant.table} 的行没有科目编码，不能逐行对应"
    if not any(meant.column in {column.id for column in part.leaves()} for part in fitting):
        return f"{meant.table} 没有 {meant.column} 这一列"
    return ""


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
    counted = Counter((form.series, form.since) for form in forms if not form.region)
    for form in forms:
        if not form.region and counted[form.series, form.since] > 1:
            yield _fault(form, f"同一系列有两份从 {form.since} 年起适用的表式：{form.id}")


def _fault(form: Form, message: str) -> Problem:
    return Problem("T110", form.origin.place, message)
