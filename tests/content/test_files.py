"""Reading the folder of articles: everything in it, nothing outside it, in one order."""

from __future__ import annotations

import os
import socket
import unicodedata
from pathlib import Path

import pytest

from kbtool.config import ArticleSettings, Config, Settings, SiteKeys
from kbtool.content import files
from kbtool.content.files import Files, read_files, read_text, shown
from kbtool.model import Finding, Location


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(path: str, data: str | bytes = "text") -> Path:
    file = Path("articles", path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def read(
    layout: str = "{locale}/{path}", *locales: str, exclude: tuple[str, ...] = ()
) -> tuple[Files, list[Finding]]:
    settings = Settings(
        locales=dict.fromkeys(locales or ("en", "hi"), ""),
        articles=ArticleSettings(layout=layout, exclude=exclude),
    )
    return read_files(Config(Path("mkdocs.yml").resolve(), SiteKeys(), settings))


def test_articles_and_other_files() -> None:
    put("hi/b.md")
    put("en/z/a.v2.md", "ए")
    put("en/z/image.png")
    put("en/b.md")
    put("sections.yml")
    put("_assets/logo.svg")
    put("_assets/notes.md")
    put("en/z/_assets/x.pdf")
    for hidden in ("en/.draft.md", ".git/x.md", "en/_old/x.md", "en/_x.md"):
        put(hidden)
    found, findings = read()
    assert [(f.rule, f.severity, f.where.path) for f in findings] == [
        ("not-an-article", "info", str(Path("articles/en", name))) for name in (".draft.md", "_old", "_x.md")
    ]
    assert [(s.locale, s.rel) for s in found.sources] == [("en", "b"), ("en", "z/a.v2"), ("hi", "b")]
    assert found.sources[1].path == str(Path("articles/en/z/a.v2.md"))
    assert found.sources[1].text == "ए"
    assert sorted(found.assets) == [
        "_assets/logo.svg",
        "en/z/_assets/x.pdf",
        "en/z/image.png",
    ]
    assert found.sources[0].digest == found.sources[2].digest != found.sources[1].digest


def test_one_locale_without_a_folder() -> None:
    put("a.md")
    put("x/b.md")
    found, findings = read("{path}", "hi")
    assert findings == []
    assert [(s.locale, s.rel) for s in found.sources] == [("hi", "a"), ("hi", "x/b")]


def test_a_name_in_decomposed_characters_is_the_same_article() -> None:
    put(f"en/{unicodedata.normalize('NFD', 'é')}.md")
    put(f"hi/{unicodedata.normalize('NFC', 'é')}.md")
    found, _ = read()
    assert [s.rel for s in found.sources] == ["é", "é"]


@pytest.mark.parametrize(
    ("paths", "where", "message", "help"),
    [
        (["hn/a.md", "hn/b/c.md"], "hn", "'hn' is not one of the locales en, hi; it holds 2 a", "mean 'hi'?"),
        (["HI/a.md"], "HI", "the folder 'HI' is not one of the locales en, hi; it holds 1 article", "'hi'?"),
        (["hi_in/a.md"], "hi_in", "'hi_in' is not one of the locales", "add 'hi-IN' to the locales"),
        (["mr/a.md"], "mr", "'mr' is not one of the locales", "add 'mr' to the locales in the settings"),
        (["drafts/a.md"], "drafts", "'drafts' is not one of the locales", "rename the folder to one of them"),
        (["a.md"], "a.md", "lies outside the folders of the locales", "move it into en/"),
        (["en.md", "b.md"], "b.md", "outside the folders of the locales (and 1 more)", "move it into en/"),
    ],
)
def test_unknown_locale(paths: list[str], where: str, message: str, help: str) -> None:
    for path in ["en/x.md", *paths]:
        put(path)
    found, findings = read()
    (problem,) = findings
    assert (problem.rule, problem.severity) == ("unknown-locale", "error")
    assert problem.where == Location(str(Path("articles", where)))
    assert message in problem.message
    assert help in problem.help
    assert [s.rel for s in found.sources] == ["x"]


def test_a_layout_with_folders_around_the_locale() -> None:
    for path in ("en/docs/a/b.md", "hi/docs/c.md", "de/docs/x.md", "en/readme.md", "en/docs/p.png"):
        put(path)
    found, (stray, unknown) = read("{locale}/docs/{path}")
    assert [(s.locale, s.rel) for s in found.sources] == [("en", "a/b"), ("hi", "c")]
    assert sorted(found.assets) == ["en/docs/p.png"]
    assert unknown.severity == "warning"
    assert unknown.where.path == str(Path("articles/en/readme.md"))
    assert unknown.help == "move it into en/docs/"
    assert stray.where.path == str(Path("articles/de"))
    assert "'de' is not one of the locales en, hi; it holds 1 article" in stray.message


def test_files_that_the_settings_exclude_are_named() -> None:
    for path in ("en/README.md", "en/a/README.md", "en/a/readme.md", "hi/x.md"):
        put(path)
    found, findings = read(exclude=("*/README.md",))
    assert [s.rel for s in found.sources] == ["a/readme", "x"]
    assert [(f.rule, f.severity, f.where.path) for f in findings] == [
        ("not-an-article", "info", str(Path("articles/en/README.md"))),
        ("not-an-article", "info", str(Path("articles/en/a/README.md"))),
    ]
    assert "articles.exclude names it (*/README.md)" in findings[0].message


def test_a_locale_that_is_a_part_of_a_name() -> None:
    for path in ("pages.hi/a.md", "pages.de/b.md"):
        put(path)
    found, (unknown,) = read("pages.{locale}/{path}", "hi")
    assert [(s.locale, s.rel) for s in found.sources] == [("hi", "a")]
    assert unknown.where.path == str(Path("articles/pages.de"))


@pytest.mark.parametrize("name", ["a.MD", "a.markdown", "a.mkd"])
def test_a_suffix_that_is_not_read_is_told(name: str) -> None:
    put(f"en/{name}")
    found, (problem,) = read()
    assert found.sources == ()
    assert (problem.rule, problem.severity) == ("not-an-article", "warning")
    assert problem.help == "rename it to a.md"


@pytest.mark.parametrize(
    "name", ["_assets/n.md", "en/a.MD", "en/a.markdown", "en/a.md.bak", "en/a.md~", "en/_assets/a.mkd"]
)
def test_markdown_is_never_a_file_to_link_to(name: str) -> None:
    put(name)
    put("en/notes.mdx-files.zip")
    assert list(read()[0].assets) == ["en/notes.mdx-files.zip"]


@pytest.mark.parametrize(
    "name",
    [
        "sections.yaml",
        "section.yml",
        "Sections.yml",
        "_sections.yml",
        "sections.yml.txt",
        "sections.yml~",
        "en/sections.yml",
        "en/intern/sections.yml",
        ".sections.yml",
    ],
)
def test_a_list_of_sections_that_is_not_read_is_an_error(name: str) -> None:
    put(name)
    found, (problem,) = read()
    assert (problem.rule, problem.severity) == ("bad-section", "error")
    assert problem.where.path == str(Path("articles", name))
    assert all(not asset.endswith(("yaml", "txt", "~")) for asset in found.assets)


@pytest.mark.parametrize(
    "pattern",
    ["articles/en/a.md", "a.md", "/en/a.md", "./en/a.md", "EN/A.md", "en/a", r"en\a.md", "en", "en/"],
)
def test_a_pattern_that_misses_an_article_is_an_error(pattern: str) -> None:
    put("en/a.md")
    _, (problem,) = read(exclude=(pattern,))
    assert (problem.rule, problem.severity) == ("not-an-article", "error")
    assert "'en/a.md'" in problem.help


def test_a_pattern_that_names_nothing_at_all_is_left_alone() -> None:
    put("en/a.md")
    put("en/b.md")
    assert [f.severity for f in read(exclude=("*/README.md", "en/b.md"))[1]] == ["info"]


def test_sections_beside_the_settings_are_an_error() -> None:
    put("en/a.md")
    Path("sections.yml").write_text("x: {audience: agents}\n", encoding="utf-8")
    _, (problem,) = read()
    assert (problem.rule, problem.where.path) == ("bad-section", "sections.yml")


def test_links_out_of_the_folder_are_errors() -> None:
    outside = Path("secret.md")
    outside.write_text("secret", encoding="utf-8")
    put("en/a.md")
    Path("articles/en/link.md").symlink_to(outside.resolve())
    Path("articles/en/folder").symlink_to(Path.cwd(), target_is_directory=True)
    Path("articles/en/loop").symlink_to(Path("articles/en").resolve(), target_is_directory=True)
    Path("articles/en/nowhere.md").symlink_to("gone")
    found, findings = read()
    assert [s.rel for s in found.sources] == ["a"]
    assert [Path(f.where.path).name for f in findings] == ["folder", "link.md", "loop", "nowhere.md"]
    for finding in findings:
        assert (finding.rule, finding.severity) == ("symlink", "error")
        assert finding.message == "this is a symbolic link; what it points to is not published"
        assert finding.help == "put the file itself here"


def test_what_is_no_file_is_an_error_and_never_opened() -> None:
    put("en/a.md")
    os.mkfifo("articles/en/pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("articles/en/socket.md")
        found, findings = read()
    assert [s.rel for s in found.sources] == ["a"]
    assert [Path(f.where.path).name for f in findings] == ["pipe.md", "socket.md"]
    assert {f.message for f in findings} == {"this is neither a file nor a folder"}


@pytest.mark.parametrize(
    ("name", "escaped"), [(b"a\nb.md", "a\\x0ab.md"), (b"\xff.md", "\\xff.md"), (b"a\x1b[31m", "a\\x1b[31m")]
)
def test_names_that_cannot_be_shown(name: bytes, escaped: str) -> None:
    put("en/a.md")
    Path("articles/en", os.fsdecode(name)).write_bytes(b"text")
    found, (problem,) = read()
    assert [s.rel for s in found.sources] == ["a"]
    assert problem.where.path == str(Path("articles/en", escaped))
    assert problem.severity == "error"
    assert "cannot be shown" in problem.message


def test_joiners_of_hindi_are_fine_in_names() -> None:
    put("en/क्\u200dष.md")
    found, findings = read()
    assert len(found.sources) == 1
    assert findings == []


def test_no_folder() -> None:
    found, (problem,) = read()
    assert found == Files((), {})
    assert problem.where.path == "articles"
    assert problem.message == "this cannot be read: No such file or directory"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbf---\n", "---\n"),
        ("धन\u200dवापसी\t\u2028".encode(), "धन\u200dवापसी\t\u2028"),
        (b"", ""),
    ],
)
def test_text_is_read_with_one_kind_of_line_end(data: bytes, text: str) -> None:
    findings: list[Finding] = []
    assert read_text(put("a.md", data), findings) == text
    assert findings == []


