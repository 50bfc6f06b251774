"""The pages under the validator of the HTML standard, and the weight of the style sheet."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.browser.portal import SITES, TOOLS, Portal

VALIDATOR = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
STYLE_LIMIT = 15 * 1024

Found = list[dict[str, str]]


@pytest.fixture(scope="module")
def found(portals: dict[str, Portal], tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The errors in all pages and, so that Java starts only once, in one that has an error."""
    broken = tmp_path_factory.mktemp("broken") / "broken.html"
    broken.write_text("<!doctype html><title>错</title><p id=a><p id=a>", encoding="utf-8")
    return validated([str(broken), *(str(portal.output) for portal in portals.values())])


def test_the_validator_finds_no_error_in_any_page(found: Found) -> None:
    errors = [
        f"{message['url']}:{message.get('lastLine', '')} {message['message']}"
        for message in found
        if not is_of_the_broken_one(message)
    ]
    assert not errors, "\n".join(errors)


def test_the_validator_would_find_an_error(found: Found) -> None:
    assert [one["type"] for one in found if is_of_the_broken_one(one)] == ["error"]


@pytest.mark.parametrize("name", SITES)
def test_the_style_of_every_page_stays_under_fifteen_kilobytes(
    portals: dict[str, Portal], name: str
) -> None:
    sheet = portals[name].output / "assets/site.css"
    assert 0 < sheet.stat().st_size < STYLE_LIMIT


def is_of_the_broken_one(message: dict[str, str]) -> bool:
    return message["url"].endswith("/broken.html")


def validated(paths: list[str]) -> Found:
    """The errors that the Nu Html Checker finds in files and folders."""
    java = shutil.which("java")
    if java is None or not VALIDATOR.is_file():
        pytest.fail("Java or vnu-jar is missing; tests/setup.sh installs them", pytrace=False)
    command = [java, "-jar", str(VALIDATOR), "--errors-only", "--format", "json"]
    done = subprocess.run(
        [*command, "--skip-non-html", *paths], capture_output=True, text=True, check=False
    )
    messages: Found = json.loads(done.stderr)["messages"]
    return messages
