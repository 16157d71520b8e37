"""Measures `kbtool check` on a help center made up of many articles in two languages, against a build of it.

Prints CPU seconds (with those of child processes), each run in a process of its own, with nothing cached:

    python bench/check_speed.py [--articles 1000] [--runs 3]
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETTINGS = """\
site_name: Help
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
"""
WORDS = {
    "en": "open the page of your order and choose what you want to send back then wait for our mail",
    "hi": "अपने ऑर्डर का पेज खोलें और चुनें कि आप क्या लौटाना चाहते हैं फिर हमारे मेल का इंतज़ार करें",
}
CALL = [sys.executable, "-c", "from kbtool.cli import main; main()"]
RUNS = {
    "kbtool --help": ["--help"],
    "kbtool check --quick": ["check", "--quick", "--format", "json"],
    "kbtool check": ["check", "--format", "json"],
    "kbtool build": ["build", "-q"],
}


def main() -> None:
    """Write the help center, measure every command, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write(folder, given.articles)
        print(f"{given.articles} articles in 2 locales, {size / 1e6:.1f} MB of Markdown\n")
        print("| command | CPU s (median, min-max) |")
        print("|---|---|")
        for command, arguments in RUNS.items():
            seconds = [cpu([*CALL, *arguments], folder) for _ in range(given.runs)]
            middle = statistics.median(seconds)
            print(f"| `{command}` | {middle:.2f} ({min(seconds):.2f}-{max(seconds):.2f}) |", flush=True)


def write(folder: Path, articles: int) -> int:
    """A help center with settings; how many bytes of articles it has."""
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    size = 0
    for locale in WORDS:
        for number in range(articles):
            text = article(locale, number, articles).encode()
            path = folder / "articles" / locale / f"section-{number % 20}" / f"article-{number}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
            size += len(text)
        picture = folder / "articles" / locale / "_assets" / "picture.svg"
        picture.parent.mkdir()
        picture.write_text("<svg/>", encoding="utf-8")
    return size


def article(locale: str, number: int, articles: int) -> str:
    """One article of some 350 words: headings, lists, code, a note, links with and without a heading."""
    chance = random.Random(f"{locale} {number}")
    words = WORDS[locale].split()

    def sentence() -> str:
        return " ".join(chance.choices(words, k=chance.randint(6, 16))) + (". " if locale == "en" else "। ")

    others = [chance.randrange(articles) for _ in range(4)]
    links = " ".join(f"[{n}](../section-{n % 20}/article-{n}.md#part-{n % 4})" for n in others)
    parts = [
        f"---\ntitle: {words[number % len(words)]} {number}\ndescription: {sentence()}\ntags: [a, b]\n---\n"
    ]
    for part in range(4):
        parts.append(f"## {words[part]} {{ #part-{part} }}\n")
        parts += ["".join(sentence() for _ in range(4)) + "\n" for _ in range(2)]
    parts += [f"- {sentence()}\n- {links}\n", f"```sh\nrun {number}\n```\n", f"!!! note\n    {sentence()}\n"]
    return "\n".join([*parts, "![A picture](../_assets/picture.svg)\n"])


def cpu(command: list[str], folder: Path) -> float:
    """CPU seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
