"""XML inside a workbook, run through without building a tree.

Promise: memory does not grow with the document, nothing outside it is looked up, and a document
type declaration, the root of all XML bombs, is refused.
"""

from __future__ import annotations

from collections.abc import Callable

from site_builder.sources.workbook_guard import UnfitError

MAX_ELEMENTS = 2_000_000
DAMAGED = "文件已经损坏，内部的 XML 读不通"

Attributes = dict[str, str]


def parse(
    content: bytes,
    start: Callable[[str, Attributes], None],
    *,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `start`, `end` and `text` in turn; names of elements come without their prefix.

    Raises UnfitError where the XML is not well-formed, declares a document type or has more
    than two million elements.
    """
    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _counted(start)
    if end is not None:
        parser.EndElementHandler = lambda name: end(_local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise UnfitError(DAMAGED) from error


def _counted(start: Callable[[str, Attributes], None]) -> Callable[[str, Attributes], None]:
    elements = 0

    def counted(name: str, attributes: Attributes) -> None:
        nonlocal elements
        elements += 1
        if elements > MAX_ELEMENTS:
            raise UnfitError("解压后过大：表格的成分太多")
        start(_local(name), attributes)

    return counted


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_doctype(*_: object) -> None:
    raise UnfitError("文件里有 Excel 和 WPS 从不使用的 DTD 声明")
