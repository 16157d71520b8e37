"""Phrases, fields and boolean words through Whoosh, over a built site."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from kbtool.errors import NoIndex
from kbtool.search.build import build_index
from kbtool.search.find import Place, find
from kbtool.search.format import index_dir, packed
from tests.search.library import HINDI, document

MORE = [
    document("late", "पैसे देर से आएँ तो", "रिफंड की स्थिति देखें। बैंक को तीन दिन दें।"),
    document("rules", "वापसी के नियम", "सात दिन के अंदर वापसी हो सकती है। रिफंड अलग से मिलता है।"),
]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    folder = tmp_path / "site" / index_dir("hi")
    folder.mkdir(parents=True)
    for name, data in build_index([*HINDI, *MORE], "hi").items():
        (folder / name).write_bytes(data)
    texts = tmp_path / "texts"
    texts.mkdir()
    rows = [{"id": d.id, "title": d.title, "fields": d.fields} for d in [*HINDI, *MORE]]
    (texts / "hi.json").write_bytes(packed(rows))
    return Place(tmp_path / "site", texts, tmp_path / "engine", "hi")


def ids(place: Place, query: str) -> list[str]:
    return [hit.id for hit in find(query, place)]


def test_a_hindi_phrase_wants_its_words_side_by_side(place: Place) -> None:
    assert set(ids(place, '"तीन दिन"')) == {"refund", "late"}
    assert ids(place, '"दिन तीन"') == []
    assert ids(place, '"सात दिन"') == ["rules"]


def test_a_phrase_does_not_reach_over_the_end_of_a_field(place: Place) -> None:
    assert "refund" not in ids(place, '"मिलेगा ऑर्डर"')


def test_title_looks_in_titles_only_and_knows_inflection(place: Place) -> None:
    assert set(ids(place, "title:नियमों")) == {"law", "rules"}
    assert "rules" not in ids(place, "title:रिफंड")


def test_boolean_words_narrow(place: Place) -> None:
    assert set(ids(place, "रिफंड OR पासवर्ड")) == {"refund", "late", "rules", "password"}
    assert set(ids(place, "रिफंड AND बैंक")) == {"late"}
    assert set(ids(place, "रिफंड NOT बैंक")) == {"refund", "rules"}


def test_the_one_ranking_orders_what_is_left(place: Place) -> None:
    plain = [hit for hit in find("रिफंड दिन", place) if hit.id in {"refund", "late", "rules"}]
    narrowed = find("रिफंड AND दिन", place)
    assert [(hit.id, hit.score) for hit in narrowed] == [(hit.id, hit.score) for hit in plain]


def test_plain_words_never_import_whoosh(place: Place) -> None:
    for name in [
        name for name in sys.modules if name.partition(".")[0] == "whoosh" or name == "kbtool.search.engine"
    ]:
        del sys.modules[name]
    assert ids(place, "रिफंड कैसे मिलेगा")[0] == "refund"
    assert "whoosh" not in sys.modules
    ids(place, '"तीन दिन"')
    assert "whoosh" in sys.modules


def test_the_index_of_an_older_build_is_replaced(place: Place) -> None:
    ids(place, '"तीन दिन"')
    (before,) = place.engine.iterdir()
    folder = place.tree / index_dir("hi")
    for name, data in build_index(MORE, "hi").items():
        (folder / name).write_bytes(data)
    rows = [{"id": d.id, "title": d.title, "fields": d.fields} for d in MORE]
    (place.texts / "hi.json").write_bytes(packed(rows))
    assert ids(place, '"तीन दिन"') == ["late"]
    (after,) = place.engine.iterdir()
    assert before != after


def test_words_that_only_change_places_are_found_in_their_new_ones(place: Place) -> None:
    assert "late" in ids(place, '"तीन दिन"')
    texts = (place.texts / "hi.json").read_text(encoding="utf-8")
    (place.texts / "hi.json").write_text(texts.replace("तीन दिन", "दिन तीन"), encoding="utf-8")
    assert ids(place, '"तीन दिन"') == []
    assert "late" in ids(place, '"दिन तीन"')


def test_the_index_of_a_regional_locale_is_left_alone(place: Place) -> None:
    regional = place.engine / "hi-IN-0123456789abcdef"
    regional.mkdir(parents=True)
    ids(place, '"तीन दिन"')
    assert regional.is_dir()


def test_an_index_that_others_may_write_to_is_not_opened(place: Place) -> None:
    ids(place, '"तीन दिन"')
    (folder,) = place.engine.iterdir()
    (folder / "marker").touch()
    folder.chmod(0o777)
    assert "late" in ids(place, '"तीन दिन"')
    assert not (folder / "marker").exists()


def test_it_holds_no_text_that_could_be_read_back(place: Place) -> None:
    ids(place, '"तीन दिन"')
    (folder,) = place.engine.iterdir()
    stored = b"".join(file.read_bytes() for file in folder.iterdir())
    assert "पैसे तीन दिन".encode() not in stored
    assert json.loads((place.texts / "hi.json").read_text(encoding="utf-8"))[0]["fields"]["body"]


def test_missing_texts_say_to_build(place: Place) -> None:
    (place.texts / "hi.json").unlink()
    with pytest.raises(NoIndex):
        find('"तीन दिन"', place)
