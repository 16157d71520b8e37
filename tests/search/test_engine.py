"""Phrases, fields and boolean words through Whoosh, over a built site."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool.errors import KbError
from kbtool.search import seal
from kbtool.search.build import build_index
from kbtool.search.find import Place, find
from kbtool.search.format import index_dir
from kbtool.search.texts import Document
from kbtool.targets.texts import keep_texts
from tests.search.library import HINDI, document

MORE = [
    document("late", "पैसे देर से आएँ तो", "रिफंड की स्थिति देखें। बैंक को तीन दिन दें।"),
    document("rules", "वापसी के नियम", "सात दिन के अंदर वापसी हो सकती है। रिफंड अलग से मिलता है।"),
]
PHRASE = '"तीन दिन"'


def publish(place: Place, documents: list[Document]) -> None:
    folder = place.tree / index_dir("hi")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in build_index(documents, "hi").items():
        (folder / name).write_bytes(data)
    keep_texts({"hi": documents}, place.texts)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "site", tmp_path / "texts", tmp_path / "engine", "hi")
    publish(made, [*HINDI, *MORE])
    return made


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for the secret of this test alone."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "kbtool"


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
    ids(place, PHRASE)
    (before,) = place.engine.iterdir()
    publish(place, MORE)
    assert ids(place, PHRASE) == ["late"]
    (after,) = place.engine.iterdir()
    assert before != after


def test_words_that_only_change_places_are_found_in_their_new_ones(place: Place) -> None:
    assert "late" in ids(place, PHRASE)
    late = document("late", MORE[0].title, MORE[0].fields["body"].replace("तीन दिन", "दिन तीन"))
    publish(place, [*HINDI, late])
    assert ids(place, PHRASE) == ["refund"]
    assert ids(place, '"दिन तीन"') == ["late"]


def test_what_a_killed_process_was_writing_is_removed(place: Place) -> None:
    place.engine.mkdir()
    left_over = place.engine / ".hi-0123456789abcdef.index.0123456789abcdef.new"
    left_over.touch()
    ids(place, '"तीन दिन"')
    assert not left_over.exists()
    assert len(list(place.engine.iterdir())) == 1


def test_the_index_of_a_regional_locale_is_left_alone(place: Place) -> None:
    place.engine.mkdir()
    regional = place.engine / "hi-IN-0123456789abcdef.index"
    regional.touch()
    ids(place, PHRASE)
    assert regional.exists()


def test_it_holds_no_text_that_could_be_read_back(place: Place) -> None:
    ids(place, PHRASE)
    (sealed,) = place.engine.iterdir()
    assert "पैसे तीन दिन".encode() not in sealed.read_bytes()
    (texts,) = place.texts.iterdir()
    assert "पैसे तीन दिन".encode() in texts.read_bytes()


def test_missing_and_damaged_texts_say_to_build(place: Place) -> None:
    (texts,) = place.texts.iterdir()
    for data, what in ((b"[]", "damaged"), (None, "missing")):
        texts.unlink() if data is None else texts.write_bytes(data)
        with pytest.raises(KbError, match=what) as caught:
            find(PHRASE, place)
        assert "kbtool build" in caught.value.help


def test_an_index_is_built_once_and_only_read_after_that(place: Place, state: Path) -> None:
    ids(place, PHRASE)
    assert (state / "seal.key").is_file()
    (sealed,) = place.engine.iterdir()
    before = sealed.stat()
    (texts,) = place.texts.iterdir()
    texts.unlink()
    assert set(ids(place, PHRASE)) == {"refund", "late"}
    assert sealed.stat().st_mtime_ns == before.st_mtime_ns
    assert before.st_mode & 0o777 == 0o600
    assert place.engine.stat().st_mode & 0o777 == 0o700


def test_nothing_is_stored_where_no_secret_can_be_kept(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert set(ids(place, PHRASE)) == {"refund", "late"}
    assert not place.engine.exists()


def test_nor_where_the_folder_cannot_be_written(place: Place) -> None:
    place.engine.touch()
    assert set(ids(place, PHRASE)) == {"refund", "late"}


def test_whoosh_writes_nothing_outside(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    ids(place, PHRASE)
    assert list((tmp_path / "tmp").iterdir()) == []


class Crafted:
    """Runs a command when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch {self.marker}",)


