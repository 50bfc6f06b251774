"""Rendering at a site: its own templates before those of the product.

Promise: how a page becomes bytes is the same for every command.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from site_builder.model.page import Page
from site_builder.outcome import DEFAULT_TEMPLATES, Site
from site_builder.pages.pieces import SiteView
from site_builder.render.html import Templates, open_templates
from site_builder.render.pages import render
from site_builder.sources.files import read_bytes


def renderer(site: Site, view: SiteView) -> Callable[[Page], bytes]:
    """How a page becomes bytes; those of an archive have a site view of their own.

    It raises TemplateFault when a template is wrong.
    """
    return partial(_render, site=site, templates=templates_of(site), view=view)


def templates_of(site: Site) -> Templates:
    """The templates of a site."""
    folders = (site.root / "templates", *DEFAULT_TEMPLATES)
    return open_templates(tuple(folder for folder in folders if folder.is_dir()))


def _render(page: Page, *, site: Site, templates: Templates, view: SiteView) -> bytes:
    if page.kind == "copy":
        return read_bytes(site.root, page.view.source)[0]
    return render(templates, page, site=view)
