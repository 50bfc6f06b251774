"""The contract between templates and views.

A page template sees `page` (its view) and `site`, and nothing else; it may use every field of its
view and must use each. What a template must not do at all is read from its syntax tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import jinja2
import pytest
from jinja2 import meta, nodes

import site_builder.pages
from site_builder.pages import catalogue_views, paper_views, search_views, views
from site_builder.pages.pieces import Frame, SiteView
from site_builder.pages.published_views import RedirectsView
from site_builder.render.html import open_templates

ROOT = Path(__file__).resolve().parents[2] / "templates"
ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
ORDERING = {"sort", "dictsort", "groupby", "sum", "min", "max", "random", "shuffle", "reverse"}
UNESCAPED = {"safe", "forceescape", "tojson", "xmlattr"}
DATA = '<script type="application/ld+json">'  # read by programs, never run
ENVIRONMENT = open_templates((ROOT,)).environment
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.*"))
ASSETS = [name for name in TEMPLATES if re.fullmatch(r"assets/[^/]+", name)]
MODULES = [
    import_module(f"site_builder.pages.{module.name}")
    for module in iter_modules(site_builder.pages.__path__)
    if module.name.endswith("views")
]
# A view with a frame is a page; its template has its name.
VIEWS: dict[str, Any] = {
    f"pages/{re.sub(r'(?<!^)(?=[A-Z])', '_', name.removesuffix('View')).lower()}.html": view
    for module in MODULES
    for name, view in getmembers(module, isclass)
    if is_dataclass(view) and "frame" in {field.name for field in fields(view)}
}
FEEDS: dict[str, Any] = {
    "feeds/atom.xml": views.FeedView,
    "feeds/entries.js": catalogue_views.EntriesView,
    "feeds/redirects.json": RedirectsView,
    "feeds/opensearch.xml": search_views.OpenSearchView,
    "feeds/robots.txt": views.RobotsView,
    "feeds/sitemap.xml": views.SitemapView,
    "feeds/summaries.js": catalogue_views.SummariesView,
}
# What is printed about the site; the layout uses the first fields of each.
PAPERS: dict[str, Any] = {
    "papers/inspection.html": paper_views.InspectionView,
    "papers/ledger.html": paper_views.LedgerView,
    "papers/site_sheet.html": paper_views.SiteSheetView,
}


def test_every_view_has_its_template_and_every_template_its_view() -> None:
    assert [name for name in TEMPLATES if name.startswith("pages/")] == sorted(VIEWS)


@pytest.mark.parametrize("template", [*VIEWS, *FEEDS, *PAPERS])
def test_a_template_uses_only_fields_of_its_view_and_each_of_them(template: str) -> None:
    used = {chain[1] for chain in chains(template) if chain[0] == "page"}
    assert used == {field.name for field in fields((VIEWS | FEEDS | PAPERS)[template])}


@pytest.mark.parametrize("template", VIEWS)
def test_a_template_uses_only_fields_of_the_frame_and_of_the_site(template: str) -> None:
    found = list(chains(template))
    frame = {chain[2] for chain in found if chain[:2] == ("page", "frame") and len(chain) > 2}
    site = {chain[1] for chain in found if chain[0] == "site"}
    assert frame <= {field.name for field in fields(Frame)}
    assert site <= {field.name for field in fields(SiteView)}


def test_every_field_of_the_frame_and_of_the_site_is_used_somewhere() -> None:
    found = [chain for template in VIEWS for chain in chains(template)]
    frame = {chain[2] for chain in found if chain[:2] == ("page", "frame") and len(chain) > 2}
    site = {chain[1] for chain in found if chain[0] == "site"}
    assert frame == {field.name for field in fields(Frame)}
    assert site == {field.name for field in fields(SiteView)}


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_sees_its_view_and_the_site_and_nothing_else(template: str) -> None:
    found = meta.find_undeclared_variables(parsed(template)) - macros_of(template)
    seen = {"page", "site"} if template.endswith(".html") else set()
    assert found <= ({"page"} if template in FEEDS else seen)


def test_macros_see_their_arguments_alone() -> None:
    macros = [name for name in TEMPLATES if name.startswith("macros/")]
    assert macros
    for name in macros:
        assert meta.find_undeclared_variables(parsed(name)) == set()
    assert [i for name in TEMPLATES for i in imports(name) if i.with_context] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_names_the_others_outright(template: str) -> None:
    named = list(meta.find_referenced_templates(parsed(template)))
    assert [name for name in named if name not in TEMPLATES] == []
    assert [t for t in parsed(template).find_all(nodes.Include) if t.ignore_missing] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_counts_and_sorts_nothing(template: str) -> None:
    tree = parsed(template)
    assert [node.lineno for node in tree.find_all(ARITHMETIC)] == []
    assert [f.name for f in tree.find_all(nodes.Filter) if f.name in ORDERING] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_lets_no_value_pass_unescaped(template: str) -> None:
    tree = parsed(template)
    assert [f.name for f in tree.find_all(nodes.Filter) if f.name in UNESCAPED] == []
    assert list(tree.find_all((nodes.ScopedEvalContextModifier, nodes.MarkSafe))) == []
    bare = [tag for tag in tags(template) if "=" in re.sub(r'="[^"]*"', "", tag)]
    assert bare == []


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name.endswith(".html")])
def test_a_template_holds_no_style_and_no_script(template: str) -> None:
    for tag in tags(template):
        assert not re.match(r"<style\b", tag), tag
        assert tag == DATA or not re.match(r"<script\b(?![^>]*\ssrc=)", tag), tag
        assert not re.search(r"\s(?:style|on[a-z]+)\s*=", tag), tag
        assert "javascript:" not in tag


def test_the_one_block_of_data_holds_what_cannot_end_it() -> None:
    blocks = [name for name in TEMPLATES if DATA in text_of(name)]
    assert blocks == ["layouts/base.html"]
    assert f"{DATA}{{{{ page.frame.structured | jsonld }}}}</script>" in text_of(blocks[0])


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name.endswith(".css")])
def test_a_style_sheet_fetches_nothing(template: str) -> None:
    assert not re.search(r"url\(|@import|@font-face", text_of(template))


def test_every_template_is_used_by_a_page_a_paper_or_an_asset() -> None:
    starts = [*VIEWS, *FEEDS, *PAPERS, *ASSETS]
    assert {name for start in starts for name in closure(start)} == set(TEMPLATES)


def test_an_unknown_field_would_be_found() -> None:
    tree = jinja2.Environment().parse("{{ page.frame.titel }}{{ page.nonsense | upper }}")
    found = {chain_of(node) for node in tree.find_all(nodes.Getattr)}
    assert {("page", "frame", "titel"), ("page", "nonsense")} <= found


def text_of(template: str) -> str:
    return (ROOT / template).read_text(encoding="utf-8")


def parsed(template: str) -> nodes.Template:
    return ENVIRONMENT.parse(text_of(template), template)


def tags(template: str) -> list[str]:
    """The opening tags of a template, with every value and every condition taken out."""
    plain = re.sub(r"\{#.*?#\}", "", text_of(template), flags=re.DOTALL)
    plain = re.sub(r"\{%-?.*?-?%\}|\{\{.*?\}\}", "", plain, flags=re.DOTALL)
    return re.findall(r"<[a-z][^>]*>", plain) if template.endswith(".html") else []


def closure(template: str) -> set[str]:
    """A template and all it includes, extends or imports, however deep."""
    found: set[str] = set()
    waiting = [template]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(filter(None, meta.find_referenced_templates(parsed(name))))
    return found


def chains(template: str) -> Iterator[tuple[str, ...]]:
    """What a template reaches for, as names: `page.frame.title` → (page, frame, title)."""
    for name in closure(template):
        for node in parsed(name).find_all(nodes.Getattr):
            chain = chain_of(node)
            if chain[0] in ("page", "site"):
                yield chain


def chain_of(node: nodes.Expr) -> tuple[str, ...]:
    if isinstance(node, nodes.Getattr):
        return (*chain_of(node.node), node.attr)
    return (node.name,) if isinstance(node, nodes.Name) else ("",)


def macros_of(template: str) -> set[str]:
    """The macros a template defines or imports by name."""
    imported = [n for i in imports(template) if isinstance(i, nodes.FromImport) for n in i.names]
    names = {name if isinstance(name, str) else name[1] for name in imported}
    return names | {macro.name for macro in parsed(template).find_all(nodes.Macro)}


def imports(template: str) -> list[nodes.Import | nodes.FromImport]:
    tree = parsed(template)
    return [*tree.find_all(nodes.Import), *tree.find_all(nodes.FromImport)]
