"""Compares the ranking query by query with the plain baseline of the benchmark.

The baseline is BM25 over Snowball stems plus 0.4 x BM25 over padded character 4-grams, body and title as two
fields of weight 1. The interval holds the mean gain in 1 / rank with 95 % (bootstrap over the groups of
queries that hang together: those on one article of the encyclopedia, or with one answer).

    python bench/search_baseline.py [--tasks xquad-en ardtitle-en ...]
"""

from __future__ import annotations

import argparse
import functools
import json
import math
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import Stemmer

from kbtool.lang.analyze import ALGORITHMS, ENDINGS, LOANWORDS, fold, runs
from kbtool.lang.chars import CJK, SEA
from kbtool.lang.grams import grams
from kbtool.lang.normalise import normalise

ROOT = Path(__file__).parents[1]
TASKS = ROOT.parent / "shared" / "bench" / "search" / "tasks"
CALL = [sys.executable, "-c", "from kbtool.cli import main; main()", "eval"]
K1, B, GRAMS = 1.2, 0.75, 0.4
RESAMPLED = 2000
SEED = 11
Row = dict[str, Any]


def main() -> None:
    """Measure every task, and print a row for each kind of query."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tasks", nargs="+", metavar="NAME", help="only these; all if not given")
    given = parser.parse_args()
    if not TASKS.is_dir():
        sys.exit(f"the tasks are not here: {TASKS}")
    print("| task | kind | n | baseline | kbtool | gain | 95 % |\n|---|---|---|---|---|---|---|")
    for name in given.tasks or sorted(path.name for path in TASKS.iterdir() if path.is_dir()):
        queries = rows(name, "queries")
        ours, plain = our_run(name), Baseline(rows(name, "docs"))
        for kind in dict.fromkeys(query["kind"] for query in queries):
            asked = [query for query in queries if query["kind"] == kind]
            base = [reciprocal(plain.best(query["text"], query["lang"]), query["rel"]) for query in asked]
            own = [reciprocal(ours.get(query["id"], []), query["rel"]) for query in asked]
            low, high = interval(asked, base, own)
            means = [sum(values) / len(asked) for values in (base, own)]
            gain = means[1] - means[0]
            figures = f"{means[0]:.3f} | {means[1]:.3f} | {gain:+.3f} | {low:+.3f} to {high:+.3f}"
            print(f"| {name} | {kind} | {len(asked)} | {figures} |", flush=True)


def rows(task: str, file: str) -> list[Row]:
    """The rows of a file of a task."""
    text = (TASKS / task / f"{file}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line]


def our_run(task: str) -> dict[str, list[str]]:
    """What `kbtool eval` finds, by query."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run.jsonl"
        subprocess.run(
            [*CALL, str(TASKS / task), "--out", str(out)], cwd=ROOT, check=True, capture_output=True
        )
        lines = map(json.loads, out.read_text(encoding="utf-8").splitlines())
        return {line["id"]: line["ids"] for line in lines}


def reciprocal(ids: Sequence[str], relevant: Sequence[str]) -> float:
    """1 / rank of the first right document among ten; 0 if there is none."""
    return next((1 / rank for rank, id in enumerate(ids[:10], 1) if id in relevant), 0.0)


def interval(asked: Sequence[Row], base: Sequence[float], own: Sequence[float]) -> tuple[float, float]:
    """Where the mean gain lies with 95 %."""
    groups: defaultdict[str, list[float]] = defaultdict(list)
    for query, before, after in zip(asked, base, own, strict=True):
        answer = query["rel"][0]
        groups[answer.rpartition("-")[0] if answer.startswith("xq-") else answer].append(after - before)
    sums = [(sum(gains), len(gains)) for gains in groups.values()]
    chance = random.Random(SEED)
    means = []
    for _ in range(RESAMPLED):
        drawn = chance.choices(sums, k=len(sums))
        means.append(sum(total for total, _ in drawn) / sum(n for _, n in drawn))
    means.sort()
    return means[int(0.025 * RESAMPLED)], means[int(0.975 * RESAMPLED)]


class Baseline:
    """The plain baseline on the documents of a task."""

    def __init__(self, documents: Sequence[Row]) -> None:
        self.ids = sorted(row["id"] for row in documents)
        listed = sorted(documents, key=lambda row: row["id"])
        self.streams = [
            (weight, Stream([tokens(row.get(field, ""), row["lang"])[number] for row in listed]))
            for field in ("body", "title")
            for number, weight in ((0, 1.0), (1, GRAMS))
        ]

    def best(self, text: str, lang: str) -> list[str]:
        """The ids of the ten best documents."""
        found = tokens(text, lang)
        scores: defaultdict[int, float] = defaultdict(float)
        for position, (weight, stream) in enumerate(self.streams):
            for number, points in stream.scores(found[position % 2]).items():
                scores[number] += weight * points
        order = sorted(scores, key=lambda number: (-scores[number], number))
        return [self.ids[number] for number in order[:10]]


class Stream:
    """BM25 over one kind of token in one field."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        lengths = [len(document) for document in documents]
        average = max(1.0, sum(lengths) / max(1, len(lengths)))
        self.postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, document in enumerate(documents):
            norm = K1 * (1 - B + B * lengths[number] / average)
            for token, n in Counter(document).items():
                self.postings[token].append((number, n * (K1 + 1) / (n + norm)))
        self.total = len(documents)

    def scores(self, query: Iterable[str]) -> dict[int, float]:
        """Document -> score."""
        found: defaultdict[int, float] = defaultdict(float)
        for token, n in Counter(query).items():
            listed = self.postings.get(token, [])
            idf = math.log(1 + (self.total - len(listed) + 0.5) / (len(listed) + 0.5))
            for number, weight in listed:
                found[number] += idf * weight * min(n, 2)
        return found


def tokens(text: str, lang: str) -> tuple[list[str], list[str]]:
    """The stems and the 4-grams of a text."""
    stems: list[str] = []
    four: list[str] = []
    for kind, word in runs(normalise(text, lang)):
        if kind == CJK:
            pairs = [a + b for a, b in pairwise(word)]
            stems += pairs
            four += pairs
        elif kind == SEA:
            four += [word[i : i + 4] for i in range(max(1, len(word) - 3))]
        else:
            plain = word.partition("'")[0] if lang in ENDINGS else word.replace("'", "")
            stems.append(stem(plain, lang))
            four += grams(fold(plain), 4)
    return stems, four


@functools.cache
def stem(word: str, lang: str) -> str:
    """The folded Snowball stem."""
    algorithm = "english" if word.isascii() and lang in LOANWORDS else ALGORITHMS.get(lang)
    return fold(stemmer(algorithm).stemWord(word)) if algorithm else fold(word)


@functools.cache
def stemmer(algorithm: str) -> Stemmer.Stemmer:
    """The stemmer of a language."""
    return Stemmer.Stemmer(algorithm)


if __name__ == "__main__":
    main()
