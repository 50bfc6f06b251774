"""Rendering at a site: its own templates before those of the product.

Promise: how a page becomes bytes is the same for every command.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial

from site_builder.model.page import Page
from site_builder.outcome import DEFAULT_TEMPLATES, Site
from site_builder.pages.pieces import SiteView
from site_builder.problems import Place, Problem
from site_builder.render.html import TemplateFault, Templates, open_templates
from site_builder.render.pages import render
from site_builder.sources.files import read_bytes


def renderer(
    site: Site, view: SiteView, templates: Templates | None = None
) -> Callable[[Page], bytes]:
    """How a page becomes bytes; those of an archive have a site view of their own.

    Who has looked at the `templates` already gives them, since they may be others by now. It raises
    TemplateFault when one is wrong.
    """
    return partial(_render, site=site, templates=templates or templates_of(site), view=view)


def templates_of(site: Site) -> Templates:
    """The templates of a site."""
    folders = (site.root / "templates", *DEFAULT_TEMPLATES)
    return open_templates(tuple(folder for folder in folders if folder.is_dir()))


def _render(page: Page, *, site: Site, templates: Templates, view: SiteView) -> bytes:
    if page.kind == "copy":
        return _copied(site, page.view.source, sha256=page.view.sha256)
    return render(templates, page, site=view)


def _copied(site: Site, source: str, *, sha256: str) -> bytes:
    """The very bytes that were checked, and that pages name the size and digest of."""
    content, problems = read_bytes(site.root, source)
    if hashlib.sha256(content).hexdigest() != sha256:
        changed = Problem("O312", Place(source), "这个文件在生成的时候变了，或者读不出来了")
        raise TemplateFault(problems[0] if problems else changed)
    return content
