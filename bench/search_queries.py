"""Measures the slowest query: ordinary and hostile ones at 2,000 articles, against stock Whoosh.

Ours is `kbtool.search.ask` as `kbtool search` calls it, in a process that has answered before. The anchor is
Whoosh's own query parser and searcher over the same texts, each query in a process of its own that is
stopped after 15 seconds. Then `kbtool search` as a command, each time in a new process.

    python bench/search_queries.py [--articles 2000] [--lang en]
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from common import CALL, TASKS, at, cpu, fill, write_article, write_settings

from kbtool.errors import QueryError
from kbtool.search.ask import ask
from kbtool.search.find import Place, Searcher
from kbtool.search.tasks import read_task

TODAY = date(2026, 11, 26)
SEED, PASSES, LIMIT_SECONDS, COLD_RUNS = 7, 3, 15, 7
COMMON = ("the", "of", "and", "in", "to", "a", "is", "was", "for")  # in nearly all articles
OWNERS = ("asha", "billing-team", "ravi", "support")


def hostile(word: str, other: str) -> list[str]:
    """Queries that break search engines: wildcards, nesting, length, odd characters."""
    nested = ["(" * n + word + ")" * n for n in (2, 8, 50, 5000)]
    return [
        *(
            "*",
            "**",
            "?",
            "?*?*?*",
            "*?" * 40,
            "a*",
            "*a",
            "a*b*c*d*e*",
            f"{word[:2]}*",
            f"title:{word[:2]}*",
        ),
        *(f"{letter}*" for letter in "eist"),
        *(f"{pair}*" for pair in ("co", "re", "in", "de", "un", "th", "प्र", "कर")),
        " OR ".join(f"{a}{b}*" for a in "crisp" for b in "aeo"),
        " ".join(f"{a}{b}*" for a in "crisptd" for b in "aeou"),
        *(invented("abcdefghijklmnoprstuvwy", length) for length in (3, 4, 5, 9, 40)),
        *(invented("कखगघचजटडतदनपबमयरलवसहािीुेो", length) for length in (3, 4, 5, 9, 40)),
        " OR ".join(f'"{a} {b}"' for a, b in itertools.permutations(COMMON[:4], 2)),
        " ".join(f'"{a} {b}"' for a, b in itertools.permutations(COMMON[3:9], 2)),
        " ".join(f'NOT "{a} {b}"' for a, b in itertools.permutations(COMMON[4:8], 2)),
        '"' + " ".join(COMMON[:2] * 60) + '"',
        '"' + " ".join(COMMON * 9) + '"',
        *nested,
        *(
            "(" * 5000,
            ")" * 5000,
            '"' * 999,
            '"' + "a " * 400 + '"',
            f'"{word} {other}"~9999999',
            "NOT " * 400,
        ),
        *(" OR ".join([word] * 400), " AND ".join([word, other] * 100), f"NOT {word}", f"-{word} -{other}"),
        *(f"{word} AND NOT {word}", "NOT NOT NOT x", "AND OR NOT", f"{word} AND", f"OR {other}", "- - -"),
        *(f"{word}~", f"{word}~9", f"{word}^99999", "[* TO *]", "[a TO z]", "{* TO *}", "title:[a TO zz]"),
        *("reviewed:[* TO *]", "reviewed:[9999-99-99 to]", "reviewed:[2026-01-01 to", "owner:", ":", "::::"),
        *(
            "owner:(a OR b OR c)",
            "nosuch:field",
            "title:",
            "lang:*",
            "lang:xx",
            "id:*",
            "text:x",
            "stale:maybe",
        ),
        *(
            "refund " * 30_000,
            "x" * 200_000,
            "अ" * 100_000,
            "👩‍👩‍👧‍👦" * 2_000,
            "a\u0301" * 5_000,
            "\u200d" * 900,
        ),
        *("\x00\x01\x02", "\ud83d", "\u202eabc", "'; DROP TABLE articles; --", "<script>alert(1)</script>"),
        *(
            "../../etc/passwd",
            "%00%ff",
            "\\" * 500,
            "\n" * 500,
            "a" + "b" * 500,
            "कककककककक" * 60,
            "退款" * 200,
        ),
        *(f"{word} " * 32, f"{word[:-1]}x " * 40, " ".join(word[:n] for n in range(1, len(word) + 1)) * 10),
        *("the of and to in a is", "of the", "what is the", "e", "1", "0" * 400, "-1e999", "NaN", "None"),
    ]


def invented(letters: str, length: int) -> str:
    """As many words that do not exist as a query holds."""
    chosen = random.Random(SEED)
    return " ".join("".join(chosen.choices(letters, k=length)) for _ in range(512 // (length + 1)))


def ordinary(texts: list[str], ids: list[str], word: str, other: str) -> list[str]:
    """What agents ask: words, filters, phrases, prefixes, more like this."""
    filters = [
        *("owner:asha", "owner:asha section:help0", "tag:t3", "topic:topic7", "topic:topic7 owner:ravi"),
        *(
            "reviewed:no",
            "reviewed:overdue",
            "reviewed:[2026-01-01 to]",
            "reviewed:[to 2025-06-30] owner:ravi",
        ),
        *("status:published", "audience:public", "product:app", "NOT owner:asha", "owner:asha OR owner:ravi"),
        *("(owner:asha OR owner:ravi) AND tag:t1", "lang:* owner:support", "type:article reviewed:no"),
    ]
    words = [part for text in texts for part in re.findall(r"\w{5,}", text)][:40]
    pairs = list(itertools.pairwise(words))[:14]
    return [
        *texts,
        *filters,
        *(f'"{a} {b}"' for a, b in pairs),
        *(f"{a} AND {b}" for a, b in pairs[:6]),
        *(f"{a} OR {b}" for a, b in pairs[:6]),
        *(f"title:{a}" for a in words[:6]),
        *(f"{a[:4]}*" for a in words[:8]),
        *(f"like:{id}" for id in ids[:8]),
        f"like:{ids[0]} owner:asha",
        f"{word} owner:asha reviewed:no",
        f'"{word}" -{other} tag:t1',
    ]


def main() -> None:
    """Make the help center, ask everything, print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--no-anchor", action="store_true", help="leave out stock Whoosh")
    given = parser.parse_args()
    if not TASKS.is_dir():
        sys.exit(f"the tasks are not here: {TASKS}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows, texts = made(folder, given.lang, given.articles)
        cpu([*CALL, "build", "-q", "--audience", "public"], folder, XDG_STATE_HOME=str(folder / "state"))
        ids = [row["id"] for row in rows]
        chosen = random.Random(SEED)
        asked = chosen.sample(texts, 40)
        long = sorted({part for text in asked for part in re.findall(r"[^\W\d_]{6,}", text)}, key=str.lower)
        word, other = chosen.sample(long, 2)
        kinds = {
            "ordinary": ordinary(asked, chosen.sample(ids, 8), word, other),
            "hostile": hostile(word, other),
        }
        print(
            "| queries | n | slowest, ms | p95, ms | refused with a message | errors |\n"
            "|---|--:|--:|--:|--:|--:|"
        )
        for kind, queries in kinds.items():
            print(f"| {kind}, kbtool | {len(queries)} | {warm(folder, given.lang, queries)} |", flush=True)
        if not given.no_anchor:
            for kind, queries in kinds.items():
                print(f"| {kind}, stock Whoosh | {len(queries)} | {stock(rows, queries)} |", flush=True)
        print("\n| `kbtool search` in a new process | CPU ms: median, range |\n|---|---|")
        for what, query in cold_queries(word, other, ids[0]).items():
            print(f"| {what} | {cold(folder, given.lang, query)} |", flush=True)


def made(folder: Path, lang: str, count: int) -> tuple[list[dict[str, str]], list[str]]:
    """A help center of so many articles with metadata, and questions to it."""
    filled = folder / "task"
    fill(f"xquad-{lang}", filled, count)
    task = read_task(filled)
    write_settings(folder, lang)
    chosen = random.Random(SEED)
    rows = []
    for number, one in enumerate(task.documents):
        id = f"help{number % 12}/{one.id}"
        reviewed = "" if number % 3 == 0 else f"reviewed: 202{chosen.randrange(4, 7)}-0{number % 9 + 1}-11\n"
        head = f"owner: {OWNERS[number % 4]}\ntags: [t{number % 9}]\ntopics: [topic{number % 70}]\n{reviewed}"
        write_article(folder / "articles" / lang / f"{id}.md", one.title, one.body, head)
        rows.append({"id": id, "title": one.title, "body": one.body})
    return rows, [query.text for query in task.queries]


def warm(folder: Path, lang: str, queries: list[str]) -> str:
    """Times of all queries in a process that has answered others; the median of some passes."""
    own = folder / ".kbtool" / "mkdocs"
    place = Place(folder / "site", own / "texts" / "public", own / "whoosh" / "public", lang)
    took: dict[str, list[float]] = {query: [] for query in queries}
    refused = errors = 0
    for _ in range(PASSES):
        searchers = {lang: Searcher(place)}  # nothing is known of these queries
        for first in ("warm words", '"the engine" owner:asha'):
            ask(first, searchers, today=TODAY, with_facts=True)
        for query, times in took.items():
            start = time.perf_counter()
            try:
                ask(query, searchers, today=TODAY)
            except QueryError:
                refused += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
                errors += 1
                print(f"{query[:60]!r}: {error!r}", file=sys.stderr)
            times.append(1000 * (time.perf_counter() - start))
    slowest, query = max((statistics.median(times), query) for query, times in took.items())
    shown = json.dumps(query if len(query) < 30 else query[:27] + "...", ensure_ascii=False).replace("|", " ")
    values = [statistics.median(times) for times in took.values()]
    told, broken = refused // PASSES, errors // PASSES
    return f"{slowest:.0f} (`{shown}`) | {at(values, 0.95):.0f} | {told} | {broken}"


def stock(rows: list[dict[str, str]], queries: list[str]) -> str:
    """The same queries by Whoosh's own parser."""
    context = multiprocessing.get_context("fork")
    index = stock_index(rows)
    times: list[float] = []
    outcome: Counter[str] = Counter()
    for query in queries:
        theirs, ours = context.Pipe(duplex=False)
        child = context.Process(target=stock_query, args=(index, query, ours))
        child.start()
        if theirs.poll(LIMIT_SECONDS):
            kind, took = theirs.recv()
            times.append(took)
        else:
            kind = "stopped"
            times.append(1000.0 * LIMIT_SECONDS)
        outcome[kind] += 1
        child.kill()
        child.join()
    stopped = f"over {1000 * LIMIT_SECONDS:,} ({outcome['stopped']} stopped)"
    slowest = stopped if outcome["stopped"] else f"{max(times):.0f}"
    return f"{slowest} | {at(times, 0.95):.0f} | 0 | {outcome['error']}"


def stock_index(rows: list[dict[str, str]]) -> Any:
    """Whoosh as its manual shows it, in memory."""
    from whoosh import fields
    from whoosh.filedb.filestore import RamStorage

    schema = fields.Schema(id=fields.ID(stored=True), title=fields.TEXT(stored=True), body=fields.TEXT)
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for row in rows:
        writer.add_document(**row)
    writer.commit()
    return index


def stock_query(index: Any, text: str, answer: Any) -> None:
    """One query, warm: the second time counts."""
    from whoosh.qparser import MultifieldParser

    try:
        with index.searcher() as searcher:
            for _ in range(2):
                start = time.perf_counter()
                query = MultifieldParser(["title", "body"], index.schema).parse(text)
                searcher.search(query, limit=10)
            answer.send(("fine", 1000 * (time.perf_counter() - start)))
    except BaseException:  # noqa: BLE001 - a RecursionError, a MemoryError: whatever it is, it is counted
        answer.send(("error", 0.0))


def cold_queries(word: str, other: str, id: str) -> dict[str, str]:
    """What is asked of new processes."""
    return {
        "words": f"{word} {other}",
        "a filter: `owner:asha`": "owner:asha",
        "a phrase": f'"{word} {other}"',
        "a prefix and a boolean": f"{word[:4]}* AND NOT {other}",
        "more like this": f"like:{id}",
    }


def cold(folder: Path, lang: str, query: str) -> str:
    """CPU ms of a command, its index of Whoosh there already."""
    command = [*CALL, "search", "--lang", lang, "--today", TODAY.isoformat(), "--", query]
    times = [1000 * cpu(command, folder, XDG_STATE_HOME=str(folder / "state")) for _ in range(COLD_RUNS + 1)][
        1:
    ]
    return f"{statistics.median(times):.0f}, {min(times):.0f}-{max(times):.0f}"


if __name__ == "__main__":
    main()
