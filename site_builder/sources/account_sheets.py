"""Account sheets: the sheets of a bureau's workbook, or a CSV file → tables of a budget or account.

Promise: every sheet is a table of the form, or is named with the reason why it is none; no figure
is taken from a table that its title or its heading does not name for certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from site_builder.model.tables import Form, FormTable
from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem
from site_builder.sources.account_headings import AccountHeading, NoHeading, find_heading
from site_builder.sources.account_lines import note_of, read_lines
from site_builder.sources.account_stretches import NUMBER, Stretch, stretches
from site_builder.sources.account_titles import (
    INDEX,
    filler_in,
    is_caption,
    is_other_kind,
    is_remark,
    tables_named,
    unit_in,
    words,
    years_in,
)
from site_builder.sources.blocks import Box, Grid
from site_builder.sources.headings import Matrix
from site_builder.sources.written import WrittenTable

WIDEST = 100  # columns that any printed table has at most
LONGEST = 3000  # rows that any printed table has at most
OTHER = {"budget": ("预算", "决算"), "final-account": ("决算", "预算")}


_Group = tuple[FormTable, ...]  # one table, or the halves of a printed one
_Match = tuple[_Group, AccountHeading | NoHeading]


@dataclass(slots=True)
class _Found:
    """What the sheets of one file gave so far."""

    tables: list[WrittenTable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def tables_of_grids(
    form: Form, grids: Sequence[Grid], *, year: int
) -> tuple[tuple[WrittenTable, ...], tuple[Problem, ...]]:
    """The tables of a form that some sheets hold, and what is wrong with them.

    A sheet may hold several tables one below the other; what is above a table, its year and its
    unit, is looked for between it and the table before.
    """
    found = _Found()
    for grid in grids:
        _sheet(form, grid, year=year, found=found)
    return tuple(found.tables), tuple(found.problems)


def _sheet(form: Form, grid: Grid, *, year: int, found: _Found) -> None:
    matrix = _trimmed(grid).matrix()
    if not matrix:
        return
    if _is_index(grid):
        found.problems.append(_passed_over(grid))
        return
    if len(matrix[0]) > WIDEST or len(matrix) > LONGEST:
        message = f"“{grid.name}”有 {len(matrix)} 行、{len(matrix[0])} 列，不会是预决算的表"
        found.problems.append(Problem("T230", grid.place, message, hint=_known(form)))
        return
    parts = stretches(form, matrix, name=grid.name)
    before = len(found.problems)
    taken = [_stretch(form, part, matrix, year=year, found=found) for part in parts]
    if not any(taken) and len(found.problems) == before:
        found.problems.append(_passed_over(grid))
        return
    left = (part for part, was_table in zip(parts, taken, strict=True) if not was_table)
    found.problems += (_unused(text) for part in left for text in part.texts())


def _trimmed(grid: Grid) -> Grid:
    """The grid as far as anything is written in it."""
    filled = [box for box in grid.boxes if box.text]
    bottom = max((box.bottom for box in filled), default=-1)
    right = max((box.left + box.width for box in filled), default=0)
    boxes = (box for box in grid.boxes if box.bottom <= bottom and box.left + box.width <= right)
    return Grid(grid.name, grid.place, tuple(boxes))


def _is_index(grid: Grid) -> bool:
    first = [box.text for box in grid.boxes if box.text][:3]
    return any(INDEX.search(words(text)) for text in (grid.name, *first) if len(text) < 20)


def _passed_over(grid: Grid) -> Problem:
    start = next(box for box in grid.boxes if box.text)
    return Problem("T231", start.place, f"“{grid.name}”里没有表（“{start.text[:20]}”），没有读")


def _unused(text: Scalar) -> Problem:
    return Problem("T239", text.place, f"“{text.text[:40]}”没有采用")


def _stretch(form: Form, part: Stretch, matrix: Matrix, *, year: int, found: _Found) -> bool:
    """Read one stretch of a sheet; whether it is a table, be it a faulty one."""
    named = tables_named(form, part.title.text) if part.title else part.named
    if named:
        heading = find_heading(named, matrix, lines=part.below_title())
        return _table(form, part, (named, heading), matrix=matrix, year=year, found=found)
    if not part.figures:
        return False
    if part.title and is_other_kind(form, part.title.text):
        found.problems.append(_other_kind(form, part.title))
        return True
    fitting = [] if part.title else _fitting(form, part, matrix)
    if len(fitting) == 1:
        return _table(form, part, fitting[0], matrix=matrix, year=year, found=found)
    found.problems.append(_unknown(form, part, [group for group, _ in fitting]))
    return True


def _fitting(form: Form, part: Stretch, matrix: Matrix) -> list[_Match]:
    """The tables whose headings stand in a stretch without a title: of several the widest."""
    printed = dict.fromkeys(table.printed for table in form.tables if table.printed)
    groups: list[_Group] = [
        *(tuple(t for t in form.tables if t.printed == title) for title in printed),
        *((table,) for table in form.tables),
    ]
    found = [(group, find_heading(group, matrix, lines=part.lines)) for group in groups]
    fits = [match for match in found if isinstance(match[1], AccountHeading)]
    widest = max((_columns(group) for group, _ in fits), default=0)
    return [match for match in fits if _columns(match[0]) == widest]


def _columns(group: _Group) -> int:
    return sum(len(part.leaves()) for part in group)


def _table(
    form: Form, part: Stretch, match: _Match, *, matrix: Matrix, year: int, found: _Found
) -> bool:
    named, heading = match
    found.problems += _other_years(part, year=year)
    if isinstance(heading, NoHeading):
        return _without_heading(part, named, heading, found=found)
    lines = range(heading.bottom + 1, part.lines.stop)
    read = read_lines(heading, matrix, lines=lines, decimals=form.decimals)
    found.problems += read.problems
    above = part.texts(range(part.lines.start, heading.top))
    place = part.title.place if part.title else heading.strips[0].values[0].place
    headings = part.texts(range(heading.top, heading.bottom + 1))
    unit, problems = _unit((*above, *headings), place=place)
    found.problems += problems
    note = note_of((*read.remarks, *above))
    unused = [*read.remarks, *(text for text in above if is_remark(text.text))]
    unused += (text for text in (*above, *headings) if NUMBER.fullmatch(text.text))
    for table in named:
        rows = read.rows[table.id]
        if note is not None and not any(value.text for row in rows for value in row.values):
            unused += (row.code for row in rows if row.code)
            rows = []
        found.tables.append(WrittenTable(table, place, unit, tuple(rows), note, _filler(above)))
    found.problems += (_unused(text) for text in unused if text.place != (note and note.place))
    return True


def _without_heading(part: Stretch, named: _Group, heading: NoHeading, *, found: _Found) -> bool:
    """A title with a note below it, with another heading, or with nothing, as in a list."""
    below = part.texts(part.below_title())
    note = note_of(below)
    start = part.title.place if part.title else part.boxes[0].place
    if note is not None and not part.figures:
        unit = Scalar("", start)
        found.tables += (WrittenTable(table, start, unit, (), note) for table in named)
        found.problems += (_unused(text) for text in below if NUMBER.fullmatch(text.text))
        return True
    if heading.place is None and not part.figures:
        return False
    title = named[0].printed or named[0].title
    lacking = "、".join(f"“{name}”" for name in heading.lacking)
    message = f"“{title}”的表头里没有找到{lacking}"
    place = heading.place.place if heading.place else start
    found.problems.append(Problem("T232", place, message))
    return True


def _other_years(part: Stretch, *, year: int) -> Iterator[Problem]:
    """A title, or else what stands around it, that speaks of other years only."""
    above = [text for text in part.texts() if is_caption(text.text)]
    said = [part.title] if part.title and years_in(part.title.text) else above
    for text in said:
        years = years_in(text.text)
        if years and year not in years:
            message = f"这张表写的是 {years[0]} 年，文件夹是 {year} 年度"
            yield Problem("T233", text.place, message)
            return


def _unit(texts: tuple[Scalar, ...], *, place: Place) -> tuple[Scalar, tuple[Problem, ...]]:
    """The unit a table states; two different ones are a problem at the second."""
    stated = [Scalar(unit, text.place) for text in texts if (unit := unit_in(text.text))]
    if not stated:
        return Scalar("", place), ()
    other = next((unit for unit in stated if unit.text != stated[0].text), None)
    if other is None:
        return stated[0], ()
    message = f"上面写的单位是“{stated[0].text}”，这里写的是“{other.text}”"
    return stated[0], (Problem("T220", other.place, message, related=(stated[0].place,)),)


def _filler(texts: tuple[Scalar, ...]) -> str:
    return next((name for text in texts if (name := filler_in(text.text))), "")


def _other_kind(form: Form, title: Box) -> Problem:
    wanted, other = OTHER[form.series]
    message = f"“{title.text[:40]}”是{other}的表，这里是{wanted}的文件夹"
    return Problem("T234", title.place, message)


def _unknown(form: Form, part: Stretch, fitting: list[_Group]) -> Problem:
    start = part.title or part.boxes[0]
    if fitting:
        names = "、".join(f"“{group[0].printed or group[0].title}”" for group in fitting)
        message = f"没有写表名，表头与{names}都一样，分不清是哪一张"
    else:
        message = f"认不出是哪一张表：“{start.text[:40]}”"
    return Problem("T230", start.place, message, hint=_known(form))


def _known(form: Form) -> str:
    names = dict.fromkeys(table.printed or table.title for table in form.tables)
    return f"这个年度的表有：{'、'.join(names)}。"
