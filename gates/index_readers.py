"""Readers of an index while another process publishes one version after the other.

Every opening and query has to be answered, and every answer has to be that of one version. Every tenth
query is a phrase, which needs the texts of the same version as the index.
"""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from gates.index_place import FORMS, Answer, asked, keep_version_texts, site_files, temporary_root
from kbtool.errors import KbError
from kbtool.search import reader
from kbtool.targets import disk
from kbtool.targets.releases import staging
from kbtool.targets.swap import SITE, Workshop

ROOT = Path(__file__).parents[1]
LEAST_SEEN, MOST = 3, 50  # versions, times the rounds that were asked for
QUERY = "refund arrives"
PHRASE = f'"{FORMS["en"][0]}"'


def publish(root: Path, version: int) -> None:
    """Put a version in the place of the one before it, as a build does."""
    shop = root / "shop"
    shop.mkdir(exist_ok=True)
    with staging(Workshop(shop, {SITE: root / "site"})) as stage:
        stage.write(SITE, site_files(version))
        keep_version_texts(root, version)
        stage.commit([SITE])


def publish_for_ever(root: Path) -> None:
    """One version after the other: two that come back all the time, and new ones."""
    for number in count(3):
        publish(root, (1, 2, number)[number % 3])
        disk.write_over(root / "published", str(number - 2).encode())


def version_of(answer: Answer) -> set[str]:
    """The versions that the articles of an answer are of."""
    return {title.rpartition(" ")[2] for _, title, _ in answer}


def wrong_in(answer: Answer, query: str) -> str:
    """What is wrong with an answer; '' when it is whole and of one version."""
    versions = version_of(answer)
    if len(versions) != 1:
        return f"of versions {sorted(versions)}"
    ids = sorted(int(id[1:]) for id, _, _ in answer)
    if query == QUERY:
        return "" if len(ids) == 10 else f"{len(ids)} articles"
    parity = int(versions.pop()) % 2
    expected = [n for n in range(12) if (n + parity) % 2 == 0]
    return "" if ids == expected else f"articles {ids} of version parity {parity}"


@contextmanager
def writer(root: Path) -> Iterator[None]:
    """A process that publishes for as long as this lasts."""
    publish(root, 1)
    process = subprocess.Popen([sys.executable, "-m", "gates.index_readers", str(root)], cwd=ROOT)
    try:
        yield
        if process.poll() is not None:
            raise RuntimeError("the writer has ended")
    finally:
        process.terminate()
        process.wait()


@contextmanager
def counted_restarts(counts: Counter[str]) -> Iterator[None]:
    """Count how often a reader met a new version on its way, to know that the gate tests anything."""
    real = reader.Replaced.__init__

    def counting(self: reader.Replaced, folder: Path) -> None:
        counts["met"] += 1
        real(self, folder)

    reader.Replaced.__init__ = counting  # type: ignore[method-assign]
    try:
        yield
    finally:
        reader.Replaced.__init__ = real  # type: ignore[method-assign]


def run(rounds: int = 10_000) -> dict[str, object]:
    """Open and ask that many times, and until some versions were met; what came of it."""
    counts: Counter[str] = Counter()
    errors: list[str] = []
    wrong: list[str] = []
    seen: set[str] = set()
    with temporary_root() as root, counted_restarts(counts):
        with writer(root):
            while counts["asked"] < rounds or (len(seen) < LEAST_SEEN and counts["asked"] < MOST * rounds):
                query = PHRASE if counts["asked"] % 10 == 0 else QUERY
                counts["asked"] += 1
                try:
                    answer = asked(root, "en", query)
                except Exception:  # noqa: BLE001 - any other exception is what must not be
                    errors.append(traceback.format_exc(limit=-2))
                    continue
                if isinstance(answer, KbError):
                    errors.append(answer.message)
                    continue
                seen |= version_of(answer)
                if what := wrong_in(answer, query):
                    wrong.append(f"{query}: {what}")
        published = int((root / "published").read_text(encoding="utf-8"))
    return {
        "opened and asked": counts["asked"],
        "phrases among them": -(-counts["asked"] // 10),
        "published meanwhile": published,
        "versions seen": len(seen),
        "new versions met while reading": counts["met"],
        "errors": errors,
        "wrong": wrong,
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        publish_for_ever(Path(sys.argv[1]))
    else:
        json.dump(run(), sys.stdout, indent=2, ensure_ascii=False)
