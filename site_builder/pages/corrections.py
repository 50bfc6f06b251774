"""Corrections: how a reader tells the bureau of a mistake on a page.

Promise: the link goes to an address the bureau has stated; where it has stated none there is no
link.
"""

from __future__ import annotations

import re

from site_builder.model.site import SiteConfig
from site_builder.pages import routes
from site_builder.pages.letters import Letter
from site_builder.pages.pieces import Link

MAIL, TELEPHONE = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+"), re.compile(r"[0-9][0-9-]{6,17}")
WITHOUT = (routes.NOT_FOUND,)  # an address that leads nowhere has no text to correct


def correction(config: SiteConfig, path: str, *, title: str) -> Link | Letter | None:
    """A letter with the page's title and address begun, or a telephone call."""
    contact = config.contact
    if path in WITHOUT:
        return None
    if MAIL.fullmatch(contact.email):
        return Letter("本页有误，写信告知", contact.email, title, config.site.url, path)
    if TELEPHONE.fullmatch(contact.phone):
        digits = contact.phone.replace("-", "")
        return Link(f"本页有误，请致电 {contact.phone}", f"tel:{digits}")
    return None
