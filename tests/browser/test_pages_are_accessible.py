"""Every kind of page under all rules of axe-core, wide and narrow, light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.portal import KINDS, SCHEMES, Portal, violations

WIDTHS = (1280, 390)


def test_every_template_of_a_page_has_an_example_here(portals: dict[str, Portal]) -> None:
    templates = {
        (portal.name, page.path): page.template
        for portal in portals.values()
        for page in portal.built.pages
        if page.kind == "html"
    }
    assert set(templates.values()) == {templates[place] for place in KINDS.values()}


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_wrong_with(
    portals: dict[str, Portal], page: Page, axe: str, kind: str
) -> None:
    name, path = KINDS[kind]
    page.goto(portals[name].address(path))
    page.evaluate(axe)
    found = [
        line
        for width in WIDTHS
        for scheme in SCHEMES
        for line in violations(page, width, scheme=scheme)
    ]
    assert not found, "\n".join(found)
