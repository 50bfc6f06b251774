"""Corrections: how a reader tells the bureau of a mistake on a page.

Promise: the link goes to an address the bureau has stated; where it has stated none there is no
link.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from site_builder.model.site import SiteConfig
from site_builder.pages import routes
from site_builder.pages.pieces import Link

MAIL, TELEPHONE = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+"), re.compile(r"[0-9][0-9-]{6,17}")
SUBJECT, PAGE, ADDRESS, MISTAKE = map(
    quote, ("网页纠错：", "网页：", "\r\n地址：", "\r\n\r\n有误的地方：\r\n")
)
WITHOUT = (routes.NOT_FOUND,)  # an address that leads nowhere has no text to correct


def correction(config: SiteConfig, path: str, *, title: str) -> Link | None:
    """A letter with the page's title and address begun, or a telephone call."""
    contact = config.contact
    if path in WITHOUT:
        return None
    if MAIL.fullmatch(contact.email):
        named = quote(title)
        page = _quoted(config.site.url) + routes.href(routes.href(path))
        body = f"{PAGE}{named}{ADDRESS}{page}{MISTAKE}"
        address = f"mailto:{contact.email}?subject={SUBJECT}{named}&body={body}"
        return Link("本页有误，写信告知", address)
    if TELEPHONE.fullmatch(contact.phone):
        digits = contact.phone.replace("-", "")
        return Link(f"本页有误，请致电 {contact.phone}", f"tel:{digits}")
    return None


@lru_cache(maxsize=8)
def _quoted(url: str) -> str:
    """The site's address stands in the letter of every page."""
    return quote(url)
