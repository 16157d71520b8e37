"""Bad input by its number: YAML and front matter 1-38, names and paths 39-58, through the whole program.

What is told lies in one help center, what is accepted in another; what needs a build of its own has a proof.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import ROOT, Kb, Ran

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds all of these names")

Content = str | bytes | Callable[[Path], None]
"""The text of a file, its bytes, or what makes something else of that name."""

OWN = "locales: {en: English, hi: हिन्दी}\narticles: {defaults: {audience: public}}"
TEXT = "---\ntitle: T\n---\n\nText.\n"
NOT_HERE = "a character that cannot be shown\nhelp: rename it\n"
WINDOWS = "Windows cannot hold a file or folder of this name"
E_NFC, E_NFD = "\u00e9", "e\u0301"
KI_COMPOSED, KI_DECOMPOSED = "\u0958ी", "क\u093cी"
LONG = "क" * 83


@dataclass(frozen=True)
class Case:
    """A case: files that are wrong and all that is said of them, files that are right and what is shown.

    Paths are below the folder of articles. `pages` holds a part of each page, None where there is none.
    `accepted` says what comes of input that is no mistake. `proof` gets an empty help center.
    """

    number: int
    what: str
    bad: Mapping[str, Content] = field(default_factory=dict)
    said: str = ""
    good: Mapping[str, Content] = field(default_factory=dict)
    pages: Mapping[str, str | None] = field(default_factory=dict)
    accepted: str = ""
    proof: Callable[[Kb], None] | None = None


def fm(*lines: str) -> str:
    """An article with these lines as its front matter."""
    return "\n".join(["---", *lines, "---", "", "Text.", ""])


def heading(title: str) -> str:
    return f"<h1>{title}</h1>"


def refused(kb: Kb, own: str, *said: str) -> None:
    """Settings that end the build at once, with nothing written."""
    ran = kb.settings(own).write("articles/en/a.md", TEXT).run("build")
    assert (ran.exit, ran.out) == (2, "")
    for part in said:
        assert part in ran.err
    assert "help: " in ran.err
    assert "Traceback" not in ran.err
    assert not (kb.root / "site").exists()


def built(kb: Kb) -> dict[str, bytes]:
    """The public site of a build without an error."""
    ran = kb.run("build")
    assert ran.exit == 0, ran.err
    return kb.tree()


def the_locale_no_is_a_text(kb: Kb) -> None:
    for own in ("locales: [en, no]", "locales: {en: English, no: Norsk}"):
        kb.settings(own + "\narticles: {defaults: {audience: public}}")
        kb.write("articles/no/a.md", TEXT)
        assert "no/a/index.html" in built(kb)


def numbers_of_settings_are_finite(kb: Kb) -> None:
    for number in (".nan", ".inf", "-.inf"):
        refused(
            kb, f"stale: {{fdr: {number}}}", "mkdocs.yml:6:20: error[bad-settings]", "a number from 0 to 1"
        )


def saved_otherwise(saved: Callable[[str], bytes]) -> Callable[[Kb], None]:
    """The same article saved in another way gives the same bytes."""

    def proof(kb: Kb) -> None:
        text = "---\ntitle: धनवापसी\ntags: [a]\n---\n\n## एक\n\nपाठ\n\n- a\n- b\n\n\tcode\n"
        as_usual = built(kb.write("articles/hi/a.md", text.encode()))
        assert built(kb.write("articles/hi/a.md", saved(text))) == as_usual

    return proof


def no_settings_grow(kb: Kb) -> None:
    bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    bomb += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    refused(kb, "\n".join(bomb), "mkdocs.yml:6:10: error[bad-settings]", "anchors (&) and aliases (*)")


def locales_of_settings_are_canonical(kb: Kb) -> None:
    refused(kb, "locales: {en: English, HI: x}", "mkdocs.yml:6:30: error[bad-settings]", "help: write hi\n")
    refused(kb, "locales: {en: English, hi-in: x}", "mkdocs.yml:6:30: ", "help: write hi-IN\n")
    refused(kb, "locales: {en: English, hn: x}", "'hn' is not a language that kbtool knows")


def a_review_in_the_future_is_told(kb: Kb) -> None:
    kb.write("articles/en/a.md", fm("title: T", "reviewed: 2062-01-03"))
    ran = kb.run("check")
    assert ran.exit == 0
    assert "articles/en/a.md:3:11: warning[future-review]: the review of 2062-01-03 lies in the" in ran.out
    assert "help: write the day of the last review" in ran.out


def a_second_document_of_settings(kb: Kb) -> None:
    kb.write("articles/en/a.md", TEXT)
    kb.write("mkdocs.yml", b"site_name: Help\n---\nsite_name: Other\n")
    ran = kb.run("build")
    assert ran.exit == 2
    assert "mkdocs.yml:2:1: error[bad-settings]: a second document starts here" in ran.err


def devanagari_digits_in_settings(kb: Kb) -> None:
    refused(kb, "stale: {fdr: ०.०५}", "'०.०५' is not a number from 0 to 1\n", "help: write it as 0.05")
    kb.settings(OWN + "\nstale: {review_every: १२w}")
    assert built(kb)


def only_settings_know_the_environment(kb: Kb) -> None:
    kb.settings(OWN, top="copyright: x").write("articles/en/a.md", fm("title: ${KB_NAME}", "tags: [a]"))
    settings = (kb.root / "mkdocs.yml").read_bytes()
    kb.write("mkdocs.yml", settings.replace(b"site_name: Help", b"site_name: !ENV KB_NAME"))
    ran = kb.run("build", KB_NAME="Canary")
    assert ran.exit == 0, ran.err
    assert heading("${KB_NAME}") in kb.page("en/a")
    assert "Canary" in kb.page("en")


def composed_or_not(name: str, other: str) -> Callable[[Kb], None]:
    """A word in a file's name, title, text, links and a picture's name, in two ways of writing it."""

    def proof(kb: Kb) -> None:
        trees = []
        for number, word in enumerate((name, other)):
            inner = Kb(kb.root / str(number)).settings()
            inner.write(f"articles/en/{word}.md", f"---\ntitle: {word}\ntags: [{word}]\n---\n\n## {word}\n")
            inner.write("articles/en/b.md", f"{TEXT}[a]({other}.md) ![b]({name}.png)\n\n[c]({name}.md)\n")
            inner.write(f"articles/en/{word}.png", b"PNG")
            trees.append(built(inner))
            assert inner.run("build", "-v").err == ""
            for query in (name, other):
                assert "en/" in inner.run("search", query, "--lang", "en").out
        assert trees[0] == trees[1]
        pages = [data.decode() for path, data in trees[0].items() if path.endswith(".html")]
        assert all(unicodedata.is_normalized("NFC", page) for page in pages)

    return proof


def long_names_stay_apart(kb: Kb) -> None:
    for last in ("क", "ख"):
        kb.write(f"articles/en/{LONG}{last}.md", fm(f"title: {last}"))
    paths = list(built(kb))
    pages = [path for path in paths if path.startswith("en/क")]
    assert len(set(pages)) == 2
    assert all(re.fullmatch("en/क+-[0-9a-f]{8}/index.html", path) for path in pages)
    assert all(len(part.encode()) <= 180 for path in paths for part in path.split("/"))


def nothing_outside_is_published(kb: Kb) -> None:
    """Links and aliases that lead out: the words stay, nothing is read or written outside."""
    kb.write("secret.png", b"canary").write("secret.md", fm("title: canary"))
    links = "![p](../../secret.png) [m](../../secret.md) [e](%2e%2e/%2e%2e/secret.md) [s](../../mkdocs.yml)"
    kb.write("articles/en/a.md", fm("title: T", "aliases: [../../up]") + links)
    before = set(kb.tree("."))
    assert not [path for path, data in built(kb).items() if b"canary" in data]
    assert {path.split("/")[0] for path in set(kb.tree(".")) - before} == {"site", ".kbtool"}
    told = kb.run("check").out
    for part in (
        "articles/en/a.md:7:6: warning[missing-image]: the image ../../secret.png does not exist",
        "articles/en/a.md:7:28: warning[broken-link]: this links to ../../secret.md, which is not published",
        "articles/en/a.md:7:49: warning[broken-link]: this links to %2e%2e/%2e%2e/secret.md, which",
        "articles/en/a.md:7:78: warning[broken-link]: this links to ../../mkdocs.yml, which is not published",
    ):
        assert part in told


AS_NOBODY = """
import contextlib, os
import kbtool.content.files as files
from kbtool.site.links import Links
@contextlib.contextmanager
def without_rights():
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
files.read_text, Links._publish = without_rights()(files.read_text), without_rights()(Links._publish)
"""


def only_readable_files(_: Kb) -> None:
    """A file and a picture of mode 0000 are named, and nothing is published; root reads as nobody here."""
    with tempfile.TemporaryDirectory() as folder:  # other users may look into it, unlike pytest's
        Path(folder).chmod(0o755)
        kb = Kb(Path(folder)).settings()
        kb.write("articles/en/a.md", TEXT).write("articles/en/b.md", fm("title: B"))
        good = built(kb)
        kb.write("articles/en/a.md", TEXT + "![p](p.png)\n").write("articles/en/p.png", b"PNG")
        for name in ("b.md", "p.png"):
            (kb.root / "articles/en" / name).chmod(0)
        ran = patched(kb, AS_NOBODY)
        assert ran.exit == 1
        for part in (
            "articles/en/b.md: error[unreadable-file]: this cannot be read: Permission denied",
            "articles/en/a.md:6:6: error[unreadable-file]: the file p.png cannot be read: Permission denied",
        ):
            assert part in ran.err
        assert ran.err.count("help: check that it exists and may be read") == 2
        assert "Traceback" not in ran.err
        assert kb.tree() == good


def patched(kb: Kb, first: str) -> Ran:
    """A build in a process that does something else first."""
    program = f"{first}\nfrom kbtool.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "build", "-v"],
        cwd=kb.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795305600"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


AROUND_READ = """
import kbtool.content.files as files
from kbtool.targets import tree
real, real_frame = files.read_text, tree.frame_of
def read_text(path, findings):
    {before}
    text = real(path, findings)
    {after}
    return text