@pytest.mark.parametrize(
    ("data", "line", "column", "message", "help"),
    [
        (
            "a: धन\r\nधन ".encode() + b"\xe0x",
            2,
            4,
            "the byte 0xe0 here is not UTF-8",
            "save the file as UTF-8",
        ),
        (b"\xef\xbb\xbfab\n\nc\xff", 3, 2, "the byte 0xff here is not UTF-8", "save the file as UTF-8"),
        (b"\xff", 1, 1, "the byte 0xff here is not UTF-8", "save the file as UTF-8"),
        ("text".encode("utf-16"), 1, 0, "this file is saved as UTF-16", "save it as UTF-8"),
        (
            "text".encode("utf-16-le"),
            1,
            2,
            "the character U+0000 is not allowed here",
            "save the file as UTF-8",
        ),
        ("a\nधन\x02b".encode(), 2, 3, "the character U+0002 is not allowed here", "delete it"),
        (b"x" * (files.MAX_BYTES + 1), 0, 0, "this file is larger than 1024 KiB", "split it"),
    ],
)
def test_text_that_cannot_be_read(data: bytes, line: int, column: int, message: str, help: str) -> None:
    findings: list[Finding] = []
    assert read_text(put("a.md", data), findings) is None
    (found,) = findings
    assert (found.rule, found.severity) == ("unreadable-file", "error")
    assert (found.where.line, found.where.column) == (line, column)
    assert message in found.message
    assert help in found.help
    assert not files.CONTROL.search(found.source_line)


def test_a_file_that_vanishes_is_an_error() -> None:
    findings: list[Finding] = []
    assert read_text(Path("articles/gone.md"), findings) is None
    assert [f.message for f in findings] == ["this cannot be read: No such file or directory"]


def test_paths_are_shown_as_they_are_typed() -> None:
    assert shown(Path.cwd() / "articles" / "धन.md") == str(Path("articles/धन.md"))
