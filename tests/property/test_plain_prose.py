"""The short way to HTML gives, to the byte, what Python-Markdown and the sanitiser give."""

from __future__ import annotations

import os
import subprocess
import sys

from site_builder.render.markdown_prose import markdown_prose
from site_builder.render.plain_prose import plain_prose
from site_builder.render.prose import TARGET
from tests.property.prose_bodies import bodies, originals

# PROSE_BODIES=100000 for the long run, with PROSE_SEED for other bodies.
COUNT = int(os.environ.get("PROSE_BODIES", "3000"))
SEED = int(os.environ.get("PROSE_SEED", "2017"))
LINKS = {"编号:TZ-1": "../wj/tz-1.html", "附件/2024/表(一).csv": "../fj/2024/%E8%A1%A8.csv"}


def test_after_any_slips_both_ways_give_the_same_bytes() -> None:
    plain = 0
    for body in bodies(COUNT, seed=SEED):
        text = linked(body)
        whole = markdown_prose(text, shortcuts=False)
        assert markdown_prose(text) == whole, repr(text)
        short = plain_prose(text)
        assert short in (None, whole), repr(text)
        plain += short is not None
    assert plain > COUNT / 4, "hardly any body went the short way: this test has tested nothing"


def test_the_bodies_of_real_pages_go_the_short_way() -> None:
    texts = [linked(text) for text in originals()]
    assert sum(plain_prose(text) is None for text in texts) < len(texts) / 4


def test_a_plain_body_does_not_load_markdown() -> None:
    lines = (
        "import sys",
        "from site_builder.render.prose import prose",
        "prose('## 一\\n\\n- 甲\\n\\n| a | b |\\n| --- | --- |\\n| **c** | d |\\n', {})",
        "assert not {'markdown', 'nh3'} & set(sys.modules)",
    )
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True)


def linked(text: str) -> str:
    """A body as it is when its links have found their addresses."""
    return TARGET.sub(lambda found: found[1] + LINKS.get(found[2], "../wj/a.html"), text)
