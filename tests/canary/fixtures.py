"""Cases as files of a help center: every slot of an article with its words, marked as its way says."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.canary.table import Case, Text
from tests.conftest import Kb

SETTINGS = """
locales: {en: English, hi: हिन्दी}
articles: {defaults: {audience: public}}
"""
URL = "https://help.example.com/"
TODAY = "2026-11-22"
OPEN = "open"  # the section of the articles that everybody may see

PUBLIC = {
    "articles/en/index.md": "---\ntitle: Welcome\n---\nWelcome to the help center.\n",
    "articles/en/open/first.md": "---\ntitle: First\ntags: [one]\n---\nSee [the other](second.md).\n",
    "articles/hi/open/first.md": "---\ntitle: पहला\n---\nदूसरा [लेख](second.md) देखें।\n",
    "articles/en/open/second.md": "---\ntitle: Second\nrelated: [open/first]\n---\n## Steps\n\nNone.\n",
}


@dataclass
class Folder:
    """The files of a help center by their path, and what `sections.yml` says."""

    files: dict[str, bytes] = field(default_factory=dict)
    sections: dict[str, dict[str, object]] = field(default_factory=dict)

    def write(self, kb: Kb) -> None:
        """Put them on disk, in the place of all articles that were there."""
        remove(kb.root / "articles")
        for path, data in self.files.items():
            kb.write(path, data)
        # JSON is YAML.
        kb.write("articles/sections.yml", json.dumps(self.sections, ensure_ascii=False, indent=1).encode())


def folder_of(versions: Iterable[tuple[Case, Text | None]], *, secrets: bool = True) -> Folder:
    """The open articles and these; without `secrets` only what the public may see of them."""
    folder = Folder({path: text.encode() for path, text in PUBLIC.items()})
    folder.sections[OPEN] = {"title": {"en": "Open to all", "hi": "सबके लिए"}}
    for case, text in versions:
        if text is not None:
            _add(folder, case, text, secrets=secrets)
    return folder


def _add(folder: Folder, case: Case, text: Text, *, secrets: bool) -> None:
    secrets = secrets or not case.hidden[1]
    section = section_of(case)
    shared = not case.has("section") or text.shape == "block"
    if secrets and not shared:
        said: dict[str, object] = {
            "title": {"en": _both(case, "section"), "hi": case.hindi("section")},
            "description": {"en": f"About {_both(case, 'section')}"},
        }
        folder.sections[section.partition("/")[0]] = said | (
            {"audience": text.section} if text.section else {}
        )
    if text.shape == "block" or (text.only and case.has("body")):
        name = case_name(case)
        open_text = f"---\ntitle: Open {name}\nid: {name}\n---\nFor everybody."
        block = block_of(case) if secrets and text.shape == "block" else ""
        front, text_of_all = open_text.rsplit("\n", 1)
        whole = f"{front}\n{block}\n\n{text_of_all}\n{block}\n\nThe end.\n"
        folder.files[f"articles/en/{OPEN}/{name}.md"] = whole.encode()
    if text.shape == "index":
        folder.files[f"articles/en/{section}/everybody.md"] = b"---\ntitle: Everybody\n---\nFor everybody.\n"
    if not secrets:
        return
    place = f"{text.only or 'en'}/{section}"
    if text.shape != "block":
        folder.files[article_path(case, text)] = article_of(case, text)
    if not text.only and text.shape != "block":
        twin = twin_of(case, text.lines)
        folder.files[f"articles/hi/{section}/{slug_of(case)}.md"] = twin
    if case.has("attachment name"):
        for name, data in attachments(case).items():
            folder.files[f"articles/{place}/{name}"] = data


def case_name(case: Case) -> str:
    """The name of a case as a file name that gives nothing away."""
    return "-".join(zlib.crc32(part.encode()).to_bytes(4).hex() for part in case.key.split("/"))


def section_of(case: Case) -> str:
    """The folder of its articles below the locale."""
    if case.before and case.before.shape == "index":
        return f"section-{case_name(case)}"
    section = case.latin("section") if case.has("section") else OPEN
    return f"{section}/inner" if case.name == "inside" else section


def slug_of(case: Case) -> str:
    """The name of its file."""
    if case.before and case.before.shape == "index":
        return "index"
    return case.latin("slug") if case.has("slug") else case_name(case)


def article_path(case: Case, text: Text) -> str:
    """The file of its article, from the folder of the help center."""
    return f"articles/{text.only or 'en'}/{section_of(case)}/{slug_of(case)}.md"


def article_of(case: Case, text: Text) -> bytes:
    """The article with all its slots, written as the shape says."""
    keys = metadata(case)
    comment = _word(case, "comment")
    if text.shape == "flow":
        own = "".join(f", {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items())
        front = f"{{{', '.join(text.lines)}{own}}}"
    else:
        own = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items())
        marked = [*text.lines, own] if text.shape != "last" else [own, *text.lines]
        # A comment, and a key that is not known: there is a warning about every article.
        front = "\n".join([*marked[:1], f"# {comment}", f"{comment}: x", *marked[1:]])
        if text.lines[:1] and text.lines[0].endswith((":", ">-")):
            front = "\n".join([*marked, f"# {comment}", f"{comment}: x"])
    done = f"---\n{front}\n---\n{body_of(case)}".encode()
    if text.shape == "crlf":
        done = done.replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + done if text.shape == "bom" else done


def metadata(case: Case) -> Mapping[str, object]:
    """The keys of its front matter, but for those of its way."""
    return {
        "title": f"Title {_both(case, 'title')}",
        "id": case.latin("id") if case.has("id") else case_name(case),
        "description": f"About {_both(case, 'description')}.",
        "tags": [_word(case, "tag"), _other(case, "tag")],
        "aliases": [_both(case, "alias")],
        "product": [_both(case, "alias")],
        "topics": [_word(case, "alias")],
        "owner": _both(case, "owner"),
        "redirect_from": [f"/old/{_word(case, 'redirect_from')}/"],
    }


def body_of(case: Case) -> str:
    """The Markdown of its article: text, heading, code, comment, picture, attachment, a missing picture."""
    name = _word(case, "attachment name")
    files = f"![Picture {_both(case, 'alt')}]({name}.png) and [a form]({name}.csv)"
    return f"""
