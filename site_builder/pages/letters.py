"""Letters: a mail that a reader begins by following a link.

Promise: the link holds the words of the letter percent-encoded, and is put together only where it
is printed: it stands on every page, and is longer than most of what a page says of itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from site_builder.pages import routes

SUBJECT, PAGE, ADDRESS, MISTAKE = map(
    quote, ("网页纠错：", "网页：", "\r\n地址：", "\r\n\r\n有误的地方：\r\n")
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a mailbox about a mistake on a page, used like a Link.

    `text` are the words of the link; `title`, `site` and `page` say which page is meant: its title,
    the address of the site (empty where it has none) and its path there.
    """

    text: str
    mailbox: str
    title: str
    site: str
    page: str

    @property
    def path(self) -> str:
        """What the link leads to: `mailto:…`."""
        named, page = quote(self.title), _quoted(self.site) + routes.href(routes.href(self.page))
        body = f"{PAGE}{named}{ADDRESS}{page}{MISTAKE}"
        return f"mailto:{self.mailbox}?subject={SUBJECT}{named}&body={body}"


@lru_cache(maxsize=8)
def _quoted(url: str) -> str:
    """The site's address stands in the letter of every page."""
    return quote(url)
