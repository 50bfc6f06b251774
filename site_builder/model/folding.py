"""Folding: how words are compared in the site's own search.

Promise: two spellings of the same words fold to the same string, here and in
`templates/assets/js/folding.js` alike; `tests/golden/folding.json` holds both to it.

Width, case and compatibility forms do not count (NFKC, then upper and lower case). Blanks, quotes,
brackets and the marks of Markdown are left out: 《条例》第十条 is found by 条例第十条, and 〔2017〕
by (2017) or 2017. Every dash is a hyphen. A line end stays: it separates blocks of text, and no
phrase reaches across it.
"""

from __future__ import annotations

import re
import unicodedata

BLANKS = "\t\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = "\xad\u2060\ufeff" + "".join(map(chr, range(0x2000, 0x2010)))
BRACKETS = "()[]{}<>〈〉《》「」『』【】〔〕〖〗〘〙〚〛"
QUOTES = "\"'`“”„‟‘’‚‛‹›«»〝〞〟"
MARKUP = "*_\\#|"
DASHES = "‐‑‒–—―−~〜"
_TABLE = {
    **dict.fromkeys(map(ord, BLANKS + INVISIBLE + BRACKETS + QUOTES + MARKUP)),
    **dict.fromkeys(map(ord, DASHES), "-"),
    ord("ς"): "σ",
}


# Han characters of the main block fold to themselves and join nothing beside them; between them the
# same few marks and numbers return, and a search index folds every text of the site.
_HANZI = re.compile("([\u4e00-\u9fff]+)")
MOST_KEPT = 4096


def fold(text: str) -> str:
    """What is compared of a text."""
    parts = _HANZI.split(text)
    parts[::2] = map(_FOLDED.__getitem__, parts[::2])
    return "".join(parts)


def words(query: str) -> tuple[str, ...]:
    """The folded words of a query, each once; all of them must be found."""
    folded = (fold(word) for word in query.split())
    return tuple(dict.fromkeys(word for word in folded if word))


class _Folded(dict[str, str]):
    """What was folded, by what was written; it never grows beyond a few thousand."""

    def __missing__(self, written: str) -> str:
        if len(self) > MOST_KEPT:
            self.clear()
        folded = unicodedata.normalize("NFKC", written).upper().lower().translate(_TABLE)
        self[written] = folded
        return folded


_FOLDED = _Folded()
