"""A running preview: the last build, and its pages as a browser is shown them.

Promise: a broken edit is shown on the page while the last good site stays, and `output/` is never
touched.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

from site_builder.delivery.messages import as_text
from site_builder.pages.preview import UNSIGNED
from site_builder.pipeline import Built, Site, build
from site_builder.problems import errors
from site_builder.reading import Memory

STRICT_POLICY = b"connect-src 'self';"
RELOADING_POLICY = b"connect-src 'self' ws:;"
HEAD = (
    b'<link rel="stylesheet" href="/preview.css">'
    b'<script src="/livereload.js?port=%d" defer></script></head>'
)
PLAIN = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>预览</title></head><body>{}</body></html>"
)
EMPTY_PAGE = PLAIN.format("")  # before there is a first good site
REFUSED_TOKEN = PLAIN.format(
    "<p>预览打不开：请用黑色窗口里显示的完整地址，问号后面的口令也要。</p>"
    "<p>预览重新启动以后口令就换了，原来的地址不能再用。</p>"
)
REFUSED_HOST = PLAIN.format("<p>预览打不开：请用黑色窗口里显示的地址。</p>")
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


class Preview:
    """The last build of the running preview, and which build each address last showed.

    `day` says for each build what day the site speaks for: a preview may stay open overnight.
    """

    def __init__(self, site: Site, day: Callable[[], date], tell: Callable[[Built], None]) -> None:
        notes = site.cache
        self.site = Site(site.root, notes / "preview", notes / "preview-notes")
        self.day = day
        self.tell = tell
        self.built = Built(())
        self.memory = Memory(lasts=True)
        self.changed: frozenset[str] | None = None  # since the last build without an error
        self.number = 0
        self.shown: dict[str, int] = {}

    def rebuild(self, changed: frozenset[str] | None = None) -> None:
        """Build once more; what failed stays visible until the next success.

        `changed` are the files that differ from those of the build before, if that is known.
        """
        self.number += 1
        before = self.changed
        self.changed = None if before is None or changed is None else before | changed
        self.built = build(
            self.site,
            self.day(),
            jobs=0 if self.number == 1 else 1,  # later on there are threads, and little to do
            memory=self.memory,
            preview=True,
            changed=self.changed,
        )
        if not self.built.failed:
            self.changed = frozenset()
        self.tell(self.built)


def marked(page: bytes, preview: Preview, *, port: int) -> bytes:
    """A page as a browser is shown it: it reloads by itself, and says what is wrong or unsigned."""
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
    is_there = (preview.site.output / "index.html").is_file()
    below = "下面仍是上一次成功生成的页面" if is_there else "改对保存以后，这里就显示网页"
    title = f"有 {len(found)} 处错误，{below}"
    return f'<aside class="preview-problems"><h2>{title}</h2>{listed}</aside>'
