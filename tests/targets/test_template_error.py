"""A mistake in a template is told with its place."""

from __future__ import annotations

import pytest

from kbtool.errors import Exit
from kbtool.targets.template_error import BadTemplate
from kbtool.targets.tree import tree_files
from tests.conftest import Kb
from tests.targets.test_tree import settings, tree_of


@pytest.mark.parametrize(
    ("name", "text", "message", "help"),
    [
        (
            "article",
            "a\n{% endif %}",
            "article.html:2: Encountered unknown tag 'endif'",
            "correct the template",
        ),
        ("home", "a\nb\n{{ site.nothing }}", "home.html:3: 'kbtool", "correct the template"),
        ("section", "{% include 'gone.html' %}", "section.html:1: there is no template gone.html", "include"),
        ("_theme-color", "{{ gone }}", "_theme-color.html:1: 'gone' is undefined", "correct the template"),
    ],
)
def test_place_and_mend(
    kb: Kb, monkeypatch: pytest.MonkeyPatch, name: str, text: str, message: str, help: str
) -> None:
    monkeypatch.chdir(kb.root)
    kb.settings(top="theme: {name: material, custom_dir: own}")
    kb.write("articles/en/a/a.md", "---\ntitle: A\n---\nText.\n").write(f"own/templates/{name}.html", text)
    with pytest.raises(BadTemplate) as caught:
        list(tree_files(settings(kb), tree_of(kb)))
    assert caught.value.message.startswith("own/templates/")
    assert message in caught.value.message
    assert help in caught.value.help
    assert caught.value.exit_code == Exit.USAGE


def test_a_build_ends_with_it_and_writes_nothing(kb: Kb) -> None:
    kb.settings(top="theme: {name: material, custom_dir: own}")
    kb.write("articles/en/a.md", "---\ntitle: A\n---\nText.\n").write("own/templates/home.html", "{% x %}")
    done = kb.run("build")
    assert done.exit == Exit.USAGE
    assert done.err.startswith("error: own/templates/home.html:1: ")
    assert not (kb.root / "site").exists()
