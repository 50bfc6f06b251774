"""Account lines: the rows below a heading → written rows, each with its code, name and figures.

Promise: a cell is taken for the column it stands under or it is reported; no figure is joined,
split or moved to another row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from site_builder.model.subjects import LENGTHS
from site_builder.model.tables import FormTable
from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem
from site_builder.sources.account_codes import Levels, code_of
from site_builder.sources.account_headings import AccountHeading, Strip
from site_builder.sources.account_rows import WrittenRow
from site_builder.sources.account_titles import CURRENCY, explains_emptiness, is_caption, is_remark
from site_builder.sources.blocks import Box
from site_builder.sources.headings import Matrix
from site_builder.sources.sheet_blocks import folded

MOST = 50  # problems of one kind in one table that are named
NUMBERED = re.compile(r"栏次|行次|[0-9]{1,2}")
CODED = re.compile(r"([0-9]{3,7})\s*([^0-9\s].*)", re.DOTALL)
FIGURE = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
SERIAL = re.compile(r"|[0-9]{1,4}|栏次|合计|—")
UNIT = re.compile(CURRENCY)
DECIMALS = re.compile(r"-?[0-9]+\.([0-9]+)")
Line = list[Box | None]


@dataclass(slots=True)
class Lines:
    """What stands below a heading: rows by table, remarks and units, and what is wrong."""

    rows: dict[str, list[WrittenRow]] = field(default_factory=dict)
    remarks: list[Scalar] = field(default_factory=list)
    units: list[Scalar] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """One strip being read; `before` and `after` are neighbours with rows of the same table."""

    before: Strip | None
    after: Strip | None
    levels: Levels = field(default_factory=Levels)
    seen: set[Box] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def read_lines(heading: AccountHeading, matrix: Matrix, *, lines: range, decimals: int) -> Lines:
    """The rows of a table, strip by strip where several stand side by side."""
    result = Lines()
    body = list(_body(matrix, lines, result=result))
    strips = (None, *heading.strips, None)
    for before, strip, after in zip(strips, heading.strips, strips[2:], strict=False):
        reading = _Reading(_twin(before, strip), _twin(after, strip))
        rows = [r for index, line in body if (r := _row(strip, line, index=index, reading=reading))]
        result.rows.setdefault(strip.part.id, []).extend(rows)
        result.problems += _first_of_each([*reading.problems, *_long_decimals(rows, decimals)])
    result.problems += _second_rows(heading, result)
    result.remarks += _beside([c for s in heading.strips for c in s.remarks], body)
    units = _beside([c for s in heading.strips for c in s.units], body)
    result.units += (text for text in units if UNIT.fullmatch(folded(text.text)))
    return result


def _twin(other: Strip | None, strip: Strip) -> Strip | None:
    """A neighbour that goes on with the same table."""
    return other if other is not None and other.part is strip.part else None


def _second_rows(heading: AccountHeading, result: Lines) -> Iterator[Problem]:
    """More rows in a table that has one."""
    for strip in heading.strips:
        rows = result.rows[strip.part.id]
        if _only_row(strip.part) and len(rows) > 1:
            message = f"“{strip.part.title}”只有一行数，这里又有一行"
            yield Problem("T236", rows[1].label.place, message)
            del rows[1:]


def _body(matrix: Matrix, lines: range, *, result: Lines) -> Iterator[tuple[int, Line]]:
    """The lines that hold rows; remarks go to the result, numbers of columns are passed over."""
    first = True
    for index in lines:
        line = matrix[index]
        own = [b for b in dict.fromkeys(line) if b is not None and b.text and b.top == index]
        if not own or (first and _is_numbering(own, more=lines.stop - index > 1)):
            continue
        if _is_aside(own):
            result.remarks += (Scalar(box.text, box.place) for box in own)
            continue
        first = False
        yield index, line


def _is_numbering(own: list[Box], *, more: bool) -> bool:
    """The row 栏次: the columns' numbers."""
    texts = [folded(box.text) for box in own]
    if not all(NUMBERED.fullmatch(text) for text in texts):
        return False
    numbers = [int(text) for text in texts if text.isdecimal()]
    rising = numbers == list(range(1, len(numbers) + 1))
    return "栏次" in texts or (rising and more and len(numbers) > 1)


