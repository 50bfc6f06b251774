"""The guard before a workbook: a zip archive → the parts a reader of tables needs.

Promise: nothing larger than the limits is ever unpacked, and what comes out was unpacked here,
by the sizes and checksums the archive states.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MIB = 1024 * 1024
MAX_MEMBERS = 200
MAX_UNPACKED = 64 * MIB
MAX_RATIO = 200  # tolerated above it: members of up to 1 MiB, which a few spaces may fill
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NEEDED_ENDINGS = (".xml", ".rels")
WORKBOOK, WORD = "xl/workbook.xml", "word/document.xml"
ENDINGS = {WORKBOOK: "xlsx", WORD: "docx"}
OLDER = {WORKBOOK: ".xls、.et", WORD: ".doc、.wps"}
_END = struct.Struct("<4s4H2LH")  # end of central directory, as the zip format describes it

SIGNS_OF_OTHERS = (
    (WORKBOOK, ".xlsx 工作簿"),
    (WORD, "Word 文档"),
    ("ppt/presentation.xml", "演示文稿"),
    ("xl/workbook.bin", ".xlsb 格式的工作簿"),
    ("mimetype", ".ods 格式的表格"),
)


class UnfitError(Exception):
    """Why a file cannot be read as a workbook; `read_workbook` makes a problem of it."""


def unpack(data: bytes, main: str = WORKBOOK) -> dict[str, bytes]:
    """The XML parts of a workbook, or of the document whose main part is named, by lower name.

    Raises UnfitError with the reason in Chinese: another kind of file, encrypted, damaged, more
    than 200 members, more than 64 MiB unpacked, or a member packed more than 200 times.
    """
    import zipfile

    _check_start(data, main)
    _check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, main)
            return {info.filename.lower(): _unpacked(archive, info) for info in _needed(members)}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, struct.error) as error:
        raise UnfitError("文件已经损坏，打不开") from error
    except (ValueError, RuntimeError) as error:
        raise UnfitError("文件的压缩方式不是 Office 或 WPS 使用的") from error


def pack(parts: dict[str, bytes]) -> bytes:
    """The parts as an archive of its own, uncompressed."""
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _check_start(data: bytes, main: str) -> None:
    ending = ENDINGS[main]
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnfitError("文件设了打开密码（加密）")
        raise UnfitError(f"这不是 {ending}，是旧版 {OLDER[main]} 或别的 Office 文件")
    if not data:
        raise UnfitError("文件是空的")
    if data.lstrip()[:1] == b"<":
        raise UnfitError(f"这不是 {ending}，其实是网页或 XML，只是名称像 {ending}")
    if not data.startswith(b"PK\x03\x04"):
        raise UnfitError(f"这不是 {ending} 文件，或者文件已经损坏")


def _check_directory(data: bytes) -> None:
    """Refuse a long list of members before it is read."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or len(data) - at < _END.size:
        raise UnfitError("文件不完整，可能没有复制或下载完")
    _, _, _, _, count, size, _, _ = _END.unpack_from(data, at)
    if count > MAX_MEMBERS or size > MIB or data[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        raise UnfitError(f"文件里的部件太多，超过 {MAX_MEMBERS} 个")


def _check_members(members: list[ZipInfo], main: str) -> None:
    names = {info.filename.lower() for info in members}
    if len(members) > MAX_MEMBERS:
        raise UnfitError(f"文件里的部件太多，超过 {MAX_MEMBERS} 个")
    if len(names) != len(members):
        raise UnfitError("文件已经损坏，有重名的部件")
    if any(info.flag_bits & 1 for info in members):
        raise UnfitError("文件设了密码（加密）")
    if main not in names:
        kind = next((kind for sign, kind in SIGNS_OF_OTHERS if sign in names), "普通的压缩包")
        raise UnfitError(f"这不是 {ENDINGS[main]}，其实是{kind}")
    if sum(info.file_size for info in members) > MAX_UNPACKED:
        raise UnfitError(f"解压后过大，超过 {MAX_UNPACKED // MIB} MB")
    if any(_is_bomb(info) for info in members):
        raise UnfitError("解压后过大，压缩的倍数很不正常")


def _is_bomb(info: ZipInfo) -> bool:
    return info.file_size > MIB and info.file_size > MAX_RATIO * info.compress_size


def _needed(members: list[ZipInfo]) -> list[ZipInfo]:
    return [info for info in members if info.filename.lower().endswith(NEEDED_ENDINGS)]


def _unpacked(archive: ZipFile, info: ZipInfo) -> bytes:
    content = archive.read(info)
    if len(content) != info.file_size:
        raise UnfitError("文件已经损坏，部件的长度不对")
    return content
