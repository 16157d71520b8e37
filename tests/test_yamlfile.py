"""YAML with places: values as written, and every mistake in plain words where its mend goes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kbtool import yamlfile
from kbtool.model import Finding
from kbtool.report.text import finding_text
from kbtool.yamlfile import Node, YamlReader, scalar

KEYS = st.text("abcxyzकखग_", min_size=1, max_size=6).map(lambda key: "k" + key)
TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_characters="\u2028\u2029\ufeff\ufffe\uffff", exclude_categories=["Cc", "Cs"]
    )
)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast parser, and the one that PyYAML has everywhere: both must do."""
    monkeypatch.setattr(yamlfile, "LOADER", getattr(yaml, request.param))


def read(text: str, first_line: int = 1) -> tuple[Node | None, list[Finding]]:
    reader = YamlReader("a.md", text, "bad-metadata", first_line)
    return reader.read(), reader.findings


def plain(node: Node | None) -> Any:
    """The tree without its places."""
    if node is None or isinstance(node.value, str):
        return node and node.value
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return {key: plain(value) for key, (_, value) in node.value.items()}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "written", ["no", "010", "1.10", "12:30", "1e3", ".nan", "0x1F", "2024-13-45", "${HOME}", "१२", "true"]
)
def test_scalars_stay_what_was_written(written: str) -> None:
    node, findings = read(f"key: {written}\non: {written}")
    assert plain(node) == {"key": written, "on": written}
    assert findings == []


@pytest.mark.usefixtures("loader")
def test_every_node_knows_its_place_in_code_points() -> None:
    node, _ = read("शीर्षक: नमस्ते\nlist:\n  - a\n  - {क: ख}\n", first_line=2)
    assert node is not None
    at, value = node.value["शीर्षक"]
    assert (at.line, at.column, value.line, value.column) == (2, 1, 2, 9)
    inner = node.get("list")
    assert inner is not None
    assert [(item.line, item.column) for item in inner.value] == [(4, 5), (5, 5)]
    deepest = inner.value[1].get("क")
    assert (deepest.value, deepest.line, deepest.column) == ("ख", 5, 9)
    assert inner.get("no mapping") is None


@given(TREES)
def test_what_a_yaml_writer_wrote_is_read_back(tree: Any) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_style='"', width=10**6)
    node, findings = read(text)
    assert plain(node) == tree
    assert findings == []


@given(st.text(max_size=60) | st.text("ab:-[]{}'\"#&*!|>%@` \n\t?,", max_size=40))
def test_any_text_is_a_tree_or_a_problem_with_a_place(text: str) -> None:
    node, findings = read(text)
    for finding in findings:
        assert 1 <= finding.where.line <= text.count("\n") + 1
        assert finding.where.column >= 1
        assert finding_text(finding)
        assert finding.message
    assert node is None or isinstance(node.value, str | list | dict)


@given(TEXTS)
def test_a_text_as_yaml_reads_back(text: str) -> None:
    node, findings = read(f"key: {scalar(text)}")
    assert findings == []
    assert node is not None
    value = node.get("key")
    assert value is not None
    assert not value.is_null
    assert value.value.strip() == text.strip()


@pytest.mark.parametrize(
    ("text", "written"),
    [("Plain words", "Plain words"), ("a: b", '"a: b"'), ("No", '"No"'), ("10", '"10"'), ("धन", '"धन"')],
)
def test_only_what_could_be_misread_is_quoted(text: str, written: str) -> None:
    assert scalar(text) == written


def test_null_is_only_what_is_written_without_quotes() -> None:
    node, _ = read("a:\nb: ~\nc: null\nd: 'null'\ne: ''\nf: no")
    assert node is not None
    assert [key for key, (_, value) in node.value.items() if value.is_null] == ["a", "b", "c"]
    assert read("") == (None, [])


