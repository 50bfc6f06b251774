"""Relations: cells of several tables, or of several documents, that have to agree.

Promise: it knows no table by name; a relation is checked where both documents are held and their
forms have the cells, and a difference that rounding explains is never called an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from site_builder.model.disclosure import Account, Difference
from site_builder.model.form_rules import Relation
from site_builder.model.library import Library
from site_builder.model.subjects import is_code
from site_builder.problems import Problem
from site_builder.rules import rounding
from site_builder.rules.cells import EVERY, quoted
from site_builder.rules.operands import Documents, Figure, Operand, is_above, operand
from site_builder.rules.slips import Suspect, slip

CODES = {"must": "T306", "warn": "T311", "note": "T321"}
ROUNDED, EXPLAINED, NEEDLESS = "T322", "T321", "T227"
MOST_NAMED = 4


def check_relations(library: Library) -> Iterator[Problem]:
    """Every breach of every relation of every budget and account."""
    accounts = {id(a.table): a for a in library.accounts if a.table}
    tables = [a.table for a in library.accounts if a.table]
    tables += [file.table for file in library.unread if file.table]
    held = {(table.form.series, table.year): table for table in tables}
    forms = {form.id: form for form in library.forms}
    for table in tables:
        last = held.get((table.form.series, table.year - 1))
        documents = Documents(table, last, held.get(("budget", table.year)), forms)
        yield from _check_document(documents, accounts.get(id(table)))


def _check_document(documents: Documents, account: Account | None) -> Iterator[Problem]:
    reasons = account.differences if account else ()
    used: set[str] = set()
    for relation in documents.own.form.relations:
        for left, right in _due(relation, documents):
            problem = _compare(relation, left, right=right)
            if problem is None:
                continue
            reason = _reason(reasons, relation, sides=(*left, *right))
            if reason is not None and problem.code != ROUNDED:
                used.add(reason.rule)
                problem = _explained(problem, reason)
            yield problem
    for reason in reasons:
        if reason.rule not in used:
            message = f"差异说明写了规则 {reason.rule}，但两份文件在这一条上没有需要说明的差异"
            yield Problem(NEEDLESS, reason.origin.at("规则"), message)


def _due(relation: Relation, documents: Documents) -> Iterator[tuple[list[Figure], list[Figure]]]:
    """The pairs of sides that have to agree; none where a cell is not to be had."""
    this = [operand(text, documents) for text in relation.this]
    that = [operand(text, documents) for text in relation.that]
    given = [operand(text, documents) for text in relation.given]
    left, right = [o for o in this if o], [o for o in that if o]
    if None in (*this, *that, *given) or not (left and right):
        return
    if not _are_equal([o.figures(o.reference.name) for o in given if o]):
        return
    for name in _names(left, right):
        yield _side(left, name), _side(right, name)


def _side(operands: Sequence[Operand], name: str) -> list[Figure]:
    own = ((o, name if o.reference.name == EVERY else o.reference.name) for o in operands)
    return [figure for operand, row in own for figure in operand.figures(row)]


def _names(left: Sequence[Operand], right: Sequence[Operand]) -> list[str]:
    """The codes a relation pairs; one pair without a name where it speaks of single cells."""
    operands = [o for o in (*left, *right) if o.reference.name == EVERY]
    if not operands:
        return [""]
    known = set().union(*(o.codes() for o in operands))
    return [code for code in sorted(known) if all(_tells(o, code) for o in operands)]


def _tells(operand: Operand, code: str) -> bool:
    """Whether a table says how much a code has: one that stops above it does not."""
    codes = operand.codes()
    if code in codes or not codes:
        return is_code(code, operand.part.codes)
    above = [other for other in codes if is_above(other, code)]
    stops = any(not any(is_above(o, below) for below in codes) for o in above)
    return not stops and any(len(other) >= len(code) for other in codes)


def _are_equal(sides: Sequence[list[Figure]]) -> bool:
    """Whether cells that a relation presumes equal are, but for rounding."""
    return all(
        abs(_sum(sides[0]) - _sum(other)) <= _slack([*sides[0], *other]) for other in sides[1:]
    )


def _compare(relation: Relation, left: list[Figure], *, right: list[Figure]) -> Problem | None:
    both = [*left, *right]
    if not any(figure.is_filled for figure in both):
        return None
    difference = _sum(left) - _sum(right)
    excess = difference if relation.kind == "at_most" else abs(difference)
    if excess <= 0 or _is_same_rounded(both, excess):
        return None
    rounded = excess <= _slack(both)
    places = tuple(dict.fromkeys(figure.cell.place for figure in both[1:]))
    return Problem(
        ROUNDED if rounded else CODES[relation.level],
        both[0].cell.place,
        _message(relation, left, right=right) + (rounding.WITHIN if rounded else ""),
        hint=_hint(relation, left, right=right, rounded=rounded),
        basis=_basis(both),
        related=tuple(place for place in places if place != both[0].cell.place),
    )


def _sum(figures: Sequence[Figure]) -> Decimal:
    """In 元, where the tables are in 元 and 万元."""
    return sum((figure.number * figure.worth for figure in figures), Decimal(0))


def _slack(figures: Sequence[Figure]) -> Decimal:
    filled = [figure for figure in figures if figure.is_filled]
    return rounding.slack((figure.step for figure in figures), terms=len(filled))


def _is_same_rounded(figures: Sequence[Figure], difference: Decimal) -> bool:
    """Whether a figure in 万元 is the one in 元, rounded to as many places as it has."""
    coarse = max(figure.step for figure in figures)
    return len({figure.worth for figure in figures}) > 1 and difference <= coarse / 2


def _message(relation: Relation, left: list[Figure], *, right: list[Figure]) -> str:
    unit, worth = left[0].unit, left[0].worth
    difference = abs(_sum(left) - _sum(right))
    joint = "大于" if relation.kind == "at_most" else "而"
    said = f"{_said(left, worth=worth)}，{joint}{_said(right, worth=worth)}"
    return f"{said}，相差 {_plain(difference / worth)} {unit}（规则 {relation.id}）"


def _said(figures: list[Figure], *, worth: Decimal) -> str:
    """A side written out with its sum, in the unit of the tables and in that of the other side."""
    own, unit = figures[0].worth, figures[0].unit
    total = _plain(_sum(figures) / own)
    if len(figures) > MOST_NAMED:
        numbers = "＋".join(str(figure.number) for figure in figures)
        text = f"{quoted(figures[0].operand.part.title)}各项之和 {numbers}＝{total}"
    else:
        text = "＋".join(figure.said for figure in figures)
        text += f"＝{total}" if len(figures) > 1 else ""
    text += f" {unit}" if figures[-1].is_filled or len(figures) > 1 else ""
    return text if own == worth else f"{text}（合 {_plain(_sum(figures) / worth)}）"


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros that mean nothing."""
    return f"{number.normalize():f}"


