"""Media types: what a browser is told a file is, by the end of its name.

Promise: the same on every machine; nothing is taken from the tables of the system.
"""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
CHARSET = "; charset=utf-8"

# .ofd and the formats of WPS have no registered type: browsers offer them by their names.
TYPES = {
    ".7z": "application/x-7z-compressed",
    ".bmp": "image/bmp",
    ".css": "text/css",
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".dps": UNKNOWN,
    ".et": UNKNOWN,
    ".gif": "image/gif",
    ".html": "text/html",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".ofd": UNKNOWN,
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rar": "application/vnd.rar",
    ".rtf": "application/rtf",
    ".svg": "image/svg+xml",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".wps": UNKNOWN,
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


def media_type(path: str) -> str:
    """What a file is, without its charset."""
    return TYPES.get(f".{path.rpartition('.')[2].lower()}", UNKNOWN)


def content_type(path: str) -> str:
    """The same as a server says it."""
    kind = media_type(path)
    return f"{kind}{CHARSET}" if kind.startswith("text/") else kind
