"""Servers on this machine for tests of publishing: sshd, nginx, and a wire that can be cut.

Promise: all listen on 127.0.0.1 with keys and configuration of their own in a temporary folder, and
none outlives its test.
"""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.delivery.programs import free_port, listens

SSHD = "/usr/sbin/sshd"
NGINX = "/usr/sbin/nginx"
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Server:
    """A running sshd: what a target has to say to reach it."""

    port: int
    key: Path
    known_hosts: Path

    def target(self, path: Path, port: int = 0) -> dict[str, object]:
        """The words of config.yaml, through another port if there is a wire in between."""
        return {
            "host": "127.0.0.1",
            "port": port or self.port,
            "user": getpass.getuser(),
            "key": str(self.key),
            "known_hosts": str(self.known_hosts),
            "path": str(path),
        }


@contextmanager
def sshd(folder: Path) -> Iterator[Server]:
    """An sshd that lets in one key."""
    for name in ("host", "user"):
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(make, check=True)
    port = free_port()
    config = folder / "sshd_config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder / 'host'}\n"
        f"AuthorizedKeysFile {folder / 'user.pub'}\nPidFile none\nUsePAM no\nStrictModes no\n"
        "PasswordAuthentication no\nKbdInteractiveAuthentication no\nMaxStartups 100\n"
        "PermitRootLogin prohibit-password\nSubsystem sftp internal-sftp\n"
        "KexAlgorithms curve25519-sha256\n"  # the others take longer than what is then done
    )
    Path("/run/sshd").mkdir(exist_ok=True) if os.getuid() == 0 else None
    host = (folder / "host.pub").read_text().strip()
    known = folder / "known_hosts"
    known.write_text(f"* {host}\n")  # any port: a wire in between has another
    with _running([SSHD, "-D", "-e", "-f", str(config)], port, log=folder / "sshd.log"):
        yield Server(port, folder / "user", known)


@contextmanager
def nginx(folder: Path, root: Path) -> Iterator[int]:
    """An nginx that shows a folder; gives its port."""
    port = free_port()
    shown = f'server {{ listen 127.0.0.1:{port}; root "{root}"; gzip_static on; }}'
    with _nginx(folder, f"keepalive_requests 100000;\n {shown}", port):
        yield port


@contextmanager
def nginx_with(folder: Path, files: Path) -> Iterator[int]:
    """An nginx that reads the files written for it, on a port of its own."""
    port = free_port()
    site = (files / "nginx-site.conf").read_text("utf-8")
    site = site.replace("include nginx-redirects.conf", f"include {files}/nginx-redirects.conf")
    (folder / "site.conf").write_text(site.replace("listen 80;", f"listen 127.0.0.1:{port};"))
    with _nginx(folder, f"include {folder}/site.conf;", port):
        yield port


@contextmanager
def _nginx(folder: Path, servers: str, port: int) -> Iterator[None]:
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log warn;\n"
        + ("user root;\n" if os.getuid() == 0 else "")
        + "worker_processes 1; events { worker_connections 256; }\n"
        "http {\n include /etc/nginx/mime.types; access_log off;\n"
        + "".join(
            f" {name}_temp_path {folder}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f" {servers}\n}}\n"
    )
    command = [NGINX, "-e", str(folder / "e.log"), "-c", str(config)]
    with _running(command, port, log=folder / "nginx.said"):
        yield


@contextmanager
def _running(command: list[str], port: int, *, log: Path) -> Iterator[None]:
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while not listens(port):
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(log.read_text())
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


class Wire:
    """A way to a port that breaks after so many bytes; its lifetime is a block."""

    def __init__(self, port: int) -> None:
        self.to = port
        self.left = -1  # bytes still let through; -1 is no end
        self.passed = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.open_ends: list[socket.socket] = []
        self.lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)  # else it is listened on for ever
        self.listener.close()
        self._cut()

    def mend(self, left: int = -1) -> None:
        """Let so many bytes through from now on."""
        with self.lock:
            self.left, self.passed = left, 0

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                one, _ = self.listener.accept()
                if self.left == 0:
                    one.close()
                    continue
                other = socket.create_connection(("127.0.0.1", self.to))
                self.open_ends += [one, other]
                for end in (one, other):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for ends in ((one, other), (other, one)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(4096):
                target.sendall(self._let_through(piece))
                if self.left == 0:
                    self._cut()
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _let_through(self, piece: bytes) -> bytes:
        with self.lock:
            if self.left >= 0:
                piece = piece[: self.left]
                self.left -= len(piece)
            self.passed += len(piece)
            return piece

    def _cut(self) -> None:
        ends, self.open_ends = self.open_ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
