"""Search files: the index and the texts behind it, as scripts that hand over one value.

Promise: for every one or two characters of a folded text its entry is named in the shard of that
gram, and no other entry is. Decision 0011 describes the format; `search.js` reads it.

They are scripts because a page opened from a disk may load nothing else.
"""

from __future__ import annotations

import json
from binascii import b2a_base64
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from operator import add, sub
from typing import Any

from site_builder.model.folding import fold
from site_builder.model.search import IN_ONE_FILE, Block, Entry, shard_of
from site_builder.render.search_text import visible

IN_TEXT, IN_TITLE = "}", "{"  # begin an entry of a shard; folding leaves both out of texts
ALONE = BITS = "~"  # stands behind a single character; begins a posting list written as bits
LETTERS = "".join(chr(n) for n in range(32, 127) if chr(n) not in '"\\{}~')
SHORT = 60  # gaps written as one letter; longer ones begin with one of the other letters


def render_map(view: Any) -> bytes:
    """search/map.js."""
    value = {
        "shards": view.shards,
        "inOneFile": view.in_one_file,
        "columns": {choice.slug: choice.letters for choice in view.columns},
        "names": dict(view.names),
        "blocks": [[b.version, b.letters, b.years] for b in view.blocks],
    }
    return _script("map", value)


def render_shard(view: Any) -> bytes:
    """search/0/g7.js."""
    return _script(view.name, _shards(view.block, view.shards)[view.number])


def render_texts(view: Any) -> bytes:
    """search/0/t3.js."""
    stretch = slice(view.first, view.first + IN_ONE_FILE)
    shown = zip(view.block.entries[stretch], _bodies(view.block)[stretch], strict=True)
    return _script(view.name, [[e.title, e.path, e.day, body] for e, body in shown])


def body_of(entry: Entry) -> str:
    """The text of an entry as it is shown and searched."""
    return "\n".join((*map(visible, entry.prose), *entry.plain))


def _script(name: str, value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")  # line ends in scripts
    return f"searchLoaded({json.dumps(name)},{text});\n".encode()


@lru_cache(maxsize=1)
def _bodies(block: Block) -> tuple[str, ...]:
    """The files of a block are rendered one after another and share this."""
    return tuple(map(body_of, block.entries))


@lru_cache(maxsize=1)
def _shards(block: Block, shards: int) -> tuple[str, ...]:
    """All shards of a block at once: each of its texts is read one time."""
    texts: defaultdict[str, list[int]] = defaultdict(list)
    titles: defaultdict[str, list[int]] = defaultdict(list)
    for number, (entry, body) in enumerate(zip(block.entries, _bodies(block), strict=True)):
        title = fold(entry.title)
        for gram in _grams(f"{title}\n{fold(body)}"):
            texts[gram].append(number)
        for gram in _grams(title):
            titles[gram].append(number)
    parts: list[list[str]] = [[] for _ in range(shards)]
    for mark, found in ((IN_TEXT, texts), (IN_TITLE, titles)):
        for gram, numbers in found.items():
            if "\n" not in gram:
                key = gram if len(gram) == 2 else gram + ALONE
                posting = _posting(numbers, len(block.entries))
                parts[shard_of(key, shards)].append(f"{mark}{key}{posting}")
    return tuple(map("".join, parts))


def _grams(text: str) -> Iterable[str]:
    """Every pair of neighbours and every character, each once, in the order of the text."""
    return dict.fromkeys(chain(map(add, text, text[1:]), text))


def _posting(numbers: list[int], count: int) -> str:
    """Rising numbers as gaps, or as bits where that is shorter."""
    if len(numbers) == 1:
        return GAPS[numbers[0] + 1]
    if len(numbers) * 6 < count:
        return "".join(map(GAPS.__getitem__, map(sub, numbers, chain((-1,), numbers))))
    bits = bytearray(b"0") * (-(-count // 8) * 8)
    for number in numbers:
        bits[number] = 49  # "1"
    packed = int(bits, 2).to_bytes(len(bits) // 8)
    return BITS + b2a_base64(packed, newline=False).decode()


def _gap(gap: int) -> str:
    """One letter, or two of which the first is none that stands alone."""
    if gap <= SHORT:
        return LETTERS[gap - 1]
    more, rest = divmod(gap - 1 - SHORT, len(LETTERS))
    return LETTERS[SHORT + more] + LETTERS[rest]


GAPS = ("", *map(_gap, range(1, SHORT + 1 + (len(LETTERS) - SHORT) * len(LETTERS))))
