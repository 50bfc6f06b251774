"""The demonstration's 规范性文件 with their 解读, and its 政府信息公开制度.

Promise: what a later document amends or repeals says so itself, and whatever is explained is
linked both ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from examples.demo_drafts import Draft, Enclosure, chapters, link, soon, working
from examples.demo_files import letter
from examples.demo_places import some

Articles = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule document: its subject, and the subjects of the older ones it amends or repeals."""

    number: int
    subject: str
    genre: str
    year: int
    month: int
    amends: int = 0
    repeals: int = 0


RULES = (
    Rule(101, "土地整治项目管理", "办法", 2016, 5),
    Rule(102, "采矿权登记", "规程", 2009, 5),
    Rule(103, "国有建设用地使用权出让", "办法", 2008, 9),
    Rule(104, "农村宅基地审批", "办法", 2010, 4),
    Rule(105, "矿山地质环境治理恢复", "细则", 2011, 6),
    Rule(106, "测绘成果汇交和使用", "办法", 2012, 3),
    Rule(107, "地质灾害危险性评估", "规定", 2012, 10),
    Rule(108, "土地储备资金", "办法", 2013, 8),
    Rule(109, "采矿权登记", "办法", 2014, 7, repeals=102),
    Rule(110, "不动产登记档案查询", "细则", 2015, 11),
    Rule(111, "闲置土地处置", "办法", 2016, 9),
    Rule(112, "国有建设用地使用权出让", "实施办法", 2017, 3, repeals=103),
    Rule(113, "设施农业用地", "通知", 2018, 6),
    Rule(114, "征地补偿安置", "办法", 2019, 11),
    Rule(115, "建设用地规划条件变更", "规定", 2020, 5),
    Rule(116, "农村宅基地审批", "办法", 2020, 10, repeals=104),
    Rule(117, "临时用地", "通知", 2021, 9),
    Rule(118, "土地整治项目管理", "通知", 2021, 11, amends=101),
    Rule(119, "矿山生态修复", "办法", 2022, 8, repeals=105),
    Rule(120, "村庄规划编制和实施", "意见", 2023, 4),
    Rule(121, "工业用地标准地出让", "意见", 2023, 9),
    Rule(122, "征地补偿安置", "通知", 2024, 4, amends=114),
    Rule(123, "耕地占补平衡指标", "办法", 2025, 3),
    Rule(124, "低效用地再开发", "意见", 2025, 10),
    Rule(125, "地质灾害避险搬迁", "办法", 2026, 5),
)
GENERAL: Articles = (
    "为了规范{subject}工作，保护当事人的合法权益，根据有关法律、法规，结合本市实际，制定本文件。",
    "本市行政区域内的{subject}工作，适用本文件；法律、法规、规章另有规定的，从其规定。",
    "{subject}工作应当遵循公开、公平、公正和节约集约、保护优先的原则。",
    "市自然资源主管部门负责{subject}工作的组织、指导和监督；乡镇人民政府、街道办事处予以协助。",
)
DUTIES: Articles = (
    "申请人应当对提交材料的真实性负责。材料不齐全或者不符合法定形式的，应当当场或者在五个工作日内"
    "一次告知需要补正的全部内容。",
    "受理机构应当自受理之日起二十个工作日内完成审查；情况复杂的，经负责人批准可以延长十个工作日，"
    "并把延长的理由告知申请人。",
    "审查{subject}事项，应当核对权属、规划用途、现状影像和实地踏勘记录；存在争议的，先行调处。",
    "涉及公众利益的{subject}事项，应当公示，公示期不少于七个工作日；有重大分歧的，组织论证或者听证。",
    "费用从年度预算中列支，专账核算，任何单位和个人不得截留、挤占或者挪用。",
    "工程竣工以后，由项目单位自查、乡镇初验、市级终验；终验不合格的，责令限期整改，整改期间不安排新项目。",
    "档案应当一事一卷，电子件与纸质件同步归档，保管期限不少于三十年。",
    "建立信用记录，弄虚作假的单位三年内不得参加{subject}有关的投标、竞买和评审活动。",
    "申请{subject}，应当提交申请书、主体资格证明、权属来源材料和拟用地位置图；能够通过数据共享核验的，"
    "不再要求提交纸质材料。",
    "现场踏勘由两名以上工作人员进行，记录界址、地貌、附着物和毗邻关系，由申请人签字确认；拒绝签字的，"
    "由见证人签字并注明原因。",
    "需要专家论证的，从专家库中随机抽取五名以上单数专家，实行回避制度，论证意见存入档案。",
    "决定作出以后，受理机构应当在三个工作日内送达；受送达人下落不明的，公告送达，公告期三十日。",
    "因不可抗力不能按期履行的，当事人应当在障碍消除后十日内书面申请延期，延期一次，最长六个月。",
    "涉及古树名木、文物古迹、军事设施、饮用水水源和地下管线的，应当先行征求有关部门的意见。",
    "{subject}的决定、变更、撤销和注销情况，按季度在政府信息公开专栏公布，供社会查询。",
    "转让、出租、抵押{subject}形成的权利的，应当依法办理变更登记；未经登记的，不发生效力。",
)
OVERSIGHT: Articles = (
    "自然资源所每季度开展一次巡查，巡查发现的问题登记造册，限期销号。",
    "违反本文件规定的，依照有关法律、法规处理；构成犯罪的，依法追究刑事责任。",
    "工作人员滥用职权、玩忽职守、徇私舞弊的，依法给予处分。",
    "市自然资源局每年对{subject}工作开展评估，形成报告，作为修改本文件和安排下一年度任务的依据。",
    "建立举报奖励、信息通报、案件移送和联合惩戒制度，与纪检监察、公安、财政、审计等机关协作配合。",
    "对{subject}工作中的违法行为，任何单位和个人都有权举报；举报电话 0000-0000001。",
)
QUESTIONS = (
    ("为什么要制定", "近年来{subject}工作遇到了新情况：审批链条长、标准不一、群众反映办事难。"
     "为了统一尺度、压缩时限，我局在调研、征求意见、合法性审核的基础上制定了文件。"),
    ("适用于谁", "凡是在本市范围内办理{subject}有关事项的自然人、法人和非法人组织，都适用。"
     "已经受理、尚未办结的，按照有利于申请人的原则处理。"),
    ("主要内容是什么", "文件分为总则、办理程序、监督管理和附则四个部分，重点明确了受理条件、"
     "审查期限、公示要求和信用约束。"),
    ("有哪些新的做法", "一是能够通过数据共享取得的材料不再要求提交；二是实行容缺受理和告知承诺；"
     "三是对老年人、残疾人提供上门服务；四是结果当日送达。"),
    ("群众怎样办理", "可以到政务服务中心的窗口办理，也可以由乡镇便民服务站代办；办理{subject}事项"
     "不收取任何费用。"),
)  # fmt: skip


