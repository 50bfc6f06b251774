"""Papers: the manifest of a release that is about to go online, with its signature.

Promise: it holds the last line of the publication log as it stood then, so that a log that was lost
or belongs to another site is noticed before the next release.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from site_builder.delivery.publishing.manifest import Manifest, written
from site_builder.delivery.publishing.placing import local
from site_builder.delivery.publishing.signing import sign
from site_builder.delivery.publishing.target import Papers
from site_builder.delivery.record import too_early
from site_builder.model.published import LOG, LogLine
from site_builder.model.target import Target
from site_builder.pipeline import Site
from site_builder.problems import Place, Problem
from site_builder.sources.files import read_bytes
from site_builder.sources.published import read_log


def signed(site: Site, target: Target, manifest: Manifest) -> Papers:
    """As it will be kept beside the release. Raises Unsigned."""
    text = written(manifest)
    if not target.sign:
        return Papers(manifest, text)
    return Papers(manifest, text, sign(text, local(site.root, target.sign)))


def with_log(site: Site, target: Target, papers: Papers) -> Papers:
    """The same with the log as it is now; it was signed before, as that may fail."""
    manifest = replace(papers.manifest, log=next(iter(_chains(site)[::-1]), ""))
    return papers if manifest == papers.manifest else signed(site, target, manifest)


def forgotten(site: Site, target: Target, before: Manifest) -> tuple[Problem, ...]:
    """O508: what readers see was recorded, and this folder's log does not know of it.

    A zip is recorded when it has been carried to the server, so that one without a log is nothing
    strange; releases of former versions of this program did not name the log.
    """
    chains = _chains(site)
    is_known = before.log in chains if before.log else bool(chains) or target.kind == "zip"
    if is_known or not before.release:
        return ()
    what = "不是同一个网站的，或者不是最新的" if chains else "没有了"
    message = f"“{target.name}”上已有版本 {before.release}，这里的发布记录却{what}"
    return (Problem("O508", Place(LOG), message),)


def before_its_day(site: Site, as_of: date) -> tuple[Problem, ...]:
    """D553, which recording would say when everything has been sent."""
    return tuple(too_early(_lines(site), as_of))


def _chains(site: Site) -> tuple[str, ...]:
    """What every line of 发布.csv ends with, each covering all lines before it."""
    return tuple(line.chain for line in _lines(site))


def _lines(site: Site) -> tuple[LogLine, ...]:
    data, absent = read_bytes(site.root, LOG)
    return () if absent else read_log(data)[0].lines
