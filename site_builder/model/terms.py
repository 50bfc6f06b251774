"""Terms of an application: the last days for asking back, for the third party and for the answer.

Promise: a day that no notice decides is None, never a guess; the script of the page of terms gives
the same days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from site_builder.model.application import TermId
from site_builder.model.workdays import next_working_day, working_days_after

DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Application:
    """The days that matter; the later three only where they happened.

    `asked` is the day the third party received the letter, `heard` that on which its opinion came.
    """

    received: date
    corrected: date | None = None
    asked: date | None = None
    heard: date | None = None


def last_days(application: Application, days: Mapping[TermId, int]) -> dict[TermId, date | None]:
    """The last day of each term; that of an opinion only where one was asked for.

    An opinion that has not come is taken to come on its last day (《条例》 Art. 32).
    """
    begun = application.corrected or application.received
    asked, heard = application.asked, application.heard
    due = working_days_after(asked, days["opinion"]) if asked else None
    unsure = asked is not None and heard is None and due is None
    away = (asked, heard or due) if asked else None
    return {
        "notice": working_days_after(application.received, days["notice"]),
        "opinion": due,
        "answer": None if unsure else _counted(begun, days["answer"], away=away),
        "extended": None if unsure else _counted(begun, days["extended"], away=away),
    }


def _counted(day: date, count: int, *, away: tuple[date, date | None] | None) -> date | None:
    """As `working_days_after`, but days after the first and up to the last of `away` do not count.

    The day itself is not counted.
    """
    last: date | None = day
    while count and last:
        last = next_working_day(last + DAY)
        if last and not (away and away[1] and away[0] < last <= away[1]):
            count -= 1
    return last
