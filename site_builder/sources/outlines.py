"""Outlines: the catalogue of chapters, read.

Promise: every kind of account has an outline.
"""

from __future__ import annotations

from importlib.resources import files

from site_builder.model.disclosure import AccountKind
from site_builder.model.outlines import OutlineChapter, OutlineList
from site_builder.sources.decode import decode
from site_builder.sources.yaml_reader import read_yaml

CATALOGUE = "account_outlines.yaml"


def load_outline(kind: AccountKind) -> tuple[OutlineChapter, ...]:
    """The chapters of 预算 or 决算."""
    text = files("site_builder").joinpath("catalogues", CATALOGUE).read_text(encoding="utf-8")
    value, _ = read_yaml(text, CATALOGUE)
    listed = decode(OutlineList, value)[0] if value else None
    return next((o.chapters for o in listed.outlines if o.kind == kind), ()) if listed else ()
