"""Signing: the manifest under the publisher's SSH key.

Promise: `ssh-keygen -Y verify -n site_builder-release` accepts the signature, or there is none.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

NAMESPACE = "site_builder-release"


class Unsigned(Exception):
    """The manifest could not be signed; says why."""


def sign(text: bytes, key: Path) -> bytes:
    """The signature of a manifest."""
    if not key.is_file():
        raise Unsigned(f"没有私钥文件 {key}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "manifest.json"
        file.write_bytes(text)
        command = ["ssh-keygen", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file)]
        try:
            done = subprocess.run(
                command, check=False, stdin=subprocess.DEVNULL, capture_output=True, timeout=30
            )
        except FileNotFoundError:
            raise Unsigned("这台电脑没有 ssh-keygen，请安装 OpenSSH") from None
        except subprocess.TimeoutExpired:
            raise Unsigned("ssh-keygen 一直在等口令，请先用 ssh-add 把私钥加进 ssh-agent") from None
        if done.returncode:
            raise Unsigned("ssh-keygen 没有接受这个私钥（可能有口令，或者不是私钥）")
        return file.with_name("manifest.json.sig").read_bytes()
