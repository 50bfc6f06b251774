"""External links: every web address the content gives to readers, and what its answers mean.

Promise: each address is told of once, at the first place it is written; whatever another website
does, it is never an error of this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from html import unescape
from typing import Any

from site_builder.model.disclosure import RegisterEntry
from site_builder.model.external import (
    OWN_AFFAIRS,
    Answer,
    Asked,
    Kind,
    Link,
    host_of,
    is_inner,
    is_nobodys,
    normal,
    origin_of,
    way_of,
)
from site_builder.model.library import Library
from site_builder.problems import Place, Problem
from site_builder.rules.text import passages_of, place_in

WRITTEN = re.compile(
    r"(?:\]\(\s*<?|\]:[^\S\n]*<?|<)(?P<linked>https?://(?:[^()<>\s]|\([^()\s]*\))*)"
    r"|(?P<bare>https?://[A-Za-z0-9\[](?:[A-Za-z0-9\-._~:/?#\[\]@!$&*+,;=%]|\([\w%.-]*\))*)",
    re.IGNORECASE | re.ASCII,
)
AFTER_IT = ".,;:!?*_~]"  # signs that belong to the sentence
IN_FRAGMENT = re.compile(r'(?:href|src)="(https?://[^"]*)"')
NOT_PRINTED = ("豁免",)
MOST_NAMED = 3
CODES: dict[Kind, str] = {
    "dead": "O410",
    "lost": "O411",
    "silent": "O411",
    "unsafe": "O412",
    "inner": "O414",
    "refused": "O417",
}


def external_links(library: Library) -> tuple[Link, ...]:
    """Every address of another website in what is or will be 主动公开, by its first place."""
    own, places = library.config.site.url, dict[str, list[Place]]()
    for address, place in _written(library):
        if not (own and address.startswith(own)):
            places.setdefault(address, []).append(place)
    links = (Link(address, tuple(dict.fromkeys(at))) for address, at in places.items())
    return tuple(sorted(links, key=lambda link: link.places[0]))


def wanted(links: Iterable[Link], *, inner: bool) -> tuple[str, ...]:
    """The addresses to ask for, each once; those within walls only where that is wished."""
    found = dict.fromkeys(normal(link.address) for link in links)
    return tuple(a for a in found if a and not is_nobodys(host_of(a)) and (inner or not _walled(a)))


def check_external(links: Iterable[Link], asked: Asked, *, is_demo: bool) -> tuple[Problem, ...]:
    """What to say of the links; without a network one sentence for all that could not be asked."""
    said: dict[tuple[str, str, str], list[Link]] = {}
    for link in links:
        address = normal(link.address)
        if address and is_nobodys(host_of(address)) and is_demo:
            continue
        for finding in _findings(address, link, answers=asked.answers):
            said.setdefault(finding, []).append(link)
    problems = tuple(_told(*finding, links=found) for finding, found in said.items())
    if not asked.unasked:
        return problems
    message = f"这台电脑现在连不上外面的网站，{asked.unasked} 个网址没有检查"
    return (*problems, Problem("O415", Place("content"), message))


def _written(library: Library) -> Iterator[tuple[str, Place]]:
    for record in library.records():
        if record.openness == "主动公开":
            yield from _in_fields(record)
            for section in record.body:
                for passage in passages_of(section, is_public=True):
                    for address, offset in _addresses(passage.text):
                        yield address, place_in(passage, offset)
    config = library.config
    others = (config.contact, *config.columns, *config.not_applicable)
    yield from _of_registers(library.registered)
    for other in (*library.registered, *library.rule_groups, *library.standards, *others):
        yield from _in_fields(other)
    for name in ("header", "footer", "head"):
        for address in IN_FRAGMENT.findall("".join(getattr(library.fragments, name))):
            yield unescape(address), Place(getattr(config.shell, name))


def _of_registers(entries: Iterable[RegisterEntry]) -> Iterator[tuple[str, Place]]:
    """The source and the remark of a register, which each of its entries holds: told once."""
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        place = entry.origin.place
        for address, _ in _addresses(f"{entry.provenance}\n{entry.remark}"):
            if (address, place.file) not in seen:
                seen.add((address, place.file))
                yield address, place


def _in_fields(record: Any) -> Iterator[tuple[str, Place]]:
    """The addresses in what a clerk filled in, at the place of the field."""
    for field in fields(record):
        label = field.metadata.get("label")
        if label is None or label in NOT_PRINTED:
            continue
        value = getattr(record, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str):
                for address, _ in _addresses(one):
                    yield address, record.origin.at(label)
            elif is_dataclass(one):
                yield from _in_fields(one)


def _addresses(text: str) -> Iterator[tuple[str, int]]:
    if "://" not in text:
        return
    for found in WRITTEN.finditer(text):
        group = "linked" if found["linked"] else "bare"
        address = found[group] if found["linked"] else found[group].rstrip(AFTER_IT)
        yield address.replace("&amp;", "&"), found.start(group)


def _walled(address: str) -> bool:
    return is_inner(host_of(address))


def _findings(
    address: str, link: Link, *, answers: Mapping[str, Answer]
) -> Iterator[tuple[str, str, str]]:
    """Code, subject (a server where all of it fails, or else an address) and sentence."""
    if not address:
        yield "O416", link.address, "写得不完整，没有人能打开"
        return
    host = host_of(address)
    if is_nobodys(host):
        yield "O416", address, f"用的是举例的域名“{host}”，不会有网站"
    elif way := way_of(address, answers):
        yield from _of_way(way)
    elif is_inner(host):
        yield "O414", host, "是内网或者本机的地址，外面的读者打不开"


def _of_way(way: tuple[tuple[str, Answer], ...]) -> Iterator[tuple[str, str, str]]:
    first, (last, answer) = way[0][0], way[-1]
    led = f"转到“{last}”，那里" if last != first else ""
    if answer.kind == "moved":
        yield "O417", first, "把程序转来转去，没有尽头"
    elif answer.kind in CODES:
        is_whole = answer.kind not in OWN_AFFAIRS and not led
        subject = origin_of(last).partition("//")[2] if is_whole else first
        yield CODES[answer.kind], subject, f"{led}{answer.said}"
    elif to := _moved_to(way):
        yield "O413", first, f"已经永久搬到“{to}”"


def _moved_to(way: tuple[tuple[str, Answer], ...]) -> str:
    """Where the permanent part of the way ends; what follows it may be another tomorrow."""
    to = ""
    for _, answer in way:
        if not (answer.kind == "moved" and answer.is_permanent):
            break
        to = answer.to
    return to


def _told(code: str, subject: str, sentence: str, *, links: list[Link]) -> Problem:
    """One problem, at the first place; the next places are related to it."""
    place, *others = (place for link in links for place in link.places)
    named = f"网址“{links[0].address}”" if "/" in subject else f"“{subject}”"
    further = f"；另外 {len(others)} 处也写着它" if others else ""
    related = tuple(others[:MOST_NAMED])
    return Problem(code, place, f"{named}{sentence}{further}", related=related)
