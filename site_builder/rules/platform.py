"""Platform: the parts that the column 政府信息公开 of every body has, under the same names.

Promise: a part that is missing, goes by another name or stands elsewhere is named with the part
it should be.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.problems import Problem

PARTS = (
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
)


def check_platform(library: Library) -> Iterator[Problem]:
    """国办公开办函〔2019〕61号: same names, same order, whoever publishes."""
    top = [column for column in library.config.columns if column.is_top]
    names = [column.name for column in top]
    missing = [part for part in PARTS if part not in names]
    if missing:
        place = library.config.origin.at("columns")
        listed = "、".join(f"“{part}”" for part in missing)
        yield Problem("D609", place, f"没有名称是{listed}的栏目")
    present = [column for column in top if column.name in PARTS]
    wanted = sorted(present, key=lambda column: PARTS.index(column.name))
    for column, should in zip(present, wanted, strict=True):
        if column is not should:
            order = "、".join(part for part in PARTS if part in names)
            place = column.origin.at("folder")
            yield Problem("D612", place, f"栏目的顺序不对，应当是：{order}")
            return
