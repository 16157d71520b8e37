from __future__ import annotations

import re

from pymdownx.keymap_db import keymap

from kbtool.gate.generated import HTML, KEYS
from kbtool.gate.words import needles, words
from kbtool.render.sanitise import ATTRIBUTES, TEXT_TAGS


def test_tags_and_attributes_that_an_article_may_use_are_known() -> None:
    names = [*TEXT_TAGS.split(), *ATTRIBUTES, *(name for listed in ATTRIBUTES.values() for name in listed)]
    told = {word for word in needles(words(" ".join(names))) if re.fullmatch("[a-z]+", word)}
    assert told <= set(HTML.split())


def test_names_of_keys_are_known() -> None:
    told = set(needles(words(" ".join(keymap.values()))))
    assert told <= {*KEYS.split(), *(f"f{number}" for number in range(1, 25))}
