from __future__ import annotations

import json

from kbtool.errors import Exit
from tests.conftest import Kb


def test_a_new_center_builds_and_answers_at_once(kb: Kb) -> None:
    started = kb.run("init", "my-help")
    assert started.exit == Exit.CLEAN
    assert "kbtool build" in started.out
    inside = Kb(kb.root / "my-help")
    built = inside.run("build", "-v")
    assert built.exit == Exit.CLEAN
    assert "no findings" in built.out, built.err
    found = json.loads(inside.run("search", "refund kaise milega", "--lang", "hi", "--format", "json").out)
    assert found["hits"][0]["id"] == "orders/refund"
    assert not any("मामला आगे बढ़ाएँ".encode() in data for data in inside.tree().values())
    assert "मामला आगे बढ़ाएँ" in inside.page("hi/orders/refund", ".kbtool/mkdocs/agents")


def test_the_name_is_kept_and_a_full_folder_refused(kb: Kb) -> None:
    assert kb.run("init", "center", "--name", 'Asha "Online"').exit == Exit.CLEAN
    settings = (kb.root / "center" / "mkdocs.yml").read_text(encoding="utf-8")
    assert settings.startswith("site_name: \"Asha 'Online'\"\n")
    again = kb.run("init", "center")
    assert again.exit == Exit.USAGE
    assert "not empty" in again.err


def test_no_mark_is_left_unfilled(kb: Kb) -> None:
    kb.run("init", "center")
    for path, data in Kb(kb.root / "center").tree(".").items():
        assert b"{today}" not in data, path
        assert b"{name}" not in data, path
    assert (kb.root / "center" / ".gitignore").is_file()
