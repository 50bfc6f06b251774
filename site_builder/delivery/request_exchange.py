"""The register of applications exchanged with a spreadsheet.

Promise: a sheet adds to the register and corrects it, and takes nothing away; the former register
is kept, and what is written reads back the same. Nothing is written where a site is published from.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

from site_builder.delivery.record_lines import list_of
from site_builder.delivery.requests import Register
from site_builder.model.fields import labelled
from site_builder.model.requests import Request, RequestBook, applicants, results
from site_builder.pipeline import Site
from site_builder.problems import Problem, errors, in_order
from site_builder.render.request_sheet import (
    KIND,
    RESULT,
    render_requests_csv,
    render_requests_xlsx,
)
from site_builder.sources.request_sheets import RequestSheet, read_request_sheet
from site_builder.sources.requests import PATH, check_requests, check_words, read_requests

HEAD = "# 依申请公开登记簿。不在 content 里，不会公开。\n"
PUBLISHED_FROM = ("content", "output")


class NotHere(Exception):
    """The file would stand where the public may get it."""


class NotWritable(Exception):
    """The register cannot be written so that it reads back the same."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The register with what a sheet says, and the difference: new numbers, changed ones with the
    items that changed, and how many the sheet does not name. With an error there is no book.
    """

    problems: tuple[Problem, ...]
    book: RequestBook | None = None
    added: tuple[str, ...] = ()
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    others: int = 0


def export_register(site: Site, register: Register, *, to: Path) -> None:
    """A new .csv or .xlsx file. Raises NotHere, FileExistsError, or another OSError."""
    book = register.book or RequestBook(())
    _outside(site, to)
    if to.suffix.lower() == ".csv":
        data = render_requests_csv(book)
    else:
        part = register.table[1] if register.table else None
        words = {KIND: tuple(applicants(part)), RESULT: tuple(results(part))} if part else {}
        data = render_requests_xlsx(book, words)
    with to.open("xb") as stream:
        stream.write(data)


def merge_sheet(register: Register, file: Path) -> Merged:
    """What the register would be. Raises OSError where the file cannot be read."""
    sheet, problems = read_request_sheet(file.read_bytes(), str(file))
    if sheet is None or register.book is None:
        return Merged(in_order(problems))
    merged, changed = _with(register.book, sheet)
    known = {request.id for request in register.book.requests}
    named = [request.id for request in sheet.book.requests]
    problems += tuple(_twice_or_wrong(sheet, merged, register=register))
    book = None if errors(problems) else merged
    added = tuple(id for id in dict.fromkeys(named) if id not in known)
    return Merged(in_order(problems), book, added, changed, len(known - set(named)))


def difference_lines(merged: Merged) -> Iterator[str]:
    """What a sheet changes, in words."""
    if merged.added:
        yield f"新增 {len(merged.added)} 件：{'、'.join(merged.added)}。"
    if merged.changed:
        yield f"更改 {len(merged.changed)} 件："
        yield from (f"  {id}：{'、'.join(labels)}" for id, labels in merged.changed)
    if not (merged.added or merged.changed):
        yield "与登记簿相同，没有什么要改。"
    if merged.others:
        yield f"登记簿里另有 {merged.others} 件不在这张表里，保留不动。"


def write_register(site: Site, book: RequestBook) -> Path | None:
    """Replace the register; gives where the former one is kept. Raises NotWritable or OSError."""
    file = site.root / PATH
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_name(f"{file.stem}.new{file.suffix}")
    former = _free_name(file) if file.exists() else None
    try:
        fresh.write_bytes((HEAD + list_of("登记", book.requests)).encode())
        read, _ = read_requests(site.root, fresh.relative_to(site.root).as_posix())
        if read != book:
            raise NotWritable
        if former:
            former.write_bytes(file.read_bytes())
        fresh.replace(file)
    except (OSError, NotWritable):
        for left in filter(None, (fresh, former)):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise
    return former


def _with(
    book: RequestBook, sheet: RequestSheet
) -> tuple[RequestBook, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The register in its order, then what is new; items without a column stay as they are."""
    absent = [f.name for label, f in labelled(Request).items() if label not in sheet.labels]
    requests = {request.id: request for request in book.requests}
    changed: list[tuple[str, tuple[str, ...]]] = []
    for request in sheet.book.requests:
        former = requests.get(request.id)
        kept = {name: getattr(former, name) for name in absent} if former else {}
        requests[request.id] = replace(request, **kept)
        if former and former != requests[request.id]:
            changed.append((request.id, tuple(_differing(former, requests[request.id]))))
    return RequestBook(tuple(requests.values())), tuple(changed)


def _differing(former: Request, now: Request) -> Iterator[str]:
    for field in fields(former):
        if field.compare and getattr(former, field.name) != getattr(now, field.name):
            yield field.metadata["label"]


def _twice_or_wrong(
    sheet: RequestSheet, merged: RequestBook, *, register: Register
) -> Iterator[Problem]:
    """What the register is held to, of the rows of the sheet."""
    if register.table is None:
        return
    part, named = register.table[1], {request.id for request in sheet.book.requests}
    whole = tuple(request for request in merged.requests if request.id in named)
    yield from check_requests(RequestBook(whole), part)
    for cells in sheet.faulty:
        yield from check_words(cells, part)
    for problem in check_requests(sheet.book, part):
        if problem.code == "S204":
            yield problem


def _outside(site: Site, file: Path) -> None:
    for name in PUBLISHED_FROM:
        if file.resolve().is_relative_to((site.root / name).resolve()):
            raise NotHere(name)


def _free_name(file: Path) -> Path:
    number = 1
    while (former := file.with_name(f"{file.stem}-旧{number}{file.suffix}")).exists():
        number += 1
    return former
