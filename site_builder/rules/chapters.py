"""Chapters: a report's headings against those that its form prescribes.

Promise: which headings are prescribed stands in the form's YAML; a report whose form prescribes
none, or is not certain, is let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import normalize

from site_builder.model.disclosure import AnnualReport, Section
from site_builder.model.library import Library
from site_builder.model.tables import Form, forms_of_year
from site_builder.problems import Problem

SERIES = "annual-report"
ALIKE = 0.7  # from here on a heading is taken for a mistyped one
LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Chapters:
    """A report's text by chapter (from 0): the heading's section and those that belong to it."""

    form: Form
    sections: Mapping[int, tuple[Section, ...]]

    def text(self, chapter: int) -> str:
        """The text of a chapter that is there."""
        return "\n".join(section.text for section in self.sections[chapter])

    def title(self, chapter: int) -> str:
        """The prescribed heading without its ordinal."""
        return self.form.chapters[chapter].rpartition("、")[2]


def check_chapters(library: Library) -> Iterator[Problem]:
    """Headings missing, mistyped, out of order or repeated."""
    for report in library.reports:
        chapters = chapters_of(library, report)
        if chapters is not None:
            yield from _headings(report, chapters)


def form_of(library: Library, report: AnnualReport) -> Form | None:
    """The form of a report's table, or the only one of its year; None where that is open."""
    if report.table:
        return report.table.form
    known = forms_of_year(library.forms, SERIES, year=report.year)
    forms = [form for form in known if not form.region]
    return forms[0] if len(forms) == 1 else None


def chapters_of(library: Library, report: AnnualReport) -> Chapters | None:
    """A report's text by chapter; None where its form prescribes no chapters or is not certain."""
    form = form_of(library, report)
    if form is None or not form.chapters:
        return None
    starts = _starts(form, report)
    by_position = {position: chapter for chapter, position in starts.items()}
    sections: dict[int, list[Section]] = {}
    current: list[Section] = []
    for position, section in enumerate(report.body):
        if position in by_position:
            current = sections.setdefault(by_position[position], [])
        current.append(section)
    return Chapters(form, {chapter: tuple(found) for chapter, found in sections.items()})


def _starts(form: Form, report: AnnualReport) -> dict[int, int]:
    """Where each chapter begins: first the headings as prescribed, then those that are near."""
    headings = {i: _plain(s.heading) for i, s in enumerate(report.body) if s.heading}
    starts: dict[int, int] = {}
    for chapter, title in enumerate(form.chapters):
        exact = [i for i, heading in headings.items() if heading == _plain(title)]
        if exact:
            starts[chapter] = exact[0]
    taken = {_plain(title) for title in form.chapters}
    open_headings = {
        heading: i
        for i, heading in reversed(headings.items())
        if heading not in taken and len(heading) <= LONGEST_HEADING
    }
    for chapter, title in enumerate(form.chapters):
        if chapter not in starts:
            near = get_close_matches(_plain(title), open_headings, n=1, cutoff=ALIKE)
            if near:
                starts[chapter] = open_headings.pop(near[0])
    return starts


def _plain(heading: str) -> str:
    """A heading without what typing habits change: width of characters, spaces."""
    return re.sub(r"\s+", "", normalize("NFKC", heading))


def _headings(report: AnnualReport, chapters: Chapters) -> Iterator[Problem]:
    form, basis = chapters.form, str(chapters.form.cites)
    if not chapters.sections:
        message = f"报告没有用规定的 {len(form.chapters)} 章标题"
        yield Problem("D401", report.origin.place, message, hint=_all(form), basis=basis)
        return
    latest = chapters.sections[min(chapters.sections)][0]
    for chapter, title in enumerate(form.chapters):
        if chapter not in chapters.sections:
            message = f"没有找到规定的一章“{title}”"
            yield Problem("D401", report.origin.place, message, basis=basis)
            continue
        head = chapters.sections[chapter][0]
        if _plain(head.heading) != _plain(title):
            message = f"标题“{head.heading}”应当是“{title}”"
            yield Problem("D402", head.place, message, basis=basis)
        if head.place.line < latest.place.line:
            message = f"“{title}”应当排在“{latest.heading}”之后"
            yield Problem("D403", head.place, message, hint=_all(form), basis=basis)
        latest = max(latest, head, key=lambda section: section.place.line)
    yield from _repeated(report, chapters)


def _repeated(report: AnnualReport, chapters: Chapters) -> Iterator[Problem]:
    first: dict[str, Section] = {}
    titles = {_plain(title) for title in chapters.form.chapters}
    for section in report.body:
        heading = _plain(section.heading)
        earlier = first.setdefault(heading, section)
        if heading in titles and earlier is not section:
            message = f"“{section.heading}”一章出现了不止一次"
            yield Problem("D403", section.place, message, related=(earlier.place,))


def _all(form: Form) -> str:
    return "依次是：" + "；".join(form.chapters) + "。"
