"""Patching: one edited text costs no look at all others, and leaves no trace in what is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.pipeline import Site
from site_builder.render import search
from tests.sites import SMALL, another, built, copy_of, replace_in, tree

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with thirty notices more, built once."""
    site = copy_of(SMALL, tmp_path / "site")
    text = (SMALL / NOTICE).read_text("utf-8")
    for number in range(30):
        file = (site.root / NOTICE).with_name(f"新{number}.md")
        file.write_text(another(text, f"TZ-2024-1{number:02}"), "utf-8")
    built(site)
    return site


def not_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the whole block was rendered")

    monkeypatch.setattr(search, "_shards", refuse)


def clean(site: Site) -> dict[str, bytes]:
    """What a build from nothing writes."""
    other = copy_of(site.root, site.root.with_name("clean"))
    built(other)
    return tree(other.output)


@pytest.mark.parametrize(
    ("old", "new"),
    [("为了演示版式", "为了展示版式"), ("征收示例村土地", "征收示例乡土地")],
    ids=["body", "title"],
)
def test_an_edit_is_patched_into_the_index(
    site: Site, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    expected = clean_after(site, old, new=new)
    not_rendered(monkeypatch)
    built(site)
    assert tree(site.output) == expected


def clean_after(site: Site, old: str, *, new: str) -> dict[str, bytes]:
    replace_in(site.root / NOTICE, old, new=new)
    return clean(site)


def test_a_file_that_was_edited_by_hand_is_no_ground_for_a_patch(site: Site) -> None:
    for file in (site.output / "search").rglob("[gt]*.js"):
        file.write_text(file.read_text("utf-8").replace("征", "伪"), "utf-8")
    expected = clean_after(site, "为了演示版式", new="为了展示版式")
    built(site)
    assert tree(site.output) == expected


def test_documents_that_come_and_go_are_found_as_in_a_build_from_nothing(site: Site) -> None:
    (site.root / NOTICE).with_name("新7.md").unlink()
    built(site)
    assert tree(site.output) == clean_after(site, "为了演示版式", new="为了演示版式")
