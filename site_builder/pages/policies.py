"""政策文件库: policy documents by 有效性, each with its numbers, dates and explanations.

Promise: a document stands in the list of the 有效性 that it states, and of those that state none it
is not said that they are in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder.model.disclosure import Document
from site_builder.model.page import Page
from site_builder.pages import parts, routes
from site_builder.pages.catalogue_views import PoliciesView, PolicyEntry
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.paging import Stretch, stretches
from site_builder.pages.pieces import Link, YearLink
from site_builder.pages.whole_lists import DIRECTORY, POLICIES, policy_documents

PAGE_SIZE = 50
# What each 有效性 is called in addresses, in the order of the page; "" states none.
GROUPS = {
    "现行有效": "yx",
    "已修改": "xg",
    "尚未施行": "ws",
    "已废止": "fz",
    "已失效": "sx",
    "": "wz",
}
NOT_STATED = "未注明有效性"


def plan_policies(context: Context) -> Iterator[Page]:
    """The newest policy documents, and all of them by 有效性; nothing where there are none."""
    found = policy_documents(context)
    groups: dict[str, tuple[Document, ...]] = {}
    for validity in GROUPS:
        group = tuple(d for d in found if (d.validity or "") == validity)
        if group:
            groups[validity] = group
    if not groups:
        return
    newest = Stretch(found[:PAGE_SIZE], routes.policies(), mark="", newer="", older="")
    yield _page(context, newest, title=POLICIES, groups=_links(tuple(groups), current=None))
    for validity, documents in groups.items():
        links = _links(tuple(groups), current=validity)
        path = partial(routes.policies, GROUPS[validity])
        for part in stretches(documents, size=PAGE_SIZE, path=path):
            title = f"{POLICIES}（{validity or NOT_STATED}）{part.mark}"
            yield _page(context, part, title=title, groups=links)


def _page(
    context: Context, part: Stretch[Document], *, title: str, groups: tuple[YearLink, ...]
) -> Page:
    above = [Link(DIRECTORY, routes.CATALOGUE)]
    if title != POLICIES:
        above.append(Link(POLICIES, routes.policies()))
    column = context.library.config.column("catalogue")
    view = PoliciesView(
        frame=frame(context.library, part.path, title=title, column=column, crumbs=tuple(above)),
        groups=groups,
        entries=tuple(_entry(context, document) for document in part.items),
        newer=part.newer,
        older=part.older,
    )
    return Page(part.path, "html", "pages/policies.html", view, ("config.yaml",))


def _links(groups: tuple[str, ...], *, current: str | None) -> tuple[YearLink, ...]:
    return tuple(
        YearLink(
            validity or NOT_STATED,
            routes.policies(GROUPS[validity]),
            held=True,
            current=validity == current,
        )
        for validity in groups
    )


def _entry(context: Context, document: Document) -> PolicyEntry:
    explained = context.related.get((document.id, "解读"), ())
    return PolicyEntry(
        title=document.title,
        path=routes.href(routes.document(document)),
        number=document.number,
        issued=parts.iso(document.issued),
        effective=parts.iso(document.effective),
        validity=document.validity or NOT_STATED,
        explained=tuple(Link(d.title, routes.href(routes.document(d))) for d in explained),
    )
