"""The configuration: `config.yaml` → SiteConfig.

Promise: without one that can be understood there is no site, and every reason why is told.
"""

from __future__ import annotations

from pathlib import Path

from site_builder.model.site import SiteConfig
from site_builder.problems import Place, Problem, errors
from site_builder.sources.decode import decode
from site_builder.sources.files import read_bytes
from site_builder.sources.texts import read_text
from site_builder.sources.yaml_reader import read_yaml


def load_config(root: Path) -> tuple[SiteConfig | None, tuple[Problem, ...]]:
    """`config.yaml`, or None with every reason why not."""
    path = "config.yaml"
    if not (root / path).is_file():
        return None, (_no_site(root, path),)
    data, problems = read_bytes(root, path)
    text, text_problems = read_text(data, path)
    value, value_problems = read_yaml(text, path)
    problems += text_problems + value_problems
    if value is None or errors(problems):
        return None, problems
    config, found = decode(SiteConfig, value, family="C")
    return config, problems + found


def _no_site(root: Path, path: str) -> Problem:
    hint = ""
    if (root / f"{path}.txt").is_file():  # as Notepad saves it where endings are not shown
        hint = f"文件名成了“{path}.txt”，改成“{path}”（要先让资源管理器显示扩展名）。"
    return Problem("C104", Place(path), "这里没有 config.yaml，不是一个网站文件夹", hint=hint)