def frame_of(*given, **more):
    {written}
    return real_frame(*given, **more)
files.read_text, tree.frame_of = read_text, frame_of
from pathlib import Path
picture = Path("articles/en/p.png")
"""


def a_file_that_vanishes(kb: Kb) -> None:
    """An article that goes before it is read, a picture that goes before it is written."""
    kb.write("articles/en/a.md", TEXT).write("articles/en/b.md", fm("title: B"))
    good = built(kb)
    kb.write("articles/en/a.md", TEXT + "![p](p.png)\n").write("articles/en/p.png", b"PNG")
    before = "path.unlink() if path.name == 'b.md' else None"
    ran = patched(kb, AROUND_READ.format(before=before, after="pass", written="pass"))
    assert ran.exit == 1
    said = "articles/en/b.md: error[unreadable-file]: this cannot be read: No such file or directory"
    assert said in ran.err
    assert kb.tree() == good
    ran = patched(kb, AROUND_READ.format(before="pass", after="pass", written="picture.unlink()"))
    assert ran.exit == 5
    assert "articles/en/p.png cannot be read any more: No such file or directory" in ran.err
    assert "help: build it once more" in ran.err
    assert kb.tree() == good


def a_file_that_changes(kb: Kb) -> None:
    """An article that is saved while it is built: one reading of it everywhere. A picture: built anew."""
    kb.write("articles/en/a.md", fm("title: Before", "description: Before") + "Before ![p](p.png)\n")
    kb.write("articles/en/p.png", b"PNG")
    good = built(kb)
    after = "path.write_bytes(path.read_bytes().replace(b'Before', b'Later'))"
    ran = patched(kb.forget(), AROUND_READ.format(before="pass", after=after, written="pass"))
    assert ran.exit == 0, ran.err
    assert kb.tree() == good
    everything = (*kb.tree().values(), *kb.tree(".kbtool").values())
    assert not [data for data in everything if b"Later" in data]
    assert b"Later" in (kb.root / "articles/en/a.md").read_bytes()
    good = built(kb)
    assert "Later" in kb.page("en/a"), "the next build sees it"
    picture = AROUND_READ.format(before="pass", after="pass", written="picture.write_bytes(b'NEW')")
    ran = patched(kb.forget(), picture)
    assert ran.exit == 5
    assert "while the site was built, articles/en/p.png was changed" in ran.err
    assert kb.tree() == good


def no_markup_comes_from_a_name(kb: Kb) -> None:
    kb.write('articles/en/"<script>x.md', TEXT).write('articles/en/"<script>x.png', b"PNG")
    kb.write("articles/en/b.md", fm("title: B") + '![p](<"<script\\>x.png>)\n')
    tree = built(kb)
    assert "en/script-x/index.html" in tree
    assert not [path for path, data in tree.items() if path.endswith(".html") and b"<script>x" in data]
    assert not [path for path in tree if re.search('[<>"]', path)]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def socket_file(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the whole path may be longer than a socket's name can be
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


def link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def hard_link(path: Path) -> None:
    path.hardlink_to(path.with_name("original.md"))


YAML_CASES = [
    Case(
        1,
        "a key given twice",
        {"en/twice.md": fm("audience: agents", "title: T", "audience: public")},
        """\
