"""The gate in front of a site: made of what is protected today, with what has passed it before."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from kbtool.config import Config
from kbtool.content.files import shown
from kbtool.gate.passed import decoded, encoded
from kbtool.gate.protected import protect
from kbtool.gate.scan import Gate
from kbtool.model import Finding
from kbtool.pipeline import Content
from kbtool.search.format import regular_bytes
from kbtool.targets import disk

FILE = "passed.json"


def open_gate(config: Config, content: Content, today: date) -> Gate:
    """The gate for a day; files that have passed it before need no second look."""
    protected = protect(config, content, today=today)
    try:
        data = regular_bytes(config.private_dir / FILE)
    except OSError:
        data = b""
    return Gate(protected, decoded(data, protected))


def remember(config: Config, gate: Gate) -> None:
    """Write down what has passed; without that, the next build looks at all of it again."""
    with suppress(OSError):
        disk.write_over(config.private_dir / FILE, encoded(gate.protected, gate.passed))


def look_at_tree(gate: Gate, folder: Path) -> None:
    """Look at a site that was written before."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            gate.look(path.relative_to(folder).as_posix(), path.read_bytes())


def leaks(gate: Gate, target: Path, *, quoted: bool = True) -> list[Finding]:
    """What the gate has found, as errors. `quoted` shows the text itself, which a public log must not."""
    return [leak.finding(shown(target), quoted=quoted) for leak in gate.leaks]
