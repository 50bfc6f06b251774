"""Working days: the days that the State Council's notices make such, and terms counted in them.

Promise: a year whose notice the kept library does not hold is never guessed: the answer is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

FIRST_DAYS_MOVED = (12, 25)  # from this day on the notice of the next year may move a day
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days from the first to the last on which people do not work by weekday alone.

    `off` are days off from Monday to Friday, `on` working days of a weekend.
    """

    first: date
    last: date
    off: tuple[date, ...]
    on: tuple[date, ...]


def is_working_day(day: date) -> bool | None:
    """Whether people work on a day; None where no notice is known that decides it."""
    if not _is_covered(day):
        return None
    from chinese_calendar import is_workday  # only a run that asks for a day pays for it

    return bool(is_workday(day))


def next_working_day(day: date) -> date | None:
    """The day itself if it is a working day, or else the first one after it."""
    while (works := is_working_day(day)) is False:
        day += timedelta(1)
    return day if works else None


def working_days_after(day: date, count: int) -> date | None:
    """The day on which a term of so many working days ends; the first is the day after."""
    last: date | None = day
    for _ in range(count):
        last = next_working_day(last + timedelta(1)) if last else None
    return last


@cache
def calendar_from(first: date) -> Calendar:
    """The calendar from a day up to the last one that a notice decides."""
    last, off, on = first, [], []
    day = first
    while (works := is_working_day(day)) is not None:
        in_week = day.weekday() <= FRIDAY
        if in_week and not works:
            off.append(day)
        if works and not in_week:
            on.append(day)
        last, day = day, day + timedelta(1)
    return Calendar(first, last, tuple(off), tuple(on))


def _is_covered(day: date) -> bool:
    """Whether the notices of every year that decide about a day are held."""
    decided_by = {day.year}
    if (day.month, day.day) >= FIRST_DAYS_MOVED:
        decided_by.add(day.year + 1)
    return decided_by <= _years()


@cache
def _years() -> frozenset[int]:
    """The years whose notices the library holds; counting them for each day took ten times long."""
    from chinese_calendar.constants import holidays

    return frozenset(holiday.year for holiday in holidays)
