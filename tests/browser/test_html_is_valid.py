"""The pages under the validator of the HTML standard, and the weight of the style sheet."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.browser.portal import SITES, TOOLS, Portal

VALIDATOR = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
STYLE_LIMIT = 15 * 1024


def test_the_validator_finds_no_error_in_any_page(portals: dict[str, Portal]) -> None:
    found = validated([str(portal.output) for portal in portals.values()])
    errors = [
        f"{message['url']}:{message.get('lastLine', '')} {message['message']}" for message in found
    ]
    assert not errors, "\n".join(errors)


@pytest.mark.parametrize("name", SITES)
def test_the_style_of_every_page_stays_under_fifteen_kilobytes(
    portals: dict[str, Portal], name: str
) -> None:
    sheet = portals[name].output / "assets/site.css"
    assert 0 < sheet.stat().st_size < STYLE_LIMIT


def test_the_validator_would_find_an_error(portals: dict[str, Portal]) -> None:
    page = portals["small"].output.parent / "broken.html"
    page.write_text("<!doctype html><title>错</title><p id=a><p id=a>", encoding="utf-8")
    assert [message["type"] for message in validated([str(page)])] == ["error"]


def validated(paths: list[str]) -> list[dict[str, str]]:
    """The errors that the Nu Html Checker finds in files and folders."""
    java = shutil.which("java")
    if java is None or not VALIDATOR.is_file():
        pytest.fail("Java or vnu-jar is missing; tests/setup.sh installs them", pytrace=False)
    command = [java, "-jar", str(VALIDATOR), "--errors-only", "--format", "json"]
    done = subprocess.run(
        [*command, "--skip-non-html", *paths], capture_output=True, text=True, check=False
    )
    messages: list[dict[str, str]] = json.loads(done.stderr)["messages"]
    return messages