This is about {_both(case, "body")}. {_both(case, "twin") if case.name == "twin" else ""}

## Heading {_both(case, "heading")}

{files if case.has("attachment name") else ""}

![There is no such picture](missing-{name}.png)

```
code {_both(case, "code")}
```

<!-- {_both(case, "comment")} -->
"""


def block_of(case: Case) -> str:
    """The same as a block for agents."""
    lines = body_of(case).strip().split("\n")
    return "\n".join(["", "!!! agents", *(f"    {line}" if line else "" for line in lines)])


def twin_of(case: Case, lines: Iterable[str]) -> bytes:
    """The Hindi version."""
    keys = {"title": f"लेख {_both(case, 'twin')}", "id": metadata(case)["id"]}
    own = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items())
    front = "\n".join([*lines, *own])
    return f"---\n{front}\n---\nयह {_both(case, 'twin')} के बारे में है।\n".encode()


def attachments(case: Case) -> dict[str, bytes]:
    """A picture with a text in it, and a table."""
    name, words = case.latin("attachment name"), _both(case, "attachment bytes")
    return {f"{name}.png": picture(words), f"{name}.csv": f"a,b\n{words},1\n".encode()}


def picture(words: str) -> bytes:
    """A PNG of one pixel whose comment holds the words."""
    header = (1).to_bytes(4) * 2 + b"\x08\0\0\0\0"
    chunks = {
        b"IHDR": header,
        b"iTXt": b"Comment\0\0\0\0\0" + words.encode(),
        b"IDAT": zlib.compress(b"\0\0"),
        b"IEND": b"",
    }
    parts = (
        len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
        for kind, data in chunks.items()
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _word(case: Case, slot: str) -> str:
    return case.latin(slot) if case.has(slot) else "plain"


def _other(case: Case, slot: str) -> str:
    return case.hindi(slot) if case.has(slot) else "सादा"


def _both(case: Case, slot: str) -> str:
    """Both words of a slot; the Latin one with a capital, as in any text."""
    return f"{_word(case, slot).capitalize()} {_other(case, slot)}"


def remove(folder: Path) -> None:
    """Remove a folder of fixtures; links in it are not followed."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
