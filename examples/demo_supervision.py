"""The demonstration's plans, figures, penalties, inspections, projects, purchases and emergencies.

Promise: totals are the sums of what is listed, and only firms are named, which do not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from examples.demo_drafts import Draft, Enclosure, chapters, day, link, ordered, soon, table
from examples.demo_files import comma_separated, printed
from examples.demo_places import FIRMS, HAZARDS, MINERALS, TOWNS, USES, WORKS, hectares, place, some

PLANS = (
    ("矿产资源总体规划", 2009), ("土地利用总体规划", 2010), ("地质灾害防治规划", 2011),
    ("测绘地理信息发展规划", 2012), ("土地整治规划", 2013), ("城乡建设用地增减挂钩规划", 2014),
    ("绿色矿山建设规划", 2016), ("基础测绘规划", 2017), ("国土绿化空间规划", 2018),
    ("国土空间生态修复规划", 2020), ("国土空间总体规划", 2021), ("历史文化名村保护规划", 2022),
    ("城市地下空间利用规划", 2023), ("加油加气充电设施布点规划", 2024), ("湿地保护规划", 2025),
)  # fmt: skip
AIMS = (
    "落实最严格的耕地保护制度，守住耕地保有量和永久基本农田两条红线，坚决制止“非农化”，防止“非粮化”。",
    "构建“一心两带三区”的总体格局，中心城区集约紧凑发展，沿河生态带、沿山生态带贯通南北。",
    "开展全域土地综合整治，归并零散图斑，改造坡耕地，建设旱涝保收、宜机作业的高标准农田。",
    "实施山水林田湖草一体化保护修复，治理历史遗留矿山，疏浚淤塞河道，恢复退化湿地。",
    "保护古村落、古驿道、古桥梁和传统民居，划定紫线，禁止大拆大建，延续街巷肌理。",
    "统筹布局交通、水利、能源、通信等基础设施，预留高压走廊、输气管道和物流仓储通道。",
    "健全规划实施评估机制，一年一体检、五年一评估，结果作为调整完善的依据。",
)
OFFENCES = (
    ("未经批准占用土地建设厂房", "责令退还非法占用的土地，限期拆除新建的建筑物，并处罚款"),
    ("超越批准的矿区范围开采", "责令退回本矿区范围内开采，没收越界开采的矿产品，并处罚款"),
    ("临时用地期满未复垦", "责令限期改正，处以土地复垦费一倍以上二倍以下的罚款"),
    ("未汇交测绘成果", "责令限期汇交，给予警告"),
    ("破坏耕作层取土", "责令限期治理，恢复种植条件，并处罚款"),
    ("未按照规划许可建设", "责令停止建设，限期改正，处工程造价百分之六的罚款"),
)
CARE = (
    "汛前对在册隐患点逐点核查，更新防灾预案表、工作明白卡和避险明白卡，落实群测群防员。",
    "汛期实行二十四小时值班和灾情零报告制度；发布橙色以上预警时，受威胁群众一律先行撤离。",
    "对威胁学校、集镇和安置点的隐患点安装裂缝计、雨量计和声光报警器，实现自动化监测。",
    "会同气象、水利、应急管理部门会商研判，靶向发布风险提示，做到“叫应”闭环。",
    "组织避险转移演练，重点检验夜间撤离、老弱病残转移和断电断网条件下的信号传递。",
    "储备救生绳、应急灯、卫星电话和编织袋等物资，明确抢险队伍和大型机械的集结地点。",
)
FOUND = (
    "双随机抽查采取系统随机匹配检查对象、随机选派执法人员的方式，检查结果十个工作日内公开。",
    "检查发现界桩缺失、台账不全、排水沟淤堵等问题，已经当场开具整改通知书。",
    "对逾期未整改的单位，约谈主要负责人，并依法移送有关部门处理。",
    "检查坚持寓服务于监管，同步讲解绿色矿山标准、复垦方案编制要点和年度信息填报方法。",
    "经复查，责令整改的事项已经全部完成，相关档案一案一卷归档。",
)


def supervision_drafts(rng: Random) -> Iterator[Draft]:
    """Everything of the years, column by column."""
    for number, (name, year) in enumerate(PLANS, 1):
        yield _plan(rng, number, name=name, year=year)
    for year in range(2008, 2027):
        yield _figures(rng, year)
        yield _emergency(rng, year)
        yield _purchase(rng, year)
        yield _inspection(rng, year)
        yield _penalty(rng, year, number=1)
        if year % 4:
            yield _project(rng, year)


def _draft(
    rng: Random,
    year: int,
    *,
    column: str,
    id: str,
    title: str,
    genre: str,
    body: str,
    summary: str,
    month: int = 0,
    series: str = "",
    more: tuple[str, ...] = (),
    enclosed: tuple[Enclosure, ...] = (),
) -> Draft:
    issued = day(rng, year, month)
    return Draft(
        column=column, id=id, title=title, genre=genre, issued=issued,
        published=soon(rng, issued), body=body, summary=summary, series=series, more=more,
        enclosed=enclosed,
    )  # fmt: skip


def _plan(rng: Random, number: int, *, name: str, year: int) -> Draft:
    town = rng.choice(TOWNS)
    parts = (
        ("规划期限和范围", f"期限为{year}年至{year + 10}年，范围为全市，{town}为近期建设重点。"),
        ("总体要求", some(rng, AIMS, rng.randint(3, 6))),
        ("主要指标", table(("指标", "基期", "目标"), [
            (label, low, low + rng.randint(1, 40))
            for label, low in (("建设强度指数", rng.randint(20, 60)), ("修复面积（公顷）", 120),
                               ("完成率（%）", rng.randint(40, 59)))])),
        ("重点工程", ordered(rng.sample(WORKS, 4))),
        ("实施保障", "加强组织领导，落实资金投入，开展年度监测，接受社会监督。"),
    )  # fmt: skip
    return _draft(
        rng, year, column="规划", id=f"GH-{number:02}", genre="规划",
        title=f"示例市{name}（{year}—{year + 10}年）", body=chapters(parts),
        summary=f"{name}的期限、目标、指标、布局和重点工程。", series="示自然资发",
    )  # fmt: skip


def _figures(rng: Random, year: int) -> Draft:
    uses = [(use, rng.randint(1, 30), hectares(rng, high=90)) for use in USES]
    plots, area = sum(n for _, n, _ in uses), round(sum(a for *_, a in uses), 4)
    rows = (*uses, ("合计", plots, area))
    head = ("用途", "宗数", "面积（公顷）")
    parts = (
        ("总体情况", f"前三季度供应国有建设用地{plots}宗，面积{area}公顷。"),
        ("分用途情况", table(head, rows)),
        ("指标解释", "宗数按照签订出让合同或者核发划拨决定书的时间统计；面积不含地下空间。"),
    )
    file = Enclosure("供地统计表", "csv", comma_separated((head, *rows)))
    return _draft(
        rng, year, column="统计信息", id=f"TJ-{year}", genre="统计",
        title=f"{year}年前三季度国有建设用地供应统计", body=chapters(parts), month=10,
        summary=f"供应国有建设用地{plots}宗、{area}公顷。", enclosed=(file,),
    )  # fmt: skip


def _emergency(rng: Random, year: int) -> Draft:
    counts = [(kind, rng.randint(1, 40)) for kind in HAZARDS]
    total = sum(n for _, n in counts)
    earlier = f"上年的方案见{link(f'{year - 1}年方案', f'YJ-{year - 1}')}。" if year > 2008 else ""
    parts = (
        (
            "隐患现状",
            f"全市在册隐患点{total}处，分布在{'、'.join(rng.sample(TOWNS, 4))}。\n\n"
            + table(("类型", "处数"), (*counts, ("合计", total))),
        ),
        (
            "趋势预测",
            f"预计汛期降水偏{rng.choice('多少')}，六月至八月为高易发期，切坡建房区和"
            f"{rng.choice(MINERALS)}采空区为重点防范区。",
        ),
        ("防治措施", some(rng, CARE, rng.randint(3, 6))),
        ("责任分工", f"隐患点所在乡镇为责任主体，自然资源部门提供技术支撑。{earlier}"),
    )
    card = printed(
        (f"{year}年避险明白卡（示例）", "预警信号：敲锣、鸣哨", "撤离方向：地势高的一侧")
    )
    return _draft(
        rng, year, column="应急管理", id=f"YJ-{year}", genre="方案", month=3, series="示自然资发",
        title=f"示例市{year}年地质灾害防治方案", body=chapters(parts),
        summary=f"在册隐患点{total}处的防治措施和责任分工。",
        enclosed=(Enclosure("避险明白卡", "pdf", card),) if year % 2 else (),
    )  # fmt: skip


def _purchase(rng: Random, year: int) -> Draft:
    goods = ("航空影像获取", "第三方图斑核查服务", "不动产档案数字化加工", "无人机和移动终端",
             "规划编制技术服务", "地质灾害群测群防设备")  # fmt: skip
    rows = [(name, rng.randint(20, 400)) for name in rng.sample(goods, rng.randint(2, 5))]
    total = sum(n for _, n in rows)
    parts = (
        ("采购意向", table(("项目", "预算（万元）"), (*rows, ("合计", total)))),
        ("采购方式", "达到公开招标数额标准的公开招标，其余采用竞争性磋商；面向中小企业预留份额。"),
        ("实施情况", f"第一项由{rng.choice(FIRMS)}承担，合同在签订后两个工作日内公开。"),
    )
    return _draft(
        rng, year, column="政府采购", id=f"CG-{year}", genre="公告", month=2,
        title=f"{year}年政府采购意向和实施情况公告", body=chapters(parts),
        summary=f"{len(rows)}个采购项目，预算合计{total}万元。",
    )  # fmt: skip


def _inspection(rng: Random, year: int) -> Draft:
    count = rng.randint(6, 40)
    parts = (
        (
            "检查对象",
            f"抽取矿山、测绘单位和临时用地项目{count}个，包括{'、'.join(rng.sample(FIRMS, 3))}。",
        ),
        ("检查结果", some(rng, FOUND, rng.randint(2, 5))),
    )
    more: tuple[str, ...] = ()
    if year % 5 == 0 and year < 2024:
        more = (
            "更正:",
            f"  - {{日期: {year}-12-20, 说明: 检查对象的个数原来写错，已改为{count}个。}}",
        )
    return _draft(
        rng, year, column="监督检查", id=f"JC-{year}", genre="通报", series="示自然资办",
        title=f"{year}年自然资源双随机抽查结果", body=chapters(parts),
        summary=f"公布对{count}个对象的抽查结果。", more=more,
    )  # fmt: skip


def _penalty(rng: Random, year: int, *, number: int) -> Draft:
    (offence, decision), firm, where = rng.choice(OFFENCES), rng.choice(FIRMS), place(rng)
    parts = (
        ("违法事实和证据", f"经查，{firm}在{where}{offence}，面积{hectares(rng, high=2)}公顷。"
         "以上事实有询问笔录、勘测定界图、现场照片和涉案物品清单等证据证明。"),
        ("处罚依据和内容", f"依照有关法律、法规的规定，{decision}{rng.randrange(2, 60)}万元。"
         if decision.endswith("并处罚款") else f"依照有关法律、法规的规定，{decision}。"),
        ("履行方式和期限", "自收到决定书之日起十五日内履行；逾期不缴的，每日加处百分之三的罚款。"),
        ("救济途径", "不服本决定的，可以在六十日内申请行政复议，或者在六个月内提起行政诉讼。"),
    )  # fmt: skip
    return _draft(
        rng, year, column="行政处罚", id=f"CF-{year}-{number}", genre="决定", series="示自然资罚",
        title=f"对{firm}{offence}的行政处罚决定", body=chapters(parts),
        summary=f"{firm}{offence}，{decision}。",
    )  # fmt: skip


def _project(rng: Random, year: int) -> Draft:
    work, where, area = rng.choice(WORKS), place(rng), hectares(rng)
    parts = (
        (
            "批准情况",
            f"{work}位于{where}，批准用地{area}公顷，其中农用地转用{round(area / 2, 4)}公顷。",
        ),
        (
            "实施进展",
            "勘测定界、征地补偿、林地报批、压覆矿产查询已经完成，正在进行场地平整和管线迁改。",
        ),
        ("后续监管", "开工、竣工时间纳入履约监管；超期未开工的，按照闲置土地处理。"),
    )
    return _draft(
        rng, year, column="重大项目", id=f"XM-{year}", genre="公告",
        title=f"{year}年{work}用地批准和实施情况", body=chapters(parts),
        summary=f"{work}批准用地{area}公顷及其实施进展。", series="示自然资公",
    )  # fmt: skip
