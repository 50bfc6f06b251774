"""Rendering: one page → its bytes.

Promise: bytes depend on the page, the site view and the templates alone.
"""

from __future__ import annotations

from site_builder.model.page import Page
from site_builder.render.application_form import render_form
from site_builder.render.data_package import render_package
from site_builder.render.exports import render_csv, render_json, render_xlsx
from site_builder.render.html import Templates, render_html


def render(templates: Templates, page: Page, *, site: object) -> bytes:
    """The bytes of any page but a copy; TemplateFault when its template is wrong."""
    match page.kind:
        case "csv":
            return render_csv(page.view)
        case "json":
            return render_json(page.view)
        case "package":
            return render_package(page.view)
        case "xlsx":
            return render_xlsx(page.view)
        case "docx":
            return render_form(page.view)
        case _:
            return render_html(templates, page, site=site)
