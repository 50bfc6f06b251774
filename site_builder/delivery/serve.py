"""Preview: the site on this machine, rebuilt and reloaded after every save.

Promise: only this machine can see it, or who was given the token; it shows no file that is not part
of the site, a broken edit is shown on the page while the last good site stays, and `output/` is
never touched.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from hmac import compare_digest
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado import web
from tornado.escape import json_decode

from site_builder.delivery.messages import as_text
from site_builder.pages.preview import UNSIGNED
from site_builder.pipeline import Built, Site, build
from site_builder.problems import errors
from site_builder.reading import Memory

HOST = "127.0.0.1"
COOKIE = "preview"
WATCHED = ("content", "templates", "schemas", "config.yaml")
STRICT_POLICY = b"connect-src 'self';"
RELOADING_POLICY = b"connect-src 'self' ws:;"
HEAD = (
    b'<link rel="stylesheet" href="/preview.css">'
    b'<script src="/livereload.js?port=%d" defer></script></head>'
)
BANNER = f'<p class="preview-unsigned">预览：这一页有内容{UNSIGNED}</p>'
PANEL_STYLE = """\
.preview-problems {
  position: sticky; top: 0; z-index: 9; max-height: 60vh; overflow: auto;
  padding: .6rem 1.2rem; background: #fff4e5; color: #1a222e; border-bottom: 4px solid #c8102e;
}
.preview-unsigned {
  margin: 0; padding: .6rem 1.2rem; background: #c8102e; color: #fff; font-weight: bold;
  text-align: center;
}
.preview-problems h2 { margin: 0 0 .4rem; font-size: 1.1rem; }
.preview-problems pre { margin: .4rem 0; white-space: pre-wrap; font-size: .9rem; }
"""


class PortTaken(Exception):
    """Another program listens on the port."""


class Preview:
    """The last build of the running preview, and which build each address last showed."""

    def __init__(self, site: Site, as_of: date, tell: Callable[[Built], None]) -> None:
        notes = site.cache
        self.site = Site(site.root, notes / "preview", notes / "preview-notes")
        self.as_of = as_of
        self.tell = tell
        self.built = Built(())
        self.memory = Memory(lasts=True)
        self.number = 0
        self.shown: dict[str, int] = {}

    def rebuild(self) -> None:
        """Build once more; what failed stays visible until the next success."""
        self.number += 1
        self.built = build(self.site, self.as_of, preview=True, memory=self.memory, jobs=1)
        self.tell(self.built)


def serve(
    site: Site,
    as_of: date,
    *,
    port: int,
    tell: Callable[[Built], None],
    host: str = HOST,
    token: str = "",
) -> None:
    """Serve until the user stops it. Raises PortTaken.

    At another `host` than this machine's own a `token` is asked for once, as `?token=` of an
    address; a cookie of the browser then stands for it.
    """
    preview = Preview(site, as_of, tell)
    server = _PreviewServer(preview, port, token=token)
    preview.rebuild()
    try:
        server.serve(port=port, host=host)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortTaken from error


class _PreviewServer(Server):
    """The livereload server with handlers that know where a request comes from."""

    def __init__(self, preview: Preview, port: int, *, token: str) -> None:
        super().__init__(watcher=_Saves(preview))
        self.preview = preview
        self.token = token
        self.hosts = (f"{HOST}:{port}", f"localhost:{port}")

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
    """Sees all that was saved since the last look at once, whatever date a file bears."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview
        self.seen = _stamps(preview.site.root)

    def examine(self) -> tuple[str | None, float | None]:
        """What to tell the pages: `*` after a rebuild; the library asks several times a second."""
        if self._changes:
            change: tuple[str, float] = self._changes.pop()
            return change
        stamps = _stamps(self.preview.site.root)
        if stamps == self.seen:
            return None, None
        self.seen = stamps
        self.filepath = "*"
        self.preview.rebuild()
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
        self.finish(_marked(file.read_bytes(), preview, port=self.settings["port"]))

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ARG002  # its signature
        """The site's own page for an unknown address; before a first good build, the problems."""
        if status_code == 403:
            self.finish("403")  # whoever asks under another name learns nothing of the site
            return
        preview: Preview = self.settings["preview"]
        preview.shown[str(self.request.uri)] = preview.number
        page = preview.site.output / "404.html"
        found = page.read_bytes() if page.is_file() else b"<html><head></head><body></body>"
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(_marked(found, preview, port=self.settings["port"]))

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
        handler.set_cookie(COOKIE, token.decode(), httponly=True, samesite="Strict")
        handler.redirect("/")
    elif not compare_digest((handler.get_cookie(COOKIE) or "").encode(), token):
        raise web.HTTPError(403)


def _stamps(root: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every source file."""
    found: dict[str, tuple[int, int]] = {}
    for name in WATCHED:
        folders = os.walk(root / name)
        inner = [Path(folder, file) for folder, _, files in folders for file in files]
        for file in inner or [root / name]:
            with suppress(OSError):  # gone again in this very moment
                stat = file.stat()
                found[str(file)] = (stat.st_size, stat.st_mtime_ns)
    return found


def _marked(page: bytes, preview: Preview, *, port: int) -> bytes:
    page = page.replace(STRICT_POLICY, RELOADING_POLICY, 1)
    page = page.replace(b"</head>", HEAD % port, 1)
    head, body, rest = page.partition(b"<body>")
    unsigned = BANNER if UNSIGNED.encode() in rest else ""
    return head + body + (_panel(preview) + unsigned).encode() + rest


def _panel(preview: Preview) -> str:
    """What is wrong, above the last good page; nothing when all is well."""
    found = errors(preview.built.problems)
    if not found:
        return ""
    listed = "".join(
        f"<pre>{escape(as_text(problem, preview.site.root))}</pre>" for problem in found
    )
    title = f"有 {len(found)} 处错误，下面仍是上一次成功生成的页面"
    return f'<aside class="preview-problems"><h2>{title}</h2>{listed}</aside>'
