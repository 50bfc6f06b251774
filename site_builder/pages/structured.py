"""Structured data: what pages say of themselves to search engines (schema.org as JSON-LD).

Promise: a fact that is not known is left out, and nothing stands here that the page does not show.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.model.disclosure import Account, AnnualReport
from site_builder.model.site import SiteConfig
from site_builder.pages import parts
from site_builder.pages.pieces import Download

CONTEXT = "https://schema.org"
MEDIA = {
    "CSV": "text/csv",
    "XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "JSON": "application/json",
}
Structure = Mapping[str, Any]


def organization(config: SiteConfig) -> Structure:
    """The bureau, on its home page."""
    contact = config.contact
    return _known(
        {
            "@context": CONTEXT,
            "@type": "GovernmentOrganization",
            "name": config.site.bureau,
            "url": config.site.url,
            "address": contact.address,
            "telephone": contact.phone,
            "faxNumber": contact.fax,
            "email": contact.email,
        }
    )


def report(
    config: SiteConfig, record: AnnualReport | Account, downloads: tuple[Download, ...], root: str
) -> Structure:
    """An annual report, a budget or an account, with its tables as a dataset."""
    publisher = {"@type": "GovernmentOrganization", "name": record.issuer or config.site.bureau}
    whole = _known(
        {
            "@context": CONTEXT,
            "@type": "Report",
            "headline": record.title,
            "reportNumber": record.index_number,
            "datePublished": parts.iso(record.published),
            "abstract": record.summary,
            "publisher": publisher,
            "inLanguage": "zh-CN",
        }
    )
    if record.table is None:
        return whole
    dataset = _known(
        {
            "@type": "Dataset",
            "name": f"{record.title}：数据表",
            "description": f"{record.title}中各张表的数，单位和空格的含义见各文件。",
            "temporalCoverage": str(record.year),
            "creator": publisher,
            "isAccessibleForFree": True,
            "distribution": tuple(_download(d, root) for d in downloads if d.type in MEDIA),
        }
    )
    return {**whole, "hasPart": dataset}


def service(config: SiteConfig) -> Structure:
    """依申请公开 as a public service (《条例》 Art. 27)."""
    contact = config.contact
    channel = _known(
        {
            "@type": "ServiceChannel",
            "serviceUrl": contact.web if contact.web.startswith("http") else "",
            "servicePhone": contact.phone,
            "servicePostalAddress": contact.address,
        }
    )
    return _known(
        {
            "@context": CONTEXT,
            "@type": "GovernmentService",
            "name": "政府信息公开申请",
            "serviceType": "依申请公开",
            "provider": {"@type": "GovernmentOrganization", "name": config.site.bureau},
            "availableChannel": channel if len(channel) > 1 else None,
        }
    )


def _download(download: Download, root: str) -> Structure:
    return {
        "@type": "DataDownload",
        "name": download.text,
        "contentUrl": root + download.path,
        "encodingFormat": MEDIA[download.type],
    }


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}
