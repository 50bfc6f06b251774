"""Sites to test on: copies of the golden site, built and read back.

Promise: a test changes a copy of its own; the sources in the repository stay as they are.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from site_builder.model.library import Library
from site_builder.pipeline import Built, Site, build, site_at
from site_builder.problems import Problem
from site_builder.sources.load import load
from site_builder.write.inspect import Around, inspect, look

TESTS = Path(__file__).parent
REPOSITORY = TESTS.parent
SMALL = TESTS / "golden" / "small"
DEMO = REPOSITORY / "examples" / "示例市自然资源局"
DEMO_DAY = date(2026, 11, 22)  # on which nothing of it is late
AS_OF = date(2024, 6, 1)
OF_REPORTS = ("guide", "catalogue", "reports", "application")
OF_ACCOUNTS = ("guide", "catalogue", "accounts", "application")


def copy_of(source: Path, target: Path) -> Site:
    """A copy of a site's sources in a folder that may not exist yet."""
    for name in ("content", "schemas", "templates", "config.yaml"):
        origin = source / name
        if origin.is_dir():
            shutil.copytree(origin, target / name)
        elif origin.is_file():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(origin, target / name)
    return site_at(target)


def real_site(target: Path) -> Site:
    """A copy of the repository's own content and configuration."""
    shutil.copytree(REPOSITORY / "content", target / "content")
    shutil.copy(REPOSITORY / "config.yaml", target / "config.yaml")
    return site_at(target)


def another(notice: str, id: str) -> str:
    """The golden notice as another document: with a 编号, 索引号 and 文号 of its own."""
    digits = f"9{''.join(filter(str.isdigit, id))[-4:]:0>4}"
    text = notice.replace("TZ-2024-001", id).replace("2024-00001", f"2024-{digits}")
    return text.replace("〔2024〕1号", f"〔2024〕{digits}号")


def reports_of_demo(target: Path) -> Site:
    """The demonstration with its standing pages and annual reports alone: it is read faster."""
    return _columns_of_demo(target, OF_REPORTS)


def accounts_of_demo(target: Path) -> Site:
    """The demonstration with its standing pages, budgets and accounts alone."""
    return _columns_of_demo(target, OF_ACCOUNTS)


def some_of_demo(target: Path) -> Site:
    """The demonstration with all its columns, but of each only a few documents.

    Chosen are the oldest of a column, a document that is amended and explained, some that fill a
    list, and what they speak of.
    """
    site, documents = copy_of(DEMO, target), library_at(DEMO).documents
    files = {document.id: document.origin.place.file for document in documents}
    columns: dict[str, list[str]] = {}
    for document in sorted(documents, key=lambda d: (d.issued or AS_OF, d.id)):
        columns.setdefault(document.column, []).append(document.id)
    wanted = ["JD-101", "GF-118", *columns["fd/tdzs"][:5], *(ids[0] for ids in columns.values())]
    kept: set[str] = set()
    while wanted:
        id = wanted.pop()
        kept.add(id)
        text = (site.root / files[id]).read_text(encoding="utf-8")
        wanted += {other for other in re.findall(r"[A-Z][\w-]*-\d+", text) if other in files} - kept
    named = "".join((site.root / files[id]).read_text(encoding="utf-8") for id in kept)
    for id in files.keys() - kept:
        (site.root / files[id]).unlink()
    for file in (site.root / "content" / "附件").rglob("*.*"):
        if file.name not in named:
            file.unlink()
    return site


def _columns_of_demo(target: Path, kinds: tuple[str, ...]) -> Site:
    config = yaml.safe_load((DEMO / "config.yaml").read_text(encoding="utf-8"))
    config["columns"] = [c for c in config["columns"] if c["kind"] in kinds]
    for column in config["columns"]:
        if column["kind"] != "catalogue":
            folder = target / "content" / column["folder"]
            shutil.copytree(DEMO / "content" / column["folder"], folder)
    config.pop("standard_items", None)
    config["not_applicable"] = [{"item": n, "reason": "示例"} for n in (*range(1, 16), 21)]
    text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
    (target / "config.yaml").write_text(text, encoding="utf-8")
    return site_at(target)


def of_content(problems: Iterable[Problem]) -> list[Problem]:
    """Problems without what only a whole platform owes: a cut of the demonstration has no website
    sheet (D605), nothing new on its home page (D606) and not all columns (D609)."""
    return [problem for problem in problems if problem.code not in ("D605", "D606", "D609")]


@cache
def library_at(root: Path) -> Library:
    """A site of the repository, read once."""
    library, _ = load(root, AS_OF)
    assert library is not None
    return library


def built(site: Site, as_of: date = AS_OF) -> Built:
    """A build that must succeed."""
    result = build(site, as_of)
    assert not result.failed, [f"{p.place} {p.code} {p.message}" for p in result.problems]
    return result


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def replace_in(file: Path, old: str, *, new: str) -> None:
    """Edit a source as a clerk would; the old text must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file} does not hold {old!r}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def inspected(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """What is wrong with the pages among finished files."""
    around = Around(frozenset(files))
    return inspect(look(p, data, around) for p, data in files.items() if p.endswith(".html"))
