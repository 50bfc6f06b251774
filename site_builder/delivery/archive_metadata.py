"""Metadata of an archive: what DA/T 80-2019 asks to be known of each page, as XML and JSON.

Promise: every page of the archive has both; what the page does not say of itself is empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from site_builder.model.page import Page

FOLDER = "metadata"
ROOT = "网页归档元数据"
LABELS = {"来源": "ContentSource", "栏目": "ColumnName", "责任者": "Author"}


def metadata_files(
    pages: Iterable[Page], payload: Mapping[str, bytes], *, captured: date
) -> Iterator[tuple[str, bytes]]:
    """`metadata/gknb/2017/index.html.xml` and `.json` for each page."""
    for page in pages:
        if page.kind == "html":
            said = _elements(page, payload[page.path], captured=captured)
            yield f"{FOLDER}/{page.path}.json", _as_json(said)
            yield f"{FOLDER}/{page.path}.xml", _as_xml(said)


def was_of_record(folder: Path, path: str) -> bool:
    """Whether a page of an archive was that of a record: of no list does anybody answer for it."""
    file = folder / FOLDER / f"{path.removeprefix('data/')}.json"
    return file.is_file() and bool(json.loads(file.read_bytes())["责任者"])


def _elements(page: Page, content: bytes, *, captured: date) -> dict[str, str]:
    frame: Any = page.view.frame
    labels = {label.label: label.value for label in frame.labels}
    return {
        "标题": frame.title,
        "来源": labels.get(LABELS["来源"], ""),
        "发布日期": labels.get("PubDate", "")[:10],
        "URL": frame.address,
        "栏目": labels.get(LABELS["栏目"], ""),
        "责任者": labels.get(LABELS["责任者"], ""),
        "采集时间": captured.isoformat(),
        "文件": f"data/{page.path}",
        "SHA-256": sha256(content).hexdigest(),
    }


def _as_json(said: Mapping[str, str]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _as_xml(said: Mapping[str, str]) -> bytes:
    root = ElementTree.Element(ROOT)
    for name, value in said.items():
        ElementTree.SubElement(root, name).text = value
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
