"""What is not signed off is nowhere: not a byte of it, not its name, not a link to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.pipeline import Built, Site, build
from tests.accounts import FOLDER as ACCOUNTS
from tests.signoffs import (
    ACCOUNT,
    ATTACHED,
    CHAIN,
    ID,
    NAME,
    NOTICE,
    OPINION,
    REPORT,
    TABLE,
    WORD,
    ask_for_signoff,
    sign,
    site_with_canaries,
    standing_of,
    told,
)
from tests.sites import AS_OF, SMALL, built, copy_of, replace_in, tree

ORDINARY = (NOTICE, f"{ACCOUNTS}/2017/预算/说明.md")
KINDS = {
    "document": "wj/canary-1.html",
    "report": "gknb/2017/index.html",
    "account": "yjs/2017/juesuan.html",
    "workbook of an account": "yjs/2017/juesuan.xlsx",
    "years side by side": "yjs/2017/duibi.html",
    "attachment": f"fj/2024/{WORD}标准.csv",
    "rule": "wj/zd-1.html",
    "list of rules": "zd/index.html",
    "register": "gknb/2012/index.html",
    "catalogue of all information": "mulu/index.html",
    "standard items": "mulu/gkbz/index.html",
    "guide": "zn/index.html",
    "application": "ysqgk/index.html",
    "feed": "feed.xml",
    "list": "fd/tzgg/2024/index.html",
    "front page": "index.html",
}


@pytest.fixture(scope="module")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Ordinary items are signed off, those with the word by all but the last step."""
    site = ask_for_signoff(site_with_canaries(tmp_path_factory.mktemp("withheld") / "site"))
    sign(site, ORDINARY)
    sign(site, steps=len(CHAIN) - 1)
    built(site)
    return site


