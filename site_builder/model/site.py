"""The site: who publishes, and which columns the portal has.

Promise: what `config.yaml` may say stands here, field by field; an unknown fact is an empty
string, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Literal

from site_builder.model.fields import Origin, clerk, origin_field
from site_builder.model.target import Target

ColumnKind = Literal[
    "guide", "rules", "catalogue", "documents", "accounts", "reports", "application"
]
Level = Literal["department", "county", "prefecture", "province"]
CATALOGUE_SLUG = "mulu"  # where 信息公开目录 stands; no column may have it


@dataclass(frozen=True, slots=True)
class Identity:
    """The publishing body and its marks (国办发〔2017〕47号: SiteName, SiteDomain, SiteIDCode)."""

    bureau: str = clerk("bureau", about="机关全称，印在每页页首和页脚")
    name: str = clerk("name", about="网站规范名称，用作网页标签 SiteName")
    domain: str = clerk("domain", "", about="网站英文域名，用作网页标签 SiteDomain")
    url: str = clerk(
        "url",
        "",
        about="发布后的完整网址，以 / 结尾；有它才有网页标签 Url、订阅源和 sitemap.xml",
    )
    id_code: str = clerk("id_code", "", about="10 位政府网站标识码，用作网页标签 SiteIDCode")
    icp: str = clerk("icp", "", about="ICP 备案号")
    police: str = clerk("police", "", about="公安机关备案号")
    demo: bool = clerk("demo", False, about="示例网站：每一页都标明“示例”")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Contact:
    """What 《政府信息公开条例》 (国务院令第711号) Art. 12 and 47 ask a guide to state."""

    office: str = clerk("office", "", about="政府信息公开工作机构名称")
    address: str = clerk("address", "", about="办公地址")
    postcode: str = clerk("postcode", "", about="邮政编码")
    hours: str = clerk("hours", "", about="办公时间")
    phone: str = clerk("phone", "", about="联系电话")
    fax: str = clerk("fax", "", about="传真号码")
    email: str = clerk("email", "", about="电子邮箱")
    web: str = clerk("web", "", about="互联网联系方式（网上申请入口的网址）")
    supervisor: str = clerk("supervisor", "", about="监督投诉受理机关及电话")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the platform: a content folder, and where its pages stand."""

    folder: str = clerk("folder", about="content/ 下的文件夹，最后一段就是栏目名称")
    slug: str = clerk("slug", about="网址中的路径，小写字母、数字和连字符")
    kind: ColumnKind = clerk("kind", about="栏目的种类，决定用哪一种页面")
    type: str = clerk("type", about="网页标签 ColumnType 的取值")
    description: str = clerk("description", about="网页标签 ColumnDescription，也印在首页卡片上")
    keywords: tuple[str, ...] = clerk("keywords", about="网页标签 ColumnKeywords")
    item: int = clerk("item", 0, about="对应《条例》第二十条的项号；21 表示第二十一条")
    origin: Origin = origin_field()

    @property
    def name(self) -> str:
        """The column's name as printed: the last part of its folder."""
        return intern(self.folder.rsplit("/", 1)[-1])  # it stands in every list

    @property
    def is_top(self) -> bool:
        """Whether it stands in the main navigation."""
        return "/" not in self.folder


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A statutory item of which the bureau says 本机关不涉及, and why."""

    item: int = clerk("item", about="《条例》第二十条的项号；21 表示第二十一条")
    reason: str = clerk("reason", about="为什么不涉及，印在法定主动公开内容页上")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One step of the chain of sign-off."""

    role: str = clerk("role", about="步骤的名称，如 承办人")
    who: tuple[str, ...] = clerk("who", (), about="可以签这一步的人的姓名；空着不限")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Shell:
    """The parent site's own top and foot, where the platform is a part of it."""

    header: str = clerk("header", "", about="代替本站页首的片段，如 fragments/header.html")
    footer: str = clerk("footer", "", about="加在本站页脚之后的片段，如 fragments/footer.html")
    head: str = clerk("head", "", about="加在每页 head 里的样式和标签，如 fragments/head.html")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Review:
    """审签: the chain every item goes through before it is published (《条例》 Art. 17)."""

    steps: tuple[ReviewStep, ...] = clerk("steps", about="审签的各步，按先后排列")
    signers: str = clerk(
        "signers",
        "",
        about="登记审签人 SSH 公钥的文件（allowed_signers 格式）；写了就要逐步签名",
    )
    since: date | None = clerk(
        "from", None, about="公开日期早于这一天的不要求审签；没有公开日期的都要求"
    )
    columns: tuple[str, ...] = clerk(
        "columns", (), about="要求审签的栏目的 slug，包括下级栏目；空着是全部"
    )
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Obligations:
    """义务台账: from when on terms are followed, whose they are, and who sees the ledger."""

    ledger: Literal["private", "public"] = clerk(
        "ledger", "private", about="public 把义务台账做成网站的一页；不写就只由 check --ledger 写出"
    )
    since: int = clerk(
        "from", 0, about="从哪一年起计算；不写就从网站上最早的年度报告（或者它的登记）起"
    )
    level: Level = clerk(
        "level",
        "department",
        about="年度报告按哪一级的期限：department 部门、乡镇，county 县，prefecture 市，"
        "province 省",
    )
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """All of `config.yaml`."""

    site: Identity = clerk("site", about="机关和网站")
    columns: tuple[Column, ...] = clerk("columns", about="栏目，按导航的顺序")
    contact: Contact = clerk("contact", Contact(), about="联系方式，印在指南、依申请公开和页脚")
    shell: Shell = clerk(
        "shell",
        Shell(),
        about="上级网站的页首、页脚片段：网站文件夹里的 HTML 文件；空着就用本站自己的",
    )
    forms: tuple[str, ...] = clerk("forms", (), about="采用的地方补充表式的编号")
    index_numbers: tuple[str, ...] = clerk(
        "index_numbers",
        (),
        about="索引号的写法，如 {code9}/{year}-{serial5}；{code9} 是组织机构代码，{code18} 是统一"
        "社会信用代码，{year} {month} 是年月，{serial5} 是五位流水号；空着就不检查写法",
    )
    not_applicable: tuple[NotApplicable, ...] = clerk(
        "not_applicable", (), about="本机关不涉及的法定主动公开内容，每项写明理由；没有依据不要写"
    )
    standard_items: str = clerk(
        "standard_items",
        "",
        about="采用程序自带的基层政务公开标准目录：natural-resources 是自然资源领域；空着就不采用。"
        "本局自己的目录写在栏目文件夹的 公开标准目录.yaml 里，写了就不用自带的",
    )
    review: Review | None = clerk("review", None, about="审签程序；没有这一项就不要求审签")
    obligations: Obligations = clerk(
        "obligations", Obligations(), about="到期的公开义务；不写就按部门计算，台账不公开"
    )
    publish: tuple[Target, ...] = clerk("publish", (), about="发布到哪里，可以有几处")
    origin: Origin = origin_field()

    def column(self, kind: ColumnKind) -> Column | None:
        """The first column of a kind."""
        return next((c for c in self.columns if c.kind == kind), None)
