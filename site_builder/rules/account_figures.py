"""Account figures: percentages worked out from amounts that may be rounded.

Promise: a stated percentage agrees when amounts that fit what is written could give it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from site_builder.rules.account_text import Amount


@dataclass(frozen=True, slots=True)
class Range:
    """What a number may be: both ends alike where it is known exactly."""

    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        """The number to show."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage as written: `step` is one unit of its last place."""

    value: Decimal
    step: Decimal


def exactly(number: Decimal) -> Range:
    """A number that is known."""
    return Range(number, number)


def about(amount: Amount) -> Range:
    """What a written amount may have been before it was rounded."""
    return Range(amount.low, amount.high)


def percentage(text: str) -> Percentage:
    """A written number as a percentage."""
    value = Decimal(text.replace(",", ""))
    exponent = value.as_tuple().exponent
    return Percentage(
        value, Decimal(1).scaleb(min(0, exponent) if isinstance(exponent, int) else 0)
    )


def share(part: Range, whole: Range) -> Range | None:
    """Per cent of a whole; None where the whole may be nothing."""
    if whole.low <= 0:
        return None
    return Range(part.low * 100 / whole.high, part.high * 100 / whole.low)


def agrees(written: Percentage, worked_out: Range) -> bool:
    """Rounded or cut off after its last place."""
    low, high = worked_out.low - written.step, worked_out.high + written.step
    return low < written.value < high


def shown(number: Decimal) -> str:
    """«3.7%»: two places at most, more where it would be nothing."""
    places = Decimal("0.01") if abs(number) >= Decimal("0.01") or not number else Decimal("0.0001")
    return f"{number.quantize(places).normalize():f}%"
