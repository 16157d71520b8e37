"""Addresses: directories below the locale, and relative links between any two of them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from kbtool.lang.slugs import slugify
from kbtool.site.urls import absolute, article_url, encoded, file_url, home_url, relative, section_url
from tests.samples import article

SEGMENT = st.text(min_size=1, max_size=8).map(slugify).filter(bool)
DIRECTORY = st.lists(SEGMENT, max_size=4).map(lambda parts: "".join(part + "/" for part in parts))
FILE = st.tuples(DIRECTORY, st.sampled_from(["404.html", "index.html", "kbtool.css"])).map("".join)
ADDRESS = DIRECTORY | FILE


def test_addresses_lie_below_the_locale() -> None:
    assert home_url("hi") == "hi/"
    assert section_url("hi", "getting-started/first day") == "hi/getting-started/first-day/"
    assert section_url("hi", "") == "hi/"
    assert article_url(article("refunds/how-long"), "en") == "en/refunds/how-long/"


def test_an_index_has_the_address_of_its_section() -> None:
    assert article_url(article("refunds/index"), "hi") == "hi/refunds/"
    assert article_url(article("index"), "hi") == "hi/"


def test_a_folder_in_hindi_keeps_its_marks() -> None:
    assert section_url("hi", "धनवापसी नीति") == "hi/धनवापसी-नीति/"


def test_a_folder_without_letters_still_has_an_address() -> None:
    assert section_url("en", "!!!") == "en/section/"


@given(target=ADDRESS, page=ADDRESS)
def test_a_relative_link_leads_where_the_absolute_one_leads(target: str, page: str) -> None:
    root = "https://help.example.com/a/b/"
    assert urljoin(root + page, relative(target, page)) == root + target


@given(target=DIRECTORY, page=ADDRESS, fragment=SEGMENT)
def test_a_fragment_stays(target: str, page: str, fragment: str) -> None:
    assert relative(f"{target}#{fragment}", page) == f"{relative(target, page)}#{fragment}"


def test_a_page_links_to_itself_and_to_the_root() -> None:
    assert relative("en/a/", "en/a/") == "./"
    assert relative("", "en/a/") == "../../"
    assert relative("", "") == "./"
    assert relative("assets/kb-1/kbtool.css", "en/a/") == "../../assets/kb-1/kbtool.css"


def test_full_addresses_need_a_base() -> None:
    assert absolute("https://help.example.com/support/", "en/") == "https://help.example.com/support/en/"
    assert absolute("https://help.example.com/support", "") == "https://help.example.com/support/"
    assert absolute("", "en/") == ""


def test_other_scripts_are_percent_encoded_once() -> None:
    assert encoded("../नि/#न") == "../%E0%A4%A8%E0%A4%BF/#%E0%A4%A8"
    assert encoded("https://x/%E0%A4%A8?a=b&c") == "https://x/%E0%A4%A8?a=b&c"


def test_the_name_of_a_file_never_ends_its_address() -> None:
    assert file_url(Path("en/My Program.C#"), b"x") == "assets/files/my-program-b1ba07e5.c"
    assert file_url(Path("??.p%64f"), b"x") == "assets/files/file-b1ba07e5.p64f"
    assert file_url(Path("चित्र.png"), b"x") != file_url(Path("चित्र.png"), b"y")
