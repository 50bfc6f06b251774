"""The platform under another site: the parent's top and foot, and what they must not bring."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.model.site import Shell
from site_builder.pipeline import Site, check
from site_builder.sources.shell import read_shell
from tests.sites import AS_OF, SMALL, built, copy_of

HEADER = '<div class="top"><a href="/">示例市人民政府</a> <a href="zn/index.html">指南</a></div>'
FOOTER = '<footer><a href="https://example.invalid/">关于</a></footer>'
HEAD = '<link rel="stylesheet" href="/css/gov.css">'
NOTICE, HOME = "wj/tz-2024-001.html", "index.html"
HOSTILE = {
    "a script": '<script>alert("x")</script>',
    "a handler": '<a href="/" onclick="run()">x</a>',
    "an address that runs": '<a href="javascript:run()">x</a>',
    "an address that runs, disguised": '<a href=" java&#10;script:run()">x</a>',
    "a picture from elsewhere": '<img src="https://example.invalid/x.png" alt="">',
    "a picture from elsewhere without a scheme": '<img src="//example.invalid/x.png" alt="">',
    "a picture from elsewhere with backslashes": '<img src="/\\example.invalid/x.png" alt="">',
    "a frame": '<iframe src="https://example.invalid/"></iframe>',
    "a form": '<form action="https://example.invalid/"><input name="q"></form>',
    "a style of its own": '<p style="position:fixed">x</p>',
    "a style sheet inside": "<style>body{display:none}</style>",
    "a drawing that runs": '<svg onload="run()"><script>run()</script></svg>',
    "a new base": '<base href="https://example.invalid/">',
    "a way to another page": '<meta http-equiv="refresh" content="0;url=https://example.invalid/">',
    "the name of our own text": '<div id="main">x</div>',
}
NAMED = {
    "header": Shell(header="part.html"),
    "footer": Shell(footer="part.html"),
    "head": Shell(head="part.html"),
}
TRACES = re.compile(
    r"alert|onclick|onload|run\(|example\.invalid/x|iframe|<form|<input|style=|<style|<svg|<base"
    r"|http-equiv=.refresh|<div id=.main"
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_of(SMALL, tmp_path / "site")


def wrapped(site: Site, **parts: str) -> None:
    """Give a site these fragments."""
    folder = site.root / "fragments"
    folder.mkdir()
    for name, text in parts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    lines = "".join(f"  {name}: fragments/{name}.html\n" for name in parts)
    config = site.root / "config.yaml"
    config.write_text(f"{config.read_text(encoding='utf-8')}shell:\n{lines}", encoding="utf-8")


def page(site: Site, path: str) -> str:
    return (site.output / path).read_text(encoding="utf-8")


def test_the_parent_s_top_and_foot_stand_on_every_page_and_their_links_lead_on(site: Site) -> None:
    wrapped(site, header=HEADER, footer=FOOTER, head=HEAD)
    result = built(site)
    for path in (p.path for p in result.pages if p.kind == "html"):
        assert '<a href="/">示例市人民政府</a>' in page(site, path)
    assert '<a href="../zn/index.html">' in page(site, NOTICE)
    assert '<a href="zn/index.html">' in page(site, HOME)
    assert page(site, NOTICE).index("/css/gov.css") < page(site, NOTICE).index("assets/site.css")
    assert check(site, AS_OF).problems == ()


def test_what_the_law_asks_of_a_page_stays_beside_the_parent_s_foot(site: Site) -> None:
    wrapped(site, header=HEADER, footer=FOOTER)
    built(site)
    text = page(site, NOTICE)
    for kept in ("网站标识码", "ICP备案号", "公安机关备案号", "主办单位", "map.html", "示例网站"):
        assert kept in text
    assert len(re.findall(r"<header\b", text)) == 1
    assert len(re.findall(r"<footer\b", text)) == 1
    assert 'class="brand"' not in text


@pytest.mark.parametrize("part", NAMED)
@pytest.mark.parametrize("named", HOSTILE)
def test_a_fragment_cannot_bring(tmp_path: Path, named: str, part: str) -> None:
    (tmp_path / "part.html").write_text(f"<p>一</p>\n{HOSTILE[named]}\n", encoding="utf-8")
    fragments, problems = read_shell(tmp_path, NAMED[part])
    assert [p for p in problems if p.code == "C311" and p.place.line == 2]
    left = "".join(getattr(fragments, part))
    assert not TRACES.search(left), left


@pytest.mark.parametrize("path", ["../header.html", "/etc/header.html", "C:/header.html", "a.txt"])
def test_a_fragment_is_a_file_of_the_site_s_own_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "header.html").write_text(HEADER, encoding="utf-8")
    (tmp_path / "site/a.txt").write_text(HEADER, encoding="utf-8")
    fragments, problems = read_shell(tmp_path / "site", Shell(header=path))
    assert [problem.code for problem in problems] == ["C310"]
    assert fragments.header == ()


def test_a_changed_fragment_changes_every_page_and_nothing_else(site: Site) -> None:
    wrapped(site, footer=FOOTER)
    built(site)
    (site.root / "fragments/footer.html").write_text(
        FOOTER.replace("关于", "简介"), encoding="utf-8"
    )
    changes = {change.wanted.page.path for change in built(site).changes}
    assert {HOME, NOTICE} <= changes
    assert "简介" in page(site, NOTICE)


def test_a_template_of_the_site_s_own_takes_the_place_of_ours_and_of_no_other(site: Site) -> None:
    own = site.root / "templates/parts/footer.html"
    own.parent.mkdir(parents=True)
    own.write_text("<footer>{{ site.bureau }}自己的页脚</footer>\n", encoding="utf-8")
    built(site)
    assert "示例市自然资源局自己的页脚" in page(site, NOTICE)
    assert 'class="banner"' in page(site, NOTICE)
