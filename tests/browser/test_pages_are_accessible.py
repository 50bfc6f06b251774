"""Every kind of page under all rules of axe-core, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from tests.browser.portal import KINDS, TOOLS, Portal

AXE = TOOLS / "axe-core" / "axe.min.js"
WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        pytest.fail("axe-core is missing; tests/setup.sh installs it", pytrace=False)
    return AXE.read_text(encoding="utf-8")


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


def violations(page: Page, width: int, *, scheme: Literal["light", "dark"]) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    result: Any = page.evaluate("axe.run()")
    assert result["passes"]
    for violation in result["violations"]:
        yield f"{width} px, {scheme}: {violation['id']} ({violation['impact']}) {violation['help']}"
        for node in violation["nodes"]:
            yield f"    {' '.join(map(str, node['target']))}\n    {node['html'][:200]}"
