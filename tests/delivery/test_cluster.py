"""A build on a Dask cluster: a real scheduler, two workers, and what may go wrong."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from site_builder.delivery import cluster as module
from site_builder.delivery.cluster import Seen, Unusable, look, program
from site_builder.outcome import site_at
from tests.delivery.programs import DAY, PATIENCE, free_port, run, surroundings
from tests.sites import SMALL, built, copy_of, replace_in, tree

START = "from site_builder.cli import main; main()"
FEW = "import site_builder.write.workers as w; w.FEW = 5;"  # five items are enough to be shared
HASTE = "import site_builder.delivery.cluster as c; c.SECONDS = 1;"
WITHOUT = "import sys; sys.modules['dask'] = sys.modules['distributed'] = None;"
# The scheduler dies in the moment in which pages begin to be rendered.
DEADLY = """
import os, signal
import site_builder.write.run as run
begin = run.begin
def deadly(*arguments):
    os.kill({pid}, signal.SIGKILL)
    return begin(*arguments)
run.begin = deadly
"""
BOTH = """
import sys
from distributed import Client
with Client(sys.argv[1], timeout=60) as client:
    client.wait_for_workers(2, timeout=60)
"""
PROCESSES = """
import sys
from pathlib import Path
import site_builder.write.workers as workers
from site_builder.delivery.cluster import connected
from site_builder.outcome import site_at
from tests.delivery.test_cluster import process
workers.FEW = 1
with connected(sys.argv[1], site_at(Path(sys.argv[2]))) as cluster:
    print(len(set(workers.spread(process, range(8), jobs=cluster)) - set(process(()))))
"""
GUIDE = "content/政府信息公开指南/指南.md"


def process(_: Sequence[int]) -> list[int]:
    """Where a share is done."""
    return [os.getpid()]


@dataclass(frozen=True, slots=True)
class Running:
    """A scheduler with two workers."""

    address: str
    pid: int


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """A scheduler and two workers, ended at the end."""
    port = str(free_port())
    address = f"tcp://127.0.0.1:{port}"
    commands = (
        ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port),
        *(("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"),) * 2,
    )
    quiet = subprocess.DEVNULL
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", *command, "--no-dashboard"],
            cwd=folder,
            env=surroundings(),
            stdout=quiet,
            stderr=quiet,
        )
        for command in commands
    ]
    try:
        both = run(address, program=(sys.executable, "-c", BOTH), folder=folder)
        assert both.returncode == 0, both.stderr
        yield Running(address, processes[0].pid)
    finally:
        for one in reversed(processes):
            one.send_signal(signal.SIGKILL)
            one.wait(PATIENCE)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The cluster of all tests that leave it whole."""
    with running(tmp_path_factory.mktemp("dask")) as found:
        yield found


def build_on(address: str, site: Path, *, before: str = FEW) -> subprocess.CompletedProcess[str]:
    """Build a site with the help of a scheduler."""
    arguments = ("--site", str(site), "build", *DAY, "--scheduler", address)
    return run(*arguments, program=(sys.executable, "-c", f"{before}\n{START}"))


def test_a_cluster_builds_what_one_machine_builds(cluster: Running, tmp_path: Path) -> None:
    here, there = (copy_of(SMALL, tmp_path / name / "本局 网站") for name in ("a", "b"))
    for edit in ("", "集群上改过的一句。"):
        for site in (here, there):
            with (site.root / GUIDE).open("a", encoding="utf-8") as guide:
                guide.write(edit)
        clean = built(here)
        said = build_on(cluster.address, there.root)
        assert (said.returncode, said.stderr) == (0, "")
        assert f"更新 {len(clean.changes)}，" in said.stdout
        assert tree(there.output) == tree(here.output)
    assert [file.name for file in there.cache.iterdir() if "cluster" in file.name] == []


def test_the_work_is_done_by_the_workers(cluster: Running, tmp_path: Path) -> None:
    said = run(cluster.address, str(tmp_path), program=(sys.executable, "-c", PROCESSES))
    assert (said.stdout, said.stderr) == ("2\n", "")


def test_a_fault_of_a_template_is_told_as_by_one_machine(cluster: Running, tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    page = site.root / "templates" / "pages" / "document.html"
    page.parent.mkdir(parents=True)
    page.write_text("{{ page.nothing_of_that_name }}", encoding="utf-8")
    told = run("--site", str(site.root), "build", *DAY)
    said = build_on(cluster.address, site.root)
    assert (said.returncode, said.stdout) == (told.returncode, told.stdout)
    assert "templates/pages/document.html:1" in said.stdout
    assert tree(site.output) == {}


def test_a_scheduler_that_dies_on_the_way_leaves_the_output_as_it_was(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    built(site)
    before = tree(site.output)
    replace_in(site.root / "config.yaml", "bureau: 示例市", new="bureau: 示例市新")
    with running(tmp_path) as found:
        said = build_on(found.address, site.root, before=FEW + DEADLY.format(pid=found.pid))
    assert said.returncode == 2
    assert "没有生成：集群在半途中断了" in said.stderr
    assert "Traceback" not in said.stderr
    assert tree(site.output) == before
    assert len(built(site).changes) > 5


def test_a_build_needs_no_cluster_and_says_what_one_would_need(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    said = build_on("tcp://127.0.0.1:8786", site.root, before=WITHOUT)
    assert said.returncode == 2
    assert 'pip install "site-builder[dask]"' in said.stderr
    assert not site.output.exists()
    assert build_on("", site.root, before=WITHOUT).returncode == 0


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("tcp://127.0.0.1:{free}", "连不上调度程序"),
        ("tcp://127.0.0.1:{other}", "连不上调度程序"),
        ("tls://127.0.0.1:{other}", "连不上调度程序"),
        ("8786", "不是调度程序的地址"),
    ],
)
def test_where_no_scheduler_answers_nothing_is_begun(
    tmp_path: Path, address: str, why: str
) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        places = {"free": free_port(), "other": silent.getsockname()[1]}
        said = build_on(address.format(**places), site.root, before=HASTE)
    assert said.returncode == 2
    assert why in said.stderr
    assert said.stdout == ""
    assert "Traceback" not in said.stderr
    assert not site.output.exists()


def test_a_worker_that_sees_another_folder_or_runs_another_program_is_known(
    tmp_path: Path,
) -> None:
    note = tmp_path / "note"
    seen = Seen(note, "一", program())
    assert look(seen) == (False, True)
    note.write_text("二", encoding="utf-8")
    assert look(seen) == (False, True)
    assert look(replace(seen, text="二")) == (True, True)
    assert look(replace(seen, text="二", program="x")) == (True, False)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({}, "没有工作进程"),
        ({"tcp://a": (True, True), "tcp://b": (False, True)}, "tcp://b 看不到"),
        ({"tcp://a": (True, False)}, "别的版本"),
        ({"tcp://a": ModuleNotFoundError("site_builder")}, "没有安装同样的 site_builder"),
    ],
)
def test_workers_that_cannot_take_part_are_named(
    tmp_path: Path, answers: dict[str, object], why: str
) -> None:
    class Client:
        """What the cluster's own client would answer."""

        def wait_for_workers(self, _: int, *, timeout: float) -> None:
            assert timeout

        def nthreads(self) -> dict[str, int]:
            return dict.fromkeys(answers, 1)

        def run(self, *_: object, on_error: str) -> dict[str, object]:
            assert on_error == "return"
            return answers

    with pytest.raises(Unusable, match=why):
        module._see(Client(), Seen(tmp_path, "", ""), site=site_at(tmp_path))
