"""Frames: what every page says of itself, its labels and its place in the site.

Promise: the 网页标签 of 国办发〔2017〕47号 carry the names printed there, and none is empty: what
is not known is left out (and reported by the checks).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.model.site import Column, Identity, SiteConfig
from site_builder.pages import routes
from site_builder.pages.corrections import correction
from site_builder.pages.pieces import Fact, Frame, Link, NavLink, SiteView

MARKS = {"id_code": "网站标识码", "icp": "ICP备案号", "police": "公安机关备案号"}
CONTACT = {
    "office": "政府信息公开工作机构",
    "address": "办公地址",
    "postcode": "邮政编码",
    "hours": "办公时间",
    "phone": "联系电话",
    "fax": "传真号码",
    "email": "电子邮箱",
    "web": "互联网联系方式",
    "supervisor": "监督投诉渠道",
}
FRONT = Link("首页", routes.HOME)
FOOTER = ("address", "postcode", "phone")


@dataclass(frozen=True, slots=True)
class Article:
    """What the labels of a content page say (ArticleTitle, PubDate, ContentSource …)."""

    published: date | None
    source: str
    description: str = ""


def site_view(library: Library) -> SiteView:
    """The small part of the site that every page shows."""
    config, site = library.config, library.config.site
    return SiteView(
        bureau=site.bureau,
        name=site.name,
        demo=site.demo,
        nav=tuple(NavLink(c.name, routes.column(c), c.slug) for c in config.columns if c.is_top),
        contact=tuple(f for f in contact_facts(config, FOOTER) if f.value),
        marks=tuple(
            Fact(label, str(getattr(site, name)))
            for name, label in MARKS.items()
            if getattr(site, name)
        ),
        feed=routes.FEED if site.url else "",
        accessibility=routes.ACCESSIBILITY,
        fragments=library.fragments,
    )


def contact_facts(config: SiteConfig, names: tuple[str, ...] = tuple(CONTACT)) -> tuple[Fact, ...]:
    """Contact details with their printed names; what is not known has an empty value."""
    return tuple(Fact(CONTACT[name], str(getattr(config.contact, name))) for name in names)


def frame(
    library: Library,
    path: str,
    *,
    title: str,
    column: Column | None = None,
    crumbs: tuple[Link, ...] = (),
    article: Article | None = None,
    structured: Mapping[str, Any] | None = None,
) -> Frame:
    """The frame of a page that stands in a column (or of the home page and its like)."""
    config = library.config
    labels = (
        *_site_labels(config.site),
        *_column_labels(column),
        *_article_labels(title, article),
        *_url_label(config, path),
    )
    return Frame(
        path=path,
        root=routes.root(path),
        title=title,
        description=_description(title, column, article=article, config=config),
        column=_top_slug(config, column),
        crumbs=(*_crumbs(config, path, column=column), *crumbs),
        labels=tuple(label for label in labels if label.value),
        structured=structured or {},
        correction=correction(config, path, title=title),
        address=_address(config, path),
    )


def column_name(page: Page) -> str:
    """The column a page says it stands in; empty for a file, which has no frame."""
    labels = page.view.frame.labels if hasattr(page.view, "frame") else ()
    return next((fact.value for fact in labels if fact.label == "ColumnName"), "")


@lru_cache(maxsize=8)
def _site_labels(site: Identity) -> tuple[Fact, ...]:
    """The same on all pages, and held once."""
    return (
        Fact("SiteName", site.name),
        Fact("SiteDomain", site.domain),
        Fact("SiteIDCode", site.id_code),
    )


@lru_cache(maxsize=256)
def _column_labels(column: Column | None) -> tuple[Fact, ...]:
    if column is None:
        return (Fact("ColumnName", "首页"), Fact("ColumnType", "首页"))
    return (
        Fact("ColumnName", column.name),
        Fact("ColumnDescription", column.description),
        Fact("ColumnKeywords", ",".join(column.keywords)),
        Fact("ColumnType", column.type),
    )


def _article_labels(title: str, article: Article | None) -> tuple[Fact, ...]:
    if article is None:
        return ()
    day = f"{article.published.isoformat()} 00:00" if article.published else ""
    return (
        Fact("ArticleTitle", title),
        Fact("PubDate", day),
        Fact("ContentSource", article.source),
        Fact("Author", article.source),
        Fact("Description", article.description),
    )


def _url_label(config: SiteConfig, path: str) -> tuple[Fact, ...]:
    address = _address(config, path)
    return (Fact("Url", address),) if address else ()


def _address(config: SiteConfig, path: str) -> str:
    return config.site.url + routes.href(path) if config.site.url else ""


def _description(
    title: str, column: Column | None, *, article: Article | None, config: SiteConfig
) -> str:
    if article is not None:
        return article.description or f"{config.site.bureau}：{title}"
    if column is not None:
        return column.description
    return config.site.name if title == config.site.name else f"{config.site.name}：{title}"


def _top_slug(config: SiteConfig, column: Column | None) -> str:
    """The slug of the top column a page belongs to."""
    if column is None:
        return ""
    top = column.folder.split("/", 1)[0]
    return next((c.slug for c in config.columns if c.folder == top), "")


def _crumbs(config: SiteConfig, path: str, *, column: Column | None) -> tuple[Link, ...]:
    """From the front page down to the column, without the page itself."""
    if path == routes.HOME:
        return ()
    if column is None:
        return (FRONT,)
    above = tuple(
        _crumb(c)
        for c in config.columns
        if column.folder == c.folder or column.folder.startswith(f"{c.folder}/")
    )
    return (FRONT, *(link for link in above if link.path != path))


@lru_cache(maxsize=256)
def _crumb(column: Column) -> Link:
    return Link(column.name, routes.column(column))
