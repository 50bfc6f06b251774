"""Account claims: every amount of an explanation against the tables of budgets and accounts.

Promise: an amount is called wrong only when no cell that its words may mean agrees with it; what
can be compared with nothing is listed once for each document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.disclosure import Account
from site_builder.model.library import Library
from site_builder.model.tables import Form, Table
from site_builder.problems import Place, Problem
from site_builder.rules.account_cells import all_worths, places, worth
from site_builder.rules.account_changes import WORDS, Changes, check_changes
from site_builder.rules.account_names import names_of
from site_builder.rules.account_reading import Bound, Held, Reading, is_other_matter, read
from site_builder.rules.account_shares import check_shares
from site_builder.rules.account_text import Amount, money, paragraphs
from site_builder.rules.claims import YEAR

NEARLY = Decimal("0.1")  # how far a figure called approximate may be from the table's
DEVELOPMENT = 3  # years in one paragraph: it tells how things went
MOST_NAMED = 6
CHANGED = re.compile(rf"(?:{WORDS})(?:了|约)?$")
TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class _Former:
    """Last year's explanation: where each of its lines stands."""

    lines: dict[str, Place]


def check_account_claims(library: Library) -> Iterator[Problem]:
    """Amounts, changes and shares in the text of every budget and account that has tables."""
    for account in library.accounts:
        held = _held(library, account)
        if held is not None:
            last = library.account(account.year - 1, account.kind)
            former = {p.line.written: p.line.place for p in paragraphs(last)} if last else {}
            yield from _check(held, _Former(former))


def _held(library: Library, account: Account) -> Held | None:
    table = account.table
    form = _official(library, table) if table else None
    if table is None or form is None:
        return None
    last = library.account(account.year - 1, account.kind)
    budget = library.account(account.year, "预算") if account.kind == "决算" else None
    return Held(
        account=account,
        table=table,
        form=form,
        names=names_of(form, table),
        last=last.table if last else None,
        budget=budget.table if budget else None,
    )


def _official(library: Library, table: Table) -> Form | None:
    """The form as it is printed, with the rows that were left out."""
    return next((form for form in library.forms if form.id == table.form.id), None)


def _check(held: Held, former: _Former) -> Iterator[Problem]:
    figures = _figures(held)
    unknown: list[tuple[Reading, Amount]] = []
    for paragraph in paragraphs(held.account):
        reading = read(paragraph, held)
        changes = check_changes(reading, held)
        found = [p for bound in reading.bound.values() for p in _amount(reading, bound, held=held)]
        found += (*changes.problems, *check_shares(reading, changes.amounts, held=held))
        yield from found
        strange = [a for a in _unbound(reading, changes) if not _is_among(a, figures)]
        copied = former.lines.get(paragraph.line.written)
        if copied and strange and not found:
            message = "这一段与上年的说明一字不差，其中的金额在今年的表格里找不到"
            yield Problem("T418", paragraph.line.at(0), message, related=(copied,))
        else:
            lost = (a for a in strange if not is_other_matter(paragraph, a.start, held=held))
            unknown += ((reading, amount) for amount in lost)
    yield from _listed(unknown)


def _figures(held: Held) -> list[Decimal]:
    """Every figure of the documents that the text may speak of, in order."""
    tables = (held.table, held.last, held.budget)
    return sorted({value for table in tables if table for value in all_worths(table)})


def _is_among(amount: Amount, figures: list[Decimal]) -> bool:
    place = bisect_left(figures, amount.yuan - amount.step / 2)
    return place < len(figures) and figures[place] <= amount.yuan + amount.step / 2


def _unbound(reading: Reading, changes: Changes) -> list[Amount]:
    """The amounts that nothing explains; nothing itself needs no explanation."""
    return [
        amount
        for amount in reading.paragraph.amounts
        if amount.yuan
        and not amount.is_rough
        and amount.start not in reading.bound
        and amount.start not in changes.amounts
        and not CHANGED.search(reading.paragraph.text, 0, amount.start)
    ]


def _amount(reading: Reading, bound: Bound, *, held: Held) -> Iterator[Problem]:
    if bound.role == "other":
        yield from _other_year(reading, bound, held=held)
        return
    table = held.table_of(bound.role)
    worths = [(s, value) for s in bound.spots if (value := worth(table, s)) is not None]
    if not worths or any(_agrees(bound.amount, value) for _, value in worths):
        return
    spot, value = next((w for w in worths if _is_unit_off(bound.amount, w[1])), worths[0])
    amount, paragraph = bound.amount, reading.paragraph
    whose = {"last": f"{held.account.year - 1}年", "budget": f"{held.account.year}年预算的"}
    said = paragraph.quoted(amount.start, amount.end)
    name = f"{whose.get(bound.role, '')}{spot.name}"
    message = f"正文说“{said}”，{name}是 {money(value, amount.unit)}"
    off = _is_unit_off(amount, value)
    hint = "两个数正好相差一万倍，请核对单位是“元”还是“万元”。" if off else ""
    at, related = paragraph.line.at(amount.start), places(table, spot)
    yield Problem("T410", at, message, hint=hint, basis=str(held.form.cites), related=related)


def _agrees(amount: Amount, value: Decimal) -> bool:
    """Equal to as many places as are written, or near where the text says about."""
    off = abs(amount.yuan - value)
    return off < amount.step or (amount.is_rough and off <= abs(value) * NEARLY)


def _is_unit_off(amount: Amount, value: Decimal) -> bool:
    times, part = amount.yuan * TEN_THOUSAND, amount.yuan / TEN_THOUSAND
    return bool(value) and (
        abs(times - value) < amount.step * TEN_THOUSAND
        or abs(part - value) < amount.step / TEN_THOUSAND
    )


def _other_year(reading: Reading, bound: Bound, *, held: Held) -> Iterator[Problem]:
    """A figure spoken of under a year that the document is not about."""
    year, paragraph = held.account.year, reading.paragraph
    allowed = {year, year - 1, *((year + 1,) if held.account.kind == "预算" else ())}
    years = {int(found[0]) for found in YEAR.finditer(paragraph.text)}
    said = int(paragraph.text[bound.year_at : bound.year_at + 4])
    if said not in allowed and len(years) < DEVELOPMENT:
        message = f"正文说的是 {said} 年，这是 {year} 年的{held.account.kind}"
        yield Problem("T416", paragraph.line.at(bound.year_at), message)


def _listed(unknown: list[tuple[Reading, Amount]]) -> Iterator[Problem]:
    if not unknown:
        return
    quoted = [reading.paragraph.quoted(a.start, a.end) for reading, a in unknown]
    more = f"等 {len(quoted)} 处" if len(quoted) > MOST_NAMED else ""
    named = "、".join(f"“{words}”" for words in quoted[:MOST_NAMED])
    at = [reading.paragraph.line.at(a.start) for reading, a in unknown]
    message = f"正文的{named}{more}在表格里没有对应的数"
    yield Problem("T419", at[0], message, related=tuple(at[1:MOST_NAMED]))
