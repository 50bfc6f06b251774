"""Fingerprints: what exactly was signed off, as one number.

Promise: one changed byte of a text, a table or an attachment gives another fingerprint; the name
and folder of the file, its line endings and the mark at its beginning do not count, and no later
version of the program reads the same files differently.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import PurePosixPath

from site_builder.sources.texts import plain_text

TEXTS = (".md", ".yaml", ".yml", ".csv")
FIRST_LINE = "site_builder 审签 1"  # the layout of what is counted; another layout needs another
LACKING = "-"


def content_digest(data: bytes, path: str) -> str:
    """SHA-256 of one file: of the characters of a text, of the bytes of anything else."""
    text = plain_text(data) if PurePosixPath(path).suffix.lower() in TEXTS else ""
    return sha256(text.encode("utf-8", "surrogatepass") if text else data).hexdigest()


def fingerprint(
    text: str, *, tables: Iterable[str], attachments: Iterable[tuple[str, str | None]]
) -> str:
    """One number for the digests of a text, its tables, and its attachments by the name that the
    text calls them.
    """
    lines = [FIRST_LINE, f"text {text}"]
    lines += (f"table {digest}" for digest in sorted(tables))
    lines += (f"attachment {digest or LACKING} {name}" for name, digest in sorted(attachments))
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
