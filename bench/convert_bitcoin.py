"""Convert the questions and answers of bitcoin.org (31 locales of YAML, MIT) to articles.

    python bench/convert_bitcoin.py site-bitcoin-articles [--as faq] [--from FOLDER] [--locales en,ar,ja]
    kbtool build -f bench/sites/bitcoin.yml

One article per question, at `<locale>/<section>/<question>.md`; with `--as faq`, one FAQ page per
section. A question that a locale does not have is left to kbtool's fallback. The HTML of the answers
becomes Markdown; a link stays where it leads to another site, else its words remain.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
SOURCE = ROOT.parent / "shared" / "corpora" / "bitcoin-org-faq" / "_translations"
ANSWER = re.compile(r"(?P<question>.+?)(?P<kind>txt|li)\d+[a-z]?")
IMAGE = re.compile(r".+img\d+")  # the file name of a picture that is not in the corpus
NO_QUESTIONS = ("title", "pagetitle", "metadescription", "summary", "table")
SPECIAL = re.compile(r"([\\`*_\[\]<>])")
AT_START = re.compile(r"^(\s*)([#+-]|\d+[.)])(?=\s)")
OPEN, CLOSE = "\x01", "\x02"  # stand before the marks of emphasis until spaces are put right
MARKS = {"b": "**", "strong": "**", "em": "*", "i": "*", "code": "`"}
ICONS = {
    "general": "material/help-circle-outline",
    "legal": "material/scale-balance",
    "economy": "material/chart-line",
    "transactions": "material/swap-horizontal",
    "mining": "material/pickaxe",
    "security": "material/shield-lock-outline",
    "help": "material/lifebuoy",
}


@dataclass
class Section:
    """A heading of the page, and the keys of its questions with those of their answers."""

    key: str
    questions: dict[str, list[str]] = field(default_factory=dict)


class ToMarkdown(HTMLParser):
    """The words of a piece of HTML as Markdown: emphasis, code, line breaks, links to other sites."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.out: list[str] = []
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open emphasis or a link."""
        if tag == "a":
            href = dict(attrs).get("href") or ""
            self.links.append(href if re.match(r"https?://[^\s()<>]+\Z", href) else "")
            self.out.append("[" if self.links[-1] else "")
        elif tag == "br":
            self.out.append("\n\n")
        else:
            self.out.append(OPEN + MARKS[tag] if tag in MARKS else "")

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        if tag == "a" and self.links:
            href = self.links.pop()
            self.out.append(f"]({href})" if href else "")
        else:
            self.out.append(CLOSE + MARKS[tag] if tag in MARKS else "")

    def handle_data(self, data: str) -> None:
        """Words; what Markdown would read as marks is escaped."""
        self.out.append(SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", data)))


def markdown(html: str) -> str:
    """Harmless Markdown, one paragraph; spaces stand outside of emphasis, where Markdown wants them."""
    text = "".join(ToMarkdown(html).out)
    for _ in MARKS:  # as deep as emphasis can stand in emphasis
        text = re.sub(rf"({OPEN}[*`]+)(\s+)", r"\2\1", text)
        text = re.sub(rf"(\s+)({CLOSE}[*`]+)", r"\2\1", text)
    text = text.replace(OPEN, "").replace(CLOSE, "").strip()
    return AT_START.sub(r"\1\\\2", text)


def sections(faq: dict[str, str], headings: set[str]) -> list[Section]:
    """What stands in a locale's FAQ, in the order of its keys; a question without an answer is told."""
    questions = {match["question"] for key in faq if (match := ANSWER.fullmatch(key))}
    found: list[Section] = []
    for key, text in faq.items():
        match = ANSWER.fullmatch(key)
        if match:
            found[-1].questions[match["question"]].append(key)
        elif key in questions:
            found[-1].questions[key] = []
        elif key in headings:
            found.append(Section(key))
        elif key not in NO_QUESTIONS and not IMAGE.fullmatch(key):
            print(f"left out, it has no answer: {key} ({text})", file=sys.stderr)
    return found


