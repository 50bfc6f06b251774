"""Compressed companions: `page.html.gz`, and `.br` where the brotli library is installed.

Promise: the same file gives the same bytes whenever it is compressed.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from importlib.util import find_spec

TEXTS = (".html", ".css", ".js", ".json", ".xml", ".csv", ".svg", ".txt", ".md")
LEAST = 512  # bytes below which a compressed answer is no faster

Compress = Callable[[bytes], bytes]


def compressed(path: str, content: bytes) -> tuple[tuple[str, Compress], ...]:
    """The endings and ways in which a file is worth compressing."""
    if not path.endswith(TEXTS) or len(content) < LEAST:
        return ()
    if find_spec("brotli") is None:
        return ((".gz", _gzip),)
    return ((".gz", _gzip), (".br", _brotli))


def _gzip(content: bytes) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as stream:
        stream.write(content)
    return packed.getvalue()


def _brotli(content: bytes) -> bytes:
    import brotli  # an optional extra

    return bytes(brotli.compress(content, quality=11))
