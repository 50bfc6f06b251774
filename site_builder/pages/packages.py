"""The data package: all tables of all years described for machines.

Promise: whoever reads `datapackage.json` (Data Package v2) knows each file's columns, units and
what a blank, a 0 and a stroke mean, without opening a page.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.disclosure import AnnualReport
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.model.tables import FormTable, Table
from site_builder.pages import routes
from site_builder.pages.context import Context
from site_builder.pages.statistics import csv_name, export_columns, table_title
from site_builder.pages.table_pieces import PackageField, PackageResource
from site_builder.pages.views import PackageView

FIXED = (
    PackageField("行编号", "string", "行在表式中的编号，各年不变"),
    PackageField("统计指标", "string", "表式的指标名称"),
    PackageField("上级指标", "string", "上级指标，由上到下用 / 分隔"),
    PackageField("单位", "string", "计量单位"),
)
NUMERIC = ("count", "signed", "amount", "heading")


def plan_package(context: Context, column: Column) -> Iterator[Page]:
    """gknb/datapackage.json, as soon as one year has a table."""
    library = context.library
    reports = sorted(library.reports, key=lambda report: report.year)
    tables = [(r, r.table) for r in reports if r.table and library.is_public(r)]
    if not tables:
        return
    path = routes.data_package(column)
    view = PackageView(
        name=column.slug.replace("/", "-"),
        title=f"{library.config.site.bureau}{column.name}统计表",
        resources=tuple(
            _resource(report, table, part=part)
            for report, table in tables
            for part in table.form.tables
        ),
    )
    sources = tuple(table.origin.place.file for _, table in tables)
    yield Page(path, "package", "", view, sources)


def _resource(report: AnnualReport, table: Table, *, part: FormTable) -> PackageResource:
    name = csv_name(table.form.tables, part)
    return PackageResource(
        name=f"{report.year}-{part.id}",
        title=f"{report.year}年度：{table_title(part, table)}",
        path=f"{report.year}/tongji.{name}",
        source=str(table.form.cites),
        fields=(*FIXED, *(_field(part, label) for label in export_columns(part))),
    )


def _field(part: FormTable, label: str) -> PackageField:
    kinds = {row.type for _, row in part.walk()} | {c.type for c in part.leaves() if c.type}
    numeric = all(kind in NUMERIC for kind in kinds)
    units = {row.unit for _, row in part.walk() if row.unit not in ("", "—")}
    unit = units.pop() if len(units) == 1 else "见“单位”一列"
    return PackageField(label, "number" if numeric else "string", f"单位：{unit}")