def headings(faq: dict[str, str]) -> set[str]:
    """The keys of a complete FAQ that neither have an answer nor are one."""
    answers = {key: match["question"] for key in faq if (match := ANSWER.fullmatch(key))}
    others = {*answers, *answers.values(), *NO_QUESTIONS}
    return {key for key in faq if key not in others and not IMAGE.fullmatch(key)}


def answer(faq: dict[str, str], keys: list[str]) -> str:
    """The paragraphs and lists of one answer."""
    blocks: list[str] = []
    for key in keys:
        text = markdown(faq[key])
        is_item = ANSWER.fullmatch(key)["kind"] == "li"  # type: ignore[index]
        if is_item and blocks and blocks[-1].startswith("- "):
            blocks[-1] += f"\n- {text}"
        elif text:
            blocks.append(f"- {text}" if is_item else text)
    return "\n\n".join(blocks)


def articles(found: list[Section], faq: dict[str, str], form: str) -> Iterator[tuple[str, str]]:
    """Path below the locale and text of every article of one locale."""
    for number, section in enumerate(found):
        title = json.dumps(faq[section.key], ensure_ascii=False)
        if form == "faq":
            parts = [f"---\ntitle: {title}\ntype: faq\n---\n"]
            parts += (
                f"## {markdown(faq[q])} {{ #{q} }}\n\n{answer(faq, keys)}\n"
                for q, keys in section.questions.items()
            )
            yield f"{number + 1}-{section.key}.md", "\n".join(parts)
            continue
        for key, keys in section.questions.items():
            title = json.dumps(faq[key], ensure_ascii=False)
            yield f"{section.key}/{key}.md", f"---\ntitle: {title}\n---\n\n{answer(faq, keys)}\n"


def section_file(found: list[Section], faqs: dict[str, dict[str, str]]) -> str:
    """`sections.yml`: titles per locale, and the order of the source."""
    lines = []
    for section in found:
        lines.append(f"{section.key}:\n  icon: {ICONS.get(section.key, 'material/folder-outline')}\n  title:")
        lines += (
            f"    {tag}: {json.dumps(faq[section.key], ensure_ascii=False)}"
            for tag, faq in faqs.items()
            if section.key in faq
        )
        lines.append(f"  articles: [{', '.join(section.questions)}]")
    return "\n".join(lines) + "\n"


def read(folder: Path, wanted: set[str]) -> dict[str, dict[str, str]]:
    """The FAQ of every locale, or of those that are wanted, by the tag as kbtool writes it."""
    faqs = {}
    for file in sorted(folder.glob("*.yml")):
        tag = file.stem.replace("_", "-")
        if not wanted or tag in wanted:
            data = yaml.safe_load(file.read_text(encoding="utf-8"))
            faqs[tag] = {key: str(text) for key, text in data[file.stem]["faq"].items() if text}
    return faqs


def convert(target: Path, folder: Path = SOURCE, form: str = "articles", locales: str = "") -> int:
    """Write all articles of the locales below `target`, a new folder; gives their number."""
    faqs = read(folder, {"en", *locales.split(",")} if locales else set())
    known = headings(faqs["en"])
    count = 0
    for tag, faq in faqs.items():
        for path, text in articles(sections(faq, known), faq, form):
            file = target / tag / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            count += 1
    if form == "articles":
        (target / "sections.yml").write_text(
            section_file(sections(faqs["en"], known), faqs), encoding="utf-8"
        )
    return count


def main() -> None:
    """Read the command line and convert."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("target", type=Path, help="the folder to write; it must be new")
    parser.add_argument("--as", dest="form", choices=["articles", "faq"], default="articles")
    parser.add_argument("--from", dest="folder", type=Path, default=SOURCE)
    parser.add_argument("--locales", default="", help="some of them, such as ar,ja (en is always in)")
    given = parser.parse_args()
    if not given.folder.is_dir():
        sys.exit(f"the corpus is not here: {given.folder}")
    if given.target.exists():
        sys.exit(f"{given.target} exists; remove it first")
    print(convert(given.target, given.folder, given.form, given.locales), "articles in", given.target)


if __name__ == "__main__":
    main()
