"""Account wording: what was left standing of a template, and names that change within a text.

Promise: only what is plainly a left-over is called an error; names and years are pointed out where
they cannot be meant as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.disclosure import Account
from site_builder.model.library import Library
from site_builder.problems import Place, Problem
from site_builder.rules.account_text import Heading, items
from site_builder.rules.prose import Passage, folded

UPWARDS, DOWNWARDS = "增加|增长|上升|提高|大于|多于", "减少|下降|降低|小于|少于"
LEFT_OVER = re.compile(
    r"(?<![A-Za-z0-9×])(?:[Xx]{2,}|×{2,})(?![A-Za-z0-9×])|[○〇]{2,}|_{3,}|\{[^{}\n]{0,20}\}"
    rf"|(?:{UPWARDS})\((?:或者?)?(?:{DOWNWARDS})\)|(?:{DOWNWARDS})\((?:或者?)?(?:{UPWARDS})\)"
    r"|(?<!\])\([ ,、]*\)"
)
CODE = re.compile(r"`[^`]*`|\]\([^)]*\)")
SELF = ("本部门", "本单位")
YEAR = re.compile(r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})年")
KINDS = re.compile(r"预算|决算")
SIBLINGS = frozenset("市县区旗州盟省分总")  # one of these more or other is another body


def check_account_wording(library: Library) -> Iterator[Problem]:
    """Left-overs, headings of another year, and how the body is called."""
    bureau = folded(library.config.site.bureau)
    for account in library.accounts:
        lines = [(item.text, item) for item in items(account)]
        for text, item in lines:
            yield from _left_overs(text, item)
            if isinstance(item, Heading):
                yield from _year(account, item)
        yield from _self(lines)
        yield from _bureau(lines, bureau)


def _at(item: Heading | Passage, offset: int) -> Place:
    if isinstance(item, Passage):
        return item.at(offset)
    return Place(item.place.file, item.place.line, item.place.column + offset)


def _left_overs(text: str, item: Heading | Passage) -> Iterator[Problem]:
    if not text.strip(" _"):
        return  # a rule across the page
    plain = CODE.sub(lambda found: " " * len(found[0]), text)
    written = item.written if isinstance(item, Passage) else item.text
    for found in LEFT_OVER.finditer(plain):
        words = written[found.start() : found.end()]
        yield Problem("T417", _at(item, found.start()), f"“{words}”是模板里没有改的字")


def _year(account: Account, heading: Heading) -> Iterator[Problem]:
    """A heading of a budget's or an account's own tables names its year."""
    allowed = {account.year, account.year - 1}
    if account.kind == "预算":
        allowed.add(account.year + 1)
    found = YEAR.search(heading.text)
    if found and KINDS.search(heading.text) and int(found["year"]) not in allowed:
        message = f"标题说的是 {found['year']} 年，这是 {account.year} 年的{account.kind}"
        yield Problem("T416", _at(heading, found.start()), message)


def _self(lines: list[tuple[str, Heading | Passage]]) -> Iterator[Problem]:
    """本部门 and 本单位 in one text: the rarer one is pointed out where it first stands."""
    lines = [(text, item) for text, item in lines if "本表" not in text]
    counts = {word: sum(text.count(word) for text, _ in lines) for word in SELF}
    if not all(counts.values()):
        return
    rare, usual = sorted(SELF, key=lambda word: counts[word])
    text, item = next((text, item) for text, item in lines if rare in text)
    message = f"自称“{usual}” {counts[usual]} 次，又称“{rare}” {counts[rare]} 次"
    yield Problem("T415", _at(item, text.index(rare)), message)


def _bureau(lines: list[tuple[str, Heading | Passage]], bureau: str) -> Iterator[Problem]:
    """The bureau's name with one character wrong, missing or too many."""
    for text, item in lines:
        masked = text.replace(bureau, "\n" * len(bureau))
        for found in re.finditer(re.escape(bureau[:2]), masked):
            if wrong := _misspelt(masked, found.start(), bureau=bureau):
                message = f"“{wrong}”与本机关名称“{bureau}”差一个字"
                yield Problem("T415", _at(item, found.start()), message)


def _misspelt(text: str, offset: int, *, bureau: str) -> str:
    """What stands at an offset in place of the name; empty when nothing like it does."""
    same = 0
    while same < len(bureau) and text[offset + same : offset + same + 1] == bureau[same]:
        same += 1
    rest, extra = bureau[same:], text[offset + same : offset + same + 1]
    for skipped, wanted, odd in (
        (1, rest[1:], extra + rest[:1]),  # another character
        (0, rest[1:], rest[:1]),  # one is missing
        (1, rest, extra),  # one too many
    ):
        end = offset + same + skipped + len(wanted)
        found = text[offset + same + skipped : end]
        if found == wanted and wanted and not SIBLINGS & set(odd) and "\n" not in odd:
            return text[offset:end]
    return ""
