"""Lighthouse, as inspectors run it: a telephone with a slow line visits the demonstration.

The score for performance depends on what else the machine does and is only printed; what makes it,
the bytes and the requests of a page, is held here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ARGUMENTS
from tests.browser.portal import TOOLS, Portal

LIGHTHOUSE = TOOLS / "lighthouse" / "core" / "index.js"
VISIT = Path(__file__).with_name("lighthouse.mjs")
PAGES = ("index.html", "gknb/2022/index.html", "fd/index.html", "wj/gf-101.html")
SCORED = ("accessibility", "best-practices", "seo")
LEAST = 0.95
MOST_BYTES = 100_000
MOST_REQUESTS = 8
PATIENCE = 1200  # seconds; it takes thirty on an idle machine


@pytest.fixture(scope="module")
def reports(portals: dict[str, Portal]) -> dict[str, Any]:
    """What Lighthouse says of each page."""
    return dict(zip(PAGES, visited([portals["demo"].address(path) for path in PAGES]), strict=True))


@pytest.mark.parametrize("path", PAGES)
def test_lighthouse_is_content_and_a_page_is_light(
    portals: dict[str, Portal], reports: dict[str, Any], path: str
) -> None:
    report = reports[path]
    assert "runtimeError" not in report, report["runtimeError"]
    scores = {name: found["score"] for name, found in report["categories"].items()}
    print(f"{path}: performance {scores['performance']}")  # noqa: T201  # seen with -rP
    assert {name: scores[name] for name in SCORED if scores[name] < LEAST} == {}, faults(report)
    assert report["audits"]["total-byte-weight"]["numericValue"] < MOST_BYTES
    asked = [item["url"] for item in report["audits"]["network-requests"]["details"]["items"]]
    assert 0 < len(asked) <= MOST_REQUESTS
    assert [url for url in asked if not url.startswith(portals["demo"].web)] == []
    assert report["audits"]["cumulative-layout-shift"]["numericValue"] < 0.01


def visited(addresses: list[str]) -> list[Any]:
    """The reports on pages opened one after another in a browser of their own."""
    chromium, node = shutil.which("chromium"), shutil.which("node")
    if chromium is None or node is None or not LIGHTHOUSE.is_file():
        pytest.fail("Lighthouse is missing; tests/setup.sh installs it", pytrace=False)
    done = subprocess.run(
        [node, str(VISIT), str(TOOLS), " ".join(ARGUMENTS), *addresses],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def faults(report: Any) -> list[str]:
    """The audits that were not passed."""
    return [
        f"{audit['id']}: {audit.get('displayValue') or audit['title']}"
        for audit in report["audits"].values()
        if audit["score"] is not None and audit["score"] < 1
    ]