articles/en/twice.md:4:1: error[bad-metadata]: 'audience' is given twice; the first is on line 2
    4 | audience: public
      | ^
help: keep one of them
""",
    ),
    Case(
        2,
        "no, which YAML takes for false",
        {"en/norway.md": fm("title: No", "status: no")},
        """\
articles/en/norway.md:3:9: error[bad-metadata]: 'no' is not one of draft, published, archived
    3 | status: no
      |         ^
help: write one of: draft, published, archived
""",
        good={"en/norway.md": fm("title: no", "tags: [no, yes]")},
        pages={"en/norway": heading("no")},
        accepted="it stays the text that was written, as a locale too",
        proof=the_locale_no_is_a_text,
    ),
    Case(
        3,
        "on as a key, which YAML takes for true",
        {"en/on.md": fm("title: On", "on: x")},
        """\
articles/en/on.md:3:1: warning[unknown-key]: unknown key 'on'
    3 | on: x
      | ^
help: remove it, or name it under articles.fields
""",
    ),
    Case(
        4,
        "a version, which YAML takes for a number",
        good={"en/version.md": fm("title: 1.10")},
        pages={"en/version": heading("1.10")},
        accepted="it stays the text that was written",
    ),
    Case(
        5,
        "a time, which YAML takes for base 60",
        good={"en/time.md": fm("title: 12:30")},
        pages={"en/time": heading("12:30")},
        accepted="it stays the text that was written",
    ),
    Case(
        6,
        "an id that YAML takes for octal",
        {"en/octal.md": fm("title: A", 'id: "010"'), "en/octal2.md": fm("title: B", "id: 010")},
        """\
articles/en/octal2.md:1: error[duplicate-id]: the id '010' is also that of articles/en/octal.md
help: give one of them another `id:`
""",
        good={"en/octal.md": fm("title: A", "id: 010"), "en/eight.md": fm("title: B", "id: 8")},
        pages={"en/octal": heading("A"), "en/eight": heading("B")},
        accepted="it stays the text that was written",
    ),
    Case(
        7,
        "a day that is not in the calendar",
        {"en/day.md": fm("title: T", "publish_at: 2024-13-45")},
        """\
