"""Every kind of page under all rules of axe-core, wide and narrow, light and dark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.portal import KINDS, Portal, violations

WIDTHS = (1280, 390)
LEFT_AT_ONCE = "pages/moved.html"  # a browser follows it before anything could be looked at
IN_THE_DARK = re.compile(
    r"@media screen and \(prefers-color-scheme:dark\) \{:root\{(.*?)\}\s*\}", re.DOTALL
)
COLOUR = re.compile(r"--[a-z]+:#[0-9a-f]{3,6}")


def test_every_template_of_a_page_has_an_example_here(portals: dict[str, Portal]) -> None:
    templates = {
        (portal.name, page.path): page.template
        for portal in portals.values()
        for page in portal.built.pages
        if page.kind == "html"
    }
    shown = set(templates.values()) - {LEFT_AT_ONCE}
    assert shown == {templates[place] for place in KINDS.values()}


def test_the_dark_changes_nothing_but_colours(portals: dict[str, Portal]) -> None:
    texts = [file.read_text("utf-8") for file in portals["demo"].output.rglob("*.css")]
    changed = [part for text in texts for part in IN_THE_DARK.findall(text)]
    assert len(changed) == sum(text.count("prefers-color-scheme") for text in texts) > 0
    declared = [one.strip() for part in changed for one in part.split(";")]
    assert [one for one in declared if one and not COLOUR.fullmatch(one)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_wrong_with(
    portals: dict[str, Portal], page: Page, axe: str, kind: str
) -> None:
    name, path = KINDS[kind]
    page.goto(portals[name].address(path))
    page.evaluate(axe)
    found = list(violations(page, WIDTHS))
    assert not found, "\n".join(found)
