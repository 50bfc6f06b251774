"""Preview: the site on this machine, rebuilt and reloaded after every save.

Promise: only this machine can see it, or who was given the token; it shows no file that is not part
of the site, a broken edit is shown on the page while the last good site stays, and `output/` is
never touched.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from hmac import compare_digest
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado import web
from tornado.escape import json_decode
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets

from site_builder.delivery.faults import kept
from site_builder.delivery.preview import (
    EMPTY_PAGE,
    PANEL_STYLE,
    REFUSED_HOST,
    REFUSED_TOKEN,
    Preview,
    marked,
)
from site_builder.delivery.watched import Watched
from site_builder.delivery.watching import Watch
from site_builder.outcome import Built, Site

HOST = "127.0.0.1"
COOKIE = "preview"
TAKEN = (errno.EADDRINUSE, errno.EACCES)  # the second, on Windows, of ports that it keeps
HTTP = 80  # the port that browsers leave out of a name


class PortTaken(Exception):
    """Another program listens on the port, or the system keeps it for itself."""


class NoSuchHost(Exception):
    """This machine has no such address."""


def must_listen(host: str, port: int) -> None:
    """Try the address, before a long build is begun. Raises PortTaken and NoSuchHost."""
    try:
        with _taken_named():
            for tried in bind_sockets(port, address=host):
                tried.close()
    except (OSError, UnicodeError) as error:  # the second of a name that can be none
        raise NoSuchHost from error


def serve(
    site: Site,
    day: Callable[[], date],
    *,
    port: int,
    tell: Callable[[Built], None],
    say: Callable[[str], None],
    host: str = HOST,
    token: str = "",
) -> None:
    """Serve until the user stops it. Raises PortTaken.

    At another `host` than this machine's own a `token` is asked for once, as `?token=` of an
    address; a cookie of the browser then stands for it.
    """
    preview = Preview(site, day, tell)
    server = _PreviewServer(preview, port, token=token, say=say)
    preview.rebuild()
    with _taken_named():
        server.serve(port=port, host=host)


@contextmanager
def _taken_named() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in TAKEN:
            raise PortTaken from error
        raise


class _PreviewServer(Server):
    """The livereload server with handlers that know where a request comes from."""

    def __init__(
        self, preview: Preview, port: int, *, token: str, say: Callable[[str], None]
    ) -> None:
        super().__init__(watcher=_Saves(preview, say))
        self.preview = preview
        self.token = token
        names = (HOST, "localhost", "[::1]")
        self.hosts = (*(f"{name}:{port}" for name in names), *(names if port == HTTP else ()))

    def application(self, port: int, host: str, *_: Any, **__: Any) -> None:
        """Listen; the library's own handlers would serve any host and dot files."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.DEFAULT_RELOAD_TIME = 0  # else a second save within 3 s goes unseen
        settings: dict[str, Any] = {
            "preview": self.preview,
            "hosts": self.hosts,
            "token": self.token,
            "port": port,
            "log_function": lambda _: None,
        }
        pages = {"path": str(self.preview.site.output), "default_filename": "index.html"}
        web.Application(
            [
                (r"/livereload", _Socket),
                (r"/livereload.js", LiveReloadJSHandler),
                (r"/preview.css", _Style),
                (r"/(.*)", _Page, pages),
            ],
            **settings,
        ).listen(port, address=host)

    def _setup_logging(self) -> None:
        """The command line speaks for the preview; the library keeps quiet."""


class _Saves(Watcher):
    """Hands what was saved to the preview, and asks the library to reload the pages after that."""

    def __init__(self, preview: Preview, say: Callable[[str], None]) -> None:
        super().__init__()
        self.preview = preview
        self.say = say
        self.files = Watched(preview.site.root)
        self.files.look()
        self.changed: frozenset[str] = frozenset()

    def start(self, callback: Callable[[], None]) -> bool:
        """The library calls this once; True says that it need not ask again and again."""

        def saved(changed: frozenset[str]) -> None:
            self.changed |= changed
            callback()

        loop = IOLoop.current().asyncio_loop  # type: ignore[attr-defined]  # of its only kind
        Watch(self.files, loop=loop, saved=saved, say=self.say).start()
        return True

    def examine(self) -> tuple[str | None, float | None]:
        """What to tell the pages: `*` after a rebuild."""
        changed, self.changed = self.changed, frozenset()
        if not changed:
            return None, None
        self.filepath = "*"
        try:
            self.preview.rebuild(changed)
        except Exception as fault:  # noqa: BLE001  # nobody above it but the loop, which prints it
            self.say(f"程序自身出错，预览停在上一次的样子。{kept(fault)}，请发给维护人员。")
        return self.filepath, None


