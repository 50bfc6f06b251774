"""Standard items: the rows of a 基层政务公开标准目录, as its table prints them.

Promise: a cell that the source of a row does not state is empty; no row is made up.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.model.fields import Origin, clerk, origin_field

STANDARDS = ("natural-resources",)  # those that come with the product, as config.yaml names them


@dataclass(frozen=True, slots=True)
class StandardItem:
    """One row (公开事项) with the columns of the national table."""

    number: str = clerk("序号", about="文件的“公开事项”用它指明这一行，全站不重复")
    first: str = clerk("一级事项")
    second: str = clerk("二级事项", "")
    contents: str = clerk("公开内容", "", about="公开内容（要素）")
    basis: str = clerk("公开依据", "")
    term: str = clerk("公开时限", "")
    publisher: str = clerk("公开主体", "")
    channels: str = clerk("公开渠道", "", about="公开渠道和载体")
    audience: str = clerk("公开对象", "", about="全社会，或者特定群体")
    manner: str = clerk("公开方式", "", about="主动，或者依申请")
    level: str = clerk("公开层级", "", about="县级，或者乡级")
    origin: Origin = origin_field()

    @property
    def name(self) -> str:
        """Its two levels in one line."""
        return " / ".join(part for part in (self.first, self.second) if part)


@dataclass(frozen=True, slots=True)
class StandardItems:
    """公开标准目录.yaml: a table of rows, where it comes from, and what readers should know."""

    title: str = clerk("名称")
    source: str = clerk("出处", about="根据哪一份公布的目录")
    items: tuple[StandardItem, ...] = clerk("事项")
    remark: str = clerk("备注", "", about="印在表格上面，例如目录不全")
    origin: Origin = origin_field()
