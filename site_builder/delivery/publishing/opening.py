"""Opening: from the words of `config.yaml` to the target they mean.

Promise: the libraries of a kind of target are loaded only where the target is of that kind.
"""

from __future__ import annotations

from pathlib import Path

from site_builder.delivery.publishing.folder import FolderTarget
from site_builder.delivery.publishing.in_place import InPlaceTarget
from site_builder.delivery.publishing.placing import local
from site_builder.delivery.publishing.remote import RemoteTarget
from site_builder.delivery.publishing.s3 import S3
from site_builder.delivery.publishing.sftp import Sftp
from site_builder.delivery.publishing.share import Share
from site_builder.delivery.publishing.target import OpenTarget
from site_builder.delivery.publishing.zipped import ZipTarget
from site_builder.model.target import Target

IN_PLACE = ("share", "sftp", "s3")  # kinds that cannot be switched at once
COMPRESSED = ("folder", "rsync", "sftp")  # kinds whose servers can answer with compressed files


def target_at(root: Path, target: Target) -> OpenTarget:
    """A target that can be opened; raises Absent where a library is missing."""
    if target.kind == "zip":
        return ZipTarget(local(root, target.path))
    if target.kind == "rsync":
        return RemoteTarget(target, root)
    if target.kind == "share":
        return InPlaceTarget(Share(local(root, target.path)))
    if target.kind == "sftp":
        return InPlaceTarget(Sftp(target, root))
    if target.kind == "s3":
        return InPlaceTarget(S3(target))
    return FolderTarget(local(root, target.path))
