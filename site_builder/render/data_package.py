"""The data package as JSON (Data Package v2).

Promise: any reader of the standard finds every table, its columns and the meaning of its blanks.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Protocol

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MISSING = (
    {"value": "", "label": "没有填写，不等于 0"},
    {"value": "—", "label": "不填数的标题行"},
    {"value": "/", "label": "不适用"},
)


class Resource(Protocol):
    """A CSV file of the package; its fields are frozen records of name, type and description."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def fields(self) -> tuple[Any, ...]: ...


class Package(Protocol):
    """All tables of a column."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def resources(self) -> tuple[Resource, ...]: ...


def render_package(view: Package) -> bytes:
    """The descriptor as UTF-8 JSON."""
    whole = {
        "$schema": PROFILE,
        "name": view.name,
        "title": view.title,
        "resources": [_resource(resource) for resource in view.resources],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(resource: Resource) -> dict[str, object]:
    return {
        "name": resource.name,
        "title": resource.title,
        "path": resource.path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "sources": [{"title": resource.source}],
        "schema": {
            "fields": [asdict(field) for field in resource.fields],
            "missingValues": list(MISSING),
        },
    }
