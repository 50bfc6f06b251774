"""Going back to the release before moves a link and no file, however large the site is.

With ROLLBACK_OF_DEMO set the site is the whole demonstration, of some two thousand files, and the
seconds stand in the report (`--junitxml`); they are not asserted.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from site_builder.delivery.publishing import publish as publishing
from site_builder.delivery.publishing import ssh
from site_builder.pipeline import Built, Site
from tests.delivery.servers import Server, sshd
from tests.publishing import add_target, published, rolled_back
from tests.sites import DEMO, SMALL, copy_of, replace_in, tree

SOURCE = DEMO if os.environ.get("ROLLBACK_OF_DEMO") else SMALL
Stats = dict[str, tuple[int, int, int]]


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inspection of every page has tests of its own; the build checks too."""
    monkeypatch.setattr(publishing, "check", lambda *_: Built(()))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with sshd(tmp_path_factory.mktemp("sshd")) as running:
        yield running


@pytest.mark.parametrize("kind", ["folder", "rsync"])
def test_going_back_moves_a_link_and_no_file(
    tmp_path: Path,
    server: Server,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    web = tmp_path / "web"
    words = server.target(web) if kind == "rsync" else {"path": str(web)}
    site = copy_of(SOURCE, tmp_path / "site")
    add_target(site, name="web", kind=kind, keep=3, **words)
    first = published(site)
    assert not first.failed, first.problems
    old = tree(web / "current")
    rename(site)
    assert not published(site).failed
    assert tree(web / "current") != old
    before, asked = stats(web), programs(monkeypatch)
    begun = time.perf_counter()
    back = rolled_back(site)
    record_property("seconds", round(time.perf_counter() - begun, 2))
    record_property("files", len(old))
    assert (back.failed, back.release) == (False, first.release)
    assert tree(web / "current") == old
    assert stats(web) == before, "no file was written, moved or removed"
    assert "rsync" not in asked
    assert len(asked) == (2 if kind == "rsync" else 0), "one question, one answer"


def rename(site: Site) -> None:
    """The bureau's name is on every page."""
    config = site.root / "config.yaml"
    replace_in(config, "bureau: 示例市自然资源局", new="bureau: 示例市规划和自然资源局")


def stats(web: Path) -> Stats:
    """Every file of every release; its inode and both its times tell whether it was touched."""
    found = {}
    for folder in (web / "releases", web / "manifests"):
        for file in (f for f in folder.rglob("*") if f.is_file()):
            info = file.stat()
            found[file.relative_to(web).as_posix()] = (
                info.st_ino,
                info.st_mtime_ns,
                info.st_ctime_ns,
            )
    return found


def programs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The programs that are run from now on."""
    asked: list[str] = []
    whole = ssh.run

    def running(command: list[str], **words: object) -> bytes:
        asked.append(command[0])
        return whole(command, **words)  # type: ignore[arg-type]  # the same words again

    monkeypatch.setattr(ssh, "run", running)
    return asked
