"""The scripts that sites ship are those of theme/source, and small."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path

from kbtool.search import generate

THEME = Path(__file__).parents[2] / "theme"
FIRST = [THEME / "scripts" / name for name in ("search.js", "search-box.js")]  # loaded for the first results
BUILT = [*FIRST, *(THEME / "scripts" / name for name in ("search-more.js", "search-page.js"))]
MOST_BYTES = 15_000  # of the search in a browser, compressed
MOST_BYTES_BESIDE = 5_000  # of what comes beside it


def test_the_built_scripts_are_of_these_sources() -> None:
    """What `theme/source/build.sh` writes into their first lines; `make scripts` brings them up to date."""
    sources = [*sorted((THEME / "source").glob("*.js")), THEME / "source" / "package.json"]
    digest = sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    for path in BUILT:
        assert f"({digest})" in path.read_text(encoding="utf-8").partition("\n")[0], path.name


def test_the_constants_of_the_browser_are_those_of_python() -> None:
    assert (THEME / "source" / "weights.js").read_text(encoding="utf-8") == generate.script()


def test_the_search_is_small() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in BUILT}
    assert sum(sizes[path.name] for path in FIRST) <= MOST_BYTES
    assert sum(sizes.values()) <= MOST_BYTES + MOST_BYTES_BESIDE
