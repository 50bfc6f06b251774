"""Files for web servers: how nginx and IIS show the site as it is meant to be shown.

Promise: the same site gives the same files; the policy in them is that of the pages, and what
`redirects.json` says of moved and withdrawn addresses is answered by the server itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import quoteattr

from site_builder.delivery.publishing.files import write_whole
from site_builder.delivery.publishing.server_texts import IIS, IIS_MAPS, NGINX, NGINX_MAPS
from site_builder.model.site import SiteConfig
from site_builder.pages.routes import REDIRECTS
from site_builder.pipeline import Site

MOVED = 301


@dataclass(frozen=True, slots=True)
class _Answers:
    """Addresses by the answer a server gives: where it moved, and where its notice stands."""

    moved: tuple[tuple[str, str], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()


def write_server_files(
    site: Site, config: SiteConfig, *, root: str, folder: Path
) -> tuple[str, ...]:
    """Write them for a site whose files stand in `root` on the server; gives their names."""
    address = urlsplit(config.site.url)
    prefix = address.path.rstrip("/")
    answers = _answers(site, prefix)
    words = {
        "{host}": address.hostname or config.site.domain or "_",
        "{root}": root.replace("\\", "\\\\").replace('"', '\\"'),
        "{prefix}": prefix,
        "{moved}": _nginx_map(answers.moved),
        "{gone}": _nginx_map(tuple((p, unquote(n).removeprefix(prefix)) for p, n in answers.gone)),
        "{iis_moved}": _iis_map(answers.moved),
        "{iis_gone}": _iis_map(tuple((p, n) for p, n in answers.gone if unquote(n) != p)),
    }
    texts = {
        "nginx-maps.conf": NGINX_MAPS,
        "nginx-site.conf": NGINX,
        "web.config": IIS,
        "rewritemaps.config": IIS_MAPS,
    }
    for name, text in texts.items():
        filled = re.sub(r"\{[a-z_]+\}", lambda found: words.get(found[0], found[0]), text)
        write_whole(folder / name, filled.lstrip("\n").encode())
    return tuple(texts)


def _answers(site: Site, prefix: str) -> _Answers:
    """What redirects.json says, with the paths as servers see them: decoded, from the top."""
    file = site.output / REDIRECTS
    if not file.is_file():
        return _Answers()
    found = json.loads(file.read_bytes())
    pairs = [
        (f"{prefix}/{unquote(item['path'])}", f"{prefix}/{item['target']}", item["status"])
        for item in found
    ]
    return _Answers(
        moved=tuple((path, target) for path, target, status in pairs if status == MOVED),
        gone=tuple((path, target) for path, target, status in pairs if status != MOVED),
    )


def _nginx_map(pairs: tuple[tuple[str, str], ...]) -> str:
    return "".join(f"    {_quoted(path)} {_quoted(target)};\n" for path, target in pairs)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _iis_map(pairs: tuple[tuple[str, str], ...]) -> str:
    lines = (f"    <add key={quoteattr(p)} value={quoteattr(t)} />\n" for p, t in pairs)
    return "".join(lines)
