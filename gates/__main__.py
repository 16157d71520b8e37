"""Run every gate and write what came out into `RESULTS.md`: `python -m gates [NAME ...]`."""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("RESULTS.md")
GATES = {
    "kills": "Builds killed at every system call that changes the disk, and 300 at random moments",
    "full_disk": "Builds on file systems that are full, in steps of 16 KiB",
    "two_builds": "Two builds of one folder at once, 50 times",
    "index_corruption": "1,000 damaged copies of search indexes",
    "index_readers": "10,000 openings of an index while new ones are published",
    "axe_search": "axe-core on every state of the search, in two trees, languages, sizes and colours",
    "canary": "Protected words in 17 places of an article that is kept back in 12 ways",
}
BAD = ("wrong", "half_sites", "wrong_after_next_start", "silent_wrong", "errors", "leaks")


def bad(found: Mapping[str, Any]) -> list[str]:
    """The names of counts and lists that must be 0 or empty and are not."""
    inner = [
        f"{key}.{name}" for key, value in found.items() if isinstance(value, dict) for name in bad(value)
    ]
    return [*(key for key in BAD if found.get(key)), *inner]


def written(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The results as Markdown."""
    day = datetime.now(UTC).date().isoformat()
    lines = [
        "# Gates",
        "",
        f"Written by `make gates` on {day}: Python {platform.python_version()}, {platform.system()}.",
        "",
    ]
    for name, found in results.items():
        state = f"NOT PASSED: {', '.join(bad(found))}" if bad(found) else "passed"
        lines += [f"## {name}: {state}", "", f"{GATES[name]} (`python -m gates {name}`).", "", "```json"]
        lines += [json.dumps(found, indent=2, ensure_ascii=False), "```", ""]
    return "\n".join(lines)


def main(names: list[str]) -> int:
    """Run the gates of those names, or all; 0 when all have passed. Only a full run is written down."""
    results: dict[str, Mapping[str, Any]] = {}
    for name in names or GATES:
        run: Callable[[], dict[str, object]] = import_module(f"gates.{name}").run
        started = time.monotonic()
        results[name] = {**run(), "seconds": round(time.monotonic() - started)}
        state = f"NOT PASSED ({', '.join(bad(results[name]))})" if bad(results[name]) else "passed"
        print(f"{name}: {state}", json.dumps(results[name], ensure_ascii=False), flush=True)
    if not names:
        RESULTS.write_text(written(results), encoding="utf-8")
    return 1 if any(bad(found) for found in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
