"""What a page weighs on a slow line: with its style and script, without pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.pipeline import Site
from tests.sites import SMALL, built, copy_of, real_site

LIMIT = 100 * 1024
LOADED = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')


@pytest.mark.parametrize("which", ["the golden site", "the site of the 2017 report"])
def test_no_page_weighs_more_than_a_hundred_kilobytes_on(tmp_path: Path, which: str) -> None:
    site = copy_of(SMALL, tmp_path / "s") if "golden" in which else real_site(tmp_path / "s")
    built(site)
    weights = {path: weight(site, path) for path in pages(site)}
    assert "gknb/2017/index.html" in weights
    assert {path: heavy for path, heavy in weights.items() if heavy > LIMIT} == {}


def pages(site: Site) -> list[str]:
    return [file.relative_to(site.output).as_posix() for file in site.output.rglob("*.html")]


def weight(site: Site, path: str) -> int:
    """The page itself and every file it loads to be shown."""
    file = site.output / path
    loaded: list[str] = LOADED.findall(file.read_text(encoding="utf-8"))
    base = site.output if path == "404.html" else file.parent
    return file.stat().st_size + sum((base / name).resolve().stat().st_size for name in loaded)


def test_the_type_is_one_that_every_system_brings_along(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "s")
    built(site)
    style = (site.output / "assets/site.css").read_text(encoding="utf-8")
    found = re.search(r"--sans:([^;]+);", style)
    assert found
    families = [name.strip(' "') for name in found[1].split(",")]
    assert {"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC"} <= set(families)
    assert families[-1] == "sans-serif"  # Android has its Chinese letters behind this name
    assert "@font-face" not in style
