"""Valid sets of accounts: a budget, the account of the same year and the one of the year before.

Promise: whatever the seed, the figures satisfy every rule of both forms, and the tables are filled
in as a site's files are: by the same function, on the same forms, with a place for every cell.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from site_builder.model.disclosure import Account, AccountKind
from site_builder.model.fields import Origin
from site_builder.model.library import Library
from site_builder.model.site import Identity, SiteConfig
from site_builder.model.tables import Cell, Form, Table, form_for
from site_builder.problems import Place
from site_builder.sources.account_folders import SERIES
from site_builder.sources.forms import load_forms
from tests.account_items import Carried, Items, Spending, random_items, totals
from tests.account_writing import SUBJECTS, Writer, added, spread
from tests.sites import AS_OF

FORMS, _ = load_forms(Path("none"), ())
YEAR = 2021
STAFF, BENEFITS = ("30101", "30102", "30108"), ("30302", "30305")
GOODS, ASSETS = ("30201", "30212", "30217", "30231"), ("31002", "31013")


def account_set(seed: int, *, unit: str = "万元", general_only: bool = False) -> list[Account]:
    """The budget of a year, the account of the year before and the account of the year."""
    chance = random.Random(seed)
    trips = [chance.randint(100, 900) for _ in range(4)]
    budget = write_budget(chance, unit=unit, trips=trips, general_only=general_only)
    first, carried = write_final(chance, year=YEAR - 1, unit="万元", trips=trips, last=Carried())
    final, _ = write_final(chance, year=YEAR, unit=unit, trips=trips, last=carried)
    return [
        account("预算", budget, year=YEAR),
        account("决算", first, year=YEAR - 1),
        account("决算", final, year=YEAR),
    ]


def account(kind: AccountKind, table: Table, *, year: int) -> Account:
    day = date(year, 2, 1) if kind == "预算" else date(year + 1, 8, 20)
    return Account(
        id=f"{kind}-{year}",
        title=f"{year}年度部门{kind}",
        year=year,
        kind=kind,
        approved=day,
        published=day,
        table=table,
        origin=Origin(Place(f"content/财政预决算/{year}/{kind}/说明.md", 1)),
    )


def library(accounts: Iterable[Account], forms: tuple[Form, ...] = FORMS) -> Library:
    config = SiteConfig(Identity("示例局", "示例局"), ())
    return Library(config, AS_OF, accounts=tuple(accounts), forms=forms, subjects=SUBJECTS)


def with_number(table: Table, key: tuple[str, str], *, number: Decimal) -> Table:
    """The table with another number in one cell, at the same place."""
    cell = Cell(str(number), number, table.cells[key].place if key in table.cells else Place("新"))
    return replace(table, cells={**table.cells, key: cell})


def form_of(kind: AccountKind, year: int) -> Form:
    form = form_for(FORMS, SERIES[kind], year=year)
    assert form is not None
    return form


def write_budget(
    chance: random.Random, *, unit: str, trips: list[int], general_only: bool
) -> Table:
    writer = Writer(form_of("预算", YEAR), YEAR, unit, chance)
    items = random_items(chance, general_only=general_only)
    total = totals(items)
    fiscal = [
        ("", "一般公共预算资金", [total["general"]]),
        ("", "政府性基金", [total["fund"]]),
        ("", "国有资本经营预算", [total["capital"]]),
    ]
    writer.table(
        "T1i",
        [
            ("", "一、财政拨款收入", [total["fiscal"]]),
            *fiscal,
            ("", "二、事业收入", [total["other"]]),
            ("", "收入总计", [total["total"]]),
        ],
    )
    parts = {c: (i.total, i.staff + i.other, i.running, i.projects) for c, i in items.items()}
    writer.table("T1o", [*writer.classes(parts), ("", "支出总计", added(parts.values()))])
    sources = {c: (i.total, i.fiscal, i.other, 0, 0) for c, i in items.items()}
    writer.sums("T2", sources)
    writer.sums("T3", {c: (i.total, i.basic, i.projects) for c, i in items.items()})
    writer.table("T4i", [*fiscal, ("", "收入总计", [total["fiscal"]])])
    books = {c: (i.fiscal, i.general, i.fund, i.capital) for c, i in items.items() if i.fiscal}
    writer.table("T4o", [*writer.classes(books), ("", "支出总计", added(books.values()))])
    _write_books(writer, items)
    economic = {c: (n, n, 0) for c, n in spread(chance, total["staff"], (*STAFF, *BENEFITS))}
    economic |= {c: (n, 0, n) for c, n in spread(chance, total["running"], (*GOODS, *ASSETS))}
    writer.sums("T8", economic)
    spent = _trips(trips)
    abroad, cars, buying, driving, reception = spent[1:]
    row = (spent[0], abroad, reception, cars, buying, driving, total["running"])
    writer.table("T9", [("", "预算数", row)])
    return writer.filled()


def _write_books(writer: Writer, items: Items) -> None:
    """T5, T6 and T7; a book without money says so."""
    for id, book in (("T5", "general"), ("T6", "fund"), ("T7", "capital")):
        part = next(part for part in writer.form.tables if part.id == id)
        rows = {
            c: (getattr(i, book), i.staff + i.running if book == "general" else 0, 0)
            for c, i in items.items()
            if getattr(i, book)
        }
        rows = {c: (whole, basic, whole - basic) for c, (whole, basic, _) in rows.items()}
        if rows:
            writer.sums(id, rows)
        else:
            writer.table(id, (), note=part.note)


def write_final(
    chance: random.Random, *, year: int, unit: str, trips: list[int], last: Carried
) -> tuple[Table, Carried]:
    """The account of a year and what it leaves for the next."""
    writer = Writer(form_of("决算", year), year, unit, chance)
    items = random_items(chance)
    total = totals(items)
    saved = {c: chance.randint(100, 900) for c, i in items.items() if i.general}
    income = {c: i.general + saved.get(c, 0) for c, i in items.items()}
    fund = {
        c: (last.fund.get(c, 0), i.fund + chance.randint(0, 99)) for c, i in items.items() if i.fund
    }
    fund |= {c: (left, 0) for c, left in last.fund.items() if c not in fund}
    left = {c: was + got - (items[c].fund if c in items else 0) for c, (was, got) in fund.items()}
    used, surplus = chance.randint(0, 99), chance.randint(1, 99)
    earned = total["other"] + surplus
    carried = Carried(last.general + sum(saved.values()), left, last.other + used)
    granted = sum(got for _, got in fund.values())
    _write_totals(
        writer,
        items,
        incomes=[sum(income.values()), granted, total["capital"], earned, used],
        last=last,
        carried=carried,
        surplus=surplus,
    )
    earner = next(c for c, i in items.items() if i.other)
    receipts: dict[str, tuple[int, ...]] = {}
    for code in {*items, *fund}:
        item = items.get(code, Spending())
        fiscal = income.get(code, 0) + fund.get(code, (0, 0))[1] + item.capital
        own = earned if code == earner else 0
        if fiscal or own:
            receipts[code] = (fiscal + own, fiscal, 0, own, 0, 0, 0)
    writer.sums("F2", receipts)
    writer.sums("F3", {c: (i.total, i.basic, i.projects, 0, 0, 0) for c, i in items.items()})
    general = {c: i for c, i in items.items() if i.general}
    writer.sums("F5", {c: (i.general, i.staff + i.running, i.project) for c, i in general.items()})
    _write_economic(writer, total, chance=chance, trips=trips)
    funds = {}
    for code, (was, got) in fund.items():
        spent = items[code].fund if code in items else 0
        funds[code] = (was, got, spent, 0, spent, left[code])
    writer.sums("F8", funds)
    writer.sums("F9", {c: (i.capital, 0, i.capital) for c, i in items.items() if i.capital})
    return writer.filled(), carried


def _write_totals(
    writer: Writer,
    items: Items,
    *,
    incomes: list[int],
    last: Carried,
    carried: Carried,
    surplus: int,
) -> None:
    """The two tables of totals."""
    *received, used = incomes
    general, fund, capital, earned = received
    everything = sum(incomes) + last.total
    spent = sum(item.total for item in items.values())
    writer.table(
        "F1i",
        [
            ("", "一、一般公共预算财政拨款收入", [general]),
            ("", "二、政府性基金预算财政拨款收入", [fund]),
            ("", "三、国有资本经营预算财政拨款收入", [capital]),
            ("", "四、事业收入", [earned]),
            ("", "本年收入合计", [sum(received)]),
            ("", "使用非财政拨款结余", [used]),
            ("", "年初结转和结余", [last.total]),
            ("", "总计", [everything]),
        ],
    )
    writer.table(
        "F1o",
        [
            *writer.classes({c: (i.total,) for c, i in items.items()}),
            ("", "本年支出合计", [spent]),
            ("", "结余分配", [surplus]),
            ("", "年末结转和结余", [carried.total]),
            ("", "总计", [everything]),
        ],
    )
    granted = general + fund + capital
    writer.table(
        "F4i",
        [
            ("", "一、一般公共预算财政拨款", [general]),
            ("", "二、政府性基金预算财政拨款", [fund]),
            ("", "三、国有资本经营预算财政拨款", [capital]),
            ("", "本年收入合计", [granted]),
            ("", "年初财政拨款结转和结余", [last.fiscal]),
            ("", "一般公共预算财政拨款", [last.general]),
            ("", "政府性基金预算财政拨款", [sum(last.fund.values())]),
            ("", "国有资本经营预算财政拨款", [0]),
            ("", "总计", [granted + last.fiscal]),
        ],
    )
    books = {c: (i.fiscal, i.general, i.fund, i.capital) for c, i in items.items()}
    closing = (carried.fiscal, carried.general, sum(carried.fund.values()), 0)
    whole = added([*books.values(), closing])
    writer.table(
        "F4o",
        [
            *writer.classes(books),
            ("", "本年支出合计", added(books.values())),
            ("", "年末财政拨款结转和结余", closing),
            ("", "总计", whole),
        ],
    )


def _write_economic(
    writer: Writer, total: dict[str, int], *, chance: random.Random, trips: list[int]
) -> None:
    """F6, and F7 with no less for each purpose than F6 has."""
    staff = dict(spread(chance, total["staff"], (*STAFF, *BENEFITS)))
    running = dict(spread(chance, total["running"], (*GOODS, *ASSETS)))
    rows = {c: (n,) for c, n in staff.items()}, {c: (n,) for c, n in running.items()}
    writer.table(
        "F6",
        [
            *writer.tree(rows[0]),
            ("", "人员经费合计", [total["staff"]]),
            *writer.tree(rows[1]),
            ("", "公用经费合计", [total["running"]]),
        ],
    )
    spent = [running[code] + chance.randint(0, 99) for code in ("30212", "31013", "30231", "30217")]
    writer.table("F7", [("", "支出数", (*_trips(trips), *_trips(spent)))])


def _trips(parts: Sequence[int]) -> tuple[int, ...]:
    """合计, 出国, 用车小计, 购置, 运行, 接待 out of 出国, 购置, 运行, 接待."""
    abroad, buying, driving, reception = parts
    return (sum(parts), abroad, buying + driving, buying, driving, reception)
