"""Site facts: what the portal must state of the bureau and `config.yaml` does not say yet.

Promise: an unknown fact stays empty on the pages and is reported here, with the rule that asks
for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.external import normal
from site_builder.model.fields import labelled
from site_builder.model.library import Library
from site_builder.model.site import Column, Contact, Identity
from site_builder.problems import Problem
from site_builder.rules.joined import joined

LABEL_FACTS = ("domain", "id_code")
FOOTER_FACTS = ("icp", "police")
CONTACT_FACTS = ("office", "address", "hours", "phone", "fax", "web", "supervisor")


def check_columns(library: Library) -> Iterator[Problem]:
    """Folders and slugs: each used once, each slug fit for a web address."""
    columns = library.config.columns
    for column in columns:
        if not re.fullmatch(r"[a-z0-9]+([-/][a-z0-9]+)*", column.slug):
            message = f"slug“{column.slug}”只能用小写字母、数字、连字符和 /"
            yield Problem("C201", column.origin.at("slug"), message)
    for field in ("folder", "slug"):
        first: dict[str, Column] = {}
        for column in columns:
            value = getattr(column, field)
            other = first.setdefault(value, column)
            if other is not column:
                message = f"{field}“{value}”已经用于栏目“{other.name}”"
                related = (other.origin.at(field),)
                yield Problem("C202", column.origin.at(field), message, related=related)


def check_items(library: Library) -> Iterator[Problem]:
    """A column's statutory item exists in Art. 20 or 21."""
    known = {item.number for item in library.statutory_items}
    for column in library.config.columns:
        if column.item and column.item not in known:
            message = f"《条例》第二十条、第二十一条没有第 {column.item} 项"
            yield Problem("C203", column.origin.at("item"), message)


def check_site_facts(library: Library) -> Iterator[Problem]:
    """Facts that page labels, footer and guide need; labels must be whole once there is a url."""
    site, contact = library.config.site, library.config.contact
    for name in LABEL_FACTS:
        if not getattr(site, name):
            message = f"没有填写 {name}：{_about(Identity, name)}"
            yield Problem("O104" if site.url else "C301", site.origin.at(name), message)
    for name in FOOTER_FACTS:
        if not getattr(site, name):
            yield Problem(
                "C302", site.origin.at(name), f"没有填写 {name}：{_about(Identity, name)}"
            )
    for name in CONTACT_FACTS:
        if not getattr(contact, name):
            message = f"没有填写 {name}：{_about(Contact, name)}"
            yield Problem("C303", contact.origin.at(name), message)


def check_address(library: Library) -> Iterator[Problem]:
    """The address that pages, feeds and sitemaps are named by is whole."""
    site = library.config.site
    if site.url and not (re.fullmatch(r"https?://[^?#\s]+/", site.url) and normal(site.url)):
        message, hint = f"“{site.url}”不是网站的完整网址", ""
        if re.fullmatch(r"https?://[^?#\s]+", site.url):
            message, hint = f"“{site.url}”的末尾少一个“/”", f"改成 {site.url}/。"
        yield Problem("C305", site.origin.at("url"), message, hint=hint)


def check_values(library: Library) -> Iterator[Problem]:
    """Values that config.yaml allows and nobody means: marks of Chinese typing in them."""
    config = library.config
    if config.site.id_code and not re.fullmatch(r"[0-9A-Za-z]{10}", config.site.id_code):
        message = f"网站标识码“{config.site.id_code}”不是 10 位半角数字"
        hint = "照核发的标识码填写；还没有核发的，先空着。"
        yield Problem("C309", config.site.origin.at("id_code"), message, hint=hint)
    for record in (config.site, config.contact):
        for name, value in _texts(record):
            if re.fullmatch(r"“[^“”]*[”\"]", value):
                message = f"{name} 的引号是全角的，会印在网页上：{value}"
                yield Problem("C309", record.origin.at(name), message)
    for column in config.columns:
        yield from joined("C309", column.keywords, column.origin.at("keywords"))
    for step in config.review.steps if config.review else ():
        yield from joined("C309", step.who, step.origin.at("who"))


def _texts(record: Identity | Contact) -> Iterator[tuple[str, str]]:
    for name in labelled(type(record)):
        value = getattr(record, name)
        if isinstance(value, str):
            yield name, value


def check_mail_address(library: Library) -> Iterator[Problem]:
    """The address of the guide can be typed into a mail program."""
    contact = library.config.contact
    if contact.email and not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+", contact.email):
        message = f"“{contact.email}”不是电子邮箱地址"
        yield Problem("C304", contact.origin.at("email"), message)


def _about(record: type[Identity] | type[Contact], name: str) -> str:
    return str(labelled(record)[name].metadata["about"])