def rule_drafts(rng: Random) -> Iterator[Draft]:
    """Every rule document, and the explanation of those since 2015."""
    for rule in RULES:
        draft = _rule(rng, rule)
        yield draft
        if rule.year >= 2015:
            yield _explained(rng, rule, draft)


def standing_rule_drafts(rng: Random) -> Iterator[Draft]:
    """The bureau's own rules for disclosure (政府信息公开制度)."""
    subjects = (
        "主动公开",
        "依申请公开",
        "保密审查",
        "信息发布协调",
        "公开目录更新",
        "工作考核评议",
    )
    for number, subject in enumerate(subjects, 1):
        issued = working(date(2008 + number * 2, 4, 10 + number))
        yield Draft(
            column="content/政府信息公开制度",
            id=f"ZD-{number}",
            title=f"政府信息{subject}制度（示例）",
            genre="制度",
            issued=issued,
            published=soon(rng, issued),
            body=_body(rng, f"政府信息{subject}"),
            summary=f"规定政府信息{subject}的职责、程序和期限。",
            series="示自然资办",
            topic="综合政务",
            validity="现行有效",
        )


def _rule(rng: Random, rule: Rule) -> Draft:
    issued = working(date(rule.year, rule.month, rng.randint(3, 20)))
    form = letter((f"{rule.subject}申请表（示例）", "申请人：", "统一社会信用代码：", "申请事项："))
    validity, more = _state(rule)
    return Draft(
        column="规范性文件",
        id=f"GF-{rule.number}",
        title=_title(rule),
        genre=rule.genre,
        issued=issued,
        published=soon(rng, issued),
        body=_older(rule) + _body(rng, rule.subject),
        summary=f"规定{rule.subject}的条件、程序、期限和监督。",
        series="示自然资规",
        validity=validity,
        more=more,
        enclosed=(Enclosure("申请表", "docx", form),) if rule.number % 4 == 1 else (),
    )


