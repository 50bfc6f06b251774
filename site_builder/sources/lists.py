"""Lists: what every document is held to by itself.

Promise: the configuration, the lists of words that come with the product and the bureau's own are
all that the checks of one document need.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from site_builder.model.library import Library
from site_builder.model.site import SiteConfig
from site_builder.model.wording import OwnWords
from site_builder.sources.files import read_bytes
from site_builder.sources.forms import load_citations, load_wrong_words
from site_builder.sources.records import read_record

OWN_WORDS = "content/用词.yaml"


def load_lists(root: Path, config: SiteConfig) -> Library:
    """A library of the lists alone; what is wrong with them is told by those who load all."""
    data, missing = read_bytes(root, OWN_WORDS)
    own = None if missing else read_record(OwnWords, data, path=OWN_WORDS).record
    return Library(
        config=config,
        as_of=date.min,
        wrong_words=load_wrong_words(),
        own_words=own.words if own else (),
        citations=load_citations(),
    )
