"""The demonstration's 土地征收 and 通知公告: notices of land taken, compensated, sold and mined.

Promise: the areas of a table add up to the area in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
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
from examples.demo_files import comma_separated, letter, printed, workbook
from examples.demo_places import (
    CROPS,
    FIRMS,
    MINERALS,
    TOWNS,
    USES,
    VILLAGES,
    WORKS,
    hectares,
    place,
    some,
)

FIRST, LAST = 2008, 2026
KINDS = ("水田", "旱地", "园地", "林地", "农村道路", "坑塘水面", "宅基地")
TAKING = (
    "被征收土地的所有权人、使用权人应当在公告规定的期限内，持不动产权属证明材料到所在地的自然资源所"
    "办理补偿登记；未如期办理的，以调查结果为准。",
    "自公告之日起，任何单位和个人不得在拟征收范围内抢栽抢建；违反规定抢栽抢建的，抢栽抢建部分不予补偿。",
    "征收范围内的坟墓由所有权人在限期内迁移，无主坟由村民委员会登记后统一迁入公益性墓地。",
    "土地现状调查由测绘单位、村民委员会和农户三方到场，对权属、地类、面积以及青苗、附着物逐项清点，"
    "结果在村务公开栏公示五个工作日。",
    "社会稳定风险评估采取走访、座谈、问卷三种方式，意见集中在补偿款发放时间和安置房选址两个方面。",
    "多数被征收人认为补偿安置方案不符合法律、法规规定的，依法组织听证，并根据听证情况修改方案。",
)
SHELTER = (
    "被征地农民的社会保障费用单独列支，专款专用，不得截留、挪用；参保对象由村民会议讨论确定并公示。",
    "农村村民住宅按照先补偿后搬迁、居住条件有改善的原则，可以选择重新安排宅基地、提供安置房或者货币补偿。",
    "留用地安置的，按照征收面积的百分之十核定留用地指标，由集体经济组织统一开发，不得买卖。",
    "补偿款打入农户的银行存折，发放清单在村务公开栏张贴七日，接受群众监督。",
    "过渡期限一般不超过二十四个月，逾期未交付安置房的，临时安置费加倍支付。",
)
NOTICE = (
    "申请人对公示内容有异议的，可以在公示期内以书面形式反映，并留下联系方式；匿名反映的，只作为线索。",
    "报名时应当提交营业执照、授权委托书和竞买保证金缴纳凭证；提供虚假材料的，保证金不予退还。",
    "成果资料可以到示例市自然资源局办公室查阅，查阅时请出示有效证件，涉密内容除外。",
    "逾期未申报的，视为放弃权利，由此产生的后果由当事人自行承担。",
    "本公告未尽事宜，按照国家和省的有关规定执行。",
    "公示期满无异议的，依法办理登记，核发不动产权证书；有异议的，待调查核实后再作处理。",
)


def land_drafts(rng: Random) -> Iterator[Draft]:
    """A notice of taking land and the plan of compensation that follows it, three a year."""
    for year in range(FIRST, LAST + 1):
        for number in range(1, 4 if year > FIRST + 3 else 2):
            taken = _taken(rng, year, number=number)
            yield taken
            if number < 3:
                yield _compensated(rng, taken, number=number)


def notice_drafts(rng: Random) -> Iterator[Draft]:
    """Two or three notices a year, of five kinds in turn."""
    kinds = (_sale, _lost, _mining, _opinions, _visit)
    count = 0
    for year in range(FIRST, LAST + 1):
        for number in range(1, 4 if year >= 2015 else 3):
            yield kinds[count % len(kinds)](rng, year, number=number)
            count += 1
    yield _sheet(LAST - 1)


def _sheet(year: int) -> Draft:
    """The sheet that every government website publishes by the end of January."""
    return Draft(
        column="通知公告",
        id=f"BB-{year}",
        title=f"{year}年政府网站年度工作报表",
        genre="报表",
        issued=date(year + 1, 1, 20),
        published=date(year + 1, 1, 23),
        body=chapters((("填报情况", "示例：报表各项已经填报，数字均为虚构。"),)),
        summary="网站一年的工作情况。",
    )


def _taken(rng: Random, year: int, *, number: int) -> Draft:
    where, use, issued = place(rng), rng.choice(USES), day(rng, year, number * 3)
    areas = {kind: hectares(rng, high=5) for kind in rng.sample(KINDS, rng.randint(2, 5))}
    total = round(sum(areas.values()), 4)
    rows = (*areas.items(), ("合计", total))
    scope = f"拟征收{where}集体土地{total}公顷，用于{rng.choice(WORKS)}，规划用途为{use}。"
    parts = (
        ("征收范围和用途", f"{scope}四至以勘测定界图为准。"),
        ("土地现状", table(("地类", "面积（公顷）"), rows)),
        ("有关要求", some(rng, TAKING, rng.randint(1, 5))),
        ("联系方式", f"示例市自然资源局办公室，电话 0000-0000000。见{link('指南', 'ZN-1')}。"),
    )
    sheet = workbook((("地类", "面积（公顷）"), *rows), title="征收土地分类面积表")
    return Draft(
        column="土地征收",
        id=f"ZD-{year}-{number:02}",
        title=f"关于拟征收{where}集体土地的公告（第{number}批）",
        genre="公告",
        issued=issued,
        published=soon(rng, issued),
        body=chapters(parts),
        summary=f"{scope}",
        series="示自然资征",
        enclosed=(Enclosure("征收土地分类面积表", "xlsx", sheet),) if number == 1 else (),
    )


def _compensated(rng: Random, taken: Draft, *, number: int) -> Draft:
    issued = working(taken.published + timedelta(days=35))
    where = taken.title.removeprefix("关于拟征收").partition("集体")[0]
    crops = [(crop, rng.randrange(900, 2600, 50)) for crop in rng.sample(CROPS, 3)]
    base = rng.randrange(42000, 76000, 500)
    parts = (
        ("依据", f"根据{link('拟征收土地的公告', taken.id)}和土地现状调查结果，制定本方案。"),
        (
            "补偿标准",
            f"土地补偿费和安置补助费按照区片综合地价计算，每亩{base}元。青苗补偿费如下：\n\n"
            + table(("作物", "每亩（元）"), crops),
        ),
        ("安置方式", some(rng, SHELTER, rng.randint(2, 5))),
        ("意见的提出", "对本方案有不同意见的，自公告之日起三十日内书面提出；可以申请听证。"),
    )
    lines = (f"{where}征地补偿标准（示例）", *(f"{crop}：每亩 {sum} 元" for crop, sum in crops))
    return Draft(
        column="土地征收",
        id=f"BC-{year_of(taken)}-{number:02}",
        title=f"{where}征地补偿安置方案公告",
        genre="公告",
        issued=issued,
        published=soon(rng, issued),
        body=chapters(parts),
        summary=f"说明{where}征收土地的补偿标准、安置方式和听证权利。",
        series="示自然资征",
        enclosed=(Enclosure("补偿标准", "pdf", printed(lines)),) if number == 1 else (),
    )


def year_of(draft: Draft) -> int:
    """The year in which a draft was issued."""
    return draft.issued.year


def _notice(
    rng: Random,
    year: int,
    *,
    number: int,
    title: str,
    parts: tuple[tuple[str, str], ...],
    summary: str,
    enclosed: tuple[Enclosure, ...] = (),
) -> Draft:
    issued = day(rng, year, 1 + number * 3)
    more = (("其他事项", some(rng, NOTICE, rng.randint(1, 4))),)
    return Draft(
        column="通知公告",
        id=f"TZ-{year}-{number:02}",
        title=title,
        genre="公告",
        issued=issued,
        published=soon(rng, issued),
        body=chapters((*parts, *more)),
        summary=summary,
        series="示自然资公",
        enclosed=enclosed,
    )


def _sale(rng: Random, year: int, *, number: int) -> Draft:
    plots = [
        (f"示出{year}-{n}号", hectares(rng, high=6), rng.randrange(800, 9000, 10))
        for n in range(1, rng.randint(2, 6))
    ]
    head = ("地块编号", "面积（公顷）", "起始价（万元）")
    rows = ordered(("提交申请", "缴纳竞买保证金", "参加网上挂牌竞价", "签订出让合同"))
    return _notice(
        rng, year, number=number,
        title=f"{year}年第{number}期国有建设用地使用权挂牌出让公告",
        parts=(("地块基本情况", table(head, plots)), ("竞买程序", rows)),
        summary=f"挂牌出让{len(plots)}宗国有建设用地使用权。",
        enclosed=(Enclosure("出让地块一览表", "csv", comma_separated((head, *plots))),),
    )  # fmt: skip


def _lost(rng: Random, year: int, *, number: int) -> Draft:
    count = rng.randint(2, 7)
    rows = [
        (f"示例权利人{n}", f"{place(rng)}{rng.randint(1, 90)}号", rng.randint(62, 240))
        for n in range(1, count + 1)
    ]
    text = table(("权利人", "坐落", "面积（平方米）"), rows)
    return _notice(
        rng, year, number=number,
        title=f"不动产权证书遗失声明和作废公告（{year}年第{number}号）",
        parts=(("遗失的证书", f"因保管不善，下列证书遗失，现声明作废。\n\n{text}"),),
        summary=f"{count}本不动产权证书遗失，声明作废。",
    )  # fmt: skip


def _mining(rng: Random, year: int, *, number: int) -> Draft:
    mineral, firm, where = rng.choice(MINERALS), rng.choice(FIRMS), place(rng)
    area = round(rng.uniform(0.05, 1.4), 4)
    return _notice(
        rng, year, number=number,
        title=f"{where}{mineral}矿采矿权协议出让公示",
        parts=(
            ("受让人", f"{firm}，有效期{rng.randint(3, 20)}年。"),
            ("矿区范围", f"矿区面积{area}平方千米，由6个拐点圈定，开采深度从标高300米至180米。"),
            ("开采要求", "采用自上而下分台阶开采，边开采边治理，按照绿色矿山标准建设；闭坑以前"
             "完成覆土、植树和截排水沟修建。"),
        ),
        summary=f"{mineral}采矿权拟协议出让给{firm}，公示十个工作日。",
    )  # fmt: skip


def _opinions(rng: Random, year: int, *, number: int) -> Draft:
    town = rng.choice(TOWNS)
    form = letter((f"{town}国土空间规划意见表（示例）", "姓名：", "联系方式：", "意见和理由："))
    return _notice(
        rng, year, number=number,
        title=f"{town}村庄规划（{year}年修改草案）公开征求意见的公告",
        parts=(
            ("草案的主要内容", f"{town}划定永久基本农田{rng.randint(800, 4200)}亩、生态保护红线"
             f"{rng.randint(90, 700)}亩和村庄建设边界，预留不超过百分之五的机动指标，"
             f"保留{rng.choice(VILLAGES)}的古井、祠堂和风水林。"),
            ("怎样提意见", "公告期三十日，可以填写意见表寄送，也可以在村务公开栏旁的意见箱投递。"
             "意见采纳情况将另行公布。"),
        ),
        summary=f"{town}村庄规划草案公开征求意见，为期三十日。",
        enclosed=(Enclosure("意见表", "docx", form),),
    )  # fmt: skip


def _visit(rng: Random, year: int, *, number: int) -> Draft:
    topics = ordered(rng.sample((
        "宅基地纠纷调处", "不动产登记历史遗留问题", "征地补偿款发放", "临时用地复垦",
        "矿山噪声和扬尘", "规划设计条件变更", "田间道路损毁赔偿",
    ), 4))  # fmt: skip
    return _notice(
        rng, year, number=number,
        title=f"局长接待日和下访活动安排的公告（{year}年第{number}次）",
        parts=(
            ("时间和地点", f"上午九时至十一时三十分，{rng.choice(TOWNS)}便民服务中心。"),
            ("接待的事项", topics),
        ),
        summary="公布局长接待日的时间、地点和接待事项。",
    )  # fmt: skip