articles/en/day.md:3:13: error[bad-metadata]: there is no day 2024-13-45 in the calendar
    3 | publish_at: 2024-13-45
      |             ^
help: check year, month and day
""",
    ),
    Case(
        8,
        "numbers that are none, or without an end",
        {"en/inf.md": fm("title: T", "review_every: .inf")},
        """\
articles/en/inf.md:3:15: error[bad-metadata]: '.inf' is not a length of time
    3 | review_every: .inf
      |               ^
help: write it as 90d, 12w, 6m or 1y
""",
        proof=numbers_of_settings_are_finite,
    ),
    Case(
        9,
        "a second colon in a title",
        {"en/colon.md": fm("title: धनवापसी: कितने दिन")},
        """\
articles/en/colon.md:2:15: error[bad-metadata]: a second ': ' in this value
    2 | title: धनवापसी: कितने दिन
      |               ^
help: quote the value: title: "धनवापसी: कितने दिन"
""",
    ),
    Case(
        10,
        "a tab as an indent",
        {"en/tab.md": fm("title: T", "topics:", "\t- refunds")},
        """\
articles/en/tab.md:4:1: error[bad-metadata]: a tab indents this line; YAML allows spaces only
    4 |     - refunds
      | ^
help: indent with spaces
""",
    ),
    Case(
        11,
        "a byte order mark",
        accepted="the same bytes as without it",
        proof=saved_otherwise(lambda text: b"\xef\xbb\xbf" + text.encode()),
    ),
    Case(
        12,
        "line ends of Windows",
        accepted="the same bytes as with LF",
        proof=saved_otherwise(lambda text: text.replace("\n", "\r\n").encode()),
    ),
    Case(
        13,
        "line ends of old Macs",
        accepted="the same bytes as with LF",
        proof=saved_otherwise(lambda text: text.replace("\n", "\r").encode()),
    ),
    Case(
        14,
        "UTF-16",
        {
            "en/utf16.md": fm("title: T").encode("utf-16-le"),
            "en/utf16bom.md": fm("title: T").encode("utf-16"),
        },
        """\
articles/en/utf16.md:1:2: error[unreadable-file]: the character U+0000 is not allowed here
    1 | -\ufffd-\ufffd-\ufffd
      |  ^
help: delete it; if there are many, save the file as UTF-8
articles/en/utf16bom.md:1: error[unreadable-file]: this file is saved as UTF-16
help: save it as UTF-8
""",
    ),
    Case(
        15,
        "bytes that are not UTF-8",
        {"hi/latin.md": b"---\ntitle: \xe0\xa4\x95\n---\n\xe0\xa4\x95\xe0\xa5\x88caf\xe9\n"},
        """\
articles/hi/latin.md:4:6: error[unreadable-file]: the byte 0xe9 here is not UTF-8
    4 | कैcaf\ufffd
      |     ^
help: save the file as UTF-8
""",
    ),
    Case(
        16,
        "a NUL",
        {"en/nul-byte.md": "---\ntitle: T\n---\nWord\x00word\n"},
        """\
articles/en/nul-byte.md:4:5: error[unreadable-file]: the character U+0000 is not allowed here
    4 | Word\ufffdword
      |     ^
help: delete it; if there are many, save the file as UTF-8
""",
    ),
    Case(
        17,
        "half of a surrogate pair",
        {"en/surrogate.md": fm('title: "\\ud800"')},
        """\
articles/en/surrogate.md:2:11: error[bad-metadata]: a backslash in double quotes starts an escape, \
and this is none
    2 | title: "\\ud800"
      |           ^
help: write the backslash twice, or use single quotes
""",
    ),
    Case(
        18,
        "control characters above U+007F",
        {"en/c1.md": fm("title: a\x85b"), "en/c1body.md": TEXT + "a\x93quote\x94\n"},
        """\
articles/en/c1.md:2:9: error[unreadable-file]: the character U+0085 is not allowed here
    2 | title: a\ufffdb
      |         ^
help: delete it; if there are many, save the file as UTF-8
articles/en/c1body.md:6:2: error[unreadable-file]: the character U+0093 is not allowed here
    6 | a\ufffdquote\ufffd
      |  ^
help: delete it; if there are many, save the file as UTF-8
""",
    ),
    Case(
        19,
        "objects of Python",
        {
            "en/call.md": fm("title: !!python/object/apply:os.system [ls]"),
            "en/name.md": fm("title: !!python/name:os.system x"),
        },
        """\
articles/en/call.md:2:8: error[bad-metadata]: one text is wanted here, not a list or a mapping
    2 | title: !!python/object/apply:os.system [ls]
      |        ^
help: put it on one line, in quotes
articles/en/name.md:2:8: error[bad-metadata]: a tag such as !ENV has no meaning here: nothing is run
    2 | title: !!python/name:os.system x
      |        ^
