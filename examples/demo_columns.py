"""The columns of the demonstration that hold documents: one for every statutory item it
has to do with.

Promise: their order is that of 《条例》 Art. 20 and 21.
"""

from __future__ import annotations

# Folder, slug, number of the item, ColumnType.
COLUMNS = (
    ("规范性文件", "gfxwj", 1, "政策文件"),
    ("政策解读", "zcjd", 1, "政策解读"),
    ("机构职能", "jgzn", 2, "信息公开目录"),
    ("规划", "ghjh", 3, "信息公开目录"),
    ("统计信息", "tjxx", 4, "信息公开目录"),
    ("行政许可", "xzxk", 5, "信息公开目录"),
    ("许可结果", "xkjg", 5, "信息公开目录"),
    ("行政处罚", "xzcf", 6, "信息公开目录"),
    ("收费项目", "sfxm", 8, "信息公开目录"),
    ("政府采购", "zfcg", 9, "信息公开目录"),
    ("重大项目", "zdxm", 10, "信息公开目录"),
    ("民生服务", "msfw", 11, "信息公开目录"),
    ("应急管理", "yjgl", 12, "信息公开目录"),
    ("监督检查", "jdjc", 13, "信息公开目录"),
    ("通知公告", "tzgg", 15, "信息公开目录"),
    ("土地征收", "tdzs", 21, "信息公开目录"),
)


def document_columns() -> str:
    """Their part of `config.yaml`."""
    return "".join(
        f"  - folder: 法定主动公开内容/{folder}\n    slug: fd/{slug}\n    kind: documents\n"
        f"    type: {kind}\n    item: {item}\n    description: 示例：{folder}。\n"
        f"    keywords: [{folder}]\n"
        for folder, slug, item, kind in COLUMNS
    )
