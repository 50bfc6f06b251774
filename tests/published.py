"""Published sites: recorded, changed afterwards, and what a clerk then writes in 变更.yaml.

Promise: the lines written are those that the program asked for, with a reason filled in.
"""

from __future__ import annotations

from pathlib import Path

from site_builder.delivery.record import record
from site_builder.model.disclosure import TO_FILL
from site_builder.model.published import CHANGES, LEDGER
from site_builder.pipeline import Site, standing
from site_builder.problems import Problem
from site_builder.sources.published import read_ledger
from tests.sites import AS_OF, SMALL, built, copy_of, replace_in

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
GUIDE = "content/政府信息公开指南/指南.md"
LINK = "[征收土地公告](编号:TZ-2024-001)"


def published_site(folder: Path) -> Site:
    """The golden site, put online and recorded; no page links to the notice."""
    site = copy_of(SMALL, folder)
    replace_in(site.root / GUIDE, LINK, new="征收土地公告")
    publish(site)
    return site


def publish(site: Site) -> None:
    """Build and record; both must succeed."""
    built(site)
    recorded = record(site, AS_OF)
    assert not recorded.failed, recorded.problems


def addresses(site: Site) -> list[str]:
    """Every address of the ledger."""
    ledger, problems = read_ledger((site.root / LEDGER).read_bytes())
    assert problems == ()
    return [row.path for row in ledger.rows]


def found(site: Site, code: str) -> list[Problem]:
    """The problems of one code that the site has now."""
    return [problem for problem in standing(site, AS_OF).problems if problem.code == code]


def say(site: Site, text: str) -> None:
    """Write 变更.yaml."""
    (site.root / CHANGES).write_text(text, encoding="utf-8")


def say_what_is_asked_for(site: Site) -> list[Problem]:
    """Write 变更.yaml from nothing, with the lines that the problems name; these come back."""
    (site.root / CHANGES).unlink(missing_ok=True)
    asked = found(site, "P110")
    lines = [line for problem in asked for line in problem.hint.split("\n")[1:]]
    entries = [line.replace(TO_FILL, "本局") for line in lines if line != "变更:"]
    if entries:
        say(site, "\n".join(("变更:", *entries, "")))
    return asked
