"""What a workbook of statistics keeps from the eye: hidden rows and columns, merged figures.

Promise: what is read does not change; the clerk is told where the sheet shows something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem
from site_builder.sources.sheets import Sheet
from site_builder.sources.workbook_guard import UnfitError
from site_builder.sources.workbook_layout import Layout, layouts, position

FIGURE = re.compile(r"[+-]?[0-9][0-9.,]*(?:[（(].*)?|是|否", re.DOTALL)
MOST_NAMED = 6  # hidden rows and columns of one sheet
Cells = dict[tuple[int, int], Scalar]


def unseen(data: bytes, sheets: tuple[Sheet, ...], *, path: str) -> tuple[Problem, ...]:
    """What is hidden or merged in the sheets of a workbook that has been read."""
    try:
        known = layouts(data)
    except UnfitError as reason:
        return (Problem("F402", Place(path), str(reason)),)
    found: list[Problem] = []
    for sheet in sheets:
        texts = (cell for row in sheet.rows for cell in row if cell.text.strip())
        cells = {position(cell.place.cell.rpartition("!")[2]): cell for cell in texts}
        found += (*_hidden(cells, known[sheet.name]), *_merged(cells, known[sheet.name]))
    return tuple(found)


def _hidden(cells: Cells, layout: Layout) -> Iterator[Problem]:
    """One problem for all that a sheet hides."""
    hidden = {spot: cell for spot, cell in cells.items() if layout.hides(*spot)}
    if not hidden:
        return
    names = list(dict.fromkeys(_line(spot, cell, layout) for spot, cell in hidden.items()))
    more = f"等 {len(names)} 处" if len(names) > MOST_NAMED else ""
    message = f"{'、'.join(names[:MOST_NAMED])}{more}是隐藏的，里面有内容，照样按表式读取"
    yield Problem("T215", next(iter(hidden.values())).place, message)


def _line(spot: tuple[int, int], cell: Scalar, layout: Layout) -> str:
    """The hidden row or column a cell stands in, as the spreadsheet program names it."""
    if spot[0] in layout.rows:
        return f"第 {spot[0] + 1} 行"
    return f"{cell.place.cell.rpartition('!')[2].rstrip('0123456789')} 列"


def _merged(cells: Cells, layout: Layout) -> Iterator[Problem]:
    """Figures that reach over the places of others; titles and headings may."""
    for top, left, bottom, right in layout.merged:
        cell = cells.get((top, left))
        if cell and (top, left) != (bottom, right) and FIGURE.fullmatch(cell.text.strip()):
            count = (bottom - top + 1) * (right - left + 1)
            message = f"{count} 格合并成一格，“{cell.text.strip()[:20]}”只算在左上角的一格"
            yield Problem("T216", cell.place, f"{message}，其余的当作没有填")
