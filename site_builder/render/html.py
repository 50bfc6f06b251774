"""HTML: views through templates.

Promise: a template sees its view and the site, every value is escaped, a name that does not exist
is an error, and the digest of a template covers every template it names.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import jinja2
from jinja2 import meta, nodes
from jinja2.loaders import split_template_path
from markupsafe import Markup

from site_builder.model.page import Page, digest
from site_builder.problems import Place, Problem
from site_builder.render.prose import prose

NOT_WRITTEN_OUT = "模板的名称必须直接写出来，不能用变量"
# Tags that name a template, and those that do so in the usual way; Jinja itself reads all others.
NAMING = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b")
PLAINLY = re.compile(
    r'\{%-?\s*(?:(?:extends|include)\s+"([^"\\]+)"|from\s+"([^"\\]+)"\s+import\s[\w, ]+?)\s*-?%\}'
)
NOT_TAGS = re.compile(r"\{#(?:(?!#\}).)*?\{%|\{%[-+]?\s*raw\b", re.DOTALL)
# What a mistaken expression in a template may raise besides Jinja's own errors.
FAULTS = (jinja2.TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError)


UNREADABLE = "没有权限读取，或者正被别的软件占用"


class Target(Protocol):
    """A link of a view: the words it goes by and its path."""

    @property
    def text(self) -> str: ...
    @property
    def path(self) -> str: ...


class TemplateFault(Exception):
    """A template, or a file to copy, that cannot be used; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a site: its own first, then those that come with the product.

    Another process gets them as they were read, and compiles them itself.
    """

    environment: jinja2.Environment
    folders: tuple[Path, ...]
    files: tuple[tuple[str, bytes], ...]
    digests: dict[str, str] = field(default_factory=dict)
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __reduce__(self) -> tuple[Any, ...]:
        return _opened, (self.folders, self.files)


class _Environment(jinja2.Environment):
    """Jinja's own, but that names known everywhere are in a plain mapping: it is copied for every
    template that takes part in a page, and a chained one takes a tenth of the page's time.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def open_templates(folders: tuple[Path, ...]) -> Templates:
    """The templates found in these folders, the first folder winning.

    As long as no file in them changes they are compiled only once.
    """
    return _opened(folders, tuple(_files(folders)))


def _files(folders: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """Contents, for not every disk tells times apart that lie within two seconds."""
    for folder in folders:
        for file in sorted((folder, *folder.rglob("*"))):
            try:
                if file.is_dir():
                    os.scandir(file).close()
                else:
                    yield str(file), file.read_bytes()
            except FileNotFoundError:  # gone again
                continue
            except OSError as error:
                place = _place(file.relative_to(folder).as_posix())
                raise TemplateFault(Problem("F105", place, UNREADABLE)) from error


@lru_cache(maxsize=4)
def _opened(folders: tuple[Path, ...], files: tuple[tuple[str, bytes], ...]) -> Templates:
    """An environment that never looks at the disk: for a page that costs as much as its text."""
    environment = _Environment(
        loader=jinja2.FunctionLoader(partial(_find, folders, dict(files))),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # the templates of one build stay as they were read
        cache_size=-1,
    )
    environment.filters["prose"] = _prose
    environment.filters["jsonld"] = _jsonld
    environment.filters["fragment"] = _fragment
    environment.filters["once"] = _Once()
    return Templates(environment, folders, files)


def _find(
    folders: tuple[Path, ...], files: Mapping[str, bytes], name: str
) -> tuple[str, str, None] | None:
    """The text of a template and its file, as Jinja's loader wants them."""
    parts = split_template_path(name)
    for file in (str(folder.joinpath(*parts)) for folder in folders):
        if file in files:
            return files[file].decode().replace("\r\n", "\n"), file, None
    return None


def render_html(templates: Templates, page: Page, *, site: object) -> bytes:
    """The bytes of a page; TemplateFault when its template is wrong."""
    try:
        template = templates.environment.get_template(page.template)
        return template.render(page=page.view, site=site).encode()
    except FAULTS as error:
        raise TemplateFault(_fault(templates, page.template, error=error)) from error


def template_digest(templates: Templates, name: str) -> str:
    """The digest of a template and of all it includes, extends or imports."""
    if name not in templates.digests:
        try:
            templates.digests[name] = _closure(templates, name, above=())
        except jinja2.TemplateError as error:
            raise TemplateFault(_fault(templates, name, error=error)) from error
    return templates.digests[name]


def _closure(templates: Templates, name: str, *, above: tuple[str, ...]) -> str:
    source, file, _ = _source(templates, name)
    if name not in templates.named:
        plainly = named_plainly(source)
        if plainly is None:
            plainly = _named(templates.environment.parse(source, name, file), name)
        templates.named[name] = plainly
    others = (other for other in templates.named[name] if other not in above)
    inner = (_closure(templates, other, above=(*above, name)) for other in others)
    return digest((source, *inner))


def named_plainly(source: str) -> tuple[str, ...] | None:
    """The templates that one names, where that can be seen without parsing it: in most."""
    found = tuple(a or b for a, b in PLAINLY.findall(source))
    if len(found) != len(NAMING.findall(source)) or NOT_TAGS.search(source):
        return None
    return found


def _named(tree: nodes.Template, name: str) -> tuple[str, ...]:
    """The templates that one includes, extends or imports."""
    others = tuple(meta.find_referenced_templates(tree))
    if None in others:
        raise TemplateFault(Problem("P203", _place(name, _naming(tree)), NOT_WRITTEN_OUT))
    return tuple(other for other in others if other is not None)


def _naming(tree: nodes.Template) -> int:
    """The first line that names a template by an expression."""
    naming = tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include))
    lines = (n.lineno for n in naming if not isinstance(getattr(n, "template", n), nodes.Const))
    return min(lines, default=0)


