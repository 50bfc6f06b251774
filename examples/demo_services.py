"""The demonstration's services: 办事指南, results of permits, fees, and what the bureau is.

Promise: a guide has every element that a guide must have.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from examples.demo_drafts import (
    Draft,
    Enclosure,
    chapters,
    day,
    link,
    ordered,
    soon,
    table,
    working,
)
from examples.demo_files import letter, workbook
from examples.demo_places import FIRMS, MINERALS, USES, WORKS, hectares, place, some

# Permit, what it permits, days promised.
PERMITS = (
    ("建设项目用地预审与选址意见书", "建设项目选址和用地预审", 10),
    ("建设用地规划许可证", "建设用地规划许可", 7),
    ("建设工程规划许可证", "建设工程规划许可", 10),
    ("乡村建设规划许可证", "乡村建设规划许可", 10),
    ("临时用地批准书", "临时使用土地", 8),
    ("采矿许可证（新立）", "新设采矿权登记", 20),
    ("采矿许可证（延续）", "采矿权延续登记", 15),
    ("勘查许可证", "探矿权登记", 20),
    ("划拨决定书", "国有建设用地使用权划拨", 10),
    ("土地用途变更批准书", "改变土地用途", 12),
    ("不动产权证书（首次登记）", "国有建设用地使用权及房屋所有权首次登记", 5),
    ("不动产权证书（转移登记）", "房屋买卖转移登记", 3),
    ("不动产登记证明（抵押）", "不动产抵押登记", 2),
    ("测绘作业证", "测绘人员从事测绘活动", 5),
    ("地图审核批准书", "公开使用地图审核", 15),
    ("设施农业用地备案表", "设施农业用地备案", 3),
    ("古生物化石采掘批准书", "零星采集古生物化石", 20),
    ("临时建设工程规划许可证", "临时建设", 8),
)
PAPERS = (
    "申请书（原件一份）", "营业执照或者居民身份证（核对原件）", "授权委托书（委托办理时提交）",
    "用地红线图和电子坐标", "项目立项批准文件", "权籍调查成果", "建设工程设计方案总平面图",
    "环境影响评价批复", "矿产资源开发利用方案", "村民会议或者村民代表会议决议",
)  # fmt: skip
STEPS = ("提出申请", "窗口受理", "现场踏勘", "部门审查", "公示", "作出决定", "制证", "送达")
FEES = (
    ("不动产登记费", "住宅每件80元，非住宅每件550元", "价费文件（示例）"),
    ("耕地开垦费", "按照占用耕地的等别计收", "示例省耕地开垦费办法（示例）"),
    ("土地闲置费", "按照土地出让价款的百分之二十计收", "闲置土地处置办法（示例）"),
    ("矿业权占用费", "按照矿区面积逐年计收", "矿业权占用费办法（示例）"),
    ("土地复垦费", "按照损毁面积和程度计收", "土地复垦规定（示例）"),
)
OFFICES = (
    ("办公室", "负责文电、会务、机要、档案、信访、政务公开和后勤保障工作"),
    ("国土空间规划科", "组织编制国土空间总体规划、详细规划和相关专项规划并监督实施"),
    ("耕地保护监督科", "负责永久基本农田划定、占补平衡和耕地质量监督工作"),
    ("自然资源所有者权益科", "负责全民所有自然资源资产清查、划拨、出让和收益管理工作"),
    ("矿产资源科", "负责矿业权出让、储量评审备案和绿色矿山建设工作"),
    ("地质灾害防治科", "负责隐患排查、监测预警、避险搬迁和应急技术支撑工作"),
    ("测绘地理信息科", "负责测绘资质、成果汇交、地图审核和应急测绘保障工作"),
    ("不动产登记中心", "承担不动产登记的受理、审核、登簿、缮证和档案查询工作"),
    ("执法监察大队", "查处自然资源违法案件，开展动态巡查和卫片图斑核查"),
)
EASE = (
    "推行“周末不打烊”，节假日窗口照常受理不动产登记业务，群众可以错时办理。",
    "水、电、气、有线电视与不动产登记联动过户，一次申请、一窗受理、一并办结。",
    "对行动不便的老年人、残疾人和住院病人，提供上门核验、代办送证等服务。",
    "历史遗留小区的办证难题按照“缴费与办证分离、过错与群众无关”的原则逐个化解。",
    "农村不动产确权登记颁证整村推进，测量费用由财政负担，不向农户收取任何费用。",
    "企业办理抵押登记实行零跑动，银行网点延伸受理，电子证明即时生成。",
)


def service_drafts(rng: Random) -> Iterator[Draft]:
    """Guides, results, fees, services for the people, and the bureau itself."""
    for number, permit in enumerate(PERMITS, 1):
        yield _guide(rng, number, permit=permit)
    for year in range(2008, 2027):
        yield _results(rng, year)
    for number, fee in enumerate(FEES, 1):
        yield _fee(rng, number, fee=fee)
    for year in range(2016, 2027):
        yield _ease(rng, year)
    for number, office in enumerate(OFFICES, 1):
        yield _office(rng, number, office=office)


def _guide(rng: Random, number: int, *, permit: tuple[str, str, int]) -> Draft:
    name, matter, days = permit
    issued = day(rng, 2012 + number % 14)
    papers = rng.sample(PAPERS, rng.randint(4, 7))
    form = letter((f"{name}申请书（示例）", "申请人：", "申请事项：", "签名："))
    return Draft(
        column="行政许可",
        id=f"BSZN-{number:02}",
        title=f"{matter}办事指南",
        genre="指南",
        issued=issued,
        published=soon(rng, issued),
        body=_elements(name, matter, days=days, papers=papers),
        summary=f"说明办理{name}的条件、材料、流程和时限，承诺{days}个工作日办结。",
        enclosed=(Enclosure("申请书", "docx", form),) if number % 3 == 0 else (),
    )


def _elements(name: str, matter: str, *, days: int, papers: list[str]) -> str:
    """The elements of the standard catalogue, in its order."""
    parts = (
        ("适用范围", f"本指南适用于本市行政区域内{matter}的申请和办理。"),
        ("项目信息", f"事项名称：{matter}；结果名称：{name}；办件类型：承诺件。"),
        ("审批依据", "有关自然资源管理的法律、法规、规章和本市规范性文件。"),
        ("受理机构和决定机构", "示例市政务服务中心自然资源窗口受理，示例市自然资源局决定。"),
        ("审批数量", "没有数量限制。"),
        ("申请条件", ordered(("符合国土空间规划和用途管制要求", "权属清楚，没有争议",
                          "没有法律、法规禁止的情形"))),
        ("申请材料", ordered(papers)),
        ("申请接收", "窗口接收、邮寄接收。窗口：示例市示例路1号。"),
        ("办理基本流程", ordered(STEPS)),
        ("办理方式", "一般程序；材料简单的当场办结。"),
        ("办理时限", f"法定时限二十个工作日，承诺时限{days}个工作日；公示、听证、踏勘时间除外。"),
        ("收费依据及标准", f"除法律、法规规定的以外不收费，见{link('收费项目', 'SF-1')}。"),
        ("审批结果和送达", f"准予许可的，颁发{name}；不予许可的，书面说明理由。三个工作日内送达。"),
        ("申请人权利和义务", "有权陈述、申辩、申请听证、查询进度，申请行政复议或者提起行政诉讼；"
         "应当如实提交材料。"),
        ("咨询途径", "电话 0000-0000000；窗口咨询。"),
        ("监督和投诉渠道", "电话 0000-0000001；现场意见箱。"),
        ("办公地址和时间", "示例市示例路1号；示例时间。"),
    )  # fmt: skip
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in parts)


def _results(rng: Random, year: int) -> Draft:
    names = [name for name, _, _ in PERMITS]
    rows = [
        (f"示许{year}-{n:03}", rng.choice(FIRMS), rng.choice(names), rng.choice((*USES, *MINERALS)),
         hectares(rng))
        for n in range(1, rng.randint(6, 16))
    ]  # fmt: skip
    head = ("许可编号", "被许可人", "许可证件", "用途或者矿种", "面积（公顷）")
    issued = day(rng, year, 10)
    sheet = workbook((head, *rows), title=f"{year}年行政许可结果")
    return Draft(
        column="许可结果",
        id=f"XK-{year}",
        title=f"{year}年行政许可办理结果公示",
        genre="公示",
        issued=issued,
        published=soon(rng, issued),
        body=f"现将{year}年前三季度作出的行政许可决定公示如下。\n\n{table(head, rows)}\n\n"
        "对公示内容有异议的，可以书面反映。",
        summary=f"公示{len(rows)}项行政许可决定。",
        enclosed=(Enclosure("行政许可结果", "xlsx", sheet),) if year % 3 == 0 else (),
    )


def _fee(rng: Random, number: int, *, fee: tuple[str, str, str]) -> Draft:
    name, rate, basis = fee
    issued = day(rng, 2011 + number * 2)
    parts = (
        ("收费标准", table(("项目", "标准"), ((name, rate),))),
        ("收费依据", f"{basis}。收入全额缴入国库，使用财政票据。"),
        (
            "减免规定",
            "小微企业免收；农村集体经济组织、农民因灾重建住房免收；因登记错误办理更正登记的，不收费。",
        ),
    )
    return Draft(
        column="收费项目",
        id=f"SF-{number}",
        title=f"{name}的依据和标准",
        genre="公告",
        issued=issued,
        published=soon(rng, issued),
        body=chapters(parts),
        summary=f"公布{name}的征收标准、依据和减免规定。",
        topic="财政、金融、审计",
    )


def _ease(rng: Random, year: int) -> Draft:
    issued, where = day(rng, year), place(rng)
    return Draft(
        column="民生服务",
        id=f"MS-{year}",
        title=f"{year}年不动产登记便民利企措施",
        genre="通知",
        issued=issued,
        published=soon(rng, issued),
        body=chapters((
            ("便民措施", some(rng, EASE, rng.randint(3, 6))),
            ("试点安排", f"先在{where}试点，三个月后推广；试点期间发证{rng.randint(90, 900)}本。"),
        )),
        summary=f"公布{year}年不动产登记的便民措施和试点安排。",
        series="示自然资办",
    )  # fmt: skip


def _office(rng: Random, number: int, *, office: tuple[str, str]) -> Draft:
    name, duties = office
    issued = working(date(2008 + number * 2, 3, 11 + number))
    parts = (
        ("主要职责", f"{name}{duties}；承办局领导交办的其他事项。"),
        ("权责清单", ordered((f"{name}承担的行政许可和行政确认事项", "日常监督检查事项",
                          "对口联系乡镇自然资源所的事项"))),
        ("联系方式", f"示例市示例路1号，电话 0000-0000000，办公时间见{link('指南', 'ZN-1')}。"),
        ("近期重点", f"做好{rng.choice(WORKS)}的要素保障。"),
    )  # fmt: skip
    return Draft(
        column="机构职能",
        id=f"JG-{number:02}",
        title=f"{name}的职责和联系方式",
        genre="其他",
        issued=issued,
        published=soon(rng, issued),
        body=chapters(parts),
        summary=f"公布{name}的职责、权责清单和联系方式。",
        more=("公开事项: [1]",),
        topic="综合政务",
    )
