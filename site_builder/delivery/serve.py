"""Preview: the site on this machine, rebuilt and reloaded after every save.

Promise: only this machine can see it, it shows no file that is not part of the site, a broken edit
is shown on the page while the last good site stays, and `output/` is never touched.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import web

from site_builder.delivery.messages import as_text
from site_builder.pipeline import Built, Site, build
from site_builder.problems import errors

HOST = "127.0.0.1"
WATCHED = ("content", "templates", "schemas", "config.yaml")
STRICT_POLICY = b"default-src 'none';"
RELOADING_POLICY = b"default-src 'none'; connect-src 'self' ws:;"
HEAD = (
    b'<link rel="stylesheet" href="/preview.css">'
    b'<script src="/livereload.js?port=%d" defer></script></head>'
)
PANEL_STYLE = """\
.preview-problems {
  position: sticky; top: 0; z-index: 9; max-height: 60vh; overflow: auto;
  padding: .6rem 1.2rem; background: #fff4e5; color: #1a222e; border-bottom: 4px solid #c8102e;
}
.preview-problems h2 { margin: 0 0 .4rem; font-size: 1.1rem; }
.preview-problems pre { margin: .4rem 0; white-space: pre-wrap; font-size: .9rem; }
"""


class PortTaken(Exception):
    """Another program listens on the port."""


class Preview:
    """The last build of the running preview."""

    def __init__(self, site: Site, as_of: date, tell: Callable[[Built], None]) -> None:
        notes = site.cache
        self.site = Site(site.root, notes / "preview", notes / "preview-notes")
        self.as_of = as_of
        self.tell = tell
        self.built = Built(())

    def rebuild(self) -> None:
        """Build once more; what failed stays visible until the next success."""
        self.built = build(self.site, self.as_of)
        self.tell(self.built)


def serve(site: Site, as_of: date, *, port: int, tell: Callable[[Built], None]) -> None:
    """Serve until the user stops it. Raises PortTaken."""
    preview = Preview(site, as_of, tell)
    preview.rebuild()
    server = _LoopbackServer(preview, port)
    for name in WATCHED:
        server.watch(str(site.root / name), preview.rebuild)
    try:
        server.serve(port=port, host=HOST)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortTaken from error


class _LoopbackServer(Server):
    """The livereload server with handlers that know where a request comes from."""

    def __init__(self, preview: Preview, port: int) -> None:
        super().__init__()
        self.preview = preview
        self.hosts = (f"{HOST}:{port}", f"localhost:{port}")

    def application(self, port: int, host: str, *_: Any, **__: Any) -> None:
        """Listen; the library's own handlers would serve any host and dot files."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.DEFAULT_RELOAD_TIME = 0  # else a second save within 3 s goes unseen
        settings: dict[str, Any] = {"preview": self.preview, "hosts": self.hosts, "port": port}
        pages = {"path": str(self.preview.site.output), "default_filename": "index.html"}
        web.Application(
            [
                (r"/livereload", _Socket, {"hosts": self.hosts}),
                (r"/livereload.js", LiveReloadJSHandler),
                (r"/preview.css", _Style),
                (r"/(.*)", _Page, pages),
            ],
            **settings,
        ).listen(port, address=host)

    def _setup_logging(self) -> None:
        """The command line speaks for the preview; the library keeps quiet."""


class _Socket(LiveReloadHandler):
    """The reload channel, open to pages of this preview alone."""

    def initialize(self, hosts: Sequence[str]) -> None:
        self.hosts = hosts

    def check_origin(self, origin: str) -> bool:
        return origin.removeprefix("http://") in self.hosts and self.request.host in self.hosts


class _Style(web.RequestHandler):
    """How the problems on a page look; the page's policy allows no inline style."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(PANEL_STYLE)


class _Page(web.StaticFileHandler):
    """Files of the built site, HTML with the reload script and any problems added."""

    def prepare(self) -> None:
        if self.request.host not in self.settings["hosts"]:
            raise web.HTTPError(403)

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
        file = self._page_file(path)
        if file is None:
            await super().get(path, include_body)
            return
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(
            _marked(file.read_bytes(), self.settings["preview"], port=self.settings["port"])
        )

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ARG002  # its signature
        """The site's own page for an unknown address; before a first good build, the problems."""
        preview: Preview = self.settings["preview"]
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


def _marked(page: bytes, preview: Preview, *, port: int) -> bytes:
    page = page.replace(STRICT_POLICY, RELOADING_POLICY, 1)
    page = page.replace(b"</head>", HEAD % port, 1)
    head, body, rest = page.partition(b"<body>")
    return head + body + _panel(preview).encode() + rest


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
