"""The words of the demonstration's documents: places, firms, minerals and crops that do not exist.

Promise: every name of a place or a firm begins with 示例, so that nobody is meant.
"""

from __future__ import annotations

from random import Random

TOWNS = (
    *("示例河镇", "示例山镇", "示例桥街道", "示例湖乡", "示例岭镇", "示例泉街道"),
    *("示例滩镇", "示例坪乡", "示例湾镇", "示例塘街道", "示例渡镇", "示例关镇"),
)
VILLAGES = (
    *("示例溪村", "示例冲村", "示例畈村", "示例垭村", "示例堰村", "示例岙村", "示例沟村"),
    *("示例坝村", "示例峪村", "示例墩村", "示例洼村", "示例浦村", "示例圩村", "示例崮村"),
)
FIRMS = (
    *("示例甲矿业有限公司", "示例乙建材有限公司", "示例丙置业有限公司", "示例丁新能源有限公司"),
    *("示例戊农业发展有限公司", "示例己物流有限公司", "示例庚水务有限公司", "示例辛测绘有限公司"),
    *("示例壬生态环境有限公司", "示例癸装备制造有限公司"),
)
MINERALS = (
    *(
        "建筑石料用灰岩",
        "砖瓦用页岩",
        "萤石",
        "高岭土",
        "膨润土",
        "叶蜡石",
        "硅灰石",
        "饰面用花岗岩",
    ),
    *("水泥用石灰岩", "石英砂岩", "地热水", "矿泉水"),
)
CROPS = ("水稻", "油菜", "小麦", "玉米", "蔬菜", "茶树", "柑橘", "毛竹")
HAZARDS = ("滑坡", "崩塌", "泥石流", "地面塌陷", "地裂缝", "不稳定斜坡")
USES = (
    "城镇住宅用地",
    "工业用地",
    "商业服务业用地",
    "公路用地",
    "教育用地",
    "公园绿地",
    "供水用地",
)
WORKS = (
    *("第三水厂扩建工程", "城东污水处理厂提标改造工程", "绕城公路北段工程", "第二实验小学迁建项目"),
    *(
        "装备制造产业园标准厂房项目",
        "滨河生态廊道修复工程",
        "货运铁路专用线工程",
        "抽水蓄能电站进场道路",
    ),
    *("中心粮库迁建项目", "智慧农贸市场项目", "防洪堤加固工程", "220千伏输变电工程"),
)


def place(rng: Random) -> str:
    """A village with its town."""
    return rng.choice(TOWNS) + rng.choice(VILLAGES)


def hectares(rng: Random, low: float = 0.3, high: float = 18.0) -> float:
    """An area with four places, as in approvals of land."""
    return round(rng.uniform(low, high), 4)


def some(rng: Random, sentences: tuple[str, ...], number: int) -> str:
    """Some of the sentences in their order, one paragraph after another."""
    chosen = sorted(rng.sample(range(len(sentences)), min(number, len(sentences))))
    return "\n\n".join(sentences[n] for n in chosen)
