"""Search indexes with damaged files: the right answer, or a mistake that is told; never another answer.

Each round damages one file of a search (one of the kinds of files of the index, texts, or a sealed index of
Whoosh) by one of six ways and asks all queries of its locale.
"""

from __future__ import annotations

import json
import random
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from gates.index_place import LOCALES, QUERIES, Answer, asked, keep_version_texts, site_files, temporary_root
from kbtool.errors import KbError
from kbtool.search.query import parse

SEED = 20261122
BLOCK = 4096
KINDS = ("manifest", "words", "ids", "shards", "postings", "passages", "texts", "whoosh")
Chance = random.Random


def flipped(data: bytes, chance: Chance, _: list[bytes]) -> bytes:
    """One bit is another."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def cut(data: bytes, chance: Chance, _: list[bytes]) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(1, len(data))]


def zeroed(data: bytes, chance: Chance, _: list[bytes]) -> bytes:
    """A block of the disk is zero."""
    at = chance.randrange(0, len(data), BLOCK)
    end = min(at + BLOCK, len(data))
    return data[:at] + bytes(end - at) + data[end:]


def swapped(_: bytes, chance: Chance, others: list[bytes]) -> bytes:
    """Another file lies in its place."""
    return chance.choice(others)


def emptied(_: bytes, __: Chance, ___: list[bytes]) -> bytes:
    """Nothing is in it."""
    return b""


def removed(_: bytes, __: Chance, ___: list[bytes]) -> None:
    """The file is missing."""


WAYS: tuple[Callable[[bytes, Chance, list[bytes]], bytes | None], ...] = (
    *(flipped, cut, zeroed, swapped, emptied, removed),
)


class Search:
    """A built search, which can be damaged and mended again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        size = {"number": 30, "words": 120}
        for path, data in site_files(1, **size):
            file = root / "site" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        keep_version_texts(root, 1, **size)
        self.right: dict[tuple[str, str], Answer] = {}
        for locale in LOCALES:
            for query in QUERIES[locale]:
                answer = asked(root, locale, query)
                if isinstance(answer, KbError):
                    raise answer
                self.right[locale, query] = answer
        self.files = {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}

    def kind(self, path: Path) -> str:
        """What the file is: which of the index, texts, or sealed."""
        place = path.relative_to(self.root).parts[0]
        return path.stem.partition("-")[0] if place == "site" else place

    def locale(self, path: Path) -> str:
        """The locale that the file belongs to."""
        parts = path.relative_to(self.root).parts
        return parts[2] if parts[0] == "site" else path.name[:2]

    def mend(self) -> None:
        """Bring everything back to how it was built."""
        for path in [path for path in self.root.rglob("*") if path.is_file()]:
            if path not in self.files:
                path.unlink()
        for path, data in self.files.items():
            if not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)
                path.chmod(0o600)


def run(rounds: int = 1000, seed: int = SEED) -> dict[str, object]:
    """Damage a file, ask, mend, again and again; what came of it."""
    chance = random.Random(seed)
    told: Counter[str] = Counter()
    damaged: Counter[str] = Counter()
    wrong: list[str] = []
    errors: list[str] = []
    with temporary_root() as root:
        search = Search(root)
        for number in range(rounds):
            kind = KINDS[number % len(KINDS)]
            path = chance.choice([path for path in search.files if search.kind(path) == kind])
            way = WAYS[number // len(KINDS) % len(WAYS)]
            data = search.files[path]
            new = way(data, chance, [other for other in search.files.values() if other != data])
            if new is None:
                path.unlink()
            else:
                path.write_bytes(new)
            if kind == "texts":  # they are needed where there is no index of them yet
                for sealed in (search.root / "whoosh").glob(f"{search.locale(path)}-*"):
                    sealed.unlink()
            damaged[f"{kind}, {way.__name__}"] += 1
            label = f"{path.relative_to(search.root)} {way.__name__} ({number})"
            _ask(search, search.locale(path), label, told, wrong, errors)
            search.mend()
    return {
        "rounds": rounds,
        "seed": seed,
        "damaged": dict(sorted(damaged.items())),
        "queries": dict(told),
        "silent_wrong": wrong,
        "errors": errors,
    }


def _ask(
    search: Search, locale: str, label: str, told: Counter[str], wrong: list[str], errors: list[str]
) -> None:
    for query in QUERIES[locale]:
        if not label.startswith("site") and parse(query).plain:
            continue  # it needs the index alone
        try:
            answer = asked(search.root, locale, query)
        except Exception:  # noqa: BLE001 - any other exception is what must not be
            errors.append(f"{label}: {query}: {traceback.format_exc(limit=-2)}")
            continue
        if isinstance(answer, KbError):
            told["told"] += 1
            if not answer.help:
                errors.append(f"{label}: {query}: no mend is named")
        elif answer == search.right[locale, query]:
            told["right"] += 1
        else:
            wrong.append(f"{label}: {query}: {answer[:3]}")


if __name__ == "__main__":
    json.dump(run(), sys.stdout, indent=2, ensure_ascii=False)
