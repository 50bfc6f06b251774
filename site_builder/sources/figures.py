"""Figures: one written value → a cell of a table.

Promise: the text stays as written; blank, 0, — and / stay distinct; a value of the wrong kind is
reported at its place.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from site_builder.model.tables import EMPTY, Cell, CellType, Row, ValueColumn
from site_builder.model.values import Scalar
from site_builder.problems import Problem

NUMERIC = ("count", "signed", "amount", "money")
PATTERNS: dict[CellType, str] = {
    "names": r"([0-9]{1,15})",
    "signed": r"([+-]?[0-9]{1,15})$",
    "count": r"([0-9]{1,15}(?:\.[0-9]{1,6})?)$",
    "amount": r"([0-9]{1,15}(?:\.[0-9]{1,6})?)$",
    "money": r"(-?[0-9]{1,15}(?:\.[0-9]{1,6})?)$",
}


def cell_of(
    row: Row, column: ValueColumn, *, label: str, value: Scalar
) -> tuple[Cell, tuple[Problem, ...]]:
    """The cell a text makes under a row (as its label is written) and a column, and its faults."""
    text = value.text.strip()
    kind = column.type or row.type
    if row.type == "heading":
        kind = "heading"
    if text in EMPTY:
        return Cell(text, None, value.place), ()
    number = _number(kind, text)
    fault = _fault(kind, text, number=number)
    if not fault:
        return Cell(text, number, value.place), ()
    unit = f"（单位：{row.unit}）" if row.unit and kind in NUMERIC else ""
    message = f"“{label}”{fault}{unit}，现在是“{text}”"
    problem = Problem("T204", value.place, message, hint=_width_hint(kind, text, unit=row.unit))
    return Cell(text, None, value.place), (problem,)


def _number(kind: CellType, text: str) -> Decimal | None:
    found = re.match(PATTERNS[kind], text) if kind in PATTERNS else None
    return Decimal(found[1]) if found else None


def _fault(kind: CellType, text: str, *, number: Decimal | None) -> str:
    """What is wrong with a value; empty when nothing is."""
    match kind:
        case "heading":
            return "是分组标题，不填数"
        case "count" if number is None or "." in text:
            return "应当填 0 或正整数"
        case "signed" if number is None:
            return "应当填整数，减少写负数"
        case "amount" | "money" if number is None:
            return "应当填数，最多六位小数"
        case "yes_no" if text not in ("是", "否"):
            return "只能填“是”或“否”"
        case "names" if number is None:
            return "应当先写个数，再在括号里注明名称"
    return ""


def _width_hint(kind: CellType, text: str, *, unit: str) -> str:
    """What to type instead, where the figure is plain and only its writing is not."""
    wide = unicodedata.normalize("NFKC", text).removesuffix(unit).strip()
    pieces = re.split(r"\s*[,、]\s*|\s+", wide)
    if kind not in NUMERIC or not all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", p) for p in pieces):
        return ""
    grouped = "、" not in wide and re.fullmatch(r"-?[0-9]{1,3}([,\s]+[0-9]{3})+(\.[0-9]+)?", wide)
    if len(pieces) == 1 or grouped:
        plain = "".join(pieces)
        return f"请只写半角数字：{plain}。" if plain != text else ""
    return "一格只写一个数。一行有几个数的，用半角逗号和空格隔开，放在半角方括号里，如 [3, 0, 0]。"
