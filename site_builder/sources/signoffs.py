"""Sign-offs: the records of sign-off, held against the content that stands there now.

Promise: no record of sign-off ever becomes an attachment or a page, and an item without a whole
and valid one is among those withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from site_builder.model.disclosure import (
    Account,
    AnnualReport,
    Document,
    Register,
    RuleList,
    named_files,
)
from site_builder.model.library import Library, Unread
from site_builder.model.review import (
    Item,
    SignOff,
    Standing,
    Step,
    judge,
    round_start,
    statement,
)
from site_builder.model.site import Review, SiteConfig
from site_builder.model.standard_items import StandardItems
from site_builder.problems import Place, Problem, errors
from site_builder.sources.columns import column_of
from site_builder.sources.decode import decode
from site_builder.sources.files import read_bytes
from site_builder.sources.fingerprints import fingerprint
from site_builder.sources.signatures import NoProgram, Signed, verified
from site_builder.sources.texts import read_text
from site_builder.sources.yaml_reader import read_yaml

NAME = "审签.yaml"
STATISTICS = "统计"
Lists = Register | RuleList | StandardItems
Signable = Document | AnnualReport | Account | Lists


@dataclass(frozen=True, slots=True)
class SignOffFile:
    """A record of sign-off where it stands; None for one that cannot be understood."""

    path: str
    record: SignOff | None


def is_signoff(path: str) -> bool:
    """Whether a file is a record of sign-off, by its name."""
    name = PurePosixPath(path).name
    return name == NAME or name.endswith(f".{NAME}")


def read_signoff(data: bytes, path: str) -> tuple[SignOffFile, tuple[Problem, ...]]:
    """A record of sign-off; one that has any error is not understood."""
    text, problems = read_text(data, path)
    if errors(problems) and not text:
        return SignOffFile(path, None), problems
    value, found = read_yaml(text, path)
    problems += found
    if value is None:
        return SignOffFile(path, None), problems
    record, found = decode(SignOff, value, family="S")
    problems += found
    return SignOffFile(path, None if errors(problems) else record), problems


def signoff_path(file: str, *, alone: bool) -> str:
    """Where the sign-off of an item stands: beside it, named after it unless it stands `alone`."""
    folder, name = file.rsplit("/", 1)
    return f"{folder}/{NAME}" if alone else f"{folder}/{PurePosixPath(name).stem}.{NAME}"


def with_standings(
    library: Library,
    records: Iterable[Any],
    *,
    digests: Mapping[str, str],
    root: Path,
) -> tuple[Library, tuple[Problem, ...]]:
    """The library with the standing of every item, where a chain is configured."""
    records = tuple(records)
    files = {r.path: r for r in records if isinstance(r, SignOffFile)}
    if not files and library.config.review is None:
        return library, ()
    items = tuple(_items(library, records, digests=digests))
    problems = tuple(_stray(files, items, library.unread))
    review = library.config.review
    if review is None or not review.steps:
        return library, problems
    forged, found = _forged(items, files, review=review, root=root)

    def standing(item: Item) -> Standing:
        if not _is_required(item, review, library.config):
            return Standing(item, "不要求")
        steps, bad = _steps(files, item), forged.get(item.file, frozenset())
        return judge(review, item, steps=steps, as_of=library.as_of, forged=bad)

    standings = tuple(map(standing, items))
    withheld = frozenset(found.item.file for found in standings if found.withheld)
    return replace(library, standings=standings, withheld=withheld), (*problems, *found)


def _items(
    library: Library, records: tuple[Any, ...], *, digests: Mapping[str, str]
) -> Iterator[Item]:
    """Everything that is signed off: what has a page, the registers and the lists of rules."""
    signable = [r for r in records if isinstance(r, Signable)]
    texts = {record.origin.place.file for record in signable}
    attached = {file.path: file.sha256 for file in library.files}
    tables: dict[str, list[str]] = {}
    for path in digests:
        if path not in texts and not path.endswith(".md"):
            tables.setdefault(path.rsplit("/", 1)[0], []).append(path)
    for record in signable:
        file = record.origin.place.file
        own = [path for path in tables.get(file.rsplit("/", 1)[0], ()) if _holds(record, path)]
        yield _item(record, library.config, digests=digests, tables=own, attached=attached)


def _item(
    record: Signable,
    config: SiteConfig,
    *,
    digests: Mapping[str, str],
    tables: list[str],
    attached: Mapping[str, str],
) -> Item:
    file = record.origin.place.file
    column = column_of(file, config)
    known: dict[str, Any] = {"title": PurePosixPath(file).stem}
    names: frozenset[str] = frozenset()
    if not isinstance(record, Lists):
        names = named_files(record.body, record.attachments)
        known = {
            "title": record.title,
            "id": record.id,
            "day": record.published,
            "openness": record.openness,
        }
    return Item(
        file=file,
        signoff_file=signoff_path(file, alone=isinstance(record, AnnualReport | Account)),
        fingerprint=fingerprint(
            digests.get(file, ""),
            tables=(digests[path] for path in tables),
            attachments=((name, attached.get(name)) for name in names),
        ),
        column=column.slug if column else "",
        **known,
    )


def _holds(record: Signable, path: str) -> bool:
    """Whether a file of its folder is a table of a record."""
    if isinstance(record, AnnualReport):
        return PurePosixPath(path).stem == STATISTICS
    return isinstance(record, Account)


def _is_required(item: Item, review: Review, config: SiteConfig) -> bool:
    if review.since and item.day and item.day < review.since:
        return False
    named = [c for c in config.columns if c.slug in review.columns]
    inner = item.file.removeprefix("content/")
    return not review.columns or any(inner.startswith(f"{c.folder}/") for c in named)


def _steps(files: Mapping[str, SignOffFile], item: Item) -> tuple[Step, ...] | None:
    file = files.get(item.signoff_file)
    if file is None:
        return ()
    return file.record.steps if file.record else None


def _stray(
    files: Mapping[str, SignOffFile], items: tuple[Item, ...], unread: tuple[Unread, ...]
) -> Iterator[Problem]:
    """Records of sign-off that belong to nothing; a text with an error may be what they mean."""
    wanted = {item.signoff_file for item in items}
    wanted |= {signoff_path(u.file, alone=alone) for u in unread for alone in (True, False)}
    for path in sorted(files.keys() - wanted):
        yield Problem("S113", Place(path), "这份审签记录旁边没有它所审签的文件")


def _forged(
    items: tuple[Item, ...], files: Mapping[str, SignOffFile], *, review: Review, root: Path
) -> tuple[dict[str, frozenset[int]], tuple[Problem, ...]]:
    """Which steps of the last rounds bear a signature that does not hold, by item."""
    asked: list[tuple[str, int]] = []
    signed: list[Signed] = []
    for item in items if review.signers else ():
        steps = _steps(files, item) or ()
        for number in range(round_start(steps), len(steps)):
            step = steps[number]
            if step.signature:
                asked.append((item.file, number))
                signed.append(Signed(statement(step), step.signature, step.name, step.day))
    holds, problems = _verified(tuple(signed), review=review, root=root)
    forged: dict[str, set[int]] = {}
    for (file, number), held in zip(asked, holds, strict=True):
        if not held:
            forged.setdefault(file, set()).add(number)
    return {file: frozenset(numbers) for file, numbers in forged.items()}, problems


def _verified(
    signed: tuple[Signed, ...], *, review: Review, root: Path
) -> tuple[tuple[bool, ...], tuple[Problem, ...]]:
    none = (False,) * len(signed)
    if not review.signers:
        return none, ()
    place = review.origin.at("signers")
    signers, problems = read_bytes(root, review.signers)
    if problems or not signers.strip():
        why = problems[0].message if problems else "文件是空的"
        return none, (Problem("S115", place, f"登记公钥的文件“{review.signers}”不能用：{why}"),)
    try:
        return verified(signed, signers), ()
    except NoProgram:
        return none, (Problem("S114", place, "这台电脑上没有 ssh-keygen，不能核对审签的签名"),)
