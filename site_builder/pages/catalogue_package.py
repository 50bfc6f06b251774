"""The catalogue's data package: what each column of its files means, for machines.

Promise: every column of the files is described, in their order, and a date is called one.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.page import Page
from site_builder.pages import routes
from site_builder.pages.context import Context
from site_builder.pages.pieces import Download
from site_builder.pages.standard_items import HEADINGS, PUBLISHED
from site_builder.pages.table_pieces import PackageField, PackageResource
from site_builder.pages.views import PackageView
from site_builder.pages.whole_lists import DIRECTORY

PACKAGE = Download("各列的数据说明（datapackage.json）", routes.CATALOGUE_PACKAGE, "JSON", "")
FIELDS = (
    PackageField("索引号", "string", "在目录里唯一，不随内容更改"),
    PackageField("名称", "string", "标题"),
    PackageField("内容概述", "string", "讲什么"),
    PackageField("生成日期", "date", "成文日期"),
    PackageField("文号", "string", "发文字号"),
    PackageField("类别", "string", "所在的栏目"),
    PackageField("体裁", "string", "通知、公告、办法等"),
    PackageField("有效性", "string", "现行有效、已修改、已废止、已失效或者尚未施行"),
    PackageField("公开日期", "date", "在网站上公开的日期"),
    PackageField("网页", "string", "全文所在的网址；没有写网站网址的，从网站首页所在的文件夹写起"),
)


def plan_catalogue_package(context: Context) -> Iterator[Page]:
    """mulu/datapackage.json."""
    view = PackageView(
        name=routes.CATALOGUE.partition("/")[0],
        title=f"{context.library.config.site.bureau}{DIRECTORY}",
        resources=tuple(_resources(context)),
    )
    yield Page(routes.CATALOGUE_PACKAGE, "package", "", view, ("config.yaml",))


def _resources(context: Context) -> Iterator[PackageResource]:
    bureau = context.library.config.site.bureau
    path = _inner(routes.catalogue_export("csv"))
    yield PackageResource("catalogue", f"{bureau}{DIRECTORY}", path, bureau, FIELDS)
    for standard in context.library.standards[:1]:
        own = (PackageField(name, "string", "目录这一列的原文") for name in HEADINGS)
        more = PackageField(PUBLISHED, "string", "填写了这一行的文件的名称，用分号隔开")
        path = _inner(routes.standard_items_export("csv"))
        source = standard.source or bureau
        yield PackageResource("standard-items", standard.title, path, source, (*own, more))


def _inner(path: str) -> str:
    """An address in the folder of the package."""
    return path.removeprefix(routes.CATALOGUE_PACKAGE.removesuffix("datapackage.json"))
