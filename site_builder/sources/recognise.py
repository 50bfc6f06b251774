"""Recognition: the blocks of a file → a report of one year: its form, its table, its text.

Promise: what is understood is shown, what is not is named at its place; nothing is guessed, and
a report that stands in the file twice is taken once only when both are the same to the letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.disclosure import Section
from site_builder.model.tables import Form, Table
from site_builder.problems import Place, Problem
from site_builder.sources.blocks import Block, Grid, Paragraph
from site_builder.sources.found_tables import Found, fill, read_tables
from site_builder.sources.headings import known_words
from site_builder.sources.prose import read_prose, title_of, year_in_title
from site_builder.sources.sheet_blocks import folded

FILLER = re.compile(r"(?:填报|填表|报送)单位\S*?[:：]\s*(\S+)")
TABLE_TITLE = re.compile(r".{0,40}?((?:19|20)[0-9]{2})年度?.{0,40}(?:统计报?表|情况表)")
AROUND = re.compile(r"(?:填报|填表|报送)单位.*|表式[:：].*|单位[:：].{0,12}")
OPENING = re.compile(r"((?:19|20)[0-9]{2})年")
FLATTENED = re.compile(r"[0-9./,，-]*")
NEAR = 3  # blocks between a table and the lines that belong above it


@dataclass(frozen=True, slots=True)
class Report:
    """What was understood; `table` and `sections` are empty where the file has none."""

    year: int
    form: Form | None
    title: str
    table: Table | None
    found: tuple[Found, ...]
    sections: tuple[Section, ...]


def recognise(
    blocks: tuple[Block, ...], forms: tuple[Form, ...], *, year: int, file: str
) -> tuple[Report | None, tuple[Problem, ...]]:
    """The report in some blocks. `year` is what the caller says, 0 for what the file says.

    `forms` are those of the annual reports, the newest last.
    """
    once, problems = _once(blocks)
    if not once:
        return None, (Problem("F512", Place(file), "文件里没有文字，也没有表"),)
    known, found = _year(once, year=year, file=file)
    if not known:
        return None, (*problems, *found)
    grids = tuple(block for block in once if isinstance(block, Grid))
    fitting = tuple(form for form in forms if form.since <= known <= form.until)
    reading = read_tables(fitting, grids)
    form = reading.form
    text, flattened = _paragraphs(once, form)
    prose = read_prose(text, form.chapters if form else ())
    captions = [*reading.captions, *(b for b in once if isinstance(b, Paragraph))]
    filler = next((f[1] for c in captions if (f := FILLER.match(c.text))), "")
    table, filled = fill(reading, year=known, filler=filler)
    problems += (*found, *reading.problems, *flattened, *prose.problems, *filled)
    if table is None and not prose.sections:
        problems += (Problem("F512", Place(file), "没有认出报告的文字，也没有认出统计表"),)
    problems += tuple(_unused(reading.captions, form))
    report = Report(known, form, prose.title, table, reading.found, prose.sections)
    return report, problems


def _once(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks without a second copy of the whole."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph):
        return blocks, ()
    texts = [block.text if isinstance(block, Paragraph) else block.texts() for block in blocks]
    size = next((i for i in range(1, len(texts)) if texts[i] == texts[0]), 0)
    if not size or len(first.text) < 8:
        return blocks, ()
    copies = [texts[i : i + size] for i in range(0, len(texts), size)]
    place = blocks[size].place
    if all(copy == copies[0] for copy in copies):
        message = f"同一份报告在文件里出现了 {len(copies)} 遍，逐字相同，只用第一遍"
        return blocks[:size], (Problem("F507", place, message),)
    pairs = zip(copies[0], copies[1], strict=False)
    differing = next((i for i, (a, b) in enumerate(pairs) if a != b), len(copies[1]))
    spot = blocks[min(size + differing, len(blocks) - 1)].place
    message = "同一份报告在文件里出现了两遍，两遍不一样，从这里起不同"
    related = (blocks[min(differing, size - 1)].place,)
    return blocks[:size], (Problem("F506", spot, message, related=related),)


def _year(blocks: tuple[Block, ...], *, year: int, file: str) -> tuple[int, tuple[Problem, ...]]:
    """The year, as told, as titles print it, or else as the first sentence begins."""
    stated = dict(_stated_years(blocks))
    if year:
        others = [(y, place) for y, place in stated.items() if y != year]
        return year, tuple(
            Problem("F510", place, f"这里写的是 {other} 年，要导入的是 {year} 年")
            for other, place in others
        )
    if len(stated) > 1:
        names = "、".join(map(str, stated))
        return 0, (Problem("F510", max(stated.values()), f"标题里有几个年度：{names}"),)
    opening = next((b for b in blocks if isinstance(b, Paragraph)), None)
    found = OPENING.match(opening.text) if opening else None
    known = next(iter(stated), int(found[1]) if found else 0)
    if not known:
        return 0, (Problem("F510", Place(file), "文件里没有写明是哪一年的报告"),)
    return known, ()


def _stated_years(blocks: tuple[Block, ...]) -> Iterator[tuple[int, Place]]:
    paragraphs = tuple(block for block in blocks if isinstance(block, Paragraph))
    title = title_of(paragraphs)
    if title:
        yield year_in_title(title.text), title.place
    boxes = (box for block in blocks if isinstance(block, Grid) for box in block.boxes[:60])
    spots = ((p.text, p.place) for p in paragraphs)
    for text, place in (*spots, *((box.text, box.place) for box in boxes)):
        found = TABLE_TITLE.fullmatch(unicodedata.normalize("NFKC", text))
        if found:
            yield int(found[1]), place


def _paragraphs(
    blocks: tuple[Block, ...], form: Form | None
) -> tuple[tuple[Paragraph, ...], tuple[Problem, ...]]:
    """The paragraphs that are text, and those that were cells of a table."""
    words = known_words(form) if form else frozenset()
    labels = _labels(form)
    kept: list[Paragraph] = []
    flat: list[Paragraph] = []
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        above = any(isinstance(b, Grid) for b in blocks[index : index + NEAR])
        if above and (folded(block.text) in words or _is_around(block.text)):
            continue
        target = flat if _is_flattened(block.text, labels, words=words) else kept
        target.append(block)
    return tuple(kept), tuple(_flattened(flat))


def _is_around(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text)
    return bool(TABLE_TITLE.fullmatch(plain) or AROUND.fullmatch(plain))


def _labels(form: Form | None) -> tuple[str, ...]:
    """Names of rows, the longest first."""
    rows = (row for part in (form.tables if form else ()) for _, row in part.walk())
    names = {folded(name) for row in rows for name in (row.label, *row.also)}
    return tuple(sorted(names, key=len, reverse=True))


def _is_flattened(text: str, labels: tuple[str, ...], *, words: frozenset[str]) -> bool:
    """Whether a paragraph is nothing but names of rows and columns with their figures."""
    plain = folded(text)
    if len(plain) > 2000 or not (labels and re.search(r"[0-9]", plain)):
        return False
    rest = plain
    for name in (*labels, *sorted(words - {""}, key=len, reverse=True)):
        rest = rest.replace(name, "")
    return rest != plain and FLATTENED.fullmatch(rest) is not None


def _flattened(paragraphs: list[Paragraph]) -> Iterator[Problem]:
    for paragraph in paragraphs[:NEAR]:
        message = f"“{paragraph.text[:40]}”像是一张表，但各格之间没有分隔，数分不回去"
        yield Problem("F505", paragraph.place, message)
    if len(paragraphs) > NEAR:
        message = f"后面还有 {len(paragraphs) - NEAR} 处没有分隔的表"
        yield Problem("F505", paragraphs[NEAR].place, message)


def _unused(captions: tuple[Paragraph, ...], form: Form | None) -> Iterator[Problem]:
    """Texts around the tables that say nothing the record has a place for."""
    words = known_words(form) if form else frozenset()
    for caption in captions:
        if folded(caption.text) not in words and not _is_around(caption.text):
            yield Problem("F508", caption.place, f"表旁边的“{caption.text[:40]}”没有用上")
