"""Text that deceives or cannot be read: links, hidden characters, old fonts, open fences."""

from __future__ import annotations

import pytest

from kbtool.checks.misleading_link import wrong
from kbtool.content.characters import turning
from tests.checks.looked_at import look, places


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://xn--80ak6aa92e.com/", "here"),
        ("https://p\u0430ypal.com/", "here"),
        ("https://g\u03bfogle.com/", "here"),
        ("https://evil.example/", "https://bank.example/login"),
        ("https://evil.example/", "www.bank.example"),
        ("https://bank.com.evil.example/", "bank.com"),
        ("https://bank.com@evil.example/", "https://bank.com"),
        ("https://notbank.com/", "bank.com"),
        ("https:\\\\evil.example", "https://bank.example"),
    ],
)
def test_a_link_that_misleads(address: str, words: str) -> None:
    assert wrong(address, words)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://bank.com/a", "bank.com"),
        ("https://www.bank.com/a", "https://bank.com/b"),
        ("https://help.bank.com/", "bank.com"),
        ("https://BANK.com/", "Bank.com"),
        ("https://nodejs.org/", "Node.js"),
        ("https://dotnet.example/", "ASP.NET"),
        ("https://code.example/setup.py", "setup.py"),
        ("https://उदाहरण.भारत/", "यहाँ"),
        ("https://яндекс.рф/", "https://яндекс.рф"),
        ("https://xn--p1b6ci4b4b3a.xn--h2brj9c/", "https://उदाहरण.भारत"),
        ("https://例え.jp/", "例え"),
        ("https://[::1", "x"),
        ("https://a.example/", "Version 2.0.1 of a.b"),
    ],
)
def test_an_honest_link(address: str, words: str) -> None:
    assert wrong(address, words) == ""


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a\u202eb", 1),
        ("a\u2066b\u2069", 1),
        ("ab&#x202e;", 2),
        ("ab&#8238", 2),
        ("ab&#0008297;", 2),
        ("&#8238;\u202e", 0),
        ("\u202e&#8238;", 0),
        ("क्\u200dष \u200c \u200e \u200f \u061c &#8239; &#82380; &#x2070;", None),
    ],
)
def test_characters_that_turn_the_order(text: str, at: int | None) -> None:
    found = turning(text)
    assert (found[0] if found else None) == at


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gS", []),
        ("esa vkSj us", ["hi/a.md:5:1"]),
        ("The dk and dh keys; esa is an agency.", []),
        ("`fgUnh esa vkSj`", []),
        ("Aap login karke apna order dekh sakte hain, aur refund ke liye form bharein.", []),
        ("ऐप में iPhone, GitHub, JavaScript, macOS, YouTube और HTTPS लिखें।", []),
        ("```\nfgUnh esa vkSj\n```", []),
        ("पहला।\n\n- Hkkjr esa gS", ["hi/a.md:7:1"]),
    ],
)
def test_hindi_of_an_old_font(text: str, found: list[str]) -> None:
    assert places(look("legacy-font", {"articles/hi/a.md": text})) == found


def test_an_old_font_is_looked_for_in_hindi_only() -> None:
    assert look("legacy-font", {"articles/en/a.md": "fgUnh esa vkSj gS"}) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```\na\n```\n\n```\nb", ["en/a.md:9:1"]),
        ("````\n```\n````", []),
        ("```\na\n````", ["en/a.md:5:1"]),
        ("~~~ py\na\n~~~", []),
        ("- a\n\n    ```\n    b\n    ```", []),
        ("- a\n\n    ```\n    b", ["en/a.md:7:5"]),
        ("Text:\n\n    ```\n    an example", []),
        ("> ```\n> a\n> ```", []),
        ("a ``` b", []),
        ("``` a ```", []),
    ],
)
def test_a_fence_that_is_never_closed(text: str, found: list[str]) -> None:
    assert places(look("unclosed-fence", {"articles/en/a.md": text})) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\u200bb", ["en/a.md:5:2"]),
        ("ไทย\u200bไทย", []),
        ("ខ្មែរ \u200bx", []),
        ("a\ufeffb", ["en/a.md:5:2"]),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", []),
        ("x\U000e0041\U000e0042", ["en/a.md:5:2"]),
        ("क्\u200dष \u200c", []),
    ],
)
def test_what_cannot_be_seen(text: str, found: list[str]) -> None:
    assert places(look("zero-width-space", {"articles/en/a.md": text})) == found