help: write the value itself, or put it in quotes
""",
    ),
    Case(
        20,
        "aliases that multiply",
        {"en/bomb.md": fm("title: T", "tags: &a [x, x]", "topics: [*a, *a]")},
        """\
articles/en/bomb.md:3:7: error[bad-metadata]: anchors (&) and aliases (*) are not read here
    3 | tags: &a [x, x]
      |       ^
help: write the value out
""",
        proof=no_settings_grow,
    ),
    Case(
        21,
        "an alias of itself",
        {"en/itself.md": fm("title: T", "tags: &a [*a]")},
        """\
articles/en/itself.md:3:7: error[bad-metadata]: anchors (&) and aliases (*) are not read here
    3 | tags: &a [*a]
      |       ^
help: write the value out
""",
    ),
    Case(
        22,
        "2000 lists in each other",
        {"en/deep.md": fm("title: " + "[" * 2000 + "]" * 2000)},
        f"""\
articles/en/deep.md:2:27: error[bad-metadata]: nested more than 20 levels deep
    2 | title: {"[" * 2000}{"]" * 2000}
      |                           ^
help: make it flatter
""",
    ),
    Case(
        23,
        "more than 64 KiB of front matter",
        {"en/big.md": fm("title: T", "# " + "x" * 65 * 1024)},
        """\
articles/en/big.md:1:1: error[bad-metadata]: the front matter is larger than 64 KiB
    1 | ---
      | ^
help: move text into the body
""",
    ),
    Case(
        24,
        "nothing between the dashes",
        {"en/empty.md": "---\n---\n\nText.\n"},
        """\
articles/en/empty.md:1: error[missing-title]: this article has no title
help: add `title:` at the top, or start the text with '# Title'
""",
        good={"en/empty.md": "---\n---\n\n# Head\n\nText.\n"},
        pages={"en/empty": heading("Head")},
        accepted="an article without metadata",
    ),
    Case(
        25,
        "a list or a word instead of keys",
        {"en/list.md": fm("- title"), "en/word.md": fm("title")},
        """\
articles/en/list.md:2:1: error[bad-metadata]: the front matter is not a mapping of keys to values
    2 | - title
      | ^
help: write it as key: value, one a line, with a space behind the colon
articles/en/word.md:2:1: error[bad-metadata]: the front matter is not a mapping of keys to values
    2 | title
      | ^
help: write it as key: value, one a line, with a space behind the colon
""",
    ),
    Case(
        26,
        "a number as a key",
        {"en/number.md": fm("title: N", "1: x")},
        """\
articles/en/number.md:3:1: warning[unknown-key]: unknown key '1'
    3 | 1: x
      | ^
help: remove it, or name it under articles.fields
""",
    ),
    Case(
        27,
        "no closing dashes",
        {"en/open.md": "---\ntitle: T\naudience: agents\n\nThe text.\n"},
        """\
articles/en/open.md:1:1: error[bad-metadata]: the front matter that starts here is never closed
    1 | ---
      | ^
help: put --- on a line of its own after it
""",
    ),
    Case(
        28,
        "four dashes",
        {"en/dashes.md": "----\ntitle: T\naudience: agents\n----\n"},
        """\
articles/en/dashes.md:1:1: error[bad-metadata]: this looks like front matter, but line 1 is not exactly ---
    1 | ----
      | ^
help: put three hyphens alone on line 1, and again below the keys
""",
    ),
    Case(
        29,
        "a space before the dashes, or before a key",
        {"en/space.md": " ---\ntitle: T\n---\n", "en/indent.md": fm("title: T", " owner: Me")},
        """\
articles/en/indent.md:3:7: error[bad-metadata]: this line is indented, so it continues the value above
    3 |  owner: Me
      |       ^
help: start it in the same column as the key above; or put the whole value above in quotes
articles/en/space.md:1:1: error[bad-metadata]: this looks like front matter, but line 1 is not exactly ---
    1 |  ---
      | ^
help: put three hyphens alone on line 1, and again below the keys
""",
    ),
    Case(
        30,
        "what cannot be seen in a key",
        {"en/nbsp.md": fm("title: T", "status\xa0: draft"), "en/zwsp.md": fm("title: Z", "ow\u200bner: Me")},
        """\
articles/en/nbsp.md:3:1: error[near-miss-key]: the key 'status' holds the invisible character U+00A0
    3 | status\xa0: draft
      | ^
help: type the key again
articles/en/zwsp.md:3:1: warning[near-miss-key]: the key 'owner' holds the invisible character U+200B
    3 | ow\u200bner: Me
      | ^
help: type the key again
""",
    ),
    Case(
        31,
        "a value of another type",
        {"en/type.md": fm("title: [a]", "tags: {a: b}")},
        """\
articles/en/type.md:2:8: error[bad-metadata]: one text is wanted here, not a list or a mapping
    2 | title: [a]
      |        ^
help: put it on one line, in quotes
articles/en/type.md:3:7: error[bad-metadata]: a list is wanted here, not a mapping
    3 | tags: {a: b}
      |       ^
help: write it as [one, two]
""",
        good={"en/tags.md": fm("title: One tag", "tags: refund")},
        pages={"en/tags": heading("One tag")},
        accepted="a single text where a list is wanted is a list of one",
    ),
    Case(
        32,
        "keys that are misspelt",
        {"en/near.md": fm("title: T", "audiense: agents", "owmer: Me")},
        """\
