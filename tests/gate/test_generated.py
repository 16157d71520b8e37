from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pymdownx.keymap_db import keymap

from kbtool.config import load
from kbtool.gate.generated import FORMATS, HTML, KEYS, LISTS, generated, stems
from kbtool.gate.words import needles, windows, words
from kbtool.render.sanitise import ATTRIBUTES, TEXT_TAGS
from kbtool.search.build import build_index
from kbtool.search.format import MANIFEST
from kbtool.search.texts import Document
from tests.conftest import Kb

SEARCH = Path(__file__).parents[2] / "search"
LANGUAGES = sorted({path.name.split(".")[1] for name in LISTS for path in SEARCH.glob(f"{name}.*.txt")})


def test_tags_and_attributes_that_an_article_may_use_are_known() -> None:
    names = [*TEXT_TAGS.split(), *ATTRIBUTES, *(name for listed in ATTRIBUTES.values() for name in listed)]
    told = {word for word in needles(words(" ".join(names))) if re.fullmatch("[a-z]+", word)}
    assert told <= set(HTML.split())


def test_names_of_keys_are_known() -> None:
    told = set(needles(words(" ".join(keymap.values()))))
    assert told <= {*KEYS.split(), *(f"f{number}" for number in range(1, 25))}


def index_of(locale: str, *bodies: str) -> dict[str, bytes]:
    fields = [{"title": "", "body": body} for body in bodies]
    return build_index(
        [Document(f"{n}", "", "", "", "", "public", texts) for n, texts in enumerate(fields)], locale
    )


def told(found: str) -> set[str]:
    return {word for word in needles(words(found)) if not re.search(r"\d", word)}


def test_names_of_files_and_keys_of_an_index_are_known() -> None:
    files = index_of("en", "Refund")
    manifest = json.loads(files[MANIFEST])
    named = [json.loads(files[name]) for name in manifest["files"].values() if name]
    tables: list[dict[str, Any]] = [manifest, manifest["files"], manifest["lengths"]]
    tables += [value for value in named if isinstance(value, dict)]
    keys = {key for table in tables for key in table}
    assert {"requests", "words", "passages", "classes", "sentence"} <= keys
    kinds = {re.split("[-.]", name)[0] for name in files}
    assert {"passages", "manifest"} < kinds
    assert told(" ".join([*keys, *kinds])) <= set(FORMATS.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_lists_in_an_index_are_known(
    kb: Kb, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """A protected text with one of them would stop every build."""
    monkeypatch.chdir(kb.root)
    kb.settings(f"locales: {{{language}: X}}\narticles: {{defaults: {{audience: public}}}}")
    config, problems = load(kb.root / "mkdocs.yml", {})
    assert config, problems
    listed = (SEARCH / f"thesaurus.{language}.txt").is_file()
    every = (SEARCH / f"thesaurus.{language}.txt").read_text(encoding="utf-8") if listed else ""
    first = " ".join(line.split()[0] for line in every.splitlines() if line.strip())
    files = index_of(language, first)
    (name,) = (name for name in files if name.startswith("words-"))
    value = json.loads(files[name])
    groups = [member for group in value["thesaurus"] for member in group if isinstance(member, str)]
    assert len(groups) > 100 if listed else groups == []
    texts = [text for text in generated(config) if "<" not in text]
    known = {word for text in texts for word in words(text)}
    known |= set(windows(known))
    written = told(" ".join([value["light"], *groups]))
    parts = {word for word in written if not word.isascii() and any(word in one for one in known)}
    assert written - known - parts == set()
    assert language in {"ja", "ko", "th", "zh"} or len(written) > 10


PUBLIC = {
    "en": "You **sent** orders, began tying parcels; the happiest children mistook it.",
    "hi": "किताबों के नियमों में वापसियाँ और refunds हैं।",
    "ar": "والكتاب بالمدرسة المكتبات",
    "tr": "kitaplarımızdan İstanbul'daki siparişlerimizi",
    "zh": "退款refunds，我sent了parcels、支付宝",
    "de": "Häuser Bestellungen Erstattungsbeträge",
}


@pytest.mark.parametrize("locale", PUBLIC)
def test_stems_and_their_changes_in_an_index_are_known(locale: str) -> None:
    text = PUBLIC[locale].replace("*", "")
    files = index_of(locale, text)
    (name,) = (name for name in files if name.startswith("words-"))
    value = json.loads(files[name])
    shards = [json.loads(data) for name, data in files.items() if name.startswith("postings-")]
    written = {*value["stems"].split(), *(stem for shard in shards for stem in shard)}
    public = set(words(text))
    made = {word for found in stems([(text, "")], [locale]) for word in words(found)}
    assert set(needles(words(" ".join(written)))) <= public | made
    assert made - public, "otherwise this tells nothing"


def test_stems_of_a_locale_that_the_site_does_not_have_are_not_known() -> None:
    assert any("haus" in found.split() for found in stems([("Häuser", "")], ["de"]))
    assert not any("haus" in found.split() for found in stems([("Häuser", "")], ["hi"]))


def test_an_article_is_in_the_index_of_its_own_locale_only() -> None:
    texts = [("Häuser", "de")]
    assert list(stems(texts, ["de", "en"])) == list(stems([("Häuser", "")], ["de"]))
    assert list(stems(texts, ["hi"])) == []
