"""Intake: a file that somebody wants to import → its blocks.

Promise: whatever the file type, the same report gives the same paragraphs and the same boxes; a
file that cannot be read is refused with its reason, a cell nobody sees is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem
from site_builder.sources.blocks import Block, Box, Grid, grid_of, is_too_large
from site_builder.sources.disguises import content_of
from site_builder.sources.files import MIB, read_bytes
from site_builder.sources.names import shown
from site_builder.sources.pasted import read_pasted
from site_builder.sources.sheets import Sheet, read_csv, read_workbook
from site_builder.sources.texts import read_text
from site_builder.sources.web_page import read_web_page
from site_builder.sources.word_document import read_word
from site_builder.sources.workbook_guard import UnfitError
from site_builder.sources.workbook_layout import Layout, layouts, position

LIMITS = {
    ".xlsx": 20 * MIB,
    ".xls": 20 * MIB,
    ".docx": 20 * MIB,
    ".csv": 2 * MIB,
    ".txt": 2 * MIB,
    ".md": 2 * MIB,
    ".html": 2 * MIB,
    ".htm": 2 * MIB,
}
MAX_BLOCKS = 5000
MAX_GRIDS = 200
MAX_HIDDEN = 20  # of one sheet that are named
Read = tuple[tuple[Block, ...], tuple[Problem, ...]]


def read_intake(path: Path) -> Read:
    """The blocks of a file and what is wrong with it (F501 where it cannot be read at all)."""
    file, suffix = shown(path.as_posix()), path.suffix.lower()
    if suffix not in LIMITS:
        kind = f" {suffix} " if suffix else "没有扩展名的"
        message = f"不能导入{kind}文件，能导入的有：{'、'.join(LIMITS)}"
        return (), (Problem("F501", Place(file), message),)
    data, problems = read_bytes(path.parent, path.name)
    problems = tuple(replace(p, place=Place(file)) for p in problems)
    if not problems and len(data) > LIMITS[suffix]:
        problems = (_too_large(data, file, suffix=suffix),)
    if problems:
        return (), problems
    if suffix == ".docx":
        return _bounded(*read_word(data, file), file=file)
    if suffix == ".xls":
        return _of_xls(data, file)
    if suffix == ".xlsx":
        return _of_workbook(data, file)
    return _bounded(*_of_text(data, file, suffix=suffix), file=file)


def _of_xls(data: bytes, file: str) -> Read:
    """What the file is, whatever its name; of a page or a text the first bytes say it."""
    try:
        content = content_of(data)
    except UnfitError as reason:
        return (), (Problem("F402", Place(file), str(reason)),)
    if content == "workbook":
        return _of_workbook(data, file)
    suffix = ".html" if content == "page" else ".txt"
    if len(data) > LIMITS[suffix]:
        return (), (_too_large(data, file, suffix=suffix),)
    return _bounded(*_of_text(data, file, suffix=suffix), file=file)


def _too_large(data: bytes, file: str, *, suffix: str) -> Problem:
    message = f"文件有 {len(data) / MIB:.1f} MB，超过上限 {LIMITS[suffix] // MIB} MB"
    return Problem("F104", Place(file), message)


def _bounded(blocks: tuple[Block, ...], problems: tuple[Problem, ...], *, file: str) -> Read:
    """The blocks, unless there are more than any report has: matching takes time for each."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    if len(blocks) <= MAX_BLOCKS and len(grids) <= MAX_GRIDS:
        large = next((grid for grid in grids if is_too_large(grid.boxes)), None)
        if large is None:
            return blocks, problems
        return (), (
            *problems,
            Problem("F501", large.place, "这张表太大，不会是一份年度报告的统计表"),
        )
    message = f"文件有 {len(blocks)} 段文字和表，不会是一份年度报告"
    return (), (*problems, Problem("F501", Place(file), message))


def workbook_blocks(data: bytes, file: str) -> Read:
    """The sheets of a workbook as grids, merged cells and all, for whoever reads one."""
    return _of_workbook(data, file)


def _of_text(data: bytes, file: str, *, suffix: str) -> Read:
    text, problems = read_text(data, file)
    if suffix == ".csv":
        sheet, found = read_csv(text, file)
        rows = sheet.rows if sheet else ()
        grids = (grid_of("表", Place(file, 1, 1), rows=rows),) if rows else ()
        return grids, problems + found
    if suffix in (".html", ".htm"):
        blocks, found = read_web_page(text, file)
        return blocks, problems + found
    return read_pasted(text, file), problems


def _of_workbook(data: bytes, file: str) -> Read:
    sheets, problems = read_workbook(data, file)
    try:
        known = layouts(data) if sheets else {}
    except UnfitError as reason:
        return (), (*problems, Problem("F402", Place(file), str(reason)))
    blocks: list[Block] = []
    for sheet in sheets:
        grid = _grid(sheet, known[sheet.name], file=file)
        problems += tuple(_hidden(grid, known[sheet.name]))
        if any(box.text for box in grid.boxes):
            blocks.append(grid)
    return tuple(blocks), problems


def _grid(sheet: Sheet, layout: Layout, *, file: str) -> Grid:
    """The sheet's cells as boxes; those that a merged cell covers are gone."""
    spans = {(top, left): (bottom, right) for top, left, bottom, right in layout.merged}
    cells = {_spot(cell): cell for row in sheet.rows for cell in row}
    last_row, last_column = (max((spot[i] for spot in cells), default=0) for i in (0, 1))
    covered: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for (row, column), cell in sorted(cells.items()):
        if (row, column) in covered:
            continue
        bottom, right = spans.get((row, column), (row, column))
        bottom, right = min(bottom, last_row), min(right, last_column)
        covered |= {(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)}
        size = (bottom - row + 1, right - column + 1)
        boxes.append(Box(cell.text.strip(), cell.place, row, column, *size))
    return Grid(sheet.name, Place(file, cell=f"{sheet.name}!A1"), tuple(boxes))


def _spot(cell: Scalar) -> tuple[int, int]:
    return position(cell.place.cell.rpartition("!")[2])


def _hidden(grid: Grid, layout: Layout) -> Iterable[Problem]:
    """Cells with text in hidden rows and columns: nobody who looked at the sheet checked them."""
    found = [box for box in grid.boxes if box.text and layout.hides(box.top, box.left)]
    for box in found[:MAX_HIDDEN]:
        message = f"这一格在隐藏的行或列里，内容是“{box.text[:20]}”"
        yield Problem("F511", box.place, message)
