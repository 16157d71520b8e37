"""HTML without what templates leave between its lines."""

from __future__ import annotations

from kbtool.targets.tidy import tidied


def test_blank_lines_and_spaces_at_ends_go() -> None:
    assert tidied("\n<p>a  \n\n \t\n  <b>c</b>\t\n\n") == "<p>a\n  <b>c</b>\n"


def test_code_stays_as_it_is() -> None:
    code = '<pre class="x">one  \n\n\n two\n</pre>'
    assert tidied(f"<p>a</p>\n\n{code}\n\n<p>b</p>") == f"<p>a</p>\n{code}\n<p>b</p>\n"
