"""Standard items: 公开标准目录 against the documents that say which of its rows they fill.

Promise: a document names only rows there are, and a row that no public document fills is noted.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.model.standard_items import STANDARDS, StandardItem
from site_builder.problems import Place, Problem


def check_standard_chosen(library: Library) -> Iterator[Problem]:
    """`standard_items` of config.yaml names a list that comes with the product."""
    name = library.config.standard_items
    if name and name not in STANDARDS:
        message = f"没有名为“{name}”的公开标准目录"
        hint = "可以填写的有：" + "、".join(STANDARDS) + "。"
        yield Problem("C308", library.config.origin.at("standard_items"), message, hint=hint)


def check_standard_numbers(library: Library) -> Iterator[Problem]:
    """序号: each used once, or a document could not say which row it fills."""
    first: dict[str, StandardItem] = {}
    for item in library.standard_rows():
        other = first.setdefault(item.number, item)
        if other is not item:
            message = f"序号“{item.number}”已经用于“{other.name}”"
            related = (other.origin.at("序号"),)
            yield Problem("D535", item.origin.at("序号"), message, related=related)


def check_standard_items(library: Library) -> Iterator[Problem]:
    """公开事项 of documents: rows that exist, and rows that nothing fills."""
    rows = {item.number: item for item in library.standard_rows()}
    filled: set[str] = set()
    for document in library.documents:
        place = document.origin.at("公开事项")
        for number in document.standard_items:
            if number not in rows:
                yield Problem("D532", place, _unknown(number, tuple(rows)))
        if library.is_public(document):
            filled.update(document.standard_items)
    if library.unread:
        return  # they may fill any of the rows
    for number, item in rows.items():
        if number not in filled:
            message = f"公开标准目录第 {number} 项“{item.name}”还没有对应的文件"
            yield Problem("D533", _place(library, item), message)


def _unknown(number: str, rows: tuple[str, ...]) -> str:
    if not rows:
        return f"公开事项写了“{number}”，本站没有采用公开标准目录"
    return f"公开标准目录没有序号为“{number}”的一行"


def _place(library: Library, item: StandardItem) -> Place:
    """The row in the site's own file; the choice in config.yaml where the list is not its own."""
    place = item.origin.at("序号")
    own = place.file.startswith("content/")
    return place if own else library.config.origin.at("standard_items")