def _is_aside(own: list[Box]) -> bool:
    """A line in one cell that explains, or one of signatures and dates around the table."""
    if is_remark(own[0].text) and not any(box.text[:1].isdecimal() for box in own[1:]):
        return True
    return all(is_caption(box.text) or _is_signature(box.text) for box in own)


def _is_signature(text: str) -> bool:
    return bool(
        re.match(
            r"(?:单位负责人|财务负责人|负责人|审核人?|填表人?|制表人?|编制人|编制日期|填报日期|联系电话)[:：]",
            folded(text),
        )
    )


def _row(strip: Strip, line: Line, *, index: int, reading: _Reading) -> WrittenRow | None:
    label, code = _label(strip, line, index=index, reading=reading)
    if label is not None and _belongs_after(strip, label, line=line, reading=reading):
        return None
    values = tuple(_value(box, line, reading=reading) for box in strip.values)
    reading.problems += _strangers(strip, line, index=index, label=label)
    filled = [value for value in values if value.text]
    alone = _only_row(strip.part)
    if alone is not None:
        return _named(alone, label, values=values) if filled else None
    if label is None and code is None:
        if filled:
            message = f"有数“{filled[0].text[:20]}”，但是没有写是哪一项"
            reading.problems.append(Problem("T236", filled[0].place, message))
        return None
    place = label.place if label else (code.place if code else values[0].place)
    return _split(strip, WrittenRow(Scalar(label.text if label else "", place), values, code))


def _split(strip: Strip, row: WrittenRow) -> WrittenRow:
    """A code written before the name, where codes have no column of their own."""
    coded = CODED.fullmatch(row.label.text)
    if strip.codes or strip.part.codes not in LENGTHS or coded is None:
        return row
    place = row.label.place
    return WrittenRow(Scalar(coded[2], place), row.values, Scalar(coded[1], place))


def _label(
    strip: Strip, line: Line, *, index: int, reading: _Reading
) -> tuple[Box | None, Scalar | None]:
    """The box with a row's name, and its code; a name may stand where codes do (合计)."""
    names = [b for b in _boxes(strip.names, line) if b.text and b.top == index]
    codes = [line[column] for column in strip.codes]
    code, name, problems = code_of(codes, reading.levels, names=names, index=index)
    reading.problems += problems
    for extra in names[:-1]:
        message = f"“{extra.text[:20]}”旁边又有“{names[-1].text[:20]}”，不知道哪一个是名称"
        reading.problems.append(Problem("T236", extra.place, message))
    label = names[-1] if names else name
    if label is None and code is None and reading.before is not None and _filled(strip, line):
        label = _lent(reading.before, line, index=index)
    return label, code


def _belongs_after(strip: Strip, label: Box, *, line: Line, reading: _Reading) -> bool:
    """Whether a name belongs to a figure in the next strip: 公用经费合计 below two lists."""
    after = reading.after
    if after is None:
        return False
    if label.left + label.width > strip.right:
        return True
    labels = _boxes((*after.codes, *after.names), line)
    lends = _lent(strip, line, index=label.top) is label
    return lends and not any(b.text for b in labels) and _filled(after, line)


def _lent(strip: Strip, line: Line, *, index: int) -> Box | None:
    """The name in a strip that has neither a code nor a figure there."""
    if _filled(strip, line):
        return None
    named = [b for b in _boxes((*strip.codes, *strip.names), line) if b.text and b.top == index]
    return named[0] if len(named) == 1 and not named[0].text[:1].isdecimal() else None


def _filled(strip: Strip, line: Line) -> bool:
    return any(box is not None and box.text for box in (line[v.left] for v in strip.values))


def _named(row: str, label: Box | None, *, values: tuple[Scalar, ...]) -> WrittenRow:
    """The one row that a table has; whatever stands before it is a bureau or nothing."""
    first = next(value for value in values if value.text)
    return WrittenRow(Scalar(row, label.place if label else first.place), values)


