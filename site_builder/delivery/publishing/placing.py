"""Placing: whether a target on this machine's disks may stand where `config.yaml` says.

Promise: a site is never published over its own sources or output, nor into a folder from which
readers could reach what is not public.
"""

from __future__ import annotations

from pathlib import Path

from site_builder.delivery.publishing.target import Unreachable
from site_builder.model.target import ON_DISKS, Target
from site_builder.pipeline import Site
from site_builder.problems import Problem
from site_builder.rules.targets import faults_of

OWN = ("content", "output", "templates", "schemas", ".cache")


def misplaced(site: Site, target: Target) -> tuple[Problem, ...]:
    """C321 for what its words lack, and for a folder that is the site's own."""
    faults = tuple(faults_of(target))
    if faults or target.kind not in ON_DISKS:
        return faults
    try:
        reason = _reason(site.root.resolve(), local(site.root, target.path).resolve(), target)
    except Unreachable as nobodys_home:
        reason = str(nobodys_home)
    return (Problem("C321", target.origin.at("path"), reason, hint=_HINT),) if reason else ()


_HINT = "写网站文件夹以外的文件夹，例如 ../网站，或者服务器上的共享文件夹。"


def local(root: Path, name: str) -> Path:
    """A path of `config.yaml` on this machine; raises Unreachable where it means nobody's home."""
    try:
        return root / Path(name).expanduser()
    except RuntimeError:
        raise Unreachable(f"这台电脑上没有 {name.partition('/')[0]} 这个用户") from None


def _reason(root: Path, place: Path, target: Target) -> str:
    said = f"发布目标“{target.name}”的 path"
    if place == root:
        return f"{said} 就是网站的文件夹，内容和网页会混在一起"
    inner = place.relative_to(root).parts[0] if place.is_relative_to(root) else ""
    if inner.casefold() in OWN:  # a disk may not tell capitals apart
        return f"{said} 在网站自己的 {inner} 里面"
    if target.kind == "share" and root.is_relative_to(place):
        return f"{said} 里面有这个网站的文件夹，没有公开的内容也会放到网上"
    return ""
