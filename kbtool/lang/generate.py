"""Writes the Unicode tables that Python and the browser share: `python -m kbtool.lang.generate`.

Python versions and browsers know different versions of Unicode. Both sides therefore read the
same two tables and ask neither their regular expressions nor their own case folding.

Run it under the oldest supported Python (the version of Unicode is written into the tables):
then every normalisation function that will ever read the tables knows all of their characters.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

OTHER, CJK, HANGUL, SEA, DEVANAGARI = "DEFGH"
NOT_ASSIGNED, NOT_A_WORD, MARK = "ABC"

# Scripts that are cut differently from "one word per run"; first and last code point.
SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0900, 0x097F, DEVANAGARI),
    (0x0E00, 0x0EFF, SEA),  # Thai, Lao
    (0x1000, 0x109F, SEA),  # Myanmar
    (0x1780, 0x17FF, SEA),  # Khmer
    (0x3005, 0x3007, CJK),  # iteration mark, closing mark and zero of Han text
    (0x3040, 0x30FF, CJK),
    (0x3400, 0x4DBF, CJK),
    (0x4E00, 0x9FFF, CJK),
    (0xA8E0, 0xA8FF, DEVANAGARI),
    (0xAC00, 0xD7AF, HANGUL),
    (0xF900, 0xFAFF, CJK),
    (0x20000, 0x3FFFF, CJK),
)
Source = Callable[[dict[str, str]], str]
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LAST = sys.maxunicode


def base36(number: int) -> str:
    """A whole number in base 36, with a minus sign if it is negative."""
    if number < 0:
        return "-" + base36(-number)
    head, digit = divmod(number, 36)
    return (base36(head) if head else "") + DIGITS[digit]


def char_class(code: int) -> str:
    """The letter that stands for the class of a code point: see `kbtool.lang.chars`."""
    category = unicodedata.category(chr(code))
    if category in {"Cn", "Co", "Cs"}:
        return NOT_ASSIGNED
    if category[0] == "M":
        return MARK
    if category[0] not in "LN":
        return NOT_A_WORD
    return next((name for first, last, name in SCRIPTS if first <= code <= last), OTHER)


def class_runs() -> str:
    """The classes of all code points as run lengths: a class letter, then the length in base 36.

    A length of 1 is left out.
    """
    parts: list[str] = []
    for name, run in groupby(map(char_class, range(LAST + 1))):
        length = sum(1 for _ in run)
        parts.append(name + (base36(length) if length > 1 else ""))
    return "".join(parts)


def fold_runs() -> str:
    """Case folding to one code point: `start.count.step.delta` in base 36, divided by spaces.

    A start is told as its distance from the start before.
    """
    folds = [(code, ord(chr(code).casefold())) for code in range(LAST + 1) if len(chr(code).casefold()) == 1]
    changed = [(code, folded - code) for code, folded in folds if folded != code]
    parts: list[str] = []
    before = 0
    while changed:
        start, delta = changed[0]
        step = changed[1][0] - start if len(changed) > 1 else 1
        step = step if step in {1, 2} else 1
        count = 1
        while count < len(changed) and changed[count] == (start + count * step, delta):
            count += 1
        parts.append(".".join(map(base36, (start - before, count, step, delta))))
        before = start
        del changed[:count]
    return " ".join(parts)


def fold_words() -> str:
    """Case folding to several code points: `code.first.second[.third]`, divided by spaces.

    A code is told as its distance from the code before.
    """
    folds = ((code, chr(code).casefold()) for code in range(LAST + 1))
    words = [(code, folded) for code, folded in folds if len(folded) > 1]
    codes = (0, *(code for code, _ in words))
    return " ".join(
        ".".join(map(base36, (code - before, *map(ord, folded))))
        for before, (code, folded) in zip(codes, words, strict=False)
    )


def tables() -> dict[str, str]:
    """Name -> text of every table, from the running Python's `unicodedata`."""
    return {
        "UNICODE": unicodedata.unidata_version,
        "CLASS_RUNS": class_runs(),
        "FOLD_RUNS": fold_runs(),
        "FOLD_WORDS": fold_words(),
    }


def quoted(text: str, width: int = 96) -> list[str]:
    """The text as quoted pieces of at most `width` characters, in order; a space ends a piece."""
    return [f'"{piece}"' for piece in re.findall(rf".{{1,{width}}}", text)]


def python_source(data: dict[str, str]) -> str:
    """The text of `kbtool/lang/tables.py`."""
    lines = [
        '"""Unicode tables, written by `python -m kbtool.lang.generate`; decoded in `kbtool.lang.chars`."""',
        "",
    ]
    for name, text in data.items():
        pieces = quoted(text)
        if len(pieces) == 1:
            lines.append(f"{name} = {pieces[0]}")
        else:
            lines += [f"{name} = (", *(f"    {piece}" for piece in pieces), ")"]
    return "\n".join(lines) + "\n"


def script_source(data: dict[str, str]) -> str:
    """The text of `theme/source/tables.js`."""
    lines = ["// Unicode tables, written by `python -m kbtool.lang.generate`; decoded in analyze.js."]
    lines += [f"export const {name} =\n  " + " +\n  ".join(quoted(text)) + ";" for name, text in data.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write both files."""
    root = Path(__file__).parents[2]
    data = tables()
    (root / "kbtool/lang/tables.py").write_text(python_source(data), encoding="utf-8")
    (root / "theme/source/tables.js").write_text(script_source(data), encoding="utf-8")


if __name__ == "__main__":
    main()
