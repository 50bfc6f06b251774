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

from site_builder.delivery.media_types import TYPES, UNKNOWN, content_type
from site_builder.delivery.publishing.files import write_whole
from site_builder.delivery.publishing.placing import local
from site_builder.delivery.publishing.server_texts import (
    IIS,
    IIS_MAPS,
    NGINX,
    NGINX_ABOVE,
    NGINX_REDIRECTS,
)
from site_builder.model.site import SiteConfig
from site_builder.model.target import ON_DISKS, Target
from site_builder.pages.routes import REDIRECTS
from site_builder.pipeline import Site

MOVED = 301
LONGEST = 255  # bytes of a name that nginx can compare
NOT_KNOWN = ("zip", "s3")  # kinds that do not say where the server finds the files
ELSEWHERE = "/srv/www/网站"


@dataclass(frozen=True, slots=True)
class _Answers:
    """Addresses by the answer a server gives: where it moved, and where its notice stands."""

    moved: tuple[tuple[str, str], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()


def write_server_files(
    site: Site, config: SiteConfig, *, target: Target | None, folder: Path
) -> tuple[str, ...]:
    """Write them for a site that is published to a target; gives their names."""
    address = urlsplit(config.site.url)
    prefix = address.path.rstrip("/")
    words = {
        "{host}": address.hostname or config.site.domain or "_",
        "{prefix}": prefix,
        **_places(_root(site, target), prefix, where=_where(target)),
        **_types(),
        **_redirects(_answers(site, prefix), prefix),
    }
    texts = {
        "nginx-site.conf": NGINX,
        "nginx-redirects.conf": NGINX_REDIRECTS,
        "web.config": IIS,
        "rewritemaps.config": IIS_MAPS,
    }
    for name, text in texts.items():
        filled = re.sub(r"\{[a-z_]+\}", lambda found: words.get(found[0], found[0]), text)
        write_whole(folder / name, filled.lstrip("\n").encode())
    return tuple(texts)


def _places(root: str, prefix: str, *, where: str) -> dict[str, str]:
    """Where nginx finds the files; below another address they are not named like it."""
    found = _escaped(root or ELSEWHERE)
    return {
        "{root}": found,
        "{where}": where,
        "{files}": f'alias "{found}/";' if prefix else f'root "{found}";',
        "{above}": NGINX_ABOVE.replace("{prefix}", prefix) if prefix else "",
    }


def _where(target: Target | None) -> str:
    """What of it only the server's administrator knows."""
    if target is None or target.kind in NOT_KNOWN:
        return f"{ELSEWHERE} 改成网站文件在服务器上的文件夹。"
    if target.kind == "sftp":
        return "下面的文件夹是 SFTP 登录以后看到的，在服务器上不同的要改。"
    return ""


def _types() -> dict[str, str]:
    """What files are, in each server's words; nginx adds the charset to HTML in any case."""
    texts = {kind for kind in TYPES.values() if kind.startswith("text/") and kind != "text/html"}
    return {
        "{texts}": " ".join(sorted(texts)),
        "{unknown}": UNKNOWN,
        "{types}": "".join(f"        {kind} {end[1:]};\n" for end, kind in TYPES.items()),
        "{iis_types}": "".join(map(_iis_type, TYPES)),
    }


def _redirects(answers: _Answers, prefix: str) -> dict[str, str]:
    gone = ((path, unquote(notice).removeprefix(prefix)) for path, notice in answers.gone)
    return {
        "{moved}": "".join(_nginx_moved(path, target) for path, target in answers.moved),
        "{gone}": "".join(_nginx_gone(path, notice) for path, notice in gone),
        "{iis_moved}": _iis_map(answers.moved),
        "{iis_gone}": _iis_map(tuple((p, n) for p, n in answers.gone if unquote(n) != p)),
    }


def _root(site: Site, target: Target | None) -> str:
    """Where the server finds the files; empty where only whoever puts them there knows."""
    if target is None or target.kind in NOT_KNOWN:
        return ""
    if target.kind in ON_DISKS:
        place = local(site.root, target.path).resolve()
        return str(place if target.kind == "share" else place / "current")
    path = target.path.rstrip("/")
    return path if target.kind == "sftp" else f"{path}/current"


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


def _nginx_moved(path: str, target: str) -> str:
    """A target is an address, in which no letter has to stand that nginx would take for its own."""
    there = target.replace("$", "%24")
    return f"location {_exactly(path)} {{ return 301 {_quoted(there)}; }}\n"


def _nginx_gone(path: str, notice: str) -> str:
    page = _quoted(f"/.gone{notice}")
    return f"location {_exactly(path)} {{ error_page 410 {page}; return 410; }}\n"


def _exactly(path: str) -> str:
    """This address alone; what is too long for a name is taken as a pattern."""
    if len(path.encode()) <= LONGEST:
        return f"= {_quoted(path)}"
    return f'~ "^\\Q{_escaped(path)}\\E$"'


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _iis_type(ending: str) -> str:
    """In place of what the server may know already: a second line of one ending stops it."""
    kind = content_type(ending)
    return (
        f'      <remove fileExtension="{ending}" />'
        f'<mimeMap fileExtension="{ending}" mimeType="{kind}" />\n'
    )


def _iis_map(pairs: tuple[tuple[str, str], ...]) -> str:
    lines = (f"    <add key={quoteattr(p)} value={quoteattr(t)} />\n" for p, t in pairs)
    return "".join(lines)