def _source(templates: Templates, name: str) -> tuple[str, str | None, Any]:
    loader = templates.environment.loader
    if loader is None:
        raise jinja2.TemplateNotFound(name)
    return loader.get_source(templates.environment, name)


def _prose(text: str, links: Iterable[Target], *, root: str) -> Markup:
    """The `prose` filter; the result has passed the sanitiser, so it is not escaped again."""
    return Markup(prose(text, {link.text: root + link.path for link in links}))  # sanitised


def _fragment(pieces: Iterable[str], root: str) -> Markup:
    """The `fragment` filter: the parent site's HTML, sanitised when it was read."""
    return Markup(root.join(pieces))  # sanitised; the root is of dots and slashes


@dataclass(slots=True)
class _Once:
    """The `once` filter: what a macro makes of the site and of a few more values, kept for the next
    page that gives it the same.

    A macro that is imported sees nothing but what it is given.
    """

    site: object = None
    made: dict[tuple[object, ...], Markup] = field(default_factory=dict)

    def __call__(self, macro: Callable[..., Markup], site: object, *values: Hashable) -> Markup:
        if site is not self.site:
            self.site, self.made = site, {}
        key = (macro, *values)
        if key not in self.made:
            self.made[key] = macro(site, *values)
        return self.made[key]


def _jsonld(structure: Mapping[str, Any]) -> Markup:
    """The `jsonld` filter: JSON in which nothing can end the element it stands in."""
    text = json.dumps(structure, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # every character that means something in HTML is written as a number


def _fault(templates: Templates, name: str, *, error: Exception) -> Problem:
    if isinstance(error, jinja2.TemplateNotFound):
        return Problem("P201", _place(name), f"没有名为“{error.name}”的模板")
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = _place(error.name or name, error.lineno)
        return Problem("P201", place, f"模板语法有误（Jinja 说：{error.message}）")
    where, line = _line_of(templates, error.__traceback__, name=name)
    return Problem("P202", _place(where, line), _unusable(str(error)))


def _unusable(said: str) -> str:
    """What Jinja says of a name that is not there, in Chinese; other faults as it says them."""
    found = re.search(r"'(?:[\w.]*\.)?(\w+) object' has no attribute '(\w+)'", said)
    if found:
        return f"模板用了“{found[2]}”，而 {found[1]} 没有这一项"
    found = re.search(r"'(\w+)' is undefined", said)
    return f"模板用了没有定义的“{found[1]}”" if found else f"模板不能生成页面（Jinja 说：{said}）"


def _line_of(templates: Templates, trace: TracebackType | None, *, name: str) -> tuple[str, int]:
    """The innermost template line of a traceback."""
    found = (name, 0)
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        for folder in templates.folders:
            if Path(file).is_relative_to(folder):
                found = (Path(file).relative_to(folder).as_posix(), trace.tb_lineno)
        trace = trace.tb_next
    return found


def _place(name: str, line: int = 0) -> Place:
    return Place(f"templates/{name}", line)
