"""Amounts: money as printed, and in one unit.

Promise: no amount passes through a binary fraction, a page rounds half up and to two places only
where it says so, and nothing is divided by nothing.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from site_builder.model.money import YUAN
from site_builder.model.tables import Cell, Form, Table

UNIT = "万元"
CENT = Decimal("0.01")
NO_RATE = "—"


def printed(cell: Cell) -> str:
    """A cell of a table: two places at least, thousands apart; what is no number as written."""
    if cell.number is None:
        return cell.text
    exponent = cell.number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < -2 else 2
    return f"{cell.number:,.{places}f}"


def rounded(amount: Decimal | None) -> str:
    """Two places, thousands apart; empty where there is no amount."""
    if amount is None:
        return ""
    value = amount.quantize(CENT, ROUND_HALF_UP)
    return f"{value or abs(value):,.2f}"


def signed(difference: Decimal) -> str:
    """+5.00, -5.00, 0.00."""
    text = rounded(difference)
    return f"+{text}" if difference > 0 and text != "0.00" else text


def rate(part: Decimal, base: Decimal | None) -> str:
    """81.07%; a stroke where the base is 0 or not known."""
    return f"{rounded(part * 100 / base)}%" if base else NO_RATE


def growth(this: Decimal, last: Decimal | None) -> str:
    """+5.25%; a stroke where last year's amount is 0 or not known."""
    return f"{signed((this - last) * 100 / last)}%" if last and last > 0 else NO_RATE


def amount(table: Table, row: str, column: str) -> Decimal | None:
    """The amount in a cell, in 万元; None where there is none."""
    number = table.number(row, column)
    return None if number is None else number * YUAN[_unit(table.form, row)] / YUAN[UNIT]


def indicated(table: Table, name: str) -> Decimal | None:
    """The amount of an indicator, in 万元."""
    found = table.form.indicator(name)
    return amount(table, found.row, found.column) if found else None


def _unit(form: Form, id: str) -> str:
    units = (row.unit for part in form.tables for _, row in part.walk() if row.id == id)
    return next(units, UNIT)
