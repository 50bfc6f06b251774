"""Tables: an official form as data, and one year's figures in it.

Promise: nothing here knows a year or a row by name; everything about a form comes from its
YAML file in `schemas/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from site_builder.model.fields import Origin, clerk, origin_field
from site_builder.model.form_rules import Relation, Rule
from site_builder.model.wording import ChapterRule, Phrase, Rate
from site_builder.problems import Place

CellType = Literal["heading", "count", "signed", "amount", "money", "yes_no", "text", "names"]
Codes = Literal["", "functional", "economic", "classes", "named"]
Blanks = Literal["unknown", "nothing"]
EMPTY = ("", "—", "/")  # what stands in a cell without a value; each is printed as written
OPEN = 9999  # the last year of a form that names none: it ends when the next of its series begins


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a form; `also` are other spellings of its label that readers accept.

    `article` is the legal anchor of the row, printed as a footnote; `phrases` are the ways in
    which texts speak of its figures.
    """

    id: str = clerk("id")
    label: str = clerk("label")
    type: CellType = clerk("type")
    unit: str = clerk("unit", "")
    also: tuple[str, ...] = clerk("also", ())
    article: str = clerk("article", "")
    phrases: tuple[Phrase, ...] = clerk("phrases", ())
    optional: bool = clerk("optional", False, about="may be left out of a filled-in table")
    rows: tuple[Row, ...] = clerk("rows", ())


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """One column of figures, or a heading over several; a column's type outranks its rows'."""

    id: str = clerk("id")
    label: str = clerk("label")
    also: tuple[str, ...] = clerk("also", ())
    type: CellType | None = clerk("type", None)
    columns: tuple[ValueColumn, ...] = clerk("columns", ())


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table of a form; an extension leaves out what it does not change.

    `label` heads the column of row labels (empty: the form prints no such column); `chapter` is
    the chapter of the report the table stands in, 0 for after the text.

    `codes` says that a filled-in table also has rows of its own, named by subject code: functional
    (类款项), economic (类款), or functional classes by name alone. Their row ids are `T3.2200101`.
    The rows of a `named` table have no codes but names of their own, such as those of projects.
    `units` are those a table may be filled in in, the usual one first. `printed` is the title of
    the printed table of which this one is a half. `note` says in what words a table without
    figures is explained; a table without them must be filled in.
    """

    id: str = clerk("id")
    label: str = clerk("label", "")
    chapter: int = clerk("chapter", 0)
    title: str = clerk("title", "", about="{year} stands for the report year")
    columns: tuple[ValueColumn, ...] = clerk("columns", ())
    rows: tuple[Row, ...] = clerk("rows", ())
    rules: tuple[Rule, ...] = clerk("rules", ())
    rates: tuple[Rate, ...] = clerk("rates", ())
    also: tuple[str, ...] = clerk("also", (), about="other titles that readers accept")
    printed: str = clerk("printed", "")
    codes: Codes = clerk("codes", "")
    units: tuple[str, ...] = clerk("units", ())
    note: str = clerk("note", "")

    def walk(self) -> Iterator[tuple[int, Row]]:
        """Every row with its depth, in printed order."""
        return _walk(self.rows, 0)

    def leaves(self) -> tuple[ValueColumn, ...]:
        """The columns that hold figures, in printed order."""
        return tuple(path[-1] for path in self.paths())

    def paths(self) -> tuple[tuple[ValueColumn, ...], ...]:
        """Each column that holds figures, last, behind the headings above it, in printed order."""
        return tuple(_paths(self.columns, ()))


@dataclass(frozen=True, slots=True)
class Citation:
    """The document a form comes from."""

    title: str = clerk("title")
    number: str = clerk("number", "")

    def __str__(self) -> str:
        return self.number or self.title


@dataclass(frozen=True, slots=True)
class Indicator:
    """A cell that is followed over the years; the same id in another form continues it."""

    id: str = clerk("id")
    label: str = clerk("label")
    row: str = clerk("row")
    column: str = clerk("column")


@dataclass(frozen=True, slots=True)
class Chain:
    """The rows of 结转: what came in from last year, new, closed, and left for next year."""

    carried_in: str = clerk("carried_in")
    received: str = clerk("received")
    closed: str = clerk("closed")
    carried_out: str = clerk("carried_out")
    column: str = clerk("column")


@dataclass(frozen=True, slots=True)
class Form:
    """An official form: its first and last report year, its source, its tables.

    Numbers after a word of `other_matters` in a sentence are not of what the form counts.
    Figures are comparable with those of the forms named in `comparable`, and with no other's.
    A form with a `region` is a local one (地方表式): it applies only where a clerk names it.
    """

    id: str = clerk("id")
    cites: Citation = clerk("cites")
    tables: tuple[FormTable, ...] = clerk("tables")
    series: str = clerk("series", "")
    region: str = clerk("region", "")
    since: int = clerk("from", 0)
    until: int = clerk("until", OPEN)
    chapters: tuple[str, ...] = clerk("chapters", ())
    chapter_rules: tuple[ChapterRule, ...] = clerk("chapter_rules", ())
    other_matters: tuple[str, ...] = clerk("other_matters", ())
    comparable: tuple[str, ...] = clerk("comparable", ())
    indicators: tuple[Indicator, ...] = clerk("indicators", ())
    chain: Chain | None = clerk("chain", None)
    relations: tuple[Relation, ...] = clerk("relations", ())
    decimals: int = clerk("decimals", 0, about="places to which amounts are rounded, 0 for exact")
    blanks: Blanks = clerk("blanks", "unknown", about="what a blank is when figures are added up")
    extends: str = clerk("extends", "")
    origin: Origin = origin_field()

    def counts_like(self, earlier: Form) -> bool:
        """Whether its figures may be held against those of an earlier year's form."""
        return self.id == earlier.id or earlier.id in self.comparable

    def indicator(self, id: str) -> Indicator | None:
        """The cell that it declares as an indicator."""
        return next((found for found in self.indicators if found.id == id), None)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as written. `number` is None unless the text is a number; blank is not zero."""

    text: str
    number: Decimal | None = None
    place: Place = field(default=Place(""), compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether it is blank or struck out."""
        return self.text in EMPTY


