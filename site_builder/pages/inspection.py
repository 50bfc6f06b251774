"""自查报告: what a check found, in the order in which an inspection asks.

Promise: every problem stands in it once, under one 检查项; what was looked at and found right is
said as well, and so is what no file can show.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from site_builder.model.site import SiteConfig
from site_builder.pages.paper_views import Fault, Inspected, InspectionView, Spot
from site_builder.pages.pieces import Fact
from site_builder.problems import CodeEntry, Problem, Severity, catalogue

REGULATION = "《政府信息公开条例》"
TITLE = "政府信息公开平台自查报告"
NOT_OUTSIDE = "这次没有上网检查；要检查，运行 site-builder check --external"
LACK = "内容有错误，网页没有生成，所以网页标签、链接和无障碍没有检查。改正错误以后再查一次。"


@dataclass(frozen=True, slots=True)
class _Item:
    """A 检查项 and the codes, or the beginnings of codes, that belong to it."""

    name: str
    basis: str
    looked: str
    codes: tuple[str, ...]
    on_pages: bool = False


ITEMS = (
    _Item(
        "网站标识和网页标签",
        "国办发〔2017〕47号",
        "网站名称、域名、标识码、备案号；每个网页的标签有没有、空不空",
        ("C301", "C302", "O103", "O104"),
        on_pages=True,
    ),
    _Item(
        "平台栏目",
        "国办公开办函〔2019〕61号",
        "五个规定栏目的名称和顺序；栏目的文件夹和网址",
        ("D609", "D612", "C2", "C306"),
    ),
    _Item(
        "法定主动公开内容",
        f"{REGULATION}第二十条、第二十一条",
        "每一项有没有公开的信息，或者写明不涉及；公开标准目录的每一行",
        ("D530", "D532", "D533", "D535", "C203", "C307", "C308"),
    ),
    _Item(
        "信息更新和空白栏目",
        "国办秘函〔2019〕19号",
        "首页两周、动态要闻两周、通知公告和政策文件六个月的更新；空白栏目的个数",
        ("D531", "D606", "D607", "D608", "D611"),
    ),
    _Item(
        "公开期限",
        f"{REGULATION}第二十六条、第四十九条；《中华人民共和国预算法》第十四条；国办函〔2018〕12号",
        "文件的20个工作日、年度报告、预算决算、网站年度工作报表；公开日期",
        ("D601", "D602", "D603", "D604", "D605", "D610", "D301", "D302", "D303", "D32"),
    ),
    _Item(
        "公开指南和联系方式",
        f"{REGULATION}第十二条",
        "指南的内容；机构名称、办公地址、办公时间、电话、传真、互联网联系方式",
        ("C303", "C304", "D534"),
    ),
    _Item(
        "文件要素和书写",
        f"{REGULATION}第十二条",
        "编号、索引号、文号、概述、有效性、引用的文件、用词和标点",
        ("D2", "D3", "D4", "D5"),
    ),
    _Item(
        "年度报告、预算决算的数据",
        "各年度的规定表式",
        "表内、表间、年度之间的关系；文字与表是否一致",
        ("T",),
    ),
    _Item(
        "审签",
        f"{REGULATION}第十七条",
        "每一项有没有经过全部各步；审签以后有没有改动",
        ("S",),
    ),
    _Item(
        "隐私和保密",
        f"{REGULATION}第十四条、第十五条",
        "正文、表格、附件里的身份证号、电话、银行卡号、密级标志、隐藏内容",
        ("V",),
    ),
    _Item(
        "链接和附件",
        "国办发〔2017〕47号",
        "站内的每个链接、图片、下载和页内位置；附件有没有被引用；上网检查时，通向别的网站的链接",
        ("O101", "O102", "O41", "D204", "D205", "D207"),
        on_pages=True,
    ),
    _Item(
        "无障碍",
        f"{REGULATION}第四十三条",
        "图片的替代文字、表头、标题层次、语言、链接文字、重复的 id",
        ("O40",),
        on_pages=True,
    ),
    _Item(
        "已经公开的网址",
        "国办发〔2017〕47号",
        "登记过的网址是不是都还有内容或者说明；发布记录有没有被改动",
        ("P1", "D55"),
    ),
    _Item(
        "文件格式和模板", "", "config.yaml、每个文件的格式和编码、模板", ("C", "F", "P", "O", "D")
    ),
)
UNSEEN = (
    "网站能不能打开、多快打开：上线以后从外面看。",
    "政治性、常识性的表述错误：用词检查只认得列入词表的写法。",
    "公开的内容是不是属实、完整，公开日期是不是当时的日期：由审签的人负责。",
    "咨询、留言是不是及时答复，申请是不是按期答复：看登记簿和互动平台。",
    "办事服务的事项和指南是不是准确、能办。",
    "图片、扫描件里面的文字，替代文字写得好不好，颜色和键盘的实际使用。",
    "备案号、网站标识码是不是真实有效；网络安全防护。",
    "检查指标里逐项的扣分：这里不打分。",
)


def inspection(
    config: SiteConfig,
    problems: Iterable[Problem],
    *,
    as_of: date,
    has_pages: bool,
    counts: str,
    outside: str,
    style: str,
) -> InspectionView:
    """The report; `has_pages` says whether the pages could be looked at, `outside` what became of
    the links to other websites, if they were.
    """
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(_item_of(problem.code).name, []).append(problem)
    facts = (
        Fact("单位", config.site.bureau),
        Fact("网站", config.site.name),
        Fact("检查的日期", as_of.isoformat()),
        Fact("结果", counts or "没有发现问题"),
        Fact("外部链接", outside or NOT_OUTSIDE),
    )
    items = tuple(
        _inspected(item, found.get(item.name, []), number=number, has_pages=has_pages)
        for number, item in enumerate(ITEMS, 1)
    )
    return InspectionView(style, TITLE, facts, "" if has_pages else LACK, items, UNSEEN)


def _item_of(code: str) -> _Item:
    """The 检查项 that names the code most closely."""
    return max(ITEMS, key=lambda item: _nearness(item, code))


def _nearness(item: _Item, code: str) -> int:
    return max((len(begin) for begin in item.codes if code.startswith(begin)), default=0)


def _inspected(item: _Item, problems: list[Problem], *, number: int, has_pages: bool) -> Inspected:
    codes = sorted({p.code for p in problems}, key=lambda c: (_weight(c), c))
    faults = tuple(_fault(code, [p for p in problems if p.code == code]) for code in codes)
    fine = "没有发现问题" if has_pages or not item.on_pages else "没有检查"
    anchor = f"x{number}" if faults else ""
    return Inspected(item.name, item.basis, item.looked, _counted(faults) or fine, anchor, faults)


def _counted(faults: Iterable[Fault]) -> str:
    numbers = dict.fromkeys(Severity, 0)
    for fault in faults:
        numbers[Severity(fault.weight)] += len(fault.spots)
    return "，".join(f"{weight} {count}" for weight, count in numbers.items() if count)


def _weight(code: str) -> int:
    return list(Severity).index(catalogue()[code].severity)


def _fault(code: str, problems: list[Problem]) -> Fault:
    entry = catalogue()[code]
    spots = tuple(_spot(problem, entry) for problem in problems)
    return Fault(code, str(entry.severity), entry.title, entry.advice.strip(), entry.basis, spots)


def _spot(problem: Problem, entry: CodeEntry) -> Spot:
    """What the entry says already is not said again."""
    advice = "" if problem.hint == entry.advice.strip() else problem.hint
    basis = "" if problem.basis == entry.basis else problem.basis
    return Spot(str(problem.place), problem.message, advice, basis)