articles/en/near.md:3:1: error[near-miss-key]: unknown key 'audiense'
    3 | audiense: agents
      | ^
help: did you mean 'audience'?
articles/en/near.md:4:1: warning[near-miss-key]: unknown key 'owmer'
    4 | owmer: Me
      | ^
help: did you mean 'owner'?
""",
    ),
    Case(
        33,
        "locales that are unknown or written otherwise",
        {"hn/a.md": TEXT, "hn/b.md": TEXT, "HI/a.md": TEXT, "hi-in/a.md": TEXT, "mr/a.md": TEXT},
        """\
articles/hn: error[unknown-locale]: the folder 'hn' is not one of the locales en, hi; it holds 2 articles
help: did you mean 'hi'?
articles/HI: error[unknown-locale]: the folder 'HI' is not one of the locales en, hi; it holds 1 article
help: did you mean 'hi'? Rename the folder
articles/hi-in: error[unknown-locale]: the folder 'hi-in' is not one of the locales en, hi; it holds 1 article
help: add 'hi-IN' to the locales in the settings, or rename the folder
articles/mr: error[unknown-locale]: the folder 'mr' is not one of the locales en, hi; it holds 1 article
help: add 'mr' to the locales in the settings, or rename the folder
""",
        proof=locales_of_settings_are_canonical,
    ),
    Case(
        34,
        "a day that can be read in two ways, or is still to come",
        {"en/date.md": fm("title: T", "reviewed: 03/04/2024")},
        """\
articles/en/date.md:3:11: error[bad-metadata]: '03/04/2024' is not a date
    3 | reviewed: 03/04/2024
      |           ^
help: write it as year-month-day, such as 2026-03-04
""",
        proof=a_review_in_the_future_is_told,
    ),
    Case(
        35,
        "a time of day, with a zone and without",
        good={
            "en/from.md": fm("title: From", "publish_at: 2026-11-22T23:59"),
            "en/until.md": fm("title: Until", "expires_at: 2026-11-22 23:59:00Z"),
            "en/zone.md": fm("title: Zone", "publish_at: 2026-11-23T00:30+05:30"),
        },
        pages={"en/from": heading("From"), "en/until": None, "en/zone": None},
        accepted="the day counts as it is written, whatever the time and the zone; the documents say so",
    ),
    Case(
        36,
        "a second document",
        {"en/second.md": fm("title: T", "--- b")},
        """\
articles/en/second.md:3:1: error[bad-metadata]: a second document starts here
    3 | --- b
      | ^
help: keep one document; remove the ---
""",
        proof=a_second_document_of_settings,
    ),
    Case(
        37,
        "digits of Devanagari",
        good={
            "hi/digits.md": fm("title: D", "publish_at: २०२६-११-२२", "review_every: १२w"),
            "hi/digits2.md": fm("title: E", "publish_at: २०२६-११-२३"),
        },
        pages={"hi/digits": heading("D"), "hi/digits2": None},
        accepted="they count as 0 to 9 in days, lengths of time and whole numbers; a share is told",
        proof=devanagari_digits_in_settings,
    ),
    Case(
        38,
        "the environment of the machine",
        {"en/env.md": fm("title: !ENV HOME")},
        """\
articles/en/env.md:2:8: error[bad-metadata]: a tag such as !ENV has no meaning here: nothing is run
    2 | title: !ENV HOME
      |        ^
help: write the value itself, or put it in quotes
""",
        good={"en/env.md": fm("title: ${HOME}") + "${PATH} {{ page }} {% raw %}\n"},
        pages={"en/env": "${PATH} {{ page }} {% raw %}"},
        accepted="${NAME} is text; only settings know !ENV",
        proof=only_settings_know_the_environment,
    ),
]

NAME_CASES = [
    Case(
        39,
        "one name, composed and decomposed",
        {f"en/{E_NFC}.md": TEXT, f"en/{E_NFD}.md": TEXT},
        f"""\
articles/en/{E_NFC}.md:1: error[duplicate-id]: the id '{E_NFC}' is also that of articles/en/{E_NFD}.md
help: these are two files whose names only look the same (NFC and NFD): keep one of them
articles/en/{E_NFC}.md:1: error[duplicate-url]: this gets the same address as articles/en/{E_NFD}.md
help: these are two files whose names only look the same (NFC and NFD): keep one of them
""",
        accepted="one of them alone gives the same bytes in both ways of writing",
        proof=composed_or_not(E_NFC, E_NFD),
    ),
    Case(
        40,
        "a nukta, composed and decomposed",
        accepted="the same bytes, in NFC, found by both",
        proof=composed_or_not(KI_COMPOSED, KI_DECOMPOSED),
    ),
    Case(
        41,
        "names that differ in case only",
        {"en/Reset.md": TEXT, "en/reset.md": TEXT, "en/Cards/a.md": TEXT, "en/cards/b.md": TEXT},
        """\
