"""Series: the figures of all years in one table, to reuse.

Promise: figures that were counted differently never stand in one row, a year without a figure is
blank, and no figure is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from site_builder.model.money import YUAN
from site_builder.model.page import Page, PageKind
from site_builder.model.site import Column
from site_builder.model.tables import Row, Table
from site_builder.pages import amounts, routes
from site_builder.pages.pieces import Download
from site_builder.pages.table_pieces import (
    ExportRow,
    ExportTable,
    PackageField,
    PackageResource,
)
from site_builder.pages.views import TableExportView

Years = Mapping[int, Table]
Groups = Mapping[str, Years]  # of reports one without a name, of accounts 预算 and 决算

FORMATS: tuple[PageKind, ...] = ("xlsx", "json", "csv")
NAMES = ("指标", "表式")
SOURCE = "各行的表式见“表式”一列；统计口径不同的年份分行"
GAP = "空白：这一年没有这个数，或者统计口径不同、在另一行"


def series_links(column: Column) -> tuple[Download, ...]:
    """All figures that are followed over the years, as XLSX, JSON and CSV."""
    return tuple(
        Download(
            "历年数据",
            routes.series(column, name=kind),
            kind.upper(),
            "",
            name=f"{column.name}历年数据.{kind}",
        )
        for kind in FORMATS
    )


def series_pages(groups: Groups, column: Column, *, publisher: str) -> Iterator[Page]:
    """The files behind those links; they belong to no record of one year."""
    tables = [table for own in groups.values() for _, table in sorted(own.items())]
    view = TableExportView(
        title=_title(column, groups),
        publisher=publisher,
        year=max(table.year for table in tables),
        source=SOURCE,
        tables=(_table(column, groups),),
    )
    sources = ("config.yaml", *(table.origin.place.file for table in tables))
    for kind in FORMATS:
        yield Page(routes.series(column, name=kind), kind, "", view, sources)


def series_resource(column: Column, groups: Groups) -> PackageResource:
    """The table's description for machines."""
    return PackageResource(
        name="trends",
        title=_title(column, groups),
        path="trends.csv",
        source=SOURCE,
        fields=(
            PackageField("行编号", "string", "指标和表式的编号"),
            PackageField("指标", "string", "指标的名称"),
            PackageField("表式", "string", "这一行各年所用的表式，由先到后"),
            PackageField("单位", "string", "计量单位"),
            *(PackageField(f"{year}年", "number", GAP) for year in _years(groups)),
        ),
    )


def _title(column: Column, groups: Groups) -> str:
    years = _years(groups)
    return f"{column.name}历年数据（{years[0]}—{years[-1]}年）"


def _years(groups: Groups) -> range:
    found = {year for own in groups.values() for year in own}
    return range(min(found), max(found) + 1)


def _table(column: Column, groups: Groups) -> ExportTable:
    years = _years(groups)
    rows = (row for name, own in groups.items() for row in _rows(name, own, years=years))
    columns = tuple(f"{year}年" for year in years)
    return ExportTable("trends", _title(column, groups), columns, tuple(rows), names=NAMES)


def _rows(group: str, own: Years, *, years: Iterable[int]) -> Iterator[ExportRow]:
    """A row for each indicator and each run of years counted alike, where there is a figure."""
    runs = _runs(own)
    for id, label in _indicators(own).items():
        for run in runs:
            figures = {year: _figure(own[year], id) for year in run}
            held = [year for year in run if figures[year]]
            if held:
                row = _row(own[held[-1]], id)
                yield ExportRow(
                    id=f"{id}.{own[run[0]].form.id}",
                    label=f"{group}{label}",
                    path=tuple(dict.fromkeys(str(own[year].form.cites) for year in run)),
                    unit=amounts.UNIT if row.unit in YUAN else row.unit,
                    type=row.type,
                    values=tuple(figures.get(year, "") for year in years),
                )


def _runs(own: Years) -> list[list[int]]:
    """The years in order, a new run where the form is no longer comparable."""
    runs: list[list[int]] = []
    for year in sorted(own):
        if runs and own[year].form.counts_like(own[runs[-1][-1]].form):
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def _indicators(own: Years) -> dict[str, str]:
    """Every indicator of any year, as its newest form words it."""
    found: dict[str, str] = {}
    for _, table in sorted(own.items(), reverse=True):
        for indicator in table.form.indicators:
            found.setdefault(indicator.id, indicator.label)
    return found


def _figure(table: Table, id: str) -> str:
    """Amounts in 万元, all else as it is; empty where there is none."""
    found = table.form.indicator(id)
    if found is None:
        return ""
    is_money = _row(table, id).unit in YUAN
    number = (amounts.amount if is_money else Table.number)(table, found.row, found.column)
    return "" if number is None else f"{number:f}"


def _row(table: Table, id: str) -> Row:
    """The row in which a form has an indicator; forms are checked to have it."""
    found = table.form.indicator(id)
    rows = (row for part in table.form.tables for _, row in part.walk())
    return next(row for row in rows if found and row.id == found.row)
