"""An SFTP server, reached with the asyncssh library.

Promise: the server's key is known before anything is sent; a file takes the place of another by a
rename; several files travel at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from site_builder.delivery.publishing.placing import local
from site_builder.delivery.publishing.ssh import LOCKED, STRANGE, require_files
from site_builder.delivery.publishing.target import Absent, Unreachable
from site_builder.model.target import Target

if TYPE_CHECKING:
    import asyncssh

T = TypeVar("T")
AT_ONCE = 16  # files on their way at the same time
PIECE = 1 << 20  # bytes read at a time


class Sftp:
    """A connection; its lifetime is one run, its work done by a loop in a thread of its own."""

    def __init__(self, target: Target, root: Path) -> None:
        try:
            import asyncssh  # an optional extra
        except ImportError:
            message = "发布到 sftp 还要安装 asyncssh：pip install site-builder[sftp]"
            raise Absent(message) from None
        self.library = asyncssh
        self.target = target
        self.root = root
        self.base = PurePosixPath(target.path)
        self.loop = asyncio.new_event_loop()
        self.thread = Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.connection: asyncssh.SSHClientConnection | None = None
        self.folders: set[PurePosixPath] = set()

    def connect(self) -> None:
        """Log in and open the file service."""
        require_files(self.target, self.root)
        self.client = self._wait(self._connected())

    def sizes(self) -> Mapping[str, int]:
        """Every file there, with its size."""
        found: dict[str, int] = {}
        self._wait(self._walk(self.base, found))
        return found

    def read(self, path: str) -> bytes | None:
        """A file; None when there is none."""
        return self._wait(self._read(path))

    def digests(self, paths: Iterable[str]) -> Mapping[str, str]:
        """The SHA-256 of files, read from there."""
        wanted = list(paths)
        found = self._wait(self._all(self._digest(path) for path in wanted))
        return {path: digest for path, digest in zip(wanted, found, strict=True) if digest}

    def create(self, path: str, content: bytes) -> bool:
        """A file that must not be there yet."""
        self._make_folders((path,))
        return self._wait(self._created(path, content))

    def write(self, path: str, content: bytes) -> None:
        """Whole beside its place, then renamed."""
        self._make_folders((path,))
        self._wait(self._written(f"{path}.new~", content))
        self.move(f"{path}.new~", path)

    def send(self, files: Iterable[tuple[Path, str]]) -> None:
        """Files of this machine, several at once."""
        pairs = list(files)
        self._make_folders(path for _, path in pairs)
        self._wait(self._all(self._sent(source, path) for source, path in pairs))

    def move(self, source: str, target: str) -> None:
        """A file takes the place of another."""
        self._make_folders((target,))
        self._wait(self._moved(source, target))

    def remove(self, paths: Iterable[str]) -> None:
        """Files that may be gone already, one after another."""
        for path in paths:
            self._wait(self._removed(path))

    def close(self) -> None:
        """Let go of the server."""
        if self.connection is not None:
            self.connection.abort()
            with suppress(Unreachable):
                self._wait(self.connection.wait_closed())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Every way in which the library can fail, in a clerk's words."""
        failed = self.library
        try:
            return asyncio.run_coroutine_threadsafe(work, self.loop).result()
        except failed.HostKeyNotVerifiable:
            raise Unreachable("服务器的主机密钥没有登记过，或者变了。先请维护人员核对") from None
        except failed.PermissionDenied:
            raise Unreachable("登录没有通过，请核对 user 和 key") from None
        except failed.SFTPPermissionDenied:
            raise Unreachable("在服务器的文件夹里没有写入权限") from None
        except failed.SFTPNoSuchFile:
            raise Unreachable("服务器上建不了 path 写的文件夹，请核对 path") from None
        except failed.SFTPFailure:  # all that the protocol has for a full disk
            raise Unreachable("服务器没有写成，多半是磁盘或者配额已满") from None
        except failed.SFTPError as fault:
            raise Unreachable(f"服务器说：{fault.reason}") from None
        except (failed.Error, OSError):
            raise Unreachable("连接断开了，或者服务器没有应答，请核对 host、port 和网络") from None
        except failed.KeyEncryptionError:
            raise Unreachable(LOCKED) from None
        except failed.KeyImportError as fault:
            raise Unreachable(LOCKED if "assphrase" in str(fault) else STRANGE) from None

    async def _connected(self) -> asyncssh.SFTPClient:
        where = self.target
        self.connection = await self.library.connect(
            where.host,
            port=where.port,
            username=where.user or (),
            client_keys=[str(local(self.root, where.key))] if where.key else (),
            known_hosts=str(local(self.root, where.known_hosts)) if where.known_hosts else (),
            connect_timeout=20,
            keepalive_interval=15,
        )
        return await self.connection.start_sftp_client()

    async def _all(self, work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
        """Several at once, but not all: a server has only so many hands."""
        turns = asyncio.Semaphore(AT_ONCE)

        async def in_turn(one: Coroutine[Any, Any, T]) -> T:
            async with turns:
                return await one

        found = await asyncio.gather(*(in_turn(one) for one in work), return_exceptions=True)
        for one in found:  # all have ended by now: none is left to fail where nobody listens
            if isinstance(one, BaseException):
                raise one
        return found  # type: ignore[return-value]  # no fault is among them

    async def _walk(self, folder: PurePosixPath, found: dict[str, int]) -> None:
        try:
            entries = await self.client.readdir(str(folder))
        except self.library.SFTPNoSuchFile:
            return
        for entry in entries:
            name = str(entry.filename)
            if entry.attrs.type == self.library.FILEXFER_TYPE_DIRECTORY:
                if name not in (".", ".."):
                    await self._walk(folder / name, found)
            else:
                path = (folder / name).relative_to(self.base).as_posix()
                found[path] = entry.attrs.size or 0

    async def _read(self, path: str) -> bytes | None:
        try:
            async with self.client.open(str(self.base / path), "rb") as file:
                content: Any = await file.read()  # bytes, as asked for
                return bytes(content)
        except self.library.SFTPNoSuchFile:
            return None

    async def _digest(self, path: str) -> str:
        found = sha256()
        try:
            async with self.client.open(str(self.base / path), "rb") as file:
                piece: Any = await file.read(PIECE)
                while piece:
                    found.update(piece)
                    piece = await file.read(PIECE)
        except self.library.SFTPNoSuchFile:
            return ""
        return found.hexdigest()

    async def _created(self, path: str, content: bytes) -> bool:
        try:
            file = await self.client.open(str(self.base / path), "xb")
        except self.library.SFTPError:
            if await self._read(path) is None:
                raise
            return False
        try:
            async with file:
                await file.write(content)
        except self.library.SFTPError:  # on a full disk half of it is worse than nothing
            with suppress(self.library.SFTPError):
                await self._removed(path)
            raise
        return True

    async def _written(self, path: str, content: bytes) -> None:
        async with self.client.open(str(self.base / path), "wb") as file:
            await file.write(content)

    async def _sent(self, source: Path, path: str) -> None:
        await self.client.put(str(source), str(self.base / path))

    async def _moved(self, source: str, target: str) -> None:
        old, new = str(self.base / source), str(self.base / target)
        try:
            await self.client.posix_rename(old, new)
        except self.library.SFTPOpUnsupported:  # an old server: the name is free for an instant
            await self._removed(target)
            await self.client.rename(old, new)

    async def _removed(self, path: str) -> None:
        with suppress(self.library.SFTPNoSuchFile):
            await self.client.remove(str(self.base / path))

    def _make_folders(self, paths: Iterable[str]) -> None:
        for folder in sorted({(self.base / path).parent for path in paths} - self.folders):
            self._wait(self.client.makedirs(str(folder), exist_ok=True))
            self.folders.add(folder)