def _hint(relation: Relation, left: list[Figure], *, right: list[Figure], rounded: bool) -> str:
    why = f"{relation.why}。" if relation.why else ""
    return "" if rounded else why + slip(_bare(left), _bare(right))


def _bare(figures: list[Figure]) -> list[Suspect]:
    return [Suspect(figure.name, figure.number, figure.worth) for figure in figures]


def _basis(figures: Sequence[Figure]) -> str:
    kind = "前后文件的衔接" if any(f.operand.foreign for f in figures) else "表间关系"
    return f"{kind}，由表的结构得出，不是文件的条文"


def _reason(
    reasons: Sequence[Difference], relation: Relation, *, sides: Sequence[Figure]
) -> Difference | None:
    """The reason stated for a relation with another document; X1 also covers X1-grants."""
    if not any(figure.operand.foreign for figure in sides):
        return None
    own = (r for r in reasons if relation.id == r.rule or relation.id.startswith(f"{r.rule}-"))
    return next(own, None)


def _explained(problem: Problem, reason: Difference) -> Problem:
    message = f"{problem.message}，已说明理由：{reason.reason}"
    related = (*problem.related, reason.origin.at("理由"))
    hint = "理由已经写明，不必改动。"
    return Problem(EXPLAINED, problem.place, message, hint, problem.basis, related)