articles/en/cards/b.md:1: error[duplicate-url]: the folder 'cards' gets the same address as the folder 'Cards'
help: rename one of the two folders
articles/en/reset.md:1: error[duplicate-url]: this gets the same address as articles/en/Reset.md
help: rename one of the two files
articles/en/reset.md:1: warning[fallback-clash]: 'hi' has no translation of this, and the address is \
that of articles/en/Reset.md there
help: give both the same `id:` if one translates the other, else rename one
""",
    ),
    Case(
        42,
        "names that Windows cannot hold",
        {
            "en/con.md": TEXT,
            "en/Aux.v2.md": TEXT,
            "en/nul": b"",
            "en/dot./a.md": TEXT,
            "en/end /a.md": TEXT,
            "en/a:b.md": TEXT,
        },
        f"""\
articles/en/Aux.v2.md: error[bad-name]: {WINDOWS}: 'Aux' is the name of a device there
help: rename it
articles/en/a:b.md: error[bad-name]: {WINDOWS}: it holds the character :
help: rename it without that
articles/en/con.md: error[bad-name]: {WINDOWS}: 'con' is the name of a device there
help: rename it
articles/en/dot.: error[bad-name]: {WINDOWS}: it ends in a full stop or a space
help: rename it without that
articles/en/end : error[bad-name]: {WINDOWS}: it ends in a full stop or a space
help: rename it without that
articles/en/nul: error[bad-name]: {WINDOWS}: 'nul' is the name of a device there
help: rename it
""",
        good={"en/console.md": fm("title: Console"), "en/a.b c.md": fm("title: ABC")},
        pages={"en/console": heading("Console"), "en/a-b-c": heading("ABC")},
        accepted="names that only start like those of devices",
    ),
    Case(
        43,
        "a name of 255 bytes",
        accepted="the address is cut between letters and ends in a digest; two of them stay apart",
        proof=long_names_stay_apart,
    ),
    Case(
        44,
        "a name without a letter",
        good={"en/!!!.md": fm("title: Bang"), "en/….md": fm("title: '…'")},
        pages={"en/bang": heading("Bang"), "en/article-b4935894": heading("…")},
        accepted="the address comes from the title, else from a digest of the name",
    ),
    Case(
        45,
        "one id for two articles",
        {"en/one.md": fm("title: One", "id: same"), "en/two.md": fm("title: Two", "id: same")},
        """\
articles/en/two.md:1: error[duplicate-id]: the id 'same' is also that of articles/en/one.md
help: give one of them another `id:`
""",
    ),
    Case(
        46,
        "one name in two folders and two locales",
        good={
            "en/fees/pay.md": fm("title: Fees"),
            "en/loans/pay.md": fm("title: Loans"),
            "hi/fees/pay.md": fm("title: शुल्क"),
        },
        pages={
            "en/fees/pay": heading("Fees"),
            "en/loans/pay": heading("Loans"),
            "hi/fees/pay": heading("शुल्क"),
        },
        accepted="each has its own address; the same path in another locale is the translation",
    ),
    Case(
        47,
        "paths that lead out of the folder",
        {
            "en/out.md": fm("title: T", "redirect_from: [/old, ../../etc]"),
            "en/outid.md": fm("title: T", "id: ../x"),
        },
        """\
articles/en/out.md:3:23: error[bad-metadata]: '../../etc' leads out of the site
    3 | redirect_from: [/old, ../../etc]
      |                       ^
help: write the old address from the top of the site, such as /old/
articles/en/outid.md:3:5: error[bad-metadata]: '../x' cannot be an id
    3 | id: ../x
      |     ^
help: use the letters a to z, digits, and - . / between them
""",
        accepted="links and pictures are warnings, aliases are words of the search",
        proof=nothing_outside_is_published,
    ),
    Case(
        48,
        "a symbolic link out of the folder",
        {"en/link.md": link_to("/etc/passwd"), "en/linked": link_to("/etc")},
        """\
articles/en/link.md: error[symlink]: this is a symbolic link; what it points to is not published
help: put the file itself here
articles/en/linked: error[symlink]: this is a symbolic link; what it points to is not published
help: put the file itself here
""",
    ),
    Case(
        49,
        "symbolic links in a circle",
        {"en/loop": link_to("."), "en/round.md": link_to("round.md")},
        """\
articles/en/loop: error[symlink]: this is a symbolic link; what it points to is not published
help: put the file itself here
articles/en/round.md: error[symlink]: this is a symbolic link; what it points to is not published
help: put the file itself here
""",
    ),
    Case(
        50,
        "a pipe and a socket",
        {"en/pipe.md": pipe, "en/socket.md": socket_file},
        """\
articles/en/pipe.md: error[unreadable-file]: this is neither a file nor a folder
help: remove it
articles/en/socket.md: error[unreadable-file]: this is neither a file nor a folder
help: remove it
""",
    ),
    Case(51, "files that may not be read", proof=only_readable_files, accepted="named, nothing is published"),
    Case(52, "files that vanish", proof=a_file_that_vanishes, accepted="named, nothing is published"),
    Case(53, "files that change", proof=a_file_that_changes, accepted="one reading, or built once more"),
    Case(
        54,
        "a line end and markup in a name",
        {"en/a\nb.md": TEXT, 'en/"<script>.md': fm("title: Script")},
        f"""\
