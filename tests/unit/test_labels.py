"""The page labels of 国办发〔2017〕47号 when one is emptied.

`check` fails where the clerk knows the fact, and for every fact once the site has an address to be
published at.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.pipeline import Site, check
from site_builder.problems import Severity, severity
from tests.sites import AS_OF, SMALL, copy_of, replace_in

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
REPORT = "content/政府信息公开年报/2017/报告.md"
CONFIG = "config.yaml"
STATED = (
    (CONFIG, "name", "C101"),
    (CONFIG, "bureau", "C101"),
    (CONFIG, "type", "C101"),
    (CONFIG, "description", "C101"),
    (CONFIG, "keywords", "C101"),
    (NOTICE, "标题", "D101"),
    (REPORT, "标题", "D101"),
)
PERHAPS_UNKNOWN = (
    (CONFIG, "domain", "C301"),
    (CONFIG, "id_code", "C301"),
    (NOTICE, "公开日期", "D301"),
    (REPORT, "公开日期", "D301"),
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_of(SMALL, tmp_path / "site")


@pytest.mark.parametrize(("file", "key", "code"), STATED)
def test_a_label_that_a_clerk_knows_may_not_be_empty(
    site: Site, file: str, key: str, *, code: str
) -> None:
    emptied(site.root / file, key)
    assert told(site) == [(code, Severity.ERROR)]


@pytest.mark.parametrize(("file", "key", "code"), PERHAPS_UNKNOWN)
def test_a_label_whose_fact_is_unknown_is_a_warning_before_the_site_has_an_address(
    site: Site, file: str, key: str, *, code: str
) -> None:
    emptied(site.root / file, key)
    assert told(site) == [(code, Severity.WARNING)]


@pytest.mark.parametrize(("file", "key", "code"), PERHAPS_UNKNOWN)
def test_no_label_may_be_empty_once_the_site_has_an_address(
    site: Site, file: str, key: str, *, code: str
) -> None:
    replace_in(site.root / CONFIG, 'url: ""', new="url: https://example.invalid/")
    assert told(site) == []
    emptied(site.root / file, key)
    assert code in ("C301", "D301")
    assert told(site) == [("O104", Severity.ERROR)]


def test_a_label_that_a_template_drops_is_an_error(site: Site) -> None:
    own = site.root / "templates/layouts/base.html"
    own.parent.mkdir(parents=True)
    base = Path(__file__).parents[2] / "templates/layouts/base.html"
    text = base.read_text(encoding="utf-8")
    bare = re.sub(r"{% for \w+ in page\.frame\.labels.*?{% endfor %}", "", text, flags=re.DOTALL)
    assert bare != text
    own.write_text(bare, encoding="utf-8")
    assert told(site) == [("O103", Severity.ERROR)]


def emptied(file: Path, key: str) -> None:
    """Take the value of the first field of this name away."""
    text = file.read_text(encoding="utf-8")
    value = r"(\[[^\]]*\]|[^,}\n]*)"
    empty, count = re.subn(rf"\b{key}: {value}", f'{key}: ""', text, count=1)
    assert count == 1
    file.write_text(empty, encoding="utf-8")


def told(site: Site) -> list[tuple[str, Severity]]:
    """Errors and warnings; that a column has no dated record is a note beside them."""
    found = ((problem.code, severity(problem)) for problem in check(site, AS_OF).problems)
    return [(code, weight) for code, weight in found if weight is not Severity.NOTE]
