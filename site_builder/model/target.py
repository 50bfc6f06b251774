"""Targets: the places a site is published to.

Promise: what `config.yaml` may say of a target stands here; no password ever does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from site_builder.model.fields import Origin, clerk, origin_field

TargetKind = Literal["folder", "share", "zip", "rsync", "sftp", "s3"]

ON_DISKS: tuple[TargetKind, ...] = ("folder", "share", "zip")  # as this machine sees them

# What each kind cannot do without.
NEEDED: dict[TargetKind, tuple[str, ...]] = {
    "folder": ("path",),
    "share": ("path",),
    "zip": ("path",),
    "rsync": ("path", "host"),
    "sftp": ("path", "host"),
    "s3": ("bucket",),
}


@dataclass(frozen=True, slots=True)
class Target:
    """One place the site is published to."""

    name: str = clerk("name", about="名称，发布时输入它；小写字母、数字和连字符")
    kind: TargetKind = clerk(
        "kind",
        about="folder 是网站服务器上的文件夹（整体切换），share 是不能整体切换的共享文件夹，"
        "zip 是压缩包，rsync 和 sftp 经 ssh 送到服务器，s3 是对象存储",
    )
    path: str = clerk("path", "", about="目标文件夹；s3 是网址前面的一段，可以空着")
    host: str = clerk("host", "", about="rsync、sftp 的服务器")
    port: int = clerk("port", 22, about="rsync、sftp 的端口")
    user: str = clerk("user", "", about="rsync、sftp 的用户名")
    key: str = clerk("key", "", about="登录用的 ssh 私钥文件；密码不写在这里")
    known_hosts: str = clerk(
        "known_hosts", "", about="记着服务器主机密钥的文件，不写就用 ssh 自己的"
    )
    bucket: str = clerk("bucket", "", about="s3 的存储桶")
    endpoint: str = clerk("endpoint", "", about="s3 的服务地址")
    region: str = clerk("region", "", about="s3 的地域")
    keep: int = clerk("keep", 5, about="保留几个版本，供退回")
    sign: str = clerk("sign", "", about="给发布清单签名用的 ssh 私钥文件，不写就不签名")
    origin: Origin = origin_field()
