"""Folders: an address that was cut short leads on to where its pages are listed.

Promise: every folder that holds a page or an attachment answers for its own address; what stands
there depends on the folder alone, so that no edit of a record renders it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.pages import routes
from site_builder.pages.frames import column_name, frame
from site_builder.pages.pieces import Link
from site_builder.pages.published_views import MovedView

OPENED = ("html", "copy")  # whose address a citizen sees, and may cut short
NOTE = "这个网址是网站里的一个文件夹，没有自己的网页。"


def plan_folders(library: Library, pages: Sequence[Page]) -> Iterator[Page]:
    """`wj/index.html`, `yjs/2016/index.html` …, wherever no page has that address."""
    standing = {routes.folded(page.path): page for page in pages}
    inner = {folder for p in pages if p.kind in OPENED for folder in routes.folders(p.path)}
    for folder in sorted(inner):
        path = routes.front(folder)
        if routes.folded(path) not in standing:
            yield _leading_on(library, path, target=_nearest(folder, standing))


def _nearest(folder: str, standing: Mapping[str, Page]) -> Page:
    """The front page of the folder around it; of one that stands alone the catalogue."""
    around = (standing.get(routes.front(above)) for above in routes.folders(folder))
    found = next((page for page in around if page), None)
    return found or standing.get(routes.CATALOGUE) or standing[routes.HOME]


def _leading_on(library: Library, path: str, *, target: Page) -> Page:
    title, name = target.view.frame.title, column_name(target)
    column = next((c for c in library.config.columns if c.name == name), None)
    view = MovedView(
        frame=frame(library, path, title=title, column=column),
        target=Link(title, routes.href(target.path)),
        note=NOTE,
    )
    return Page(path, "html", "pages/moved.html", view, ("config.yaml",))
