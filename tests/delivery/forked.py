"""Has loaded the program once and lets copies of itself run it, so that killing many costs little.

    python forked.py FOLDER

Every line read is an order, in JSON: the `arguments` of the program, and either after how many
`seconds` or before which `step`, a change to the disk in `folder`, it is killed. Every line written
is the answer: how the copy ended, and what it said. FOLDER is for a site of its own.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from site_builder.cli import commands as commands  # loads all that the command needs
from site_builder.cli import main
from tests.delivery.interrupted import killed_at
from tests.sites import SMALL, built, copy_of

PATIENCE = 60  # seconds before a copy that never ends is given up


def answer(order: dict[str, Any]) -> tuple[int, str]:
    """Let a copy run the program, and kill it if its time has come."""
    here, there = os.pipe()
    copy = os.fork()
    if not copy:
        os.dup2(there, 1)
        os.dup2(there, 2)
        run(order)
    os.close(there)
    if "seconds" in order:
        time.sleep(order["seconds"])
        os.kill(copy, signal.SIGKILL)
    with open(here, encoding="utf-8") as pipe:  # noqa: PTH123  # it has no path
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), said


def run(order: dict[str, Any]) -> None:
    """The program, in the copy; does not come back."""
    signal.alarm(PATIENCE)
    counted = killed_at(order["step"], order["folder"]) if "step" in order else None
    sys.argv = ["site-builder", *order["arguments"]]
    status: object = 1
    try:
        main()
        status = 0
    except SystemExit as ended:
        status = ended.code
    finally:
        if counted is not None:
            sys.stdout.write(f"{counted()}\n")
        sys.stdout.flush()
        os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    built(copy_of(SMALL, Path(sys.argv[1])))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()
