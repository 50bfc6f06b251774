"""Applications: the column 依申请公开 with its form, its terms and its answers.

Promise: the bureau's own text leads; what the regulation says stands beside it with its article,
and no last day is shown that the notices of the State Council do not decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from site_builder.model.application import ApplicationRules
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.model.terms import Application, last_days
from site_builder.model.workdays import calendar_from, next_working_day
from site_builder.pages import routes, standing, structured
from site_builder.pages.application_views import (
    AnswersView,
    ApplicationFormView,
    ApplicationView,
    CalendarView,
    Example,
    FormExportView,
    TermsView,
)
from site_builder.pages.context import Context
from site_builder.pages.frames import contact_facts, frame
from site_builder.pages.pieces import Download, Fact, Frame, Link
from site_builder.pages.views import GuidanceView

FORM, ANSWERS, TERMS = "申请表", "怎样写、会得到什么答复", "答复期限怎么算"
WHERE = ("office", "address", "postcode", "hours", "phone", "fax", "email", "web")
SOURCES = ("config.yaml",)
UNDECIDED = "待定"


def plan_applications(context: Context) -> Iterator[Page]:
    """The column's page and what belongs to it."""
    library = context.library
    column, rules = library.config.column("application"), library.application_rules
    if column is None or rules is None:
        return
    yield _column_page(context, column)
    yield _answers(context, column, rules=rules)
    yield from _form(context, column, rules=rules)
    yield _terms(context, column, rules=rules)


def _column_page(context: Context, column: Column) -> Page:
    library, path = context.library, routes.column(column)
    text = standing.guidance(
        context,
        column,
        record=library.application,
        contact_title="向谁申请",
        about=structured.service(library.config),
    )
    values: dict[str, Any] = {f.name: getattr(text, f.name) for f in fields(GuidanceView)}
    view = ApplicationView(**values, aids=_aids(column), downloads=_downloads(column))
    source = standing.source_of(library.application)
    return Page(path, "html", "pages/application.html", view, (source,))


def _answers(context: Context, column: Column, *, rules: ApplicationRules) -> Page:
    path = routes.answers(column)
    view = AnswersView(
        frame=_frame(context, path, column=column, title=ANSWERS),
        law=rules.law,
        groups=rules.groups,
        contact=contact_facts(context.library.config, ("office", "phone", "supervisor")),
        aids=tuple(aid for aid in _aids(column) if aid.path != path),
    )
    return Page(path, "html", "pages/answers.html", view, SOURCES)


def _form(context: Context, column: Column, *, rules: ApplicationRules) -> Iterator[Page]:
    config, path = context.library.config, routes.application_form(column, name="html")
    to = Fact("受理机关", config.site.bureau)
    contact = (to, *contact_facts(config, WHERE))
    title = rules.form.title
    frame = _frame(context, path, column=column, title=title)
    view = ApplicationFormView(frame, rules.law, rules.form, contact, _downloads(column))
    yield Page(path, "html", "pages/application_form.html", view, SOURCES)
    export = FormExportView(config.site.bureau, config.site.demo, rules.law, rules.form, contact)
    yield Page(routes.application_form(column, name="docx"), "docx", "", export, SOURCES)


def _terms(context: Context, column: Column, *, rules: ApplicationRules) -> Page:
    path = routes.terms(column)
    calendar = calendar_from(rules.since)
    view = TermsView(
        frame=_frame(context, path, column=column, title=TERMS),
        law=rules.law,
        former=rules.former,
        terms=rules.terms,
        calendar=CalendarView(
            first=calendar.first.isoformat(),
            last=calendar.last.isoformat(),
            off=_compact(calendar.off),
            on=_compact(calendar.on),
        ),
        first=_in_words(calendar.first),
        last=_in_words(calendar.last),
        year=str(calendar.last.year),
        examples=tuple(_examples(calendar.last.year, rules)),
    )
    return Page(path, "html", "pages/terms.html", view, SOURCES)


def _examples(year: int, rules: ApplicationRules) -> Iterator[Example]:
    """The first working day of each month, taken as a day of receipt."""
    for month in range(1, 13):
        received = next_working_day(date(year, month, 1))
        if received is not None:
            found = last_days(Application(received), rules.days())
            shown = (_in_words(found[term]) for term in ("notice", "answer", "extended"))
            yield Example(_in_words(received), *shown)


def _frame(context: Context, path: str, *, column: Column, title: str) -> Frame:
    return frame(context.library, path, title=title, column=column)


def _aids(column: Column) -> tuple[Link, ...]:
    return (
        Link(ANSWERS, routes.answers(column)),
        Link(TERMS, routes.terms(column)),
        Link(f"{FORM}（打印后填写）", routes.application_form(column, name="html")),
    )


def _downloads(column: Column) -> tuple[Download, ...]:
    path = routes.application_form(column, name="docx")
    return (Download(f"下载{FORM}", path, "DOCX", "Word、WPS 可以填写"),)


def _compact(days: tuple[date, ...]) -> str:
    return " ".join(f"{day:%Y%m%d}" for day in days)


def _in_words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else UNDECIDED
