"""Writes `theme/source/weights.js`: the constants of the ranking for the browser.

python -m kbtool.search.generate
"""

from __future__ import annotations

import json

from kbtool.resources import resource_dir
from kbtool.search import postings, weights

HEAD = "// The constants of the ranking, written by kbtool/search/generate.py: change them in weights.py.\n"


def script() -> str:
    """The file, with every constant of `weights`."""
    values: dict[str, object] = {
        name: value
        for name, value in vars(weights).items()
        if isinstance(value, int | float) and name.isupper()
    }
    values["STEP"] = postings.STEP
    values["PREFIX"] = postings.PREFIX
    lines = [f"export const {name} = {json.dumps(value)};\n" for name, value in values.items()]
    fields = {name: [field.weight, field.b] for name, field in weights.FIELDS.items()}
    return f"{HEAD}{''.join(lines)}export const FIELDS = {json.dumps(fields)}; // weight, and BM25's b\n"


if __name__ == "__main__":
    (resource_dir("theme") / "source" / "weights.js").write_text(script(), encoding="utf-8")
