from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from kbtool.lang import generate, tables

ROOT = Path(__file__).parents[2]
COMMITTED = {name: getattr(tables, name) for name in ("UNICODE", "CLASS_RUNS", "FOLD_RUNS", "FOLD_WORDS")}

same_unicode = pytest.mark.skipif(
    unicodedata.unidata_version != tables.UNICODE,
    reason=f"this Python knows Unicode {unicodedata.unidata_version}, the tables hold {tables.UNICODE}",
)


@same_unicode
def test_committed_tables_are_what_this_python_generates() -> None:
    assert generate.tables() == COMMITTED


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("kbtool/lang/tables.py", generate.python_source),
        ("theme/source/tables.js", generate.script_source),
    ],
)
def test_both_files_hold_the_same_data(path: str, source: generate.Source) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == source(COMMITTED)


def test_the_script_can_be_read_back() -> None:
    script = (ROOT / "theme/source/tables.js").read_text(encoding="utf-8")
    found = {
        name: "".join(re.findall(r'"([^"]*)"', text))
        for name, text in re.findall(r"export const (\w+) =\s([^;]*);", script)
    }
    assert found == COMMITTED


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (35, "z"), (36, "10"), (-37, "-11"), (0x10FFFF, "nvnj")]
)
def test_base36(number: int, text: str) -> None:
    assert generate.base36(number) == text
    assert int(text, 36) == number


def test_quoted_pieces_make_the_text_again() -> None:
    text = "abc def " * 50
    pieces = generate.quoted(text, width=10)
    assert all(len(piece) <= 12 for piece in pieces)
    assert "".join(piece.strip('"') for piece in pieces) == text


def test_main_writes_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kbtool/lang").mkdir(parents=True)
    (tmp_path / "theme/source").mkdir(parents=True)
    monkeypatch.setattr(generate, "__file__", str(tmp_path / "kbtool/lang/generate.py"))
    monkeypatch.setattr(generate, "tables", lambda: COMMITTED)
    generate.main()
    assert "CLASS_RUNS" in (tmp_path / "kbtool/lang/tables.py").read_text(encoding="utf-8")
    assert "CLASS_RUNS" in (tmp_path / "theme/source/tables.js").read_text(encoding="utf-8")
