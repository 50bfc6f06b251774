"""Views of addresses whose content is elsewhere or no longer public.

Promise: they say what stood there, when it changed and why; they never hold the content.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.pages.pieces import Frame, Link


@dataclass(frozen=True, slots=True)
class MovedView:
    """An address whose content stands elsewhere; `note` says since when and why."""

    frame: Frame
    target: Link
    note: str


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """An address whose content was withdrawn: what it was, when and why."""

    frame: Frame
    name: str
    published: str
    day: str
    reason: str
    basis: str
    apply_path: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address, where it leads, and the answer a server should give; all percent-encoded."""

    path: str
    target: str
    status: int


@dataclass(frozen=True, slots=True)
class RedirectsView:
    """redirects.json: the same for the program of a web server."""

    redirects: tuple[Redirect, ...]
