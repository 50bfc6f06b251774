"""Views of papers: what is printed about the site and is no page of it.

Promise: a paper stands in one file of its own, style included, and asks for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.pages.pieces import Fact, Frame


@dataclass(frozen=True, slots=True)
class Spot:
    """One finding: where, and what is wrong there; advice and basis where they are its own."""

    place: str
    message: str
    advice: str
    basis: str


@dataclass(frozen=True, slots=True)
class Fault:
    """All findings of one code."""

    code: str
    weight: str
    title: str
    advice: str
    basis: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Inspected:
    """One 检查项: what was looked at, and what was found; `anchor` is empty when nothing was."""

    name: str
    basis: str
    looked: str
    result: str
    anchor: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class InspectionView:
    """自查报告: the findings of a check, by 检查项."""

    style: str
    title: str
    facts: tuple[Fact, ...]
    lack: str
    items: tuple[Inspected, ...]
    unseen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty as printed."""

    kind: str
    title: str
    due: str
    published: str
    state: str
    is_lacking: bool
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class DutyYear:
    """The duties that came due in one year."""

    year: str
    rows: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class LedgerView:
    """义务台账 as a paper."""

    style: str
    title: str
    facts: tuple[Fact, ...]
    years: tuple[DutyYear, ...]


@dataclass(frozen=True, slots=True)
class DutiesView:
    """义务台账 as a page of the site."""

    frame: Frame
    day: str
    years: tuple[DutyYear, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of 政府网站年度工作报表; an empty value is for the bureau to fill in."""

    part: str
    name: str
    unit: str
    value: str
    remark: str


@dataclass(frozen=True, slots=True)
class SiteSheetView:
    """政府网站年度工作报表 of one year."""

    style: str
    title: str
    facts: tuple[Fact, ...]
    notice: str
    rows: tuple[SheetRow, ...]
