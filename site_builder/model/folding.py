"""Folding: how words are compared in the site's own search.

Promise: two spellings of the same words fold to the same string, here and in
`templates/assets/js/folding.js` alike; `tests/golden/folding.json` holds both to it.

Width, case and compatibility forms do not count (NFKC, then upper and lower case). Blanks, quotes,
brackets and the marks of Markdown are left out: 《条例》第十条 is found by 条例第十条, and 〔2017〕
by (2017) or 2017. Every dash is a hyphen. A line end stays: it separates blocks of text, and no
phrase reaches across it.
"""

from __future__ import annotations

import unicodedata

BLANKS = "\t\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = "\xad\u2060\ufeff" + "".join(map(chr, range(0x2000, 0x2010)))
BRACKETS = "()[]{}<>〈〉《》「」『』【】〔〕〖〗〘〙〚〛"
QUOTES = "\"'`“”„‟‘’‚‛‹›«»〝〞〟"
MARKUP = "*_\\#|"
DASHES = "‐‑‒–—―−~〜"
# The commonest characters that NFKC changes, put right beforehand: most texts then are in its form,
# which is quick to see, and a search index folds every text of the site.
_COMMON = tuple((chr(ord(c) + 0xFEE0), c) for c in ",:;!?()~%")
_TABLE = {
    **dict.fromkeys(map(ord, BLANKS + INVISIBLE + BRACKETS + QUOTES + MARKUP)),
    **dict.fromkeys(map(ord, DASHES), "-"),
    ord("ς"): "σ",
}


def fold(text: str) -> str:
    """What is compared of a text."""
    for wide, plain in _COMMON:
        text = text.replace(wide, plain)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return text.upper().lower().translate(_TABLE)


def words(query: str) -> tuple[str, ...]:
    """The folded words of a query, each once; all of them must be found."""
    folded = (fold(word) for word in query.split())
    return tuple(dict.fromkeys(word for word in folded if word))
