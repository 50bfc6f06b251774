"""ssh: the system's own client, asked nothing and told where everything is.

Promise: it never waits for a password and never accepts a server whose key it does not know; what
goes wrong becomes one sentence.
"""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from site_builder.delivery.publishing.placing import local
from site_builder.delivery.publishing.target import Absent, Unreachable
from site_builder.model.target import Target

PATIENCE = 3600  # seconds after which a server that says nothing useful is given up
BROKEN = 255  # what ssh itself ends with

LOCKED = "key 写的私钥有口令；请换一把没有口令的，或者用 ssh-add 加进 ssh-agent、不写 key"
STRANGE = "key 写的不是 OpenSSH 的私钥；PuTTY 的 .ppk 要先转换"

# What ssh and rsync say, and what a clerk reads; the first that fits counts.
REASONS = (
    (
        "Host key verification failed",
        "服务器的主机密钥没有登记过，或者变了。先请维护人员核对，再登记",
    ),
    ("bad permissions", "key 写的私钥文件别人也能打开，ssh 因此不用它；改成只有自己能读"),
    ("error in libcrypto", STRANGE),
    ("invalid format", STRANGE),
    ("Permission denied (", "登录没有通过，请核对 user 和 key；私钥有口令的，先用 ssh-add"),
    ("Could not resolve hostname", "找不到这台服务器，请核对 host 和网络"),
    ("Connection refused", "服务器没有应答，请核对 host、port"),
    ("timed out", "服务器没有应答，请检查网络"),
    ("No route to host", "到不了服务器，请检查网络"),
    ("No space left", "服务器的磁盘已满"),
    ("Disk quota", "服务器的磁盘配额已满"),
    ("I/O error", "服务器没有写成，多半是磁盘或者配额已满"),  # what a shell says of a full disk
    ("Read-only file system", "服务器的磁盘只能读，不能写"),
    ("Permission denied", "在服务器的文件夹里没有写入权限"),
    ("command not found", "服务器上缺少 rsync 或者 sha256sum"),
    ("cannot create directory", "服务器上建不了 path 写的文件夹，请核对 path"),
    ("rsync: not found", "服务器上没有安装 rsync"),
    ("Connection closed", "连接断开了"),
    ("Connection reset", "连接断开了"),
    ("Broken pipe", "连接断开了"),
    ("connection unexpectedly closed", "连接断开了"),
)

# What a program means that ended without a word, as rsync does where the other side broke off.
UNSAID = {
    11: "服务器没有写成，多半是磁盘或者配额已满",
    12: "连接断开了",
    30: "服务器没有应答，请检查网络",
}


def client(target: Target, root: Path) -> list[str]:
    """The command that reaches the server, without the server's name."""
    options = [
        "BatchMode=yes",
        "StrictHostKeyChecking=yes",
        "ConnectTimeout=20",
        "ServerAliveInterval=15",
        "ServerAliveCountMax=3",
    ]
    if target.known_hosts:
        options.append(f'UserKnownHostsFile="{local(root, target.known_hosts)}"')
    command = ["ssh", "-p", str(target.port)]
    for option in options:
        command += ["-o", option]
    if target.key:
        command += ["-o", "IdentitiesOnly=yes", "-i", str(local(root, target.key))]
    return command


def require_files(target: Target, root: Path) -> None:
    """The files of this machine that a login needs; ssh itself would only say «denied»."""
    for name in (target.key, target.known_hosts):
        if name and not local(root, name).is_file():
            raise Unreachable(f"这台电脑上没有 {name} 这个文件")


def server(target: Target) -> str:
    """user@host."""
    return f"{target.user}@{target.host}" if target.user else target.host


def run(
    command: list[str],
    *,
    sent: bytes = b"",
    folder: Path | None = None,
    fine: tuple[int, ...] = (0,),
) -> bytes:
    """What a program says; raises where it fails or is not installed."""
    try:
        done = subprocess.run(
            command, check=False, input=sent, cwd=folder, capture_output=True, timeout=PATIENCE
        )
    except FileNotFoundError:
        raise Absent(f"这台电脑没有 {command[0]}") from None
    except subprocess.TimeoutExpired:
        raise Unreachable("服务器一个小时没有做完，已经放弃") from None
    if done.returncode not in fine:
        raise Unreachable(_reason(done.stderr.decode("utf-8", "replace"), done.returncode))
    return done.stdout


def ask(
    client: list[str], where: str, *, script: str, words: tuple[str, ...], sent: bytes
) -> bytes:
    """Run a script in the server's shell."""
    remote = shlex.join(["sh", "-c", script, "sh", *words])
    return run([*client, where, remote], sent=sent)


def _reason(said: str, status: int) -> str:
    for words, reason in REASONS:
        if words in said:
            return reason
    if status == BROKEN:
        return "连接断开了"
    last = next((line for line in reversed(said.split("\n")) if line.strip()), "")
    return f"服务器说：{last.strip()}" if last else UNSAID.get(status, "服务器没有说明原因")
