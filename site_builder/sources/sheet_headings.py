"""Sheet headings: the columns a sheet names, against those of its form.

Promise: figures are taken by position, so a column that names another one is an error; a heading
that is empty, or names the group its column belongs to, is let pass; what stands in no column of
the form is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.values import Scalar
from site_builder.problems import Problem
from site_builder.sources.sheet_blocks import Block, folded

Path = tuple[str, ...]  # the headings over a column, its own last


def check_headings(block: Block) -> Iterator[Problem]:
    """The heading rows of a table: each column under the form's own words, in the form's order.

    A table of one column may be headed as one likes. Where columns stand elsewhere because one is
    not there at all, that one is named instead of them.
    """
    paths = [tuple(column.label for column in path) for path in block.part.paths()]
    found = tuple(_each(block, paths))
    moved = [problem for problem in found if problem.code == "T212"]
    lost = ["／".join(path) for path in paths if not _is_headed(path, block)] if moved else []
    if not lost or _width(block) >= len(paths):
        yield from found
        return
    yield from (problem for problem in found if problem.code != "T212")
    message = f"表头里少了“{'”、“'.join(lost)}”，从这里起的各列都错了位置"
    hint = "补上这一列，放在表式规定的位置；没有数的留空，不要删。"
    yield Problem("T212", moved[0].place, message, hint=hint)


def surplus_columns(block: Block) -> Iterator[Problem]:
    """Columns with content to the right of the form's: none of it is taken."""
    end = block.skip + len(block.part.leaves())
    longest = max(map(len, block.rows), default=0)
    for position in range(end, longest):
        column = (row[position] for row in block.rows if len(row) > position)
        first = next((cell for cell in column if cell.text.strip()), None)
        if first is not None:
            heads = (row[position].text.strip() for row in block.heads if len(row) > position)
            named = next((f"“{head}”这一列" for head in heads if head), "最右边多出的一列")
            message = f"{named}不在表式里，没有采用，里面有“{first.text.strip()[:20]}”"
            yield Problem("T214", first.place, message)


def _each(block: Block, paths: list[Path]) -> Iterator[Problem]:
    for position, path in enumerate(paths if len(paths) > 1 else (), start=block.skip):
        cells = [row[position] for row in block.heads if len(row) > position]
        written = [cell for cell in cells if cell.text.strip()]
        if written and not any(_names(cell, path) for cell in written):
            yield _misheaded(written[-1], path, paths=paths)


def _width(block: Block) -> int:
    """How many columns of figures have a heading."""
    longest = max(map(len, block.heads), default=0)
    texts = (
        "".join(row[position].text for row in block.heads if len(row) > position)
        for position in range(block.skip, longest)
    )
    return sum(bool(text.strip()) for text in texts)


def _is_headed(path: Path, block: Block) -> bool:
    """Whether any cell names just this column."""
    ways = {_bare("".join(path[start:])) for start in range(len(path))}
    return any(_bare(cell.text) in ways for row in block.heads for cell in row)


def _names(cell: Scalar, path: Path) -> bool:
    """Whether a cell names the column, alone or with headings above it, or one of these."""
    ways = {"".join(path[start:]) for start in range(len(path))} | set(path)
    return _bare(cell.text) in {_bare(way) for way in ways}


def _bare(heading: str) -> str:
    """Downloads put a stroke between a heading and those above it."""
    return folded(heading).replace("/", "")


def _misheaded(cell: Scalar, path: Path, *, paths: list[Path]) -> Problem:
    should = "／".join(path)
    if any(_names(cell, other) for other in paths):
        message = f"这一列的表头是“{cell.text}”，按表式这里应当是“{should}”"
        return Problem("T212", cell.place, message)
    message = f"表头“{cell.text}”不是表式里的写法，这里应当是“{should}”"
    return Problem("T213", cell.place, message)
