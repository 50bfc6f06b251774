"""发布 to an object store that speaks S3, over HTTP on this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from site_builder.delivery.publishing import in_place
from site_builder.delivery.publishing import publish as publishing
from site_builder.delivery.publishing.order import in_turn
from site_builder.delivery.publishing.s3 import S3
from site_builder.delivery.publishing.target import Absent, Holder
from site_builder.pipeline import Built, Site
from tests.delivery.object_store import bucket as bucket
from tests.delivery.object_store import endpoint as endpoint
from tests.publishing import add_notices, add_target, code, published, rolled_back, site_with
from tests.sites import tree

NEW = "wj/tz-2024-002.html"
OTHER = Holder("另一个人（另一台电脑）", "2024-06-01 08:00:00", "b" * 32)


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inspection of every page has tests of its own; the build checks too."""
    monkeypatch.setattr(publishing, "check", lambda *_: Built(()))


@pytest.fixture
def site(tmp_path: Path, bucket: Any, endpoint: str) -> Site:
    words = {"bucket": bucket.name, "endpoint": endpoint, "region": "us-east-1"}
    return site_with(tmp_path / "site", name="web", kind="s3", path="gk/", **words)


def test_a_bucket_holds_what_was_built_and_goes_back(
    site: Site, bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves, gone = remembered(monkeypatch)
    first = published(site)
    assert not first.failed, first.problems
    assert online(bucket) == tree(site.output)
    assert moves == list(in_turn(moves, dict.fromkeys(moves)))
    page, table = (bucket.Object(f"gk/{p}") for p in ("index.html", "gknb/2017/tongji.csv"))
    assert page.content_type == "text/html; charset=utf-8"
    assert table.content_type == "text/csv; charset=utf-8"
    assert {page.cache_control, table.cache_control} == {"no-cache"}, "else old pages are shown"
    add_notices(site, 1)
    second = published(site)
    assert 0 < second.sent < first.files
    assert online(bucket) == tree(site.output)
    moves.clear()
    gone.clear()
    assert rolled_back(site).release == first.release
    assert NEW in gone
    assert NEW not in online(bucket)


def remembered(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """What takes its place and what goes, in order."""
    moves: list[str] = []
    gone: list[str] = []
    move, remove = S3.move, S3.remove

    def moving(store: S3, source: str, target: str) -> None:
        moves.append(target)
        move(store, source, target)

    def removing(store: S3, paths: Any) -> None:
        named = list(paths)
        gone.extend(named)
        remove(store, named)

    monkeypatch.setattr(S3, "move", moving)
    monkeypatch.setattr(S3, "remove", removing)
    return moves, gone


def test_the_lock_of_a_bucket_names_its_holder(site: Site, bucket: Any) -> None:
    bucket.put_object(Key=f"gk/{in_place.LOCK}", Body=OTHER.text())
    refused = published(site)
    assert code(refused) == ["O502"]
    assert OTHER.name in refused.problems[-1].message


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"bucket": "nowhere"}, "没有这个存储桶"),
        ({"endpoint": "http://127.0.0.1:1"}, "连不上"),
        ({"endpoint": "gongkai"}, "endpoint 的写法"),
    ],
)
def test_what_keeps_a_bucket_from_taking_it_is_said_in_a_sentence(
    site: Site, endpoint: str, words: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    usual = {"bucket": "gongkai", "endpoint": endpoint, "region": "us-east-1"}
    add_target(site, name="bad", kind="s3", **{**usual, **words})
    refused = published(site, "bad")
    assert code(refused) == ["O503"]
    assert said in refused.problems[-1].message


def test_without_the_library_the_clerk_is_told_what_to_install(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(Absent, match="还要安装 boto3"):
        published(site)


def online(bucket: Any) -> dict[str, bytes]:
    """What readers find."""
    found = {item.key.removeprefix("gk/"): item.get()["Body"] for item in bucket.objects.all()}
    return {p: b.read() for p, b in found.items() if not p.startswith(in_place.NOTES)}
