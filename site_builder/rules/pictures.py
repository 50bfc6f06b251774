"""Pictures: a statistics table that a report shows as a picture only.

Promise: a picture beside a table that is kept as figures is never called wrong, nor one of a year
for which no form is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.disclosure import AnnualReport, Section
from site_builder.model.library import Library
from site_builder.model.tables import form_for
from site_builder.problems import Place, Problem
from site_builder.rules.chapters import SERIES, Chapters, chapters_of
from site_builder.rules.prose import Passage, lines

PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
OF_A_TABLE = re.compile(r"统计|附表|情况表|报表|表[一二三四0-9]")
PICTURE_FILE = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|webp)$", re.IGNORECASE)


def check_pictures(library: Library) -> Iterator[Problem]:
    """Reports without figures that hold a picture where the form has its tables."""
    for report in library.reports:
        form = form_for(library.forms, SERIES, year=report.year)
        if form is None or report.table is not None:
            continue
        places = [*_shown(report, chapters_of(library, report)), *_attached(report)]
        if places:
            message = f"{report.year}年度的统计表只有图片，没有可以核对和下载的数"
            related = tuple(places[1:])
            basis = f"统计表式：{form.cites}"
            yield Problem("D414", places[0], message, basis=basis, related=related)


def _shown(report: AnnualReport, chapters: Chapters | None) -> Iterator[Place]:
    """Pictures in a chapter that has a table, and those called a table elsewhere."""
    held: set[Section] = set()
    if chapters is not None:
        ours = {part.chapter - 1 for part in chapters.form.tables}
        held = {s for chapter in ours for s in chapters.sections.get(chapter, ())}
    for section in report.body:
        above = section.heading
        for line in lines((section,)):
            for found in PICTURE.finditer(line.written):
                if section in held or OF_A_TABLE.search(above + line.text):
                    yield line.at(found.start())
            above = _words(line) or above


def _words(line: Passage) -> str:
    return PICTURE.sub("", line.written).strip()


def _attached(report: AnnualReport) -> Iterator[Place]:
    for attachment in report.attachments:
        named = OF_A_TABLE.search(attachment.title + attachment.file)
        if named and PICTURE_FILE.search(attachment.file):
            yield attachment.origin.at("文件")
