"""Build the Arduino Help Center (410 articles) with kbtool and with stock Material, in turn.

    python bench/build_arduino.py [--runs 3]

CPU seconds are user + system of the whole process tree, start-up included; each side makes its own
search index, and both run the Markdown extensions that kbtool turns on by itself. kbtool builds both
trees (public and agents) from nothing; stock builds one. The result is a Markdown table on stdout.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONTENT = ROOT.parent / "shared" / "corpora" / "arduino-help-center" / "content"
SETTINGS = ROOT / "bench" / "sites" / "arduino.yml"
STOCK = """site_name: Arduino Help Center
docs_dir: {content}
site_dir: {site}
theme: {{name: material}}
plugins: [search]
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - toc: {{permalink: true}}
  - pymdownx.caret
  - pymdownx.details
  - pymdownx.emoji
  - pymdownx.highlight: {{anchor_linenums: true, pygments_lang_class: true}}
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.mark
  - pymdownx.quotes: {{callouts: true}}
  - pymdownx.superfences
  - pymdownx.tabbed: {{alternate_style: true}}
  - pymdownx.tasklist: {{custom_checkbox: true}}
  - pymdownx.tilde
"""


def cpu(command: list[str]) -> float:
    """CPU seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def size(folder: Path) -> float:
    """Megabytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def main() -> None:
    """Measure both, alternating, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    if not CONTENT.is_dir():
        sys.exit(f"the corpus is not here: {CONTENT}")
    with tempfile.TemporaryDirectory() as folder:
        ours, stock = Path(folder) / "kbtool", Path(folder) / "stock"
        settings = Path(folder) / "mkdocs.yml"
        settings.write_text(STOCK.format(content=CONTENT, site=stock), encoding="utf-8")
        call = [sys.executable, "-c", "from kbtool.cli import main; main()", "build", "-q"]
        a, b = [], []
        for _ in range(runs):
            shutil.rmtree(ours, ignore_errors=True)
            shutil.rmtree(SETTINGS.parent / ".kbtool" / SETTINGS.stem, ignore_errors=True)  # what is known
            a.append(cpu([*call, "-f", str(SETTINGS), "--site-dir", str(ours)]))
            b.append(cpu([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(settings)]))
        ratio = statistics.median(y / x for x, y in zip(a, b, strict=True))
        print("| builder | CPU s (median, min-max) | MB written |")
        print("|---|---|---|")
        for name, seconds, site in (("kbtool", a, ours), ("stock Material + search", b, stock)):
            middle, low, high = statistics.median(seconds), min(seconds), max(seconds)
            print(f"| {name} | {middle:.1f} ({low:.1f}-{high:.1f}) | {size(site):.0f} |")
        print(f"\nstock / kbtool, pair by pair: {ratio:.1f}x")


if __name__ == "__main__":
    main()
