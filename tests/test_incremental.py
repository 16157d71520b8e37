"""A build on what earlier builds know is the build from nothing, byte for byte, whatever happened between."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kbtool.cli import run
from tests.conftest import Kb

LOCALES = {"en": "English", "hi": "हिन्दी", "ja": "日本語", "de": "Deutsch"}
WORDS = {
    "en": "refund card order parcel invoice login limit account the of is paid".split(),  # noqa: SIM905
    "hi": "वापसी कार्ड ऑर्डर पार्सल बिल लॉगिन सीमा खाता का है पैसे कब".split(),  # noqa: SIM905
    "ja": "返金 カード 注文 荷物 請求 上限 口座 支払い です いつ".split(),  # noqa: SIM905
}
STEPS = 5


class Writer:
    """Changes a help center at random, as writers do."""

    def __init__(self, kb: Kb, seed: int) -> None:
        self.kb, self.chance = kb, Random(seed)  # noqa: S311 - a choice of edits
        self.day = 20
        self.locales = list(WORDS)
        self.more = ""
        self.settings()
        for _ in range(6):
            self.article()

    def settings(self) -> None:
        """Write the settings."""
        names = ", ".join(f"{tag}: {LOCALES[tag]}" for tag in self.locales)
        self.kb.settings(f"locales: {{{names}}}\narticles: {{defaults: {{audience: public}}}}\n{self.more}")

    def text(self, locale: str, count: int) -> str:
        return " ".join(self.chance.choices(WORDS[locale], k=count))

    def files(self) -> list[Path]:
        return sorted((self.kb.root / "articles").rglob("*.md"))

    def article(self) -> None:
        """A new article, or another text for one."""
        locale, name = self.chance.choice(list(WORDS)), self.chance.choice("abcdef")
        section = self.chance.choice(["", "s/", "s/t/", "u/"])
        audience = self.chance.choice(["public", "public", "agents"])
        head = f"title: {self.text(locale, 2)} {name}\naudience: {audience}\nid: {section}{name}"
        body = f"{self.text(locale, 20)}\n\n## {self.text(locale, 2)}\n\n```py\nx = 1\n```\n\n"
        body += self.text(locale, 9)
        self.kb.write(f"articles/{locale}/{section}{name}.md", f"---\n{head}\n---\n\n{body}\n")

    def edit(self) -> None:
        file = self.chance.choice(self.files())
        file.write_text(file.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")

    def delete(self) -> None:
        if len(self.files()) > 3:
            self.chance.choice(self.files()).unlink()

    def rename(self) -> None:
        file = self.chance.choice(self.files())
        file.rename(file.with_name(f"{self.chance.choice('ghij')}.md"))

    def back(self) -> None:
        """The text of another article: what was rendered before comes back elsewhere."""
        one, other = self.chance.choice(self.files()), self.chance.choice(self.files())
        if (
            one.relative_to(self.kb.root / "articles").parts[0]
            == other.relative_to(self.kb.root / "articles").parts[0]
        ):
            head = one.read_text(encoding="utf-8").partition("\n---\n")[0]
            body = other.read_text(encoding="utf-8").partition("\n---\n")[2]
            one.write_text(f"{head}\n---\n{body}", encoding="utf-8")

    def languages(self) -> None:
        self.locales = self.chance.choice([["en", "hi", "ja"], ["en", "hi", "ja", "de"], ["hi", "en", "ja"]])
        self.settings()

    def colours(self) -> None:
        self.more = self.chance.choice(["", "identity: {colour: teal}", "stale: {review_every: 90}"])
        self.settings()

    def theme(self) -> None:
        word = self.chance.choice(["Hello", "Welcome"])
        self.kb.write("theme/strings/en.yml", f"home.greeting: {word}\n")
        own = (self.kb.root / "mkdocs.yml").read_text(encoding="utf-8")
        self.kb.write("mkdocs.yml", own.replace("{name: material}", "{name: material, custom_dir: theme}"))

    def tomorrow(self) -> None:
        self.day += 1

    def damage(self) -> None:
        """Rows of the store turn bad, or all of it, or the record of the last build."""
        folder = self.kb.root / ".kbtool/mkdocs"
        what = self.chance.choice(["rows", "file", "record", "gone"])
        store = folder / "store/rows.sqlite"
        if what == "rows" and store.is_file():
            with sqlite3.connect(store) as rows:
                rows.execute("UPDATE rows SET value = zeroblob(length(value)) WHERE abs(random()) % 2 = 0")
        elif what == "file" and store.is_file():
            store.write_bytes(store.read_bytes()[:100] + b"x" * 400)
        elif what == "gone":
            shutil.rmtree(folder / "store", ignore_errors=True)
        elif (folder / "last.json").is_file():
            (folder / "last.json").write_text("{}", encoding="utf-8")

    def step(self) -> str:
        """Do one of these things; its name."""
        often = [self.article, self.edit, self.edit, self.back]
        others = [
            self.delete,
            self.rename,
            self.languages,
            self.colours,
            self.theme,
            self.tomorrow,
            self.damage,
        ]
        change: Callable[[], None] = self.chance.choice([*often, *others])
        change()
        return change.__name__


def built(root: Path, day: int) -> tuple[int, dict[str, bytes]]:
    """The exit code, and both trees."""
    code = run(["build", "-q", "--today", f"2026-11-{day}"])
    kb = Kb(root)
    trees = ("site", ".kbtool/mkdocs/agents", ".kbtool/mkdocs/texts")
    return code, {f"{tree}/{name}": data for tree in trees for name, data in kb.tree(tree).items()}


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_changes(
    kb: Kb, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    writer = Writer(kb, seed)
    done: list[str] = []
    good = 0
    for _ in range(STEPS):
        done.append(writer.step())
        monkeypatch.chdir(kb.root)
        code, trees = built(kb.root, writer.day)
        cold = tmp_path_factory.mktemp("cold") / "help"
        shutil.copytree(kb.root, cold, ignore=shutil.ignore_patterns(".kbtool", "site"))
        monkeypatch.chdir(cold)
        cold_code, cold_trees = built(cold, writer.day)
        assert code == cold_code, done
        good += code == 0
        if code == 0:
            kept = {name: data for name, data in trees.items() if not name.startswith(".kbtool/mkdocs/texts")}
            assert kept == {name: data for name, data in cold_trees.items() if name in kept}, done
            assert set(cold_trees) <= set(trees), done
    assert good > STEPS // 2, "most of what is compared are sites"