def _title(rule: Rule) -> str:
    if rule.amends:
        older = next(r for r in RULES if r.number == rule.amends)
        return f"示例市自然资源局关于修改《{_title(older)}》的{rule.genre}"
    if rule.genre in ("通知", "意见"):
        return f"示例市自然资源局关于加强{rule.subject}管理的{rule.genre}"
    return (
        f"示例市{rule.subject}管理{rule.genre}"
        if "管理" not in rule.subject
        else (f"示例市{rule.subject}{rule.genre}")
    )


def _state(rule: Rule) -> tuple[str, tuple[str, ...]]:
    """有效性 with what belongs to it, for the older document and for the later one."""
    later = next((r for r in RULES if rule.number in (r.repeals, r.amends)), None)
    own = tuple(
        f"{label}: [GF-{number}]"
        for label, number in (("修改", rule.amends), ("废止", rule.repeals))
        if number
    )
    row = "公开事项: [2]"  # of the 公开标准目录: 政策文件
    effective = (row, f"实施日期: {rule.year}-{rule.month + 1:02}-01", *own)
    if later and later.repeals:
        ended = (f"废止日期: {later.year}-{later.month + 1:02}-01", f"废止依据: {_title(later)}")
        return "已废止", (*effective, *ended)
    return ("已修改" if later else "现行有效"), effective


def _older(rule: Rule) -> str:
    number = rule.repeals or rule.amends
    if not number:
        return ""
    older = next(r for r in RULES if r.number == number)
    named = link(f"《{_title(older)}》", f"GF-{number}")
    fate = "同时废止" if rule.repeals else "与本文件不一致的以本文件为准"
    return f"本文件施行以后，{named}{fate}。\n\n"


def _body(rng: Random, subject: str) -> str:
    kept = sorted(rng.sample(range(len(DUTIES)), rng.randint(5, len(DUTIES))))
    groups: Sequence[tuple[str, Articles]] = (
        ("总则", GENERAL),
        ("办理程序", tuple(DUTIES[n] for n in kept)),
        ("监督管理", OVERSIGHT[: rng.randint(2, len(OVERSIGHT))]),
        ("附则", ("本文件由市自然资源局负责解释。", "本文件有效期五年。")),
    )
    number, parts = 0, []
    for ordinal, (heading, articles) in zip("一二三四", groups, strict=True):
        lines = []
        for article in articles:
            number += 1
            lines.append(f"第{_chinese(number)}条　{article.format(subject=subject)}")
        parts.append(f"## 第{ordinal}章 {heading}\n\n" + "\n\n".join(lines))
    return "\n\n".join(parts)


def _explained(rng: Random, rule: Rule, draft: Draft) -> Draft:
    kept = sorted(rng.sample(range(len(QUESTIONS)), rng.randint(3, len(QUESTIONS))))
    pairs = [
        (head, text.format(subject=rule.subject)) for head, text in map(QUESTIONS.__getitem__, kept)
    ]
    named = link(f"《{draft.title}》", draft.id)
    more = some(rng, ("解读机构：示例市自然资源局办公室。", "咨询电话：0000-0000000。"), 2)
    return Draft(
        column="政策解读",
        id=f"JD-{rule.number}",
        title=f"《{draft.title}》解读",
        genre="解读",
        issued=draft.issued,
        published=draft.published,
        body=f"{named}已经公布，现解读如下。\n\n{chapters(pairs)}\n\n{more}",
        summary=f"用问答说明{rule.subject}的新规定。",
        more=(f"解读: [{draft.id}]",),
    )


def _chinese(number: int) -> str:
    """1 to 39 as articles are counted."""
    ones = "零一二三四五六七八九"
    tens, one = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{ones[tens]}十"
    return head + (ones[one] if one else "")
