"""A Dask cluster: the work of a build, shared with machines that see the same files.

Promise: nothing is begun unless every worker sees this very site and runs this very program; what
workers did not finish is done again or fails the whole, and no output has changed.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar

from site_builder.outcome import PACKAGE, Site
from site_builder.write import workers
from site_builder.write.workers import Lost, Task

T = TypeVar("T")
R = TypeVar("R")
SECONDS = 10  # until a scheduler or a worker must have answered, and between looks at who is there
SHARES = 4  # for each worker: one that is slow leaves some of its own to others
SCHEMES = ("tcp://", "tls://")
MISSING = '没有安装集群的组件。请运行 pip install "site-builder[dask]"，再试一次。'
QUIET = {"logging": {"distributed": "critical", "distributed.client": "critical"}}
LARGE = {"distributed.admin.large-graph-warning-threshold": "1TB"}  # shares are what they are


class Unusable(Exception):
    """The cluster cannot take part; the message says why."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a worker must see: a note in the site's folder, and the program."""

    note: Path
    text: str
    program: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of a scheduler; called with a task and its items, it does what `spread` does."""

    client: Any
    seen: Seen

    def __call__(self, task: Task[T, R], items: Sequence[T]) -> list[R]:
        """The results of all shares. Raises Lost."""
        futures: list[Any] = []
        try:
            shares = self._shares(task, items)
            futures += [self.client.submit(work, self.seen, share, pure=False) for share in shares]
            self._wait(futures)
            done = [pickle.loads(packed) for packed in self.client.gather(futures)]
        except Exception as fault:  # faults of the task itself are results
            raise Lost(f"{type(fault).__name__}: {fault}") from fault
        finally:
            with suppress(Exception):  # what is still waiting need not be done any more
                self.client.cancel(futures)
        faults = [fault for _, fault in done if fault]
        if faults:
            raise RuntimeError(faults[0])
        return [result for results, _ in done for result in results]

    def _shares(self, task: object, items: Sequence[object]) -> Iterator[bytes]:
        number = min(len(items) // workers.FEW, SHARES * len(self.client.nthreads())) or 1
        return (pickle.dumps((task, items[start::number])) for start in range(number))

    def _wait(self, futures: list[Any]) -> None:
        """Until all is done, as long as there is anybody to do it."""
        from distributed import wait

        missing = 0
        while missing < 3:
            with suppress(TimeoutError):
                wait(futures, timeout=SECONDS)
                return
            missing = 0 if self.client.nthreads() else missing + 1
        raise Lost("no worker")


@contextmanager
def connected(address: str, site: Site) -> Iterator[Cluster]:
    """The cluster of a scheduler, for the site. Raises Unusable before anything is done."""
    try:
        import dask

        with dask.config.set(QUIET):  # the library reads it when it is loaded
            from distributed import Client
    except ImportError as fault:
        raise Unusable(MISSING) from fault
    with dask.config.set(LARGE):
        _reach(address)
        client = Client(address, timeout=SECONDS)
        try:
            with _note(site) as seen:
                _see(client, seen, site=site)
                yield Cluster(client, seen)
        finally:
            with suppress(Exception):  # it may be gone
                client.close()


def work(seen: Seen, share: bytes) -> bytes:
    """One share of a task, by a worker: its results or what went wrong, packed."""
    if look(seen) != (True, True):  # one that has come since the others were asked
        return pickle.dumps(((), "a worker of another site or program"))
    task, items = pickle.loads(share)
    try:
        return pickle.dumps((list(task(items)), ""))
    except Exception as fault:  # noqa: BLE001  # it is raised again where the result is awaited
        return pickle.dumps(((), f"{type(fault).__name__}: {fault}"))


def look(seen: Seen) -> tuple[bool, bool]:
    """Whether this process sees the note, and whether its program is the same."""
    try:
        text = seen.note.read_text(encoding="utf-8")
    except OSError:
        text = ""
    return text == seen.text, program() == seen.program


@cache
def program() -> str:
    """A digest of what results depend on: the program, Python, and the libraries."""
    hasher = sha256(repr(sys.version_info[:3]).encode())
    installed = {(found.name.lower(), found.version) for found in distributions() if found.name}
    needed = {(n, v) for n, v in installed if n.replace("_", "-") in LIBRARIES}
    hasher.update(repr(sorted(needed)).encode())
    for file in sorted(f for f in PACKAGE.rglob("*") if f.suffix in (".py", ".yaml")):
        hasher.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return hasher.hexdigest()


LIBRARIES = frozenset(
    {
        *("chinesecalendar", "jinja2", "markdown", "markupsafe", "nh3", "pillow", "pypdf"),
        *("python-calamine", "python-docx", "pyyaml", "xlsxwriter"),
    }
)


def _reach(address: str) -> None:
    """Speak to the scheduler once; the client of the library would wait for ever."""
    from distributed import rpc
    from distributed.security import Security

    async def identity() -> dict[str, Any]:
        arguments = Security().get_connection_args("client")
        async with asyncio.timeout(SECONDS), rpc(address, connection_args=arguments) as scheduler:
            found: dict[str, Any] = await scheduler.identity()
            return found

    if not address.startswith(SCHEMES):
        raise Unusable(f"“{address}”不是调度程序的地址，写成 tcp://机器:端口。")
    try:
        found = asyncio.run(identity())
    except (OSError, ValueError, TypeError, MemoryError) as fault:
        raise Unusable(f"连不上调度程序 {address}，{SECONDS} 秒里没有回答。") from fault
    if found.get("type") != "Scheduler":
        raise Unusable(f"{address} 不是调度程序。")


@contextmanager
def _note(site: Site) -> Iterator[Seen]:
    """A note beside those of the builder, as long as workers may be asked for it."""
    note, text = site.cache / f"cluster-{token_hex(8)}", token_hex(16)
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Unusable(f"不能写入 {note.parent}。") from fault
    try:
        yield Seen(note, text, program())
    finally:
        with suppress(OSError):
            note.unlink()


def _see(client: Any, seen: Seen, *, site: Site) -> None:
    """Ask every worker what it sees."""
    with suppress(TimeoutError):
        client.wait_for_workers(1, timeout=SECONDS)
    if not client.nthreads():
        raise Unusable("调度程序没有工作进程，请先启动几个。")
    found = client.run(look, seen, on_error="return")
    for worker, answer in sorted(found.items()):
        if not isinstance(answer, tuple):
            raise Unusable(f"工作进程 {worker} 上没有安装同样的 site_builder（{answer!r}）。")
        sees, is_same = answer
        if not sees:
            raise Unusable(
                f"工作进程 {worker} 看不到 {site.root}：各台机器要有同一个共享文件夹，路径也相同。"
            )
        if not is_same:
            raise Unusable(f"工作进程 {worker} 的 site_builder、Python 或者程序库是别的版本。")