articles/en/"<script>.md: warning[bad-name]: {WINDOWS}: it holds the character "
help: rename it without that
articles/en/a\\x0ab.md: error[unreadable-file]: the name of this file or folder holds {NOT_HERE}\
""",
        accepted="markup in a name never gets into a page",
        proof=no_markup_comes_from_a_name,
    ),
    Case(
        55,
        "index.md and index/index.md",
        {"en/x.md": TEXT, "en/x/index.md": TEXT},
        """\
articles/en/x.md:1: error[duplicate-url]: the address en/x/ is that of a section as well
help: rename one of the two; what a section says of itself goes into its index.md
articles/en/x.md:1: warning[fallback-clash]: 'hi' has no translation of this, and the address is \
that of articles/en/x/index.md there
help: give both the same `id:` if one translates the other, else rename one
""",
        good={"en/index.md": TEXT + "Word home.\n", "en/index/index.md": TEXT + "Word inner.\n"},
        pages={"en": "Word home.", "en/index": "Word inner."},
        accepted="the folder index is a section like any other",
    ),
    Case(
        56,
        "names of the site's own files",
        good={
            "en/search.md": fm("title: S1"),
            "en/404.md": fm("title: S2"),
            "en/sitemap.xml.md": fm("title: S3"),
            "en/assets/files.md": fm("title: S4"),
        },
        pages={
            "en/search": heading("S1"),
            "en/404": heading("S2"),
            "en/sitemap-xml": heading("S3"),
            "en/assets/files": heading("S4"),
        },
        accepted="articles have folders of their own below a locale, so nothing is overwritten",
    ),
    Case(
        57,
        "a hard link",
        good={"en/original.md": fm("title: Linked"), "en/zlink.md": hard_link},
        pages={"en/original": heading("Linked"), "en/zlink": heading("Linked")},
        accepted="a file like any other: two articles",
    ),
    Case(
        58,
        "bytes in a name that are not UTF-8",
        {os.fsdecode(b"en/\xff.md"): TEXT},
        f"""\
articles/en/\\xff.md: error[unreadable-file]: the name of this file or folder holds {NOT_HERE}""",
    ),
]

CASES = [*YAML_CASES, *NAME_CASES]
FINDING = re.compile(r"articles/.*: (?:error|warning)\[")


def named(case: Case) -> str:
    return f"{case.number} {case.what}"


def of(*, told: bool = False, shown: bool = False, proven: bool = False) -> pytest.MarkDecorator:
    """The rows that are told, shown, or proven by a build of their own."""
    chosen = [c for c in CASES if (told and c.bad) or (shown and c.pages) or (proven and c.proof)]
    return pytest.mark.parametrize("case", chosen, ids=named)


def put(kb: Kb, files: Mapping[str, Content]) -> None:
    for path, content in files.items():
        file = kb.root / "articles" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if callable(content):
            content(file)
        else:
            file.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_every_case_is_here_and_says_what_comes_of_it() -> None:
    assert [case.number for case in CASES] == list(range(1, 59))
    for case in CASES:
        assert case.said or case.accepted, case
        assert bool(case.bad) == bool(case.said), case
        assert bool(case.good) == bool(case.pages), case
        assert case.bad or case.good or case.proof, case
        assert len(FINDING.findall(case.said)) == case.said.count("\nhelp: "), case


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kb, Ran, dict[str, bytes]]:
    """A help center that was built, then got all bad files, and what a build says of them."""
    kb = Kb(tmp_path_factory.mktemp("wrong")).settings()
    kb.write("articles/en/good.md", fm("title: Good"))
    good = built(kb)
    for case in CASES:
        put(kb, case.bad)
    return kb, kb.run("build", "-v"), good


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    """A help center of all files that are accepted, built."""
    kb = Kb(tmp_path_factory.mktemp("right")).settings()
    for case in CASES:
        put(kb, case.good)
    built(kb)
    return kb


@of(told=True)
def test_what_is_told(wrong: tuple[Kb, Ran, dict[str, bytes]], case: Case) -> None:
    told = wrong[1].err.replace("\n\n", "\n")
    for block in re.split(r"(?m)^(?=articles/)", case.said)[1:]:
        assert block in told


def test_all_is_told_in_one_run_and_the_last_good_site_stays(wrong: tuple[Kb, Ran, dict[str, bytes]]) -> None:
    kb, ran, good = wrong
    assert (ran.exit, ran.out) == (1, "")
    lines = [line for case in CASES for line in case.said.split("\n") if FINDING.match(line)]
    told = [line for line in ran.err.split("\n") if FINDING.match(line)]
    assert sorted(told) == sorted(lines)
    assert "Traceback" not in ran.err
    assert kb.tree() == good


@of(shown=True)
def test_what_is_accepted(right: Kb, case: Case) -> None:
    for url, part in case.pages.items():
        if part is None:
            assert not (right.root / "site" / url).exists()
        else:
            assert part in right.page(url)


@of(proven=True)
def test_what_needs_a_build_of_its_own(kb: Kb, case: Case) -> None:
    assert case.proof is not None
    case.proof(kb)
