"""The data package: all tables of all years described for machines.

Promise: whoever reads `datapackage.json` (Data Package v2) knows each file's columns, units and
what a blank, a 0 and a stroke mean, without opening a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.model.disclosure import Account, AnnualReport
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.model.tables import FormTable, Table
from site_builder.pages import routes
from site_builder.pages.account_tables import csv_name as account_csv
from site_builder.pages.account_trends import by_kind, filled
from site_builder.pages.context import Context
from site_builder.pages.series import series_resource
from site_builder.pages.statistics import csv_name, export_columns, table_title
from site_builder.pages.table_pieces import PackageField, PackageResource
from site_builder.pages.trends import charted_years
from site_builder.pages.views import PackageView

ROW = PackageField("行编号", "string", "行在表式中的编号，各年不变")
UNIT = PackageField("单位", "string", "计量单位")
CODE = PackageField("科目编码", "string", "政府收支分类科目编码，没有编码的行为空")
REPORT_FIELDS = (
    ROW,
    PackageField("统计指标", "string", "表式的指标名称"),
    PackageField("上级指标", "string", "上级指标，由上到下用 / 分隔"),
    UNIT,
)
ACCOUNT_FIELDS = (
    PackageField("项目", "string", "科目或者官方表式的项目名称"),
    PackageField("上级项目", "string", "上级科目或者项目，由上到下用 / 分隔"),
    UNIT,
)
NUMERIC = ("count", "signed", "amount", "money", "heading")


def plan_report_package(context: Context, column: Column) -> Iterator[Page]:
    """gknb/datapackage.json, as soon as one year has a table."""
    library = context.library
    reports = sorted(filter(library.is_public, library.reports), key=lambda report: report.year)
    tables = [(r, r.table) for r in reports if r.table]
    resources = (
        _report_table(report, table, part=part)
        for report, table in tables
        for part in table.form.tables
    )
    charted = charted_years(context)
    of_all_years = (series_resource(column, {"": charted}),) if charted else ()
    yield from _package(
        context,
        column,
        resources=(*of_all_years, *resources),
        what="统计表",
        tables=[t for _, t in tables],
    )


def plan_account_package(context: Context, column: Column) -> Iterator[Page]:
    """yjs/datapackage.json, as soon as one document has tables; tables without figures not."""
    tables = [(d, d.table) for _, d in sorted(context.accounts.items()) if d.table]
    resources = (
        _account_table(document, table, part=part)
        for document, table in tables
        for part in table.form.tables
        if part.rows
    )
    groups = by_kind(filled(context))
    of_all_years = (series_resource(column, groups),) if groups else ()
    yield from _package(
        context,
        column,
        resources=(*of_all_years, *resources),
        what="表格",
        tables=[t for _, t in tables],
    )


def _package(
    context: Context,
    column: Column,
    *,
    resources: Iterable[PackageResource],
    what: str,
    tables: list[Table],
) -> Iterator[Page]:
    if not tables:
        return
    view = PackageView(
        name=column.slug.replace("/", "-"),
        title=f"{context.library.config.site.bureau}{column.name}{what}",
        resources=tuple(resources),
    )
    sources = tuple(table.origin.place.file for table in tables)
    yield Page(routes.data_package(column), "package", "", view, sources)


def _report_table(report: AnnualReport, table: Table, *, part: FormTable) -> PackageResource:
    name = csv_name(table.form.tables, part)
    return PackageResource(
        name=f"{report.year}-{part.id}",
        title=f"{report.year}年度：{table_title(part, table)}",
        path=f"{report.year}/tongji.{name}",
        source=str(table.form.cites),
        fields=(*REPORT_FIELDS, *_fields(part)),
    )


def _account_table(document: Account, table: Table, *, part: FormTable) -> PackageResource:
    slug = routes.REGISTER_SLUGS[document.kind]
    code = (CODE,) if part.codes else ()
    return PackageResource(
        name=f"{document.year}-{slug}-{part.id.lower()}",
        title=f"{document.title}：{table_title(part, table)}",
        path=f"{document.year}/{slug}.{account_csv(part)}",
        source=str(table.form.cites),
        fields=(ROW, *code, *ACCOUNT_FIELDS, *_fields(part)),
    )


def _fields(part: FormTable) -> tuple[PackageField, ...]:
    return tuple(_field(part, label) for label in export_columns(part))


def _field(part: FormTable, label: str) -> PackageField:
    kinds = {row.type for _, row in part.walk()} | {c.type for c in part.leaves() if c.type}
    numeric = all(kind in NUMERIC for kind in kinds)
    units = {row.unit for _, row in part.walk() if row.unit not in ("", "—")}
    unit = units.pop() if len(units) == 1 else "见“单位”一列"
    return PackageField(label, "number" if numeric else "string", f"单位：{unit}")
