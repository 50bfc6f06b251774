"""Publishing in tests: a small site with targets, published as the command does it.

Promise: every publication has a moment of its own, so that releases stand in their order.
"""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

from site_builder.delivery.publishing.manifest import Difference
from site_builder.delivery.publishing.publish import publish, roll_back
from site_builder.delivery.publishing.saying import Order, Published, Shown, Step
from site_builder.delivery.publishing.target import Holder
from site_builder.model.target import Target
from site_builder.pipeline import Site
from site_builder.problems import errors
from site_builder.sources.config import load_config
from tests.sites import AS_OF, SMALL, another, copy_of

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
HOLDER = Holder("录入员（电脑）", "2024-06-01 09:00:00", "a" * 32)
_moments = count(1)


def site_with(folder: Path, **target: object) -> Site:
    """The golden site with one target."""
    site = copy_of(SMALL, folder)
    add_target(site, **target)
    return site


def add_target(site: Site, **target: object) -> None:
    """One more line under `publish` of config.yaml."""
    config = site.root / "config.yaml"
    text = config.read_text("utf-8")
    if "\npublish:\n" not in text:
        text += "publish:\n"
    config.write_text(f"{text}  - {json.dumps(target, ensure_ascii=False)}\n", "utf-8")


def target_of(site: Site, name: str = "web") -> Target:
    config, problems = load_config(site.root)
    assert config is not None, problems
    return next(target for target in config.publish if target.name == name)


def order(holder: Holder = HOLDER, *, is_dry: bool = False, allowed: int | None = None) -> Order:
    """A publication of the usual day, later than every one before."""
    return Order(AS_OF, f"20240601-{next(_moments):06}", holder, is_dry, allowed)


def published(site: Site, name: str = "web", *, asked: Order | None = None) -> Published:
    """Publish; what was told before is left out."""
    return told(site, name, asked=asked)[0]


def told(
    site: Site, name: str = "web", *, asked: Order | None = None
) -> tuple[Published, list[Difference]]:
    """Publish, and what was shown before anything was sent."""
    shown: list[Difference] = []

    def tell(now: Shown | Step) -> None:
        if isinstance(now, Shown):
            shown.append(now.difference)

    done = publish(
        site,
        target_of(site, name),
        order=asked or order(),
        tell=tell,
    )
    return done, shown


def rolled_back(site: Site, name: str = "web") -> Published:
    return roll_back(site, target_of(site, name), order=order())


def edit(site: Site, text: str) -> None:
    """Give the notice another sentence; every call replaces the one before."""
    source = (SMALL / NOTICE).read_text("utf-8")
    (site.root / NOTICE).write_text(source.rstrip("\n") + f"\n\n{text}\n", "utf-8")


def add_notices(site: Site, number: int) -> None:
    text = (SMALL / NOTICE).read_text("utf-8")
    for one in range(2, number + 2):
        made = another(text, f"TZ-2024-{one:03}")
        (site.root / NOTICE).with_name(f"第{one}份.md").write_text(made, "utf-8")


def code(done: Published) -> list[str]:
    """The codes of what stopped a publication."""
    return [problem.code for problem in errors(done.problems)]