class _Socket(LiveReloadHandler):
    """The reload channel, open to pages of this preview alone."""

    def prepare(self) -> None:
        _refuse_strangers(self)

    def check_origin(self, origin: str) -> bool:
        own = (self.request.host,) if self.settings["token"] else self.settings["hosts"]
        return origin.removeprefix("http://") in own

    def on_message(self, message: str | bytes) -> None:
        """A page that was rebuilt while it was loading hears of it now."""
        super().on_message(message)
        told, preview = json_decode(message), self.settings["preview"]
        if told.get("command") == "info":
            address = urlsplit(told.get("url", ""))._replace(scheme="", netloc="", fragment="")
            if preview.shown.get(address.geturl(), preview.number) != preview.number:
                self.send_message({"command": "reload", "path": "*"})


class _Style(web.RequestHandler):
    """How the problems on a page look; the page's policy allows no inline style."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(PANEL_STYLE)


class _Page(web.StaticFileHandler):
    """Files of the built site, HTML with the reload script and any problems added."""

    def prepare(self) -> None:
        _refuse_strangers(self)

    def set_default_headers(self) -> None:
        """Never a stale page in a preview."""
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> None:
        """None: a marked page is not the file on disk, and nothing here is cached."""

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        path = Path(absolute_path)
        if path.is_relative_to(root):
            inner = path.relative_to(root).parts
            if any(part.startswith(".") for part in inner):
                raise web.HTTPError(404)
        return super().validate_absolute_path(root, absolute_path)

    async def get(self, path: str, include_body: bool = True) -> None:
        """HTML is read whole and marked; everything else is the library's business."""
        if "\0" in path:
            raise web.HTTPError(404)
        file = self._page_file(path)
        if file is None:
            await super().get(path, include_body)
            return
        preview: Preview = self.settings["preview"]
        preview.shown[str(self.request.uri)] = preview.number
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(marked(file.read_bytes(), preview, port=self.settings["port"]))

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ARG002  # its signature
        """The site's own page for an unknown address; before a first good build, the problems."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        if status_code == 403:  # whoever asks under another name learns nothing of the site
            self.finish(REFUSED_TOKEN if self.settings["token"] else REFUSED_HOST)
            return
        preview: Preview = self.settings["preview"]
        preview.shown[str(self.request.uri)] = preview.number
        page = preview.site.output / "404.html"
        found = page.read_bytes() if page.is_file() else EMPTY_PAGE.encode()
        self.finish(marked(found, preview, port=self.settings["port"]))

    def _page_file(self, path: str) -> Path | None:
        """The HTML file behind a path, None for anything else (or anything hidden)."""
        root = Path(self.root).resolve()
        file = (root / path).resolve()
        if not file.is_relative_to(root) or any(p.startswith(".") for p in Path(path).parts):
            return None
        file = file / "index.html" if (file.is_dir() and path.endswith("/")) or not path else file
        return file if file.is_file() and file.suffix == ".html" else None


def _refuse_strangers(handler: web.RequestHandler) -> None:
    """A page elsewhere may give its own name this machine's address; it gets nothing.

    Where a token is asked for, the cookie that stands for it belongs to one name of this machine.
    """
    token = handler.settings["token"].encode()
    if not token:
        if handler.request.host not in handler.settings["hosts"]:
            raise web.HTTPError(403)
    elif compare_digest(handler.get_query_argument("token", "").encode(), token):
        # Lax: the address may be opened from a letter or a chat that is a web page itself.
        handler.set_cookie(COOKIE, token.decode(), httponly=True, samesite="Lax")
        handler.redirect("/" + handler.request.path.lstrip("/\\"))  # of this machine, none other
    elif not compare_digest((handler.get_cookie(COOKIE) or "").encode(), token):
        raise web.HTTPError(403)
