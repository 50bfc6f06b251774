"""Views of 依申请公开 and of the help for people.

Promise: the sentences of the law come from the catalogue, the facts of the bureau from its
configuration; what it has not stated is shown as missing.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.model.application import BlankForm, PointGroup, Term
from site_builder.pages.pieces import Chapter, Download, Fact, Frame, Link


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """依申请公开: what `GuidanceView` shows, the form, and the pages that help with it."""

    frame: Frame
    facts: tuple[Fact, ...]
    contact_title: str
    contact: tuple[Fact, ...]
    chapters: tuple[Chapter, ...]
    links: tuple[Link, ...]
    provenance: str
    aids: tuple[Link, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class AnswersView:
    """What an application holds, what each answer means, fees and remedies."""

    frame: Frame
    law: str
    groups: tuple[PointGroup, ...]
    contact: tuple[Fact, ...]
    aids: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ApplicationFormView:
    """The form as a page to print."""

    frame: Frame
    law: str
    form: BlankForm
    contact: tuple[Fact, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A day of receipt and the last days that follow; words instead where no notice decides."""

    received: str
    notice: str
    answer: str
    extended: str


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The working-day calendar for the script: days as 20240930, a space between two."""

    first: str
    last: str
    off: str
    on: str


@dataclass(frozen=True, slots=True)
class TermsView:
    """The terms, the calculator and examples; `first` and `last` in words bound the calendar."""

    frame: Frame
    law: str
    former: str
    terms: tuple[Term, ...]
    calendar: CalendarView
    first: str
    last: str
    year: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class AccessibilityView:
    """无障碍说明."""

    frame: Frame
    contact: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class FormExportView:
    """The form as a file to fill in."""

    bureau: str
    demo: bool
    law: str
    form: BlankForm
    contact: tuple[Fact, ...]
