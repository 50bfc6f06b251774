"""Working days: the days that the State Council's notices make such, and terms counted in them.

Promise: a year whose notice the kept library does not hold is never guessed: the answer is None.
"""

from __future__ import annotations

from datetime import date, timedelta

FIRST_DAYS_MOVED = (12, 25)  # from this day on the notice of the next year may move a day


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


def _is_covered(day: date) -> bool:
    """Whether the notices of every year that decide about a day are held."""
    from chinese_calendar.constants import holidays

    years = {holiday.year for holiday in holidays}
    decided_by = {day.year}
    if (day.month, day.day) >= FIRST_DAYS_MOVED:
        decided_by.add(day.year + 1)
    return decided_by <= years
