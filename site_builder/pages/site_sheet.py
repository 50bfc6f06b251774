"""政府网站年度工作报表: the numbers of a year that the site itself knows.

Promise: a number is counted from publication dates and says how; everything else stays empty for
the bureau to fill in.
"""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.model.disclosure import Document, Record
from site_builder.model.library import Library
from site_builder.pages.paper_views import SheetRow, SiteSheetView
from site_builder.pages.pieces import Fact

NOTICE = (
    "行的名称和顺序由程序拟定，填报前请与当年下发的正式报表核对，以正式报表为准。"
    "填了数的只有从本网站的文件能数出来的，算法写在说明里；空着的由本单位填写。"
)
OUTLINE = ("概况信息", "机构职能", "负责人信息")
INTERPRETATION, NEWS = "政策解读", "工作动态"
# Part, row, unit; what the site knows goes by the name of its row.
ROWS = (
    ("基本情况", "网站名称", ""),
    ("基本情况", "首页网址", ""),
    ("基本情况", "主办单位", ""),
    ("基本情况", "网站类型", ""),
    ("基本情况", "政府网站标识码", ""),
    ("基本情况", "ICP备案号", ""),
    ("基本情况", "公安机关备案号", ""),
    ("访问", "独立用户访问总量", "个"),
    ("访问", "网站总访问量", "次"),
    ("信息发布", "信息发布总数", "条"),
    ("信息发布", "概况类信息更新量", "条"),
    ("信息发布", "政务动态信息更新量", "条"),
    ("信息发布", "信息公开目录信息更新量", "条"),
    ("专栏专题", "维护数量", "个"),
    ("专栏专题", "新开设数量", "个"),
    ("解读回应", "解读信息发布总数", "条"),
    ("解读回应", "其中：解读材料数量", "条"),
    ("解读回应", "其中：解读产品数量", "个"),
    ("解读回应", "其中：媒体评论文章数量", "篇"),
    ("解读回应", "回应公众关注热点或重大舆情数量", "次"),
    ("办事服务", "是否发布服务事项目录", "是/否"),
    ("办事服务", "注册用户数", "个"),
    ("办事服务", "政务服务事项数量", "项"),
    ("办事服务", "可全程在线办理政务服务事项数量", "项"),
    ("办事服务", "办件量总数", "件"),
    ("办事服务", "其中：自然人办件量", "件"),
    ("办事服务", "其中：法人办件量", "件"),
    ("互动交流", "是否使用统一平台", "是/否"),
    ("互动交流", "收到留言数量", "条"),
    ("互动交流", "办结留言数量", "条"),
    ("互动交流", "平均办理时间", "天"),
    ("互动交流", "公开答复数量", "条"),
    ("互动交流", "征集调查期数", "期"),
    ("互动交流", "收到意见数量", "条"),
    ("互动交流", "公布调查结果期数", "期"),
    ("互动交流", "在线访谈期数", "期"),
    ("互动交流", "网民留言数量", "条"),
    ("互动交流", "答复网民提问数量", "条"),
    ("互动交流", "是否提供智能问答", "是/否"),
    ("安全防护", "安全检测评估次数", "次"),
    ("安全防护", "发现问题数量", "个"),
    ("安全防护", "问题整改数量", "个"),
    ("安全防护", "是否建立安全监测预警机制", "是/否"),
    ("安全防护", "是否开展应急演练", "是/否"),
    ("安全防护", "是否明确网站安全责任人", "是/否"),
    ("移动新媒体", "是否有移动新媒体", "是/否"),
    ("移动新媒体", "微博：名称、信息发布量、关注量", ""),
    ("移动新媒体", "微信：名称、信息发布量、订阅数", ""),
    ("移动新媒体", "其他", ""),
    ("创新发展", "搜索即服务、多语言、无障碍浏览、千人千网、其他", ""),
    ("填报", "单位负责人", ""),
    ("填报", "审核人", ""),
    ("填报", "填报人", ""),
    ("填报", "联系电话", ""),
    ("填报", "填报日期", ""),
)


def site_sheet(library: Library, year: int, *, style: str = "") -> SiteSheetView:
    """The sheet of one year."""
    known = {**_identity(library), **_counts(library, year)}
    rows = tuple(SheetRow(*row, *known.get(row[1], ("", ""))) for row in ROWS)
    facts = (
        Fact("主办单位", library.config.site.bureau),
        Fact("年度", str(year)),
        Fact("统计到", library.as_of.isoformat()),
    )
    return SiteSheetView(style, f"{year}年政府网站年度工作报表", facts, NOTICE, rows)


def _identity(library: Library) -> dict[str, tuple[str, str]]:
    site = library.config.site
    return {
        "网站名称": (site.name, ""),
        "首页网址": (site.url, ""),
        "主办单位": (site.bureau, ""),
        "政府网站标识码": (site.id_code, ""),
        "ICP备案号": (site.icp, ""),
        "公安机关备案号": (site.police, ""),
    }


def _counts(library: Library, year: int) -> Mapping[str, tuple[str, str]]:
    public = [record for record in library.records() if library.is_public(record)]
    found = [r for r in public if r.published and r.published.year == year]
    undated = sum(record.published is None for record in public)
    outline = [r for r in found if _type(library, r) in OUTLINE]
    news = [r for r in found if _type(library, r) == NEWS]
    explained = [r for r in found if _is_interpretation(library, r)]
    others = len(found) - len(outline) - len(news)
    left = f"；没有公开日期的 {undated} 条没有计入" if undated else ""
    kinds = "、".join(f"“{name}”" for name in OUTLINE)
    return {
        "信息发布总数": (
            str(len(found)),
            f"公开日期在 {year} 年的文件、年度报告、预算、决算、指南和说明{left}",
        ),
        "概况类信息更新量": (str(len(outline)), f"其中类别（type）是{kinds}的栏目里的"),
        "政务动态信息更新量": (str(len(news)), f"其中类别是“{NEWS}”的栏目里的"),
        "信息公开目录信息更新量": (str(others), "总数减去概况类和政务动态类"),
        "解读信息发布总数": (
            str(len(explained)),
            f"类别是“{INTERPRETATION}”的栏目里的，和写明“解读”哪一件文件的",
        ),
    }


def _type(library: Library, record: Record) -> str:
    if not isinstance(record, Document):
        return ""
    return next((c.type for c in library.config.columns if c.slug == record.column), "")


def _is_interpretation(library: Library, record: Record) -> bool:
    if not isinstance(record, Document):
        return False
    return bool(record.interprets) or _type(library, record) == INTERPRETATION