@dataclass(frozen=True, slots=True)
class Table:
    """One year's figures: cells by (row id, column id), labels where the source words differ.

    `filler` is the 填报单位. The form of a budget or an account holds the coded rows as they are
    filled in, and each table the one unit it is filled in in; `notes` are the words that stand in
    tables without figures, by table id.
    """

    form: Form
    year: int
    filler: str
    cells: Mapping[tuple[str, str], Cell]
    wordings: Mapping[str, str]
    notes: Mapping[str, Cell] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    origin: Origin = origin_field()

    def number(self, row: str, column: str) -> Decimal | None:
        """The number in a cell, None where there is none."""
        cell = self.cells.get((row, column))
        return cell.number if cell else None

    def text(self, row: str, column: str) -> str:
        """What is written in a cell."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""


def extended(form: Form, extension: Form) -> Form:
    """The form with an extension's titles, rows and rules added to the tables of the same id.

    Tables that the form does not have follow its own.
    """
    added = {table.id: table for table in extension.tables}
    tables = tuple(_joined(t, added.pop(t.id)) if t.id in added else t for t in form.tables)
    return replace(
        form,
        tables=(*tables, *added.values()),
        relations=form.relations + extension.relations,
    )


def succeeded(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """The forms, each that names no last year ended by the next of its series."""
    return tuple(_ended(form, forms) if form.until == OPEN else form for form in forms)


def form_for(forms: tuple[Form, ...], series: str, *, year: int, chosen: str = "") -> Form | None:
    """The newest form of a series that applies to a report year, or the chosen one if it does.

    Local forms are never taken without being chosen.
    """
    fitting = [
        f
        for f in forms_of_year(forms, series, year=year)
        if f.id == chosen or not (chosen or f.region)
    ]
    return max(fitting, key=lambda f: f.since, default=None)


def forms_of_year(forms: tuple[Form, ...], series: str, *, year: int) -> tuple[Form, ...]:
    """The forms of a series that a report of that year may use, local ones among them."""
    return tuple(f for f in forms if f.series == series and f.since <= year <= f.until)


def _ended(form: Form, forms: tuple[Form, ...]) -> Form:
    later = [
        f.since
        for f in forms
        if f.series == form.series and f.region == form.region and f.since > form.since
    ]
    return replace(form, until=min(later) - 1) if later else form


def _joined(base: FormTable, added: FormTable) -> FormTable:
    return replace(
        base,
        title=added.title or base.title,
        rows=base.rows + added.rows,
        rules=base.rules + added.rules,
    )


def _paths(
    columns: tuple[ValueColumn, ...], above: tuple[ValueColumn, ...]
) -> Iterator[tuple[ValueColumn, ...]]:
    for column in columns:
        here = (*above, column)
        if column.columns:
            yield from _paths(column.columns, here)
        else:
            yield here


def _walk(rows: tuple[Row, ...], depth: int) -> Iterator[tuple[int, Row]]:
    for row in rows:
        yield depth, row
        yield from _walk(row.rows, depth + 1)
