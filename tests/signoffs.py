"""Signing off on test sites: a chain of four steps, and items that went through it.

Promise: what is signed here is signed as the commands would, for the content that stands there.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import brotli

from site_builder.delivery.signoff_file import write_steps
from site_builder.model.library import Library
from site_builder.model.review import Standing, Step, Verdict
from site_builder.pipeline import Site
from site_builder.problems import errors
from site_builder.sources.load import load
from tests.accounts import FOLDER as ACCOUNTS
from tests.accounts import with_accounts
from tests.sites import AS_OF, SMALL, another, copy_of, replace_in

CHAIN = ("承办人", "科室负责人", "办公室", "主管领导")
DAY = date(2024, 5, 20)
NAME, OPINION = "签名的某人", "不给人看的意见"
NOTICES = "content/法定主动公开内容/通知公告/2024"
NOTICE = f"{NOTICES}/征地.md"
REPORT = "content/政府信息公开年报/2017/报告.md"
TABLE = "content/政府信息公开年报/2017/统计.csv"
ACCOUNT = f"{ACCOUNTS}/2017/决算/说明.md"
ATTACHED = "content/附件/2024/补偿标准.csv"
WORD, ID = "金丝雀", "CANARY"


def ask_for_signoff(site: Site, more: str = "") -> Site:
    """The chain of four steps, for everything; `more` are further keys of `review`."""
    steps = "".join(f"    - role: {role}\n" for role in CHAIN)
    with (site.root / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(f"review:\n{more}  steps:\n{steps}")
    return site


def sign(site: Site, files: Iterable[str] = (), *, steps: int = len(CHAIN)) -> None:
    """So many steps of the chain in all, for these files or for all that wait."""
    wanted = set(files)
    for standing in library_of(site).standings:
        if standing.withheld and (not wanted or standing.item.file in wanted):
            taken = len(standing.given) if standing.state == "等待" else 0
            made = tuple(step(standing, role) for role in CHAIN[taken:steps])
            write_steps(site.root / standing.item.signoff_file, (*standing.steps, *made))


def step(standing: Standing, role: str, *, verdict: Verdict = "同意") -> Step:
    """One step, for the content that stands there."""
    item = standing.item
    return Step(role, NAME, verdict, DAY, item.openness, item.fingerprint, OPINION)


def standing_of(site: Site, file: str) -> Standing:
    """How far the item of a file has come."""
    return next(s for s in library_of(site).standings if s.item.file == file)


def library_of(site: Site) -> Library:
    """The site's records, which must be without errors."""
    library, problems = load(site.root, AS_OF)
    assert library is not None
    assert errors(problems) == ()
    return library


def site_with_canaries(target: Path) -> Site:
    """A site with one item of every kind that holds the word wherever a word can stand, and with
    ordinary items that speak of it by its 编号.
    """
    site = with_accounts(copy_of(SMALL, target), [(2017, "预算"), (2017, "决算")])
    for path, old, new in (
        ("config.yaml", 'url: ""', "url: https://example.invalid/"),
        (NOTICE, "主题分类", f"解读: [{ID}-1]\n主题分类"),
        (NOTICE, "依据见", f"[又见](编号:{ID}-1)，[年报](编号:{ID}-2)，依据见"),
        (TABLE, "示例市自然资源局", WORD),
        (REPORT, "NB-2017", f"{ID}-2"),
        (REPORT, "标题: ", f"内容概述: 概述{WORD}\n标题: {WORD}"),
        (ACCOUNT, "标题: ", f"内容概述: 概述{WORD}\n标题: {WORD}"),
        (ACCOUNT, "JS-2017", f"{ID}-3"),
        (ACCOUNT.replace("说明.md", "表.yaml"), "填报单位: ", f"填报单位: {WORD}"),
        ("content/政府信息公开指南/指南.md", "## 查阅地点", f"## {WORD}"),
        ("content/政府信息公开指南/指南.md", "ZN-1", f"{ID}-4"),
        ("content/依申请公开/说明.md", "标题: ", f"内容概述: {WORD}\n标题: {WORD}"),
        ("content/政府信息公开制度/公开制度.md", "标题: ", f"标题: {WORD}"),
    ):
        replace_in(site.root / path, old, new=new)
    text = another((SMALL / NOTICE).read_text("utf-8"), f"{ID}-1")
    for old, new in (("标题: ", f"标题: {WORD}"), ("范围", WORD), ("补偿标准", f"{WORD}标准")):
        text = text.replace(old, new)
    (site.root / NOTICES / f"{WORD}.md").write_text(text, "utf-8")
    attached = site.root / "content/附件/2024"
    (attached / f"{WORD}标准.csv").write_text(f"{WORD},1\n", "utf-8")
    folders = ("政府信息公开年报", "政府信息公开制度", "法定主动公开内容")
    register = f"出处: {WORD}\n登记:\n  - {{年度: 2012, 种类: 年度报告, 标题: {WORD}}}\n"
    rules = f"目录:\n  - {{名称: {WORD}, 出处: {WORD}, 条目: [{WORD}制度]}}\n"
    standard = f"名称: {WORD}\n出处: {WORD}\n事项:\n  - {{序号: 1, 一级事项: {WORD}}}\n"
    names, texts = ("登记", "制度目录", "公开标准目录"), (register, rules, standard)
    for folder, name, text in zip(folders, names, texts, strict=True):
        (site.root / "content" / folder / f"{name}.yaml").write_text(text, "utf-8")
    return site


def told(files: dict[str, bytes], *words: str) -> list[str]:
    """The files that tell one of the words: in their names, in their bytes in any encoding, or in
    what is packed inside them.
    """
    return [name for name, content in files.items() if _tells(name, content, words)]


def _tells(name: str, content: bytes, words: tuple[str, ...]) -> bool:
    if content.startswith(b"PK\x03\x04"):
        inner = zipfile.ZipFile(io.BytesIO(content))
        if any(_tells(n, inner.read(n), words) for n in inner.namelist()):
            return True
    if content.startswith(b"\x1f\x8b"):
        return _tells(name, gzip.decompress(content), words)
    if name.endswith(".br"):
        return _tells(name.removesuffix(".br"), brotli.decompress(content), words)
    whole = name.lower().encode() + b"\0" + content.lower()
    return any(form in whole for word in words for form in _forms(word.lower()))


def _forms(word: str) -> Iterable[bytes]:
    yield from (word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"))
    yield "".join(f"%{byte:02x}" for byte in word.encode()).encode()
    yield ascii(word).strip("'").encode()
