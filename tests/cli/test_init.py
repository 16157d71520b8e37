from __future__ import annotations

import json

import pytest

from kbtool.cli import init
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
    assert inside.run("check", "-v").out == "No findings\n"
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


@pytest.mark.parametrize(
    ("asked", "written"),
    [("github", {"github"}), ("gitlab", {"gitlab"}), ("both", {"github", "gitlab"}), ("none", set())],
)
def test_ci_files_are_those_that_were_asked_for(kb: Kb, asked: str, written: set[str]) -> None:
    assert kb.run("init", "center", "--ci", asked).exit == Exit.CLEAN
    assert {n for n, path in init.CI_FILES.items() if (kb.root / "center" / path).is_file()} == written
    assert kb.run("init", "other", "--ci", "travis").exit == Exit.USAGE


def test_ci_is_told_where_kbtool_comes_from(kb: Kb) -> None:
    known = kb.run("init", "known", "--install", "./tools/kbtool-0.1.0-py3-none-any.whl")
    unknown = kb.run("init", "unknown")
    assert "set KBTOOL" in unknown.err
    assert "set KBTOOL" not in known.err + kb.run("init", "without", "--ci", "none").err
    for path in init.CI_FILES.values():
        text = (kb.root / "known" / path).read_text(encoding="utf-8")
        assert '  KBTOOL: "./tools/kbtool-0.1.0-py3-none-any.whl"\n' in text
        assert init.UNKNOWN_ORIGIN in (kb.root / "unknown" / path).read_text(encoding="utf-8")
    wrong = kb.run("init", "wrong", "--install", 'x"\n  evil: y')
    assert (wrong.exit, (kb.root / "wrong").exists()) == (Exit.USAGE, False)


@pytest.mark.parametrize(
    ("record", "origin"),
    [
        (
            {"url": "https://git.team.example/kbtool", "vcs_info": {"vcs": "git", "commit_id": "abc1"}},
            "kbtool @ git+https://git.team.example/kbtool@abc1",
        ),
        ({"url": "file:///home/writer/kbtool", "dir_info": {}}, ""),
        (None, ""),
    ],
)
def test_the_own_origin_is_a_git_address_with_its_commit(
    monkeypatch: pytest.MonkeyPatch, record: dict[str, object] | None, origin: str
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return json.dumps(record) if record else None

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: {"kbtool": Installed()}[name])
    assert init._own_origin() == origin