QUOTED_TITLE = 'quote the value: title: "धनवापसी: कितने दिन"'


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "line", "column", "message", "help"),
    [
        ("title: धनवापसी: कितने दिन", 1, 15, "a second ': ' in this value", QUOTED_TITLE),
        ('a: 1\nb: \\x: "y"', 2, 6, "a second ': '", r'b: "\\x: \"y\""'),
        ("tags: [a, b", 1, 7, "the list opened here is never closed", "close it with ]"),
        ("a: 1\ntags: {a: b\nc: d", 2, 7, "the mapping opened here is never closed", "close it with }"),
        ('a: 1\ntitle: "half\nb: 2', 2, 8, "the quote opened here is never closed", "close it"),
        ("title: 'it's'", 1, 12, "there is more text behind the closing '", 'title: "it\'s"'),
        ("title: [Solved] How to", 1, 17, "more text behind the closing ]", 'title: "[Solved] How to"'),
        ("title: @home", 1, 8, "this value can only be read in quotes", 'quote the value: title: "@home"'),
        ("title: %s", 1, 8, "can only be read in quotes", 'title: "%s"'),
        ("title: > x", 1, 10, "can only be read in quotes", 'title: "> x"'),
        ('title: "C:\\dir"', 1, None, "a backslash in double quotes", "write the backslash twice"),
        ("\ttitle: a", 1, 1, "a tab indents this line", "indent with spaces"),
        ("title: a\n\tb: c", 2, 1, "a tab indents this line", "indent with spaces"),
        ("title\naudience: public", 1, 1, "no ': ' after its key", "write it as key: value"),
        ("title: a\naudience public\nb: c", 2, 1, "no ': ' after its key", "write it as key: value"),
        ("title: a\n audience: public", 2, 10, "this line is indented", "same column as the key above"),
        ("title: |\n  a\n b", 3, 2, "does not fit the lines around it", "start all keys in the same column"),
        ("a: 1\nb: 2\na: 3", 3, 1, "'a' is given twice; the first is on line 2", "keep one of them"),
        ("? [a]\n: b", 1, 3, "a key must be a word", ""),
        ("k: &a [b]", 1, 4, "anchors (&) and aliases (*) are not read here", "write the value out"),
        ("k: &a [*a]", 1, 4, "anchors (&) and aliases (*)", "write the value out"),
        ("k: *a", 1, 4, "anchors (&) and aliases (*)", "write the value out"),
        ("a: 1\n---\nb: 2", 2, 1, "a second document starts here", "keep one document"),
        ("[" * 2000, 1, 21, "nested more than 20 levels deep", "make it flatter"),
        ("a: नमस्ते\x07", 1, 10, "the character U+0007 is not allowed here", "delete it"),
        ("a: 1\nb: x\ud800", 2, 5, "the character U+D800", "delete it"),
        ("a: 1\nb: x\x85y", 2, 5, "the character U+0085", "delete it"),
        ("a: 1\nb: x\ufeffy", 2, 5, "the character U+FEFF", "delete it"),
        ('a: "\\0"', 1, 4, "the character U+0000", "delete it"),
        ("a: 1\n\nb: [\n\n", 3, 5, "can only be read in quotes", 'b: "["'),
    ],
)
def test_mistakes_in_plain_words(text: str, line: int, column: int | None, message: str, help: str) -> None:
    _, findings = read(text, first_line=2)
    (found,) = findings
    assert found.where.line == line + 1
    assert column is None or found.where.column == column
    assert message in found.message
    assert help in found.help
    assert found.source_line == yamlfile.UNREADABLE.sub("\ufffd", text.split("\n")[line - 1])


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "line",
    ["title: धनवापसी: कितने दिन", "title: 'it's'", "title: [Solved] How to", "title: @home", "a: b: \\n"],
)
def test_the_mend_can_be_pasted(line: str) -> None:
    _, (found,) = read(line)
    mended, findings = read(found.help.partition("quote the value: ")[2])
    assert findings == []
    assert list(plain(mended)) == [line.partition(":")[0]]


def test_an_alias_bomb_does_not_grow() -> None:
    rows = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]
    _, findings = read("\n".join(rows))
    assert len(findings) == 1


@pytest.mark.usefixtures("loader")
def test_no_object_is_ever_made() -> None:
    node, findings = read("a: !!python/object/apply:os.getcwd []\nb: !!python/name:os.system ''")
    assert plain(node) == {"a": [], "b": ""}
    assert findings == []


def test_all_repeated_keys_are_named() -> None:
    _, findings = read("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3")
    assert [(f.where.line, f.where.column) for f in findings] == [(2, 1), (3, 11), (4, 1)]
