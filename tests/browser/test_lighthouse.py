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

LIGHTHOUSE = TOOLS / "lighthouse" / "cli" / "index.js"
PAGES = ("index.html", "gknb/2022/index.html", "fd/index.html", "wj/gf-101.html")
SCORED = ("accessibility", "best-practices", "seo")
LEAST = 0.95
MOST_BYTES = 100_000
MOST_REQUESTS = 8
PATIENCE = 300  # seconds; it takes ten on an idle machine


@pytest.mark.parametrize("path", PAGES)
def test_lighthouse_is_content_and_a_page_is_light(
    portals: dict[str, Portal], path: str, *, tmp_path: Path
) -> None:
    portal = portals["demo"]
    report = visited(portal.address(path), tmp_path / "report.json")
    scores = {name: found["score"] for name, found in report["categories"].items()}
    print(f"{path}: performance {scores['performance']}")  # noqa: T201  # seen with -rP
    assert {name: scores[name] for name in SCORED if scores[name] < LEAST} == {}, faults(report)
    assert report["audits"]["total-byte-weight"]["numericValue"] < MOST_BYTES
    asked = [item["url"] for item in report["audits"]["network-requests"]["details"]["items"]]
    assert 0 < len(asked) <= MOST_REQUESTS
    assert [url for url in asked if not url.startswith(portal.web)] == []
    assert report["audits"]["cumulative-layout-shift"]["numericValue"] < 0.01


def visited(address: str, report: Path) -> Any:
    """What Lighthouse says of a page at its settings for telephones."""
    chromium, node = shutil.which("chromium"), shutil.which("node")
    if chromium is None or node is None or not LIGHTHOUSE.is_file():
        pytest.fail("Lighthouse is missing; tests/setup.sh installs it", pytrace=False)
    options = (
        "--quiet",
        "--no-enable-error-reporting",
        "--output=json",
        f"--output-path={report}",
        f"--chrome-flags=--headless {' '.join(ARGUMENTS)}",
    )
    done = subprocess.run(
        [node, str(LIGHTHOUSE), address, *options],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert report.is_file(), done.stderr
    found = json.loads(report.read_text(encoding="utf-8"))
    assert "runtimeError" not in found, found["runtimeError"]
    return found


def faults(report: Any) -> list[str]:
    """The audits that were not passed."""
    return [
        f"{audit['id']}: {audit.get('displayValue') or audit['title']}"
        for audit in report["audits"].values()
        if audit["score"] is not None and audit["score"] < 1
    ]
