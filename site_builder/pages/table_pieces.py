"""Table pieces: what tables, charts and downloads are made of, as plain values ready to print.

Promise: every number is text already formatted, every length of a drawing a percentage.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellView:
    """A printed value; `kind` is number, text, blank or none (a heading has no value).

    `last` is what stood there last year, where it is to be printed beneath.
    """

    id: str
    text: str
    kind: str
    last: str = ""


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A column's heading, over `columns` columns and `rows` rows."""

    text: str
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class RowView:
    """A printed row: `depth` from 0, `id` is its anchor, `article` its legal anchor.

    `last` is the figure of last year, None where the table has no column for it.
    """

    id: str
    depth: int
    label: str
    unit: str
    heading: bool
    article: str
    cells: tuple[CellView, ...]
    last: CellView | None


@dataclass(frozen=True, slots=True)
class SectionView:
    """A row of depth 0 and those under it; the only one of a table without depth has no title."""

    title: str
    folds: bool
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class TableNote:
    """The form's source; the report last year's figures come from, if any, and its path."""

    source: str
    last: str
    last_path: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A statistics table as printed; an empty `label` prints no column of row labels.

    `head` holds the rows of column headings, `width` is the number of value columns, `unit` the
    one that holds for all rows; `mixed` tables have several, `last` ones a column of last year's
    figures. A `filler` or a `note` said at another table of the chapter is not said again.
    """

    id: str
    title: str
    filler: str
    label: str
    head: tuple[tuple[HeadCell, ...], ...]
    width: int
    unit: str
    mixed: bool
    last: bool
    sections: tuple[SectionView, ...]
    note: TableNote | None


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One row of a table for reuse; `values` are the texts as written, `code` is a subject's."""

    id: str
    label: str
    path: tuple[str, ...]
    unit: str
    type: str
    values: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table to reuse; a column's name is the path of its headings.

    `names` head the label of a row and of those above it; a `coded` table has a column of codes.
    `note` stands in place of rows.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[ExportRow, ...]
    names: tuple[str, str] = ("统计指标", "上级指标")
    coded: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackageField:
    """A column of a CSV file, for machines."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class PackageResource:
    """A CSV file, for machines; `path` is relative to the package."""

    name: str
    title: str
    path: str
    source: str
    fields: tuple[PackageField, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of a chart. Lengths are percentages of the drawing ("12.5%").

    `value` is empty for a year without a figure, which is drawn as a gap; `breaks` says that the
    figures before it were counted differently.
    """

    year: str
    short: str
    value: str
    edge: str
    x: str
    middle: str
    width: str
    y: str
    height: str
    change: str
    path: str
    breaks: bool


@dataclass(frozen=True, slots=True)
class ChartView:
    """An indicator over the years, drawn as columns with its data beneath."""

    id: str
    title: str
    unit: str
    description: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A year of 结转; `state` says whether it begins where the year before ended."""

    year: str
    carried_in: str
    received: str
    closed: str
    carried_out: str
    state: str
    broken: bool
