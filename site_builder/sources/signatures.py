"""Signatures: made and verified with ssh-keygen, which every system with OpenSSH has.

Promise: a signature holds only when the file of allowed signers names the person, with this key
and on that day; what cannot be verified never holds.
"""

from __future__ import annotations

import codecs
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAM = "ssh-keygen"
NAMESPACE = "site_builder"
WORKERS = 4


class NoProgram(Exception):
    """This machine has no ssh-keygen."""


class NotSigned(Exception):
    """The key could not be used; the argument is what ssh-keygen said."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement, its signature, who is said to have made it, and when."""

    statement: bytes
    signature: str
    name: str
    day: date


def sign(statement: bytes, key: Path) -> str:
    """The signature of a statement; may ask for the key's password. Raises NotSigned."""
    made = subprocess.run(
        [_program(), "-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE],
        input=statement,
        capture_output=True,
        check=False,
    )
    if made.returncode:
        raise NotSigned(made.stderr.decode("utf-8", "replace").strip())
    return made.stdout.decode("ascii", "replace").replace("\r\n", "\n").strip()


def verified(signed: tuple[Signed, ...], signers: bytes) -> tuple[bool, ...]:
    """Which of the signatures hold; `signers` is the content of an allowed_signers file."""
    if not signed:
        return ()
    program, plain = _program(), _plain(signers)
    with ThreadPoolExecutor(WORKERS) as pool:
        return tuple(pool.map(lambda one: _holds(program, one, plain), signed))


@lru_cache(maxsize=65536)  # a preview asks the same of each signature after every save
def _holds(program: str, signed: Signed, signers: bytes) -> bool:
    with TemporaryDirectory() as folder:
        known, signature = Path(folder, "signers"), Path(folder, "signature")
        known.write_bytes(signers)
        signature.write_bytes(f"{signed.signature}\n".encode("utf-8", "replace"))
        command = [program, "-Y", "verify", "-f", str(known), "-I", signed.name]
        command += ["-n", NAMESPACE, "-s", str(signature)]
        command += [f"-Overify-time={signed.day:%Y%m%d}1200"]
        ran = subprocess.run(command, input=signed.statement, capture_output=True, check=False)
    return ran.returncode == 0


def _program() -> str:
    program = shutil.which(PROGRAM)
    if program is None:
        raise NoProgram
    return program


def _plain(signers: bytes) -> bytes:
    """Without what Windows editors add, which would hide the first name."""
    return signers.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
