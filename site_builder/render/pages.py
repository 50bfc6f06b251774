"""Rendering: one page → its bytes.

Promise: bytes depend on the page, the site view and the templates alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from site_builder.model.page import Page, PageKind
from site_builder.render.application_form import render_form
from site_builder.render.data_package import render_package
from site_builder.render.exports import render_csv, render_json, render_xlsx
from site_builder.render.html import Templates, render_html
from site_builder.render.lists import render_list_csv, render_list_json, render_list_xlsx
from site_builder.render.search import render_map, render_shard, render_texts

# The kinds that need no template.
RENDERERS: Mapping[PageKind, Callable[[Any], bytes]] = {
    "csv": render_csv,
    "docx": render_form,
    "json": render_json,
    "list-csv": render_list_csv,
    "list-json": render_list_json,
    "list-xlsx": render_list_xlsx,
    "package": render_package,
    "search-map": render_map,
    "search-shard": render_shard,
    "search-texts": render_texts,
    "xlsx": render_xlsx,
}


def render(templates: Templates, page: Page, *, site: object) -> bytes:
    """The bytes of any page but a copy; TemplateFault when its template is wrong."""
    renderer = RENDERERS.get(page.kind)
    return renderer(page.view) if renderer else render_html(templates, page, site=site)
