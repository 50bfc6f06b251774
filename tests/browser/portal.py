"""The portal as visitors get it: built sites on disk and behind a web server, and their pages.

Promise: what a test opens is the output of a real build, and every kind of page has an example
in `KINDS`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import Error, Page

from site_builder.pipeline import Built, Site
from tests.sites import REPOSITORY, built

TOOLS = REPOSITORY / ".cache" / "browser-tools" / "node_modules"
SUB_PATH = "/zwgk/zfxxgk/"  # the platform stands inside an existing site
SITES = ("real", "demo", "small", "accounts")
WAYS = ("file", "http")
Scheme = Literal["light", "dark"]
OF_COLOURS = ("color-contrast", "link-in-text-block")
WITH_RULES: dict[Scheme, dict[str, object]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": OF_COLOURS},
}
# Whole results take longer to come out of the browser than they took to find.
RUN_AXE = """options => axe.run(options).then(
    found => ({passed: found.passes.length, violations: found.violations}))"""

# The texts of what one can see of a selector; a locator would take longer than to load the page.
VISIBLE = """selector => [...document.querySelectorAll(selector)].filter(element => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && box.width && box.height;
}).map(element => element.innerText)"""

# Every kind of page: the site that shows it best, and its path there.
KINDS = {
    "the home page": ("real", "index.html"),
    "the home page of the demo": ("demo", "index.html"),
    "the report index": ("real", "gknb/index.html"),
    "a report": ("real", "gknb/2017/index.html"),
    "a report of another year": ("demo", "gknb/2015/index.html"),
    "a report with tables in its chapters": ("demo", "gknb/2022/index.html"),
    "the years side by side": ("demo", "gknb/trends.html"),
    "a report not held": ("real", "gknb/2016/index.html"),
    "the account index": ("real", "yjs/index.html"),
    "an account not held": ("real", "yjs/2016/juesuan.html"),
    "the account index of the demo": ("demo", "yjs/index.html"),
    "an account index with documents": ("accounts", "yjs/index.html"),
    "a budget": ("accounts", "yjs/2018/yusuan.html"),
    "a final account": ("accounts", "yjs/2018/juesuan.html"),
    "a budget beside its final account": ("accounts", "yjs/2018/duibi.html"),
    "budgets and accounts of all years": ("accounts", "yjs/trends.html"),
    "the guide": ("real", "zn/index.html"),
    "the guide of the demo": ("demo", "zn/index.html"),
    "the application page": ("real", "ysqgk/index.html"),
    "what is written and answered": ("real", "ysqgk/dafu.html"),
    "the application form": ("small", "ysqgk/biaoge.html"),
    "the terms": ("small", "ysqgk/qixian.html"),
    "the help for people": ("small", "wuzhangai.html"),
    "the rules": ("real", "zd/index.html"),
    "the rules held": ("small", "zd/index.html"),
    "the catalogue": ("real", "fd/index.html"),
    "a listing": ("demo", "fd/tdzs/index.html"),
    "a listing of one year": ("demo", "fd/tdzs/2008/index.html"),
    "an empty listing": ("real", "fd/jgzn/index.html"),
    "a document": ("demo", "wj/gf-101.html"),
    "a document with a table and a file": ("small", "wj/tz-2024-001.html"),
    "the catalogue of everything": ("small", "mulu/index.html"),
    "a year of the catalogue": ("demo", "mulu/2018/index.html"),
    "the 体裁 of the catalogue": ("demo", "mulu/tc/index.html"),
    "a 体裁 of the catalogue": ("demo", "mulu/tc/gonggao/index.html"),
    "the policy documents": ("demo", "mulu/zcwj/index.html"),
    "the standard items": ("demo", "mulu/gkbz/index.html"),
    "the site map": ("real", "map.html"),
    "the search page": ("demo", "search.html"),
    "the page for an unknown address": ("real", "404.html"),
}


@dataclass(frozen=True, slots=True)
class Portal:
    """A built site; `web` is its address on the server, with a slash at the end."""

    name: str
    built: Built
    output: Path
    web: str

    def base(self, way: str) -> str:
        """Where its pages begin: by `file` or by `http`."""
        return self.web if way == "http" else f"{self.output.as_uri()}/"

    def address(self, path: str, way: str = "http") -> str:
        """The full address of a page or file of the output."""
        return self.base(way) + quote(path)

    def files(self) -> set[str]:
        """Every file of the output."""
        found = (file for file in self.output.rglob("*") if file.is_file())
        return {file.relative_to(self.output).as_posix() for file in found}

    def pages(self) -> list[str]:
        """Every HTML page of the output."""
        return sorted(path for path in self.files() if path.endswith(".html"))


@contextmanager
def opened(site: Site, name: str) -> Iterator[Portal]:
    """Build a site and serve its output below a sub-path until the block ends."""
    result = built(site)
    with served(site.output) as web:
        yield Portal(name, result, site.output, web)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A web server on this machine, as a plain one in front of static files would be."""
    server = _Server(folder)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def eventually(page: Page, expression: str) -> None:
    """Wait until an expression holds on the page.

    Playwright's own way polls from inside the page, where the page's policy forbids it.
    """
    for _ in range(1200):
        if _holds(page, expression):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"it never came true: {expression}")


def _holds(page: Page, expression: str) -> bool:
    """Not yet, while the page is being replaced by its next version."""
    try:
        return bool(page.evaluate(expression))
    except Error as error:
        if "context was destroyed" not in error.message:
            raise
        return False


def violations(page: Page, widths: Iterable[int]) -> Iterator[str]:
    """What axe-core, loaded before, finds on a page of these widths, light and dark.

    In the dark only colours differ, so that of its rules only those that look at them could find
    anything else.
    """
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, options in WITH_RULES.items():
            page.emulate_media(color_scheme=scheme)
            result: Any = page.evaluate(RUN_AXE, options)
            assert result["passed"]
            for violation in result["violations"]:
                yield f"{width} px, {scheme}: {violation['id']} ({violation['impact']})"
                yield f"    {violation['help']}"
                for node in violation["nodes"]:
                    target = " ".join(map(str, node["target"]))
                    yield f"    {target}\n    {node['html'][:200]}"


class _Server(ThreadingHTTPServer):
    """Listens on a free port."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(("127.0.0.1", 0), _Files)


class _Files(BaseHTTPRequestHandler):
    """Files below the sub-path; for every other address the site's own 404 page."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together; apart, the second waits for an answer
    server: _Server

    def do_GET(self) -> None:
        """The file, or 404.html with its status."""
        file = self._file()
        if file is None:
            self._answer(HTTPStatus.NOT_FOUND, self.server.folder / "404.html")
        else:
            self._answer(HTTPStatus.OK, file)

    def _file(self) -> Path | None:
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(SUB_PATH):
            return None
        file = self.server.folder / path.removeprefix(SUB_PATH)
        file = file / "index.html" if path.endswith("/") else file
        return file if file.is_file() else None

    def _answer(self, status: HTTPStatus, file: Path) -> None:
        content = file.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests speak."""
