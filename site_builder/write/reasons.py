"""Reasons: what the system says of a disk or a network, in a clerk's words.

Promise: no English sentence of the system is shown; what has no words here has its number.
"""

from __future__ import annotations

from errno import (
    EACCES,
    EBUSY,
    EDQUOT,
    EEXIST,
    EFBIG,
    EHOSTDOWN,
    EHOSTUNREACH,
    EIO,
    EISDIR,
    ENAMETOOLONG,
    ENETUNREACH,
    ENOENT,
    ENOSPC,
    ENOTCONN,
    ENOTDIR,
    EPERM,
    EROFS,
    ESTALE,
    ETIMEDOUT,
)

TAKEN = "那里已经有一个同名的文件或文件夹"
OPEN = "没有写入权限，或者文件正被别的程序打开"
AWAY = "那台电脑连不上了，请检查网络和共享文件夹"
REASONS = {
    EACCES: OPEN,
    EBUSY: "文件正被别的程序使用",
    EDQUOT: "磁盘配额已满",
    EEXIST: TAKEN,
    EFBIG: "文件太大",
    EHOSTDOWN: AWAY,
    EHOSTUNREACH: AWAY,
    EIO: "磁盘读写出错，或者网络断开了",
    EISDIR: TAKEN,
    ENAMETOOLONG: "名称太长",
    ENETUNREACH: AWAY,
    ENOENT: "没有这个文件或文件夹",
    ENOSPC: "磁盘已满",
    ENOTCONN: AWAY,
    ENOTDIR: TAKEN,
    EPERM: OPEN,
    EROFS: "磁盘只能读，不能写",
    ESTALE: AWAY,
    ETIMEDOUT: AWAY,
}
# Windows' own numbers for a network that has gone, or a path it finds too long.
REASONS_OF_WINDOWS = {
    53: AWAY,
    59: AWAY,
    64: AWAY,
    67: AWAY,
    121: AWAY,
    206: "名称太长",
    1231: AWAY,
    1314: "没有建立链接的权限",
}


def reason_of(error: OSError) -> str:
    """Why a file could not be had or written."""
    windows = REASONS_OF_WINDOWS.get(getattr(error, "winerror", None) or 0)
    return windows or REASONS.get(error.errno or 0, f"系统错误号 {error.errno}")
