"""Names of files and folders: which of them every machine and every address can hold.

Promise: a name that passes here can be saved on Windows, on Linux and in a web address without
becoming another name on the way.
"""

from __future__ import annotations

import unicodedata

FORBIDDEN = '<>:"|?*\\'
RESERVED = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"]
    + [f"{port}{digit}" for port in ("COM", "LPT") for digit in "123456789¹²³"]
)
LEFTOVER_NAMES = frozenset({"thumbs.db", "desktop.ini"})
LEFTOVER_ENDINGS = (".tmp", ".bak", "~")


def is_leftover(name: str, *, folder: bool) -> bool:
    """Whether a name belongs to an editor, to WPS or to the system, and not to the content."""
    if name.startswith("."):
        return True
    lower = name.lower()
    return not folder and (
        lower.startswith("~$") or lower in LEFTOVER_NAMES or lower.endswith(LEFTOVER_ENDINGS)
    )


def faults(name: str) -> tuple[tuple[str, str], ...]:
    """What is wrong with one name: (message, hint) each, the hint empty where none is special."""
    found = (_hidden(name), _forbidden(name), _ending(name), _reserved(name), _unnormalised(name))
    return tuple(fault for fault in found if fault)


def shown(name: str) -> str:
    """The name with its unprintable characters written out, fit for any screen and any file."""
    return name if name.isprintable() else "".join(_shown(char) for char in name)


def folded(name: str) -> str:
    """A key that two names share when Windows or a reader takes one for the other."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _hidden(name: str) -> tuple[str, str] | None:
    hidden = [] if name.isprintable() else [char for char in name if _is_hidden(char)]
    if not hidden:
        return None
    codes = "、".join(f"U+{ord(char):04X}" for char in hidden[:5])
    return f"名称“{shown(name)}”里有看不见的字符（{codes}）", "把名称整个删掉，重新输入一遍。"


def _forbidden(name: str) -> tuple[str, str] | None:
    bad = [char for char in FORBIDDEN if char in name]
    if not bad:
        return None
    return f"名称“{shown(name)}”里有 Windows 不允许的字符 {' '.join(bad)}", ""


def _ending(name: str) -> tuple[str, str] | None:
    if not name.endswith((".", " ")):
        return None
    what = "空格" if name.endswith(" ") else "句点"
    return f"名称“{shown(name)}”以{what}结尾，Windows 会把它去掉", ""


def _reserved(name: str) -> tuple[str, str] | None:
    stem = name.split(".", 1)[0].rstrip(" ").upper()
    if stem not in RESERVED:
        return None
    return f"“{stem}”是 Windows 保留的设备名，不能作文件或文件夹的名称", ""


def _unnormalised(name: str) -> tuple[str, str] | None:
    if unicodedata.is_normalized("NFC", name):
        return None
    return (
        f"名称“{shown(name)}”里的字由几个码拼成（不是 NFC 形式），换一台电脑会被当成另一个名称",
        f"把名称删掉重新输入：{shown(unicodedata.normalize('NFC', name))}",
    )


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _shown(char: str) -> str:
    if not _is_hidden(char):
        return char
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a name that is not UTF-8, as os.scandir keeps it
        return f"\\x{code - 0xDC00:02X}"
    return f"\\u{code:04X}"
