"""What is not signed off leaves the office on no way: published, packed, recorded or archived."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.delivery.publishing import publish as publishing
from site_builder.model.published import LEDGER
from site_builder.pipeline import Built, Site
from site_builder.sources.requests import PATH
from tests.publishing import add_target, published
from tests.signoffs import (
    CHAIN,
    ID,
    NAME,
    NOTICE,
    OPINION,
    WORD,
    ask_for_signoff,
    sign,
    site_with_canaries,
    told,
)
from tests.sites import AS_OF, tree

REGISTERED = "登记的金丝雀"
PAGE = "wj/tz-2024-001.html"
GRAMS = ("金丝", "丝雀")  # what an index of two signs each would keep of the word
KINDS = ("folder", "share", "zip")
YEARS = ("2024", "2017", "2012")
REQUEST = (
    f"登记:\n  - {{编号: A-1, 收到日期: 2024-05-20, 申请人类型: 自然人, 内容: {REGISTERED}}}\n"
)


@pytest.fixture(scope="module", params=["withheld", "signed"])
def sent(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bool, Site]:
    """Whether all is signed off, and a site published in every manner, recorded and archived."""
    site = ask_for_signoff(site_with_canaries(tmp_path_factory.mktemp("sent") / "site"))
    is_signed = request.param == "signed"
    if is_signed:
        sign(site)
    else:
        sign(site, (NOTICE, "content/法定主动公开内容/财政预决算/2017/预算/说明.md"))
        sign(site, steps=len(CHAIN) - 1)
    (site.root / "登记").mkdir()
    (site.root / PATH).write_text(REQUEST, "utf-8")
    for kind in KINDS:
        add_target(site, name=kind, kind=kind, path=f"../{kind}")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(publishing, "check", lambda *_: Built(()))
        for kind in KINDS:
            done = published(site, kind)
            assert not done.failed, done.problems
    for year in YEARS:
        words = ["--site", str(site.root), "archive", year, "--warc", "--as-of", AS_OF.isoformat()]
        result = CliRunner().invoke(commands, words)
        assert result.exit_code in (0, 1), result.output
    return is_signed, site


def places(site: Site) -> dict[str, dict[str, bytes]]:
    """Every folder that was written outside the sources, and the records of publishing."""
    above = site.root.parent
    written = {kind: tree(above / kind) for kind in KINDS}
    log = tree((site.root / LEDGER).parent)
    return {**written, "record": log, "archive": tree(site.root / "archive")}


def test_no_byte_of_it_is_in_anything_that_leaves_the_office(sent: tuple[bool, Site]) -> None:
    is_signed, site = sent
    for name, files in places(site).items():
        assert files, name
        assert bool(told(files, WORD, ID, *GRAMS)) == is_signed, name
        assert told(files, NAME, OPINION, REGISTERED, "审签") == [], name


def test_what_may_be_seen_is_there_on_every_way(sent: tuple[bool, Site]) -> None:
    _, site = sent
    for name, files in places(site).items():
        assert told(files, "TZ-2024-001"), name
    held = places(site)
    assert any(path.endswith(f"/{PAGE}.br") for path in held["folder"])
    assert PAGE in held["share"]
    assert any(path.startswith("manifests/") for path in held["folder"])
    assert any(path.endswith(".warc") for path in held["archive"])


def test_the_search_for_the_word_looks_into_what_is_packed(sent: tuple[bool, Site]) -> None:
    is_signed, site = sent
    if is_signed:
        files = places(site)
        for suffix in (".html.gz", ".html.br", ".js.br", ".zip", ".warc"):
            packed = {p: d for one in files.values() for p, d in one.items() if p.endswith(suffix)}
            assert told(packed, *GRAMS), suffix
