"""Parts of pages that are made once for many pages."""

from __future__ import annotations

from typing import Any

import pytest

from kbtool.model import Page
from kbtool.site.urls import relative
from kbtool.targets import parts
from kbtool.targets.parts import Parts, SharedPage


def page(url: str) -> Page:
    return Page(kind="article", path=url + "index.html", url=url, locale="en", title="A")


class Template:
    """Counts how often it is rendered; links to three pages."""

    def __init__(self) -> None:
        self.rendered = 0

    def render(self, name: str, context: dict[str, Any]) -> str:
        self.rendered += 1
        links = (f"<a{context['current'](url)}>{url}</a>" for url in ("en/s/a/", "en/s/b/", "en/t/c/"))
        return name + "".join(links)


def made(found: Parts, url: str, name: str = "_nav.html", more: tuple[object, ...] = ()) -> str:
    return str(found.part(page(url), SharedPage(page(url), name), more, dict))


def test_pages_of_a_folder_share_a_part_and_each_is_marked_in_its_own() -> None:
    template = Template()
    found = Parts(template.render)
    first, second = made(found, "en/s/a/"), made(found, "en/s/b/")
    assert template.rendered == 1
    assert first.count("aria-current") == second.count("aria-current") == 1
    assert '<a class="md-nav__link md-nav__link--active" aria-current="page">en/s/a/</a>' in first
    assert '<a class="md-nav__link md-nav__link--active" aria-current="page">en/s/b/</a>' in second
    assert "\ue001" not in first


@pytest.mark.parametrize(
    ("url", "name", "more"),
    [("en/t/c/", "_nav.html", ()), ("en/s/b/", "_footer.html", ()), ("en/s/b/", "_nav.html", ("x",))],
)
def test_what_differs_is_made_anew(url: str, name: str, more: tuple[object, ...]) -> None:
    template = Template()
    found = Parts(template.render)
    made(found, "en/s/a/")
    made(found, url, name, more)
    assert template.rendered == 2


def test_few_parts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST", 2)
    template = Template()
    found = Parts(template.render)
    for url in ("en/s/a/", "en/t/c/", "en/u/d/", "en/s/a/"):
        made(found, url)
    assert template.rendered == 4


def test_links_are_right_from_every_page_of_the_folder() -> None:
    assert SharedPage(page("en/s/a/"), "_nav.html").url == "en/s/-/"
    assert SharedPage(page("en/a/"), "_nav.html").url == "en/-/"


def test_what_looks_at_no_list_is_the_same_for_all_that_lie_as_deep() -> None:
    footers = [SharedPage(page(url), "_footer.html").url for url in ("en/s/a/", "en/t/b/", "en/s/t/c/")]
    assert footers == ["en/-/-/", "en/-/-/", "en/-/-/-/"]
    for url, footer in zip(("en/s/a/", "en/s/t/c/"), (footers[0], footers[2]), strict=True):
        assert relative("en/a-z/", url) == relative("en/a-z/", footer)
        assert relative("assets/x.css", url) == relative("assets/x.css", footer)
