"""Icons as SVG, emoji as characters."""

from __future__ import annotations

import pytest

from kbtool.render.icons import icon_name, with_icons
from kbtool.render.markdown import Renderer
from kbtool.resources import icon, material_dir
from tests.samples import article


def shown(text: str) -> str:
    return Renderer((), {}).render(article("a", body=text)).html


@pytest.mark.parametrize(
    ("short", "path"),
    [
        (":material-rocket-launch:", "material/rocket-launch"),
        (":fontawesome-brands-github:", "fontawesome/brands/github"),
        (":octicons-heart-fill-24:", "octicons/heart-fill-24"),
        (":simple-whatsapp:", "simple/whatsapp"),
        (":material-no-such-icon:", ""),
        (":smile:", ""),
        (":material-../../../etc/passwd:", ""),
    ],
)
def test_a_name_becomes_the_path_of_an_icon(short: str, path: str) -> None:
    assert icon_name(short) == path


def test_an_icon_is_drawn_and_an_emoji_is_a_character() -> None:
    drawn = shown(":material-close: :smile: :+1:")
    assert '<span class="twemoji"><svg viewBox="0 0 24 24"><path d="' in drawn
    assert "😄 👍" in drawn
    assert "<img" not in drawn


def test_a_name_that_is_no_icon_stays_text() -> None:
    assert shown(":material-no-such-icon: 10:30:45") == "<p>:material-no-such-icon: 10:30:45</p>"


def test_the_index_gives_its_default_for_what_it_lacks() -> None:
    index = with_icons({}, None)["emoji"]
    assert index.get(":no-such:", "nothing") == "nothing"
    assert index.get(":material-close:")["path"] == "material/close"


def test_the_icons_of_the_templates_are_files_of_material() -> None:
    assert icon("material/magnify").startswith("<svg")
    assert icon("../templates/base") == ""
    assert icon("material/no-such-icon") == ""
    assert (material_dir() / ".icons" / "material" / "magnify.svg").is_file()
