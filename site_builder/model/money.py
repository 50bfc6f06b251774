"""Money: the units in which amounts are written.

Promise: what a unit is worth stands here alone.
"""

from __future__ import annotations

from decimal import Decimal

YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
TABLE_UNITS = ("元", "万元")  # those that official tables are filled in in