def real_and_crafted(place: Place, marker: Path) -> dict[str, bytes]:
    """A real index whose schema is replaced by what runs a command; the layout is right."""
    (sealed,) = place.engine.iterdir()
    key = seal.secret()
    assert key
    files = seal.unsealed(sealed, key)
    assert files
    (toc,) = (name for name in files if name.endswith(".toc"))
    start = files[toc].index(b"\x80")  # of the pickled schema
    return {**files, toc: files[toc][:start] + pickle.dumps(Crafted(marker)) + files[toc][start:]}


def test_the_crafted_index_does_run_code_where_whoosh_opens_it(place: Place, tmp_path: Path) -> None:
    """Otherwise the next tests prove nothing."""
    from kbtool.search.engine import open_sealed

    marker = tmp_path / "marker"
    ids(place, PHRASE)
    files = real_and_crafted(place, marker)
    key = seal.secret()
    assert key
    (sealed,) = place.engine.iterdir()
    sealed.write_bytes(seal.sealed(sealed.name, files, key))
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever Whoosh makes of it
        open_sealed(sealed, key)
    assert marker.exists()


@pytest.mark.parametrize("way", ["no seal", "wrong key", "another name", "seal of another"])
def test_a_crafted_index_runs_no_code(place: Place, tmp_path: Path, way: str) -> None:
    marker = tmp_path / "marker"
    ids(place, PHRASE)
    (sealed,) = place.engine.iterdir()
    key, right = seal.secret(), sealed.read_bytes()
    assert key
    files = real_and_crafted(place, marker)
    made = seal.sealed(sealed.name, files, key)
    sealed.write_bytes(
        {
            "no seal": bytes(seal.SEAL_BYTES) + made[seal.SEAL_BYTES :],
            "wrong key": seal.sealed(sealed.name, files, b"k" * seal.KEY_BYTES),
            "another name": seal.sealed("en-0123456789abcdef.index", files, key),
            "seal of another": right[: seal.SEAL_BYTES] + made[seal.SEAL_BYTES :],
        }[way]
    )
    assert set(ids(place, PHRASE)) == {"refund", "late"}
    assert not marker.exists()
    assert sealed.read_bytes() != made, "built again"


def test_a_folder_of_whoosh_is_never_opened(place: Place, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    ids(place, PHRASE)
    (sealed,) = place.engine.iterdir()
    files = real_and_crafted(place, marker)
    sealed.unlink()
    for folder in (sealed, sealed.with_suffix("")):
        folder.mkdir()
        (folder / "complete").touch()
        for name, data in files.items():
            (folder / name).write_bytes(data)
    assert set(ids(place, PHRASE)) == {"refund", "late"}
    assert not marker.exists()
    assert [path.is_file() for path in place.engine.iterdir()] == [True], "replaced, and removed"


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_one_that_others_may_write_to_is_built_again(place: Place, mode: int) -> None:
    ids(place, PHRASE)
    (sealed,) = place.engine.iterdir()
    sealed.chmod(mode)
    assert set(ids(place, PHRASE)) == {"refund", "late"}
    assert sealed.stat().st_mode & 0o777 == 0o600


def answers(place: Place, many: int) -> list[list[str]]:
    """In a process of its own: the answers while the index is removed again and again."""
    found = []
    for _ in range(many):
        for sealed in place.engine.glob("*.index"):
            sealed.unlink(missing_ok=True)
        found.append(sorted(ids(place, PHRASE)))
    return found


def test_two_processes_that_build_it_at_once_both_answer(place: Place) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        # One that raises what cannot be pickled would be waited for without end.
        both = pool.starmap_async(answers, [(place, 15), (place, 15)]).get(timeout=60)
    assert both == [[["late", "refund"]] * 15] * 2
    assert len(list(place.engine.iterdir())) <= 1, "nothing half is left"