@pytest.fixture(scope="module")
def open_(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same site with everything signed off."""
    site = ask_for_signoff(site_with_canaries(tmp_path_factory.mktemp("open") / "site"))
    sign(site)
    built(site)
    return tree(site.output)


def test_no_byte_and_no_name_of_what_is_withheld_is_published(withheld: Site) -> None:
    files = tree(withheld.output)
    assert "wj/tz-2024-001.html" in files
    assert told(files, WORD, ID) == []


@pytest.mark.parametrize("kind", KINDS)
def test_once_signed_off_it_is_there(open_: dict[str, bytes], kind: str) -> None:
    assert told({KINDS[kind]: open_[KINDS[kind]]}, WORD, ID)


def test_who_signed_and_what_they_thought_is_never_published(
    withheld: Site, open_: dict[str, bytes]
) -> None:
    assert told(tree(withheld.output) | open_, NAME, OPINION, "主管领导", "审签") == []


def test_a_link_to_what_is_withheld_is_plain_words(withheld: Site) -> None:
    page = (withheld.output / "wj/tz-2024-001.html").read_text("utf-8")
    assert "又见，年报，依据见" in page


def test_the_site_says_of_every_item_whom_it_waits_for(withheld: Site) -> None:
    found = [p.message for p in build(withheld, AS_OF).problems if p.code == "S120"]
    assert len(found) == 9
    assert all("等主管领导审签（承办人、科室负责人、办公室已签），不会公开" in m for m in found)


def test_a_preview_shows_it_with_a_mark_on_its_page_and_in_lists(
    withheld: Site, tmp_path: Path
) -> None:
    preview = Site(withheld.root, tmp_path / "pages", tmp_path / "notes")
    assert not build(preview, AS_OF, preview=True).failed
    pages = {name: text.decode() for name, text in tree(preview.output).items() if "html" in name}
    for kind in KINDS.values():
        if kind.endswith(".html"):
            assert "未审签" in pages[kind], kind
    assert "未审签" not in pages["wj/tz-2024-001.html"].split("相关解读")[0].split("解读的文件")[0]
    assert "未审签" in pages["yjs/index.html"]
    assert told(tree(withheld.output), "未审签") == []


@pytest.mark.parametrize("openness", ["依申请公开", "不予公开"])
def test_what_is_signed_off_as_not_public_is_not_published(tmp_path: Path, openness: str) -> None:
    site = ask_for_signoff(site_with_canaries(tmp_path / "site"))
    for file in (NOTICE.replace("征地", WORD), REPORT, ACCOUNT):
        replace_in(site.root / file, "发布机构", new=f"公开属性: {openness}\n发布机构")
    guide = site.root / "content/政府信息公开指南/指南.md"
    replace_in(guide, "发布机构", new=f"公开属性: {openness}\n发布机构")
    for old, new in ((f"，[年报](编号:{ID}-2)", ""), (f"[又见](编号:{ID}-1)，", "")):
        replace_in(site.root / NOTICE, old, new=new)
    sign(site, (*ORDINARY, NOTICE.replace("征地", WORD), REPORT, ACCOUNT, guide_path(site, guide)))
    built(site)
    assert told(tree(site.output), WORD, ID) == []


def guide_path(site: Site, guide: Path) -> str:
    return guide.relative_to(site.root).as_posix()


def change_the_text(site: Site) -> None:
    flip(site.root / NOTICE, b"1.20", at=0)


def change_a_field(site: Site) -> None:
    flip(site.root / NOTICE, "〕1号".encode(), at=3)


def change_the_attachment(site: Site) -> None:
    file = site.root / ATTACHED
    flip(file, file.read_bytes()[-2:], at=0)


def change_the_table(site: Site) -> None:
    flip(site.root / TABLE, "(盖章)".encode(), at=0)


def flip(file: Path, around: bytes, *, at: int) -> None:
    """One bit of one byte of what stands there."""
    content = bytearray(file.read_bytes())
    content[content.index(around) + at] ^= 1
    file.write_bytes(content)


@pytest.fixture
def signed(tmp_path: Path) -> Site:
    """A site that is signed off as a whole, and built."""
    site = ask_for_signoff(copy_of(SMALL, tmp_path / "site"))
    sign(site)
    built(site)
    return site


@pytest.mark.parametrize(
    ("change", "page"),
    [
        (change_the_text, "wj/tz-2024-001.html"),
        (change_a_field, "wj/tz-2024-001.html"),
        (change_the_attachment, "wj/tz-2024-001.html"),
        (change_the_table, "gknb/2017/index.html"),
    ],
)
def test_one_changed_byte_withholds_an_item_until_all_sign_again(
    signed: Site, change: Callable[[Site], None], page: str
) -> None:
    assert (signed.output / page).exists()
    change(signed)
    (message,) = messages(built(signed), "S121")
    assert f"要重新审签的：{'、'.join(CHAIN)}" in message
    assert not (signed.output / page).exists()
    sign(signed)
    assert messages(built(signed), "S121") == []
    assert (signed.output / page).exists()


def test_a_line_end_a_mark_and_a_new_name_change_nothing(signed: Site) -> None:
    notice = signed.root / NOTICE
    notice.write_bytes(b"\xef\xbb\xbf" + notice.read_bytes().replace(b"\n", b"\r\n"))
    table = signed.root / TABLE
    table.write_bytes(table.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n"))
    elsewhere = notice.parent.parent / "2025"
    elsewhere.mkdir()
    notice.rename(elsewhere / "土地.md")
    notice.with_suffix(".审签.yaml").rename(elsewhere / "土地.审签.yaml")
    before = tree(signed.output)
    assert [p for p in built(signed).problems if p.code.startswith("S")] == []
    assert tree(signed.output) == before


def test_what_changes_back_is_signed_off_again(signed: Site) -> None:
    text = (signed.root / NOTICE).read_bytes()
    change_the_text(signed)
    assert standing_of(signed, NOTICE).state == "内容已改"
    (signed.root / NOTICE).write_bytes(text)
    assert standing_of(signed, NOTICE).state == "已审签"


def test_an_attachment_that_a_public_item_shares_stays(signed: Site) -> None:
    text = (signed.root / NOTICE).read_text("utf-8").replace("TZ-2024-001", "TZ-2024-002")
    (signed.root / NOTICE).with_name("第二篇.md").write_text(text, "utf-8")
    build(signed, AS_OF)
    assert (signed.output / "fj/2024/补偿标准.csv").exists()


def test_approvals_that_come_and_go_leave_what_a_clean_build_makes(signed: Site) -> None:
    for change in (change_the_text, sign, change_the_attachment, change_the_table, sign):
        change(signed)
        built(signed)
        clean = Site(signed.root, signed.root / "clean", signed.root / "notes")
        built(clean)
        assert tree(signed.output) == tree(clean.output)
        assert not built(signed).changes


def test_only_columns_and_days_that_ask_for_it_wait(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    ask_for_signoff(site, "  columns: [fd, gknb]\n  from: 2020-01-01\n")
    built(site)
    assert not (site.output / "wj/tz-2024-001.html").exists()
    assert (site.output / "wj/zd-1.html").exists(), "a column that does not ask"
    assert (site.output / "gknb/2017/index.html").exists(), "published before"


def messages(run: Built, code: str) -> list[str]:
    return [problem.message for problem in run.problems if problem.code == code]
