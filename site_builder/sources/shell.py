"""The shell: the parent site's top and foot, read from fragments of HTML.

Promise: nothing in a fragment runs, loads from elsewhere or breaks out of its place; what had to
be taken out is reported at its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import nh3

from site_builder.model.library import Fragments
from site_builder.model.site import Shell
from site_builder.problems import Place, Problem
from site_builder.sources.files import read_bytes
from site_builder.sources.texts import read_text

TOP = "\ue000"  # stands where what leads to the top of the site will be put; no text holds it
OWN = "main"  # the id of our own text, where 跳到正文 leads
BODY_TAGS = {
    *("a", "abbr", "address", "aside", "b", "bdi", "bdo", "br", "cite", "code", "dd", "div", "dl"),
    *("dt", "em", "figcaption", "figure", "footer", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
    *("i", "img", "li", "nav", "ol", "p", "section", "small", "span", "strong", "sub", "sup"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul"),
}
HEAD_TAGS = {"link", "meta"}
COMMON = {"class", "id", "title", "lang", "dir", "role", "aria-label", "aria-hidden", "hidden"}
ATTRIBUTES = {
    "*": COMMON,
    "a": {"href", "target"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "link": {"rel", "href", "media"},
    "meta": {"name", "content"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
LOADING = {("img", "src"), ("link", "href")}
STYLE_LINKS = {"stylesheet"}
WITH_TEXT_INSIDE = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math"}
OPTIONAL = {"p", "li", "dt", "dd", "thead", "tbody", "tfoot", "tr", "td", "th"}
# What has lost all that it was for says nothing, and is no valid HTML.
EMPTIED = re.compile(
    r"<meta(?![^>]* name=)[^>]*>|<link(?!(?=[^>]* rel=)[^>]* href=)[^>]*>|<img(?![^>]* src=)[^>]*>"
)
IN_HEAD = re.compile(r'<(?:meta|link)(?:\s+[\w-]+="[^"]*")*>')
UNPAIRED = {"br", "hr", "img", "link", "meta"}


def read_shell(root: Path, shell: Shell) -> tuple[Fragments, tuple[Problem, ...]]:
    """The fragments that `config.yaml` names, and what is wrong with them."""
    problems: list[Problem] = []
    found: dict[str, tuple[str, ...]] = {}
    for part, path in (("header", shell.header), ("footer", shell.footer), ("head", shell.head)):
        if not path:
            continue
        text, said = _text(root, path, place=shell.origin.at(part))
        problems += said
        if text is not None:
            tags = HEAD_TAGS if part == "head" else BODY_TAGS
            problems += _faults(text, path, tags=tags)
            found[part] = tuple(_landmark(_safe(text, tags), part).split(TOP))
    return Fragments(**found), tuple(problems)


def _text(root: Path, path: str, *, place: Place) -> tuple[str | None, tuple[Problem, ...]]:
    pure = PurePosixPath(path.replace("\\", "/"))
    inside = not pure.is_absolute() and ".." not in pure.parts and ":" not in path
    if not inside or pure.suffix.lower() not in (".html", ".htm"):
        message = f"“{path}”不是网站文件夹里的 HTML 文件"
        return None, (Problem("C310", place, message),)
    if not (root / pure).resolve().is_relative_to(root.resolve()) or not (root / pure).is_file():
        return None, (Problem("C310", place, f"没有文件 {path}"),)
    data, problems = read_bytes(root, str(pure))
    if problems:
        return None, problems
    text, problems = read_text(data, path)
    return text.replace(TOP, ""), problems


def _safe(text: str, tags: set[str]) -> str:
    """The fragment with what is allowed alone; the sanitiser also closes what was left open."""
    clean = nh3.clean(
        text,
        tags=tags,
        clean_content_tags=WITH_TEXT_INSIDE,
        attributes={tag: names for tag, names in ATTRIBUTES.items() if tag == "*" or tag in tags},
        attribute_filter=_value,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    kept = EMPTIED.sub("", clean)
    return "\n".join(IN_HEAD.findall(kept)) if tags is HEAD_TAGS else kept


def _value(tag: str, name: str, value: str) -> str | None:
    """An attribute's value as it may stand; None takes it out."""
    if _refusal(tag, name, value):
        return None
    is_link = (tag, name) in LOADING or (tag, name) == ("a", "href")
    return TOP + value.strip().removeprefix("./") if is_link and _is_relative(value) else value


def _refusal(tag: str, name: str, value: str) -> str:
    """Why a value may not stand, in words; empty where it may."""
    try:
        parts = urlsplit(value.strip().replace("\\", "/"))  # browsers read \ as /
    except ValueError:
        return f"“{value}”不是网址"
    if name == "id" and value.strip() == OWN:
        return f"id“{OWN}”已经用于本站的正文"
    if (tag, name) in LOADING and (parts.scheme or parts.netloc):
        return f"“{value}”要从别的网站装载"
    if (tag, name) == ("a", "href") and parts.scheme and parts.scheme not in SCHEMES:
        return f"链接“{value}”不是网址"
    if (tag, name) == ("link", "rel") and value.strip().lower() not in STYLE_LINKS:
        return f"link 的 rel“{value}”不是 stylesheet"
    return ""


def _is_relative(value: str) -> bool:
    parts = urlsplit(value.strip())
    return bool(parts.path) and not (parts.scheme or parts.netloc or parts.path.startswith("/"))


def _landmark(html: str, part: str) -> str:
    """The top and the foot marked as what they are, where the fragment does not do so itself."""
    if part == "head" or f"<{part}" in html or not html.strip():
        return html
    return f"<{part}>{html}</{part}>"


def _faults(text: str, path: str, *, tags: set[str]) -> Iterator[Problem]:
    reader = _Reader(tags)
    reader.feed(text)
    reader.close()
    for (line, column), message in reader.refused:
        yield Problem("C311", Place(path, line, column + 1), message)
    for tag, (line, column) in reader.unmatched():
        message = f"标签 {tag} 没有配对，片段结束的地方会被补上或者去掉"
        yield Problem("C312", Place(path, line, column + 1), message)


class _Reader(HTMLParser):
    """The standard library's reader: where the sanitiser will take something out, and why."""

    def __init__(self, tags: set[str]) -> None:
        super().__init__()
        self.tags = tags
        self.refused: list[tuple[tuple[int, int], str]] = []
        self.open: list[tuple[str, tuple[int, int]]] = []
        self.stray: list[tuple[str, tuple[int, int]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag or an attribute that cannot stand."""
        if tag not in UNPAIRED:
            self.open.append((tag, self.getpos()))
        if tag not in self.tags:
            self.refused.append((self.getpos(), f"标签 {tag} 不能用，已去掉"))
            return
        allowed = COMMON | ATTRIBUTES.get(tag, set())
        for name, value in attrs:
            why = _refusal(tag, name, value or "")
            if name not in allowed:
                why = f"{tag} 的 {name} 不能用"
            if why:
                self.refused.append((self.getpos(), f"{why}，已去掉"))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost open tag of this name."""
        if tag in UNPAIRED:
            return
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == tag:
                del self.open[index]
                return
        self.stray.append((f"/{tag}", self.getpos()))

    def unmatched(self) -> list[tuple[str, tuple[int, int]]]:
        """Tags without a partner, in order; those taken out are named already."""
        left = (*self.open, *self.stray)
        paired = self.tags - OPTIONAL
        known = {(tag, place) for tag, place in left if tag.removeprefix("/") in paired}
        return sorted(known, key=lambda item: item[1])
