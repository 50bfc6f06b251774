"""Forms and catalogues: the official YAML that comes with the product, and a site's own.

Promise: a form is taken only when its file is sound; a site's extension names the form it extends.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache, reduce
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, cast

from site_builder.model.application import ApplicationRules
from site_builder.model.library import StatutoryItem, StatutoryList
from site_builder.model.standard_items import STANDARDS, StandardItems
from site_builder.model.subjects import Subject, SubjectList
from site_builder.model.tables import Form, extended, succeeded
from site_builder.model.wording import (
    DoubledWords,
    KnownDocument,
    KnownDocuments,
    RetiredWord,
    RetiredWords,
    WrongWords,
)
from site_builder.problems import Place, Problem
from site_builder.sources.decode import decode
from site_builder.sources.files import read_bytes, scan
from site_builder.sources.texts import read_text
from site_builder.sources.yaml_reader import read_yaml

SITE_SCHEMAS = "schemas"
CONFIG = Place("config.yaml")
T = TypeVar("T")


def load_forms(
    root: Path, extensions: tuple[str, ...], *, place: Place = CONFIG
) -> tuple[tuple[Form, ...], tuple[Problem, ...]]:
    """Every form, with the extensions added that a site has chosen at a place in `config.yaml`."""
    texts, problems = _site_texts(root)
    found: list[Problem] = list(problems)
    forms: list[Form] = []
    for path, text in (*_official_texts(), *texts):
        form, faults = _form(text, path)
        found.extend(faults)
        if form is not None:
            forms.append(form)
    chosen, unknown = _chosen(forms, extensions, place=place)
    fitting, misfits = _fitting(forms, chosen)
    return _joined(forms, fitting), (*found, *unknown, *misfits)


@lru_cache(maxsize=128)  # the same text is the same form: a preview reads it again and again
def _form(text: str, path: str) -> tuple[Form | None, tuple[Problem, ...]]:
    value, faults = read_yaml(text, path)
    form, more = decode(Form, value, family="T") if value and not faults else (None, ())
    return form, (*faults, *more)


def load_statutory_items() -> tuple[StatutoryItem, ...]:
    """The items of 《政府信息公开条例》 (国务院令第711号) Art. 20 and 21, in order."""
    listed = _catalogue(StatutoryList, "statutory_items.yaml")
    return listed.items if listed else ()


def load_standard_items(name: str) -> tuple[StandardItems, ...]:
    """The 基层政务公开标准目录 that comes with the product under a name; none for other names."""
    if name not in STANDARDS:
        return ()
    listed = _catalogue(StandardItems, f"standard_items_{name.replace('-', '_')}.yaml")
    return (listed,) if listed else ()


def load_retired_words() -> tuple[RetiredWord, ...]:
    """Names and terms out of use, with the report year from which they are."""
    listed = _catalogue(RetiredWords, "retired_words.yaml")
    return listed.retired if listed else ()


def load_doubled_words() -> DoubledWords:
    """What is written twice by a slip, and what rightly."""
    return _catalogue(DoubledWords, "doubled_words.yaml") or DoubledWords()


def load_wrong_words() -> WrongWords:
    """What is written by mistake: serious slips and common ones."""
    return _catalogue(WrongWords, "wrong_words.yaml") or WrongWords("")


def load_citations() -> tuple[KnownDocument, ...]:
    """Documents that texts often cite, with their numbers."""
    listed = _catalogue(KnownDocuments, "citations.yaml")
    return listed.citations if listed else ()


def load_application_rules() -> ApplicationRules | None:
    """What the regulation says of applications."""
    return _catalogue(ApplicationRules, "application.yaml")


def load_subjects() -> tuple[Subject, ...]:
    """The dictionary of subjects (政府收支分类科目), by code and year."""
    listed = _catalogue(SubjectList, "subjects.yaml")
    return listed.subjects if listed else ()


def _catalogue(record: type[T], path: str) -> T | None:
    text = files("site_builder").joinpath("catalogues", path).read_text(encoding="utf-8")
    return cast("T | None", _decoded(cast("Hashable", record), text))


@lru_cache(maxsize=16)
def _decoded(record: Hashable, text: str) -> Any:
    value, _ = read_yaml(text, "")
    return decode(cast("type[Any]", record), value)[0] if value else None


def _official_texts() -> tuple[tuple[str, str], ...]:
    folder = files("site_builder").joinpath("schemas")
    found = sorted(folder.iterdir(), key=lambda f: f.name)
    return tuple((f"schemas/{f.name}", f.read_text(encoding="utf-8")) for f in found)


def _site_texts(root: Path) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    if not (root / SITE_SCHEMAS).is_dir():
        return (), ()
    sources, scanned = scan(root, SITE_SCHEMAS)
    problems = list(scanned)
    texts: list[tuple[str, str]] = []
    for source in sources:
        data, unread = read_bytes(root, source.path)
        text, garbled = read_text(data, source.path)
        problems.extend((*unread, *garbled))
        if text:
            texts.append((source.path, text))
    return tuple(texts), tuple(problems)


def _chosen(
    forms: list[Form], extensions: tuple[str, ...], *, place: Place
) -> tuple[list[Form], tuple[Problem, ...]]:
    known = {form.id: form for form in forms if form.extends}
    problems = tuple(
        Problem("C105", place, f"没有编号为“{name}”的补充表式", hint=_names(known))
        for name in extensions
        if name not in known
    )
    return [known[name] for name in extensions if name in known], problems


def _fitting(forms: list[Form], chosen: list[Form]) -> tuple[tuple[Form, ...], tuple[Problem, ...]]:
    """The chosen extensions whose form and tables exist; the rows of others would be lost.

    A table of an extension's own has a title and columns; two may not add the same.
    """
    tables = {form.id: {table.id for table in form.tables} for form in forms if not form.extends}
    fitting: list[Form] = []
    problems: list[Problem] = []
    for form in chosen:
        if problem := _misfit(form, tables.get(form.extends)):
            problems.append(problem)
            continue
        fitting.append(form)
        tables[form.extends] |= {table.id for table in form.tables}
    return tuple(fitting), tuple(problems)


def _misfit(form: Form, known: set[str] | None) -> Problem | None:
    """What is wrong with an extension of a form that has the known tables."""
    if known is None:
        message = f"补充表式 {form.id} 要补充的表式 {form.extends} 不存在"
        return Problem("T110", form.origin.at("extends"), message)
    own = {table.id for table in form.tables if table.title and table.columns}
    if {table.id for table in form.tables} - own - known:
        message = f"补充表式 {form.id} 里有表式 {form.extends} 没有的表"
        hint = "要增加一张表，就写明它的名称和列。"
        return Problem("T110", form.origin.at("tables"), message, hint=hint)
    if own & known:
        message = f"补充表式 {form.id} 增加的表 {min(own & known)} 已经有了"
        return Problem("T110", form.origin.at("tables"), message)
    return None


def _names(known: dict[str, Form]) -> str:
    return "现有的补充表式：" + "、".join(known) + "。"


def _joined(forms: list[Form], chosen: tuple[Form, ...]) -> tuple[Form, ...]:
    joined: list[Form] = []
    for form in (f for f in forms if not f.extends):
        additions = (e for e in chosen if e.extends == form.id)
        joined.append(reduce(extended, additions, form))
    return succeeded(tuple(joined))
