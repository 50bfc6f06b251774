"""The benchmark: python -m bench SIZE ROUNDS.

Promise: tools take turns at every kind of edit, so that a slow minute of the machine hits them all;
it asserts what was written and shown, never how long it took.
"""

from __future__ import annotations

import shutil
import socket
import sys
from functools import partial

from bench.apart import apart
from bench.edits import KINDS, Kind, Work, cold, edit_body, lay_out
from bench.measure import Edit, Sample, run, stages, until_served
from bench.ours import OURS
from bench.peers import INSTALLED, PEERS
from bench.report import Results, write
from bench.tools import Tool

HUGO = PEERS[0]
FAST = (OURS, HUGO)
# From here on only the fast ones do more than build cold; and only we, against Hugo.
LARGE, LARGEST = 5000, 20_000
SAVES = 5


def main(size: int, rounds: int) -> None:
    """Run it all and write docs/benchmarks.md."""
    folder = INSTALLED / "work" / str(size)
    tools = (OURS, *PEERS) if size < LARGEST else FAST
    works = [Work(tool, folder / tool.name.lower(), size) for tool in tools]
    shutil.rmtree(folder / "removed", ignore_errors=True)  # of a run that was broken off
    for work in works:
        print(f"{work.tool.name}: {size} documents", flush=True)
        lay_out(work)
    results: Results = {}
    for number in range(1, rounds + 1):
        for kind, edit in KINDS:
            for work in works:
                if _takes_part(work.tool, size, number=number, kind=kind):
                    sample = _sample(work, edit, number=number)
                    results.setdefault((kind, work.tool.name), []).append(sample)
                    print(f"{number} {kind:22}{work.tool.name:14}{_line(sample)}", flush=True)
    served = {w.tool.name: _served(w) for w in works if w.tool.serve and _runs(w.tool, size)}
    print(served, flush=True)
    cold(works[0], rounds + 1)
    told = stages([*OURS.build(works[0].folder), "--profile"], folder=works[0].folder)
    shutil.rmtree(folder / "removed", ignore_errors=True)
    write(size, results, served=served, told=told, parts=apart(works[0].folder))


def _takes_part(tool: Tool, size: int, *, number: int, kind: str) -> bool:
    """All build cold; of the largest size the others do so once."""
    is_cold = kind == KINDS[0][0] and (size < LARGEST or number == 1)
    return is_cold or _runs(tool, size)


def _runs(tool: Tool, size: int) -> bool:
    """Whether it takes part in every edit of every round."""
    return size < LARGE or (tool in FAST and size < LARGEST) or tool is OURS


def _sample(work: Work, edit: Kind, *, number: int) -> Sample:
    shown = edit(work, number)
    command = work.tool.build(work.folder)
    sample = run(command, folder=work.folder, output=work.output)
    if shown is not None:
        page = work.output / work.tool.page(shown[0])
        assert shown[1] in page.read_text("utf-8"), f"{work.tool.name}: {shown[1]} is not in {page}"
    if work.tool is OURS:
        _assert_written(work, edit, written=sample.written)
    return sample


def _assert_written(work: Work, edit: Kind, *, written: int) -> None:
    """An edit touches its own page, the lists that name it and the search index of its words."""
    name = next(name for name, kind in KINDS if kind is edit)
    least, most = {
        "cold build": (work.size, 2 * work.size + 1000),
        "nothing changed": (0, 0),
        "one body edited": (1, 40),
        "one title edited": (2, 80),
        "base template edited": (work.size, 2 * work.size + 100),
        "one document added": (2, 300),
    }[name]
    assert least <= written <= most, f"{name}: {written} files written"


def _served(work: Work) -> list[float]:
    assert work.tool.serve is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    edits: list[Edit] = [
        (partial(edit_body, work, 1000 + n), f"第{1000 + n}次修改正文。") for n in range(SAVES)
    ]
    address = f"http://127.0.0.1:{port}/{work.tool.page(work.edited)}"
    command = work.tool.serve(work.folder, port)
    return until_served(command, folder=work.folder, address=address, edits=edits)


def _line(sample: Sample) -> str:
    return (
        f"{sample.wall:8.2f} s  cpu {sample.cpu:8.2f} s  "
        f"{sample.memory:6.0f} MB  {sample.written:6} files"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
