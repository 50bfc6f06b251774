"""WARC (ISO 28500, version 1.1): the year's pages and files at the addresses they are published at.

Promise: each record holds what the site publishes at that address, without the line that an archive
adds; the same content and day make the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from site_builder.delivery.archive_bag import digest
from site_builder.delivery.media_types import media_type
from site_builder.model.page import Page
from site_builder.pages import routes

ENDING = ".warc"
VERSION = "1.1"
ADVICE = '没有安装写 WARC 的组件。请运行 pip install "site-builder[warc]"，再试一次。'


def is_installed() -> bool:
    """Whether this machine has what WARC files are written with."""
    return find_spec("warcio") is not None


def write_warc(
    file: Path, contents: Iterable[tuple[Page, bytes]], *, base: str, captured: date
) -> None:
    """One file for the year: a record for each page and file, under its full address."""
    from warcio.warcwriter import WARCWriter  # an extra

    fresh = file.with_name(f".{file.name}.new~")
    with fresh.open("wb") as stream:
        writer = WARCWriter(stream, gzip=False, warc_version=VERSION)
        info = f"software: site-builder\r\nformat: WARC File Format {VERSION}\r\n".encode()
        _write(writer, ("", "warcinfo", "application/warc-fields"), info, captured=captured)
        for page, content in contents:
            address = base + routes.href(page.path)
            kind = media_type(page.path)
            _write(writer, (address, "resource", kind), content, captured=captured)
    fresh.replace(file)


def _write(writer: Any, what: tuple[str, str, str], content: bytes, *, captured: date) -> None:
    """Its number is made of address, day and content: a random one would never be the same."""
    address, record, kind = what
    name = f"{address} {captured} {digest(content)}"
    headers = {
        "WARC-Date": f"{captured}T00:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>",
    }
    writer.write_record(
        writer.create_warc_record(
            address,
            record,
            payload=BytesIO(content),
            length=len(content),
            warc_content_type=kind,
            warc_headers_dict=headers,
        )
    )
