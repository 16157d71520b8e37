"""The canary table as a gate: every pair of slot and way, every form, every guard taken away, as numbers.

`python -m gates.canary` prints them as JSON, and ends with 1 when a word leaked, or nobody missed a guard.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.canary.mutants import MUTANTS, STEPS, Mutant, prepared
from tests.canary.runner import Canary, in_process, run_table
from tests.canary.scan import FORMS, HAS_BROTLI, INDEX_FORMS, SPELLINGS
from tests.canary.table import CASES, PAIRS, SLOTS, WAYS, words_of
from tests.conftest import Kb


def run() -> dict[str, object]:
    """The numbers: what was looked for, what leaked, what else is wrong, which guards are missed."""
    with folder() as root:
        kb = Kb(root)
        report = run_table(Canary(kb, in_process(kb)))
    red = [mutant.name for mutant in MUTANTS if is_red(mutant)]
    forms = [name for name in FORMS if name != "brotli" or HAS_BROTLI]
    return {
        "slots": len(SLOTS),
        "ways": len(WAYS),
        "pairs": PAIRS,
        "cases": len(CASES),
        "words": len(words_of(CASES)),
        "forms": [*forms, *SPELLINGS, *INDEX_FORMS],
        "builds": report.builds,
        "files scanned": report.scanned,
        "leaks": sorted({f"{leak.way} × {leak.slot}: {leak.file}" for leak in report.leaks}),
        "wrong": [*report.wrong, *(f"green without a guard: {m.name}" for m in MUTANTS if m.name not in red)],
        "mutants": len(MUTANTS),
        "mutants red": len(red),
    }


def is_red(mutant: Mutant) -> bool:
    """Whether the canary sees that a guard is gone, and saw nothing before."""
    with folder() as root, pytest.MonkeyPatch.context() as patch:
        canary = prepared(root)
        STEPS[mutant.step](canary)
        before = set(canary.report.red)
        mutant.remove(patch, root)
        STEPS[mutant.step](canary)
        return bool(set(canary.report.red) - before)


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def main() -> int:
    """Print the numbers; 1 when they are not what they must be."""
    numbers = run()
    json.dump(numbers, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return int(bool(numbers["leaks"] or numbers["wrong"]))


if __name__ == "__main__":
    sys.exit(main())
