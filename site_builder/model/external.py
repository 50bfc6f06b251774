"""Links to other websites: one address as it is asked for, and what came back.

Promise: two spellings of one address are one; what no visitor outside can reach is known by its
name alone, before anything is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

from site_builder.problems import Place

# lost: no such name, or no network; silent: no answer; unsafe: the certificate; inner: within walls
Kind = Literal["fine", "moved", "dead", "refused", "lost", "silent", "unsafe", "inner"]
OWN_AFFAIRS = ("fine", "moved", "dead", "refused")  # said of one address, not of a whole host
MOST_HOPS = 6
INNER = tuple(
    map(
        ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
    )
)
INNER_NAMES = (".localhost", ".local", ".lan", ".internal", ".home.arpa")
NO_SITE = (".invalid", ".test", ".example")  # never given to anybody (RFC 2606)
IN_PATH = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Link:
    """An address as written, and every place it is written at."""

    address: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address came to. `at` is the second it was asked, `to` where it has moved."""

    kind: Kind
    said: str = ""
    to: str = ""
    is_permanent: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """All answers by address, how many of them are of earlier days, and how many could not be had
    because the machine has no network.
    """

    answers: Mapping[str, Answer]
    kept: int = 0
    unasked: int = 0


def normal(address: str) -> str:
    """The address as it is asked for, without its fragment; empty where nobody could ask for it."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        name = host if ":" in host else host.encode("idna").decode()
    except ValueError:  # a port of six digits, a bracket left open, an empty label
        return ""
    if not re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", name):
        return ""
    at = f"[{name}]" if ":" in name else name
    at += f":{port}" if port not in (None, {"http": 80, "https": 443}.get(parts.scheme)) else ""
    path, query = quote(parts.path or "/", safe=IN_PATH), quote(parts.query, safe=f"{IN_PATH}?")
    return urlunsplit((parts.scheme, at, path, query, ""))


def host_of(address: str) -> str:
    """The host of an address that is `normal`."""
    return urlsplit(address).hostname or ""


def origin_of(address: str) -> str:
    """The server of an address, as far as one that fails to answer fails for all of them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def is_inner(host: str) -> bool:
    """Whether only this machine or a network within walls can know the host."""
    try:
        at = ip_address(host)
    except ValueError:
        return "." not in host or f".{host}".endswith(INNER_NAMES)
    mapped = getattr(at, "ipv4_mapped", None) or at
    known = mapped.is_loopback or mapped.is_link_local or mapped.is_unspecified
    return known or any(mapped.version == net.version and mapped in net for net in INNER)


def is_nobodys(host: str) -> bool:
    """Whether the name is kept for examples, so that no website ever has it."""
    return f".{host}".endswith(NO_SITE)


def way_of(address: str, answers: Mapping[str, Answer]) -> tuple[tuple[str, Answer], ...]:
    """The addresses one leads to, itself first, each with its answer; it ends where one is not
    known, or after too many hops.
    """
    way: list[tuple[str, Answer]] = []
    while len(way) < MOST_HOPS and (answer := answers.get(address)):
        way.append((address, answer))
        address = answer.to
    return tuple(way)
