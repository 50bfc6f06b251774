"""What a template names is seen without parsing it, or else left to Jinja."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from jinja2 import meta

from site_builder.render.html import named_plainly
from tests.sites import REPOSITORY

TEMPLATES = REPOSITORY / "templates"
ODD = (
    '{% extends "a.html" if x else "b.html" %}',
    "{% include 'a.html' %}",
    '{% include ["a.html", "b.html"] %}',
    '{% include "a.html" ignore missing %}',
    "{% extends page.layout %}",
    '{% import "a.html" as a %}',
    '{# {% include "a.html" %} #}',
    '{% raw %}{% include "a.html" %}{% endraw %}',
    '{% from "a.html" import b with context %}{%+ include "c.html" %}',
)


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.*")), ids=lambda file: file.name)
def test_the_templates_that_one_names_are_those_that_jinja_finds(file: Path) -> None:
    source = file.read_text("utf-8")
    found = named_plainly(source)
    assert found is not None
    assert set(found) == set(meta.find_referenced_templates(jinja2.Environment().parse(source)))


@pytest.mark.parametrize("source", ODD)
def test_an_odd_way_to_name_a_template_is_left_to_jinja(source: str) -> None:
    assert named_plainly(source) is None