def _only_row(part: FormTable) -> str | None:
    rows = [row for _, row in part.walk()]
    return rows[0].label if len(rows) == 1 and not part.codes and not part.label else None


def _value(heading: Box, line: Line, *, reading: _Reading) -> Scalar:
    """The figure under a heading; one merged with another's place is reported."""
    columns = range(heading.left, heading.left + heading.width)
    boxes = [box for box in dict.fromkeys(line[c] for c in columns) if box is not None]
    filled = [box for box in boxes if box.text]
    if not filled:
        place = boxes[0].place if boxes else Place(heading.place.file)
        return Scalar("", place)
    box = filled[0]
    wide = box.left < columns.start or box.left + box.width > columns.stop
    if wide or box.height > 1:
        if box not in reading.seen:
            reading.seen.add(box)
            message = f"这一格合并了几个数的位置，分不清“{box.text[:20]}”是哪一个"
            reading.problems.append(Problem("T237", box.place, message))
        return Scalar("", box.place)
    for extra in filled[1:]:
        message = f"“{heading.text[:20]}”下面有两个数：“{box.text[:20]}”和“{extra.text[:20]}”"
        reading.problems.append(Problem("T236", extra.place, message))
    return Scalar(box.text, box.place)


def _strangers(strip: Strip, line: Line, *, index: int, label: Box | None) -> Iterator[Problem]:
    """Cells under no column of the form, and figures where names and serial numbers stand."""
    first = min(value.left for value in strip.values)
    known = {c for v in strip.values for c in range(v.left, v.left + v.width)}
    known |= {*strip.names, *strip.codes, *strip.remarks, *strip.passed}
    known |= {*strip.serials, *strip.units}
    free = [c for c in range(strip.left, strip.right) if c not in known]
    if _only_row(strip.part):
        free = [c for c in free if c > first]  # before it stand the bureau's name and number
    figures = (b for b in _boxes(strip.names, line) if FIGURE.fullmatch(folded(b.text)))
    odd = [b for b in _boxes(strip.serials, line) if not SERIAL.fullmatch(folded(b.text))]
    odd += [b for b in _boxes(strip.units, line) if not UNIT.fullmatch(folded(b.text))]
    for box in (*_boxes(free, line), *figures, *odd):
        if box.text and box.top == index and box is not label:
            message = f"多出“{box.text[:20]}”，表式里没有对应的列"
            yield Problem("T236", box.place, message)


def _boxes(columns: Iterable[int], line: Line) -> list[Box]:
    return [box for box in dict.fromkeys(line[c] for c in columns) if box is not None]


def _beside(columns: list[int], body: list[tuple[int, Line]]) -> list[Scalar]:
    """What stands in columns of remarks, or of units."""
    found = (box for index, line in body for box in _boxes(columns, line) if box.top == index)
    return [Scalar(box.text, box.place) for box in found if box.text]


def _long_decimals(rows: list[WrittenRow], decimals: int) -> Iterator[Problem]:
    """Amounts with more places than the sheet shows: WPS prints them rounded."""
    for value in (value for row in rows for value in row.values):
        found = DECIMALS.fullmatch(value.text)
        if decimals and found and len(found[1].rstrip("0")) > decimals:
            message = f"“{value.text}”多于 {decimals} 位小数，与 WPS 里显示的数可能不同"
            yield Problem("T238", value.place, message)


def _first_of_each(problems: list[Problem]) -> Iterator[Problem]:
    for code in dict.fromkeys(problem.code for problem in problems):
        yield from islice((p for p in problems if p.code == code), MOST)


def note_of(remarks: Iterable[Scalar]) -> Scalar | None:
    """The words that say why a table has no figures, without the mark 注 before them."""
    said = next((remark for remark in remarks if explains_emptiness(remark.text)), None)
    if said is None:
        return None
    return Scalar(re.sub(r"^\s*(?:注|备注|说明)\s*[:：]\s*", "", said.text), said.place)
