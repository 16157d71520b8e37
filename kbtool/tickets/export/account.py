"""What an import leaves beside the counts: how topics were found, and what readers call things."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from kbtool.errors import KbError

VERSION = 1


@dataclass(frozen=True)
class Words:
    """Words of readers on an article in a locale that are not in it; so many tickets have them."""

    id: str
    locale: str
    text: str
    tickets: int


@dataclass(frozen=True)
class Account:
    """The last import: by which rules, from when to when, how many tickets, how their topics were found.

    `words` are proposed aliases, `dropped` those that writers do not want.
    """

    preset: str = ""
    rules: str = ""
    first: str = ""
    last: str = ""
    tickets: int = 0
    ways: Mapping[str, int] = field(default_factory=dict)
    words: tuple[Words, ...] = ()
    dropped: tuple[Words, ...] = ()

    @property
    def coverage(self) -> float | None:
        """The share of the tickets whose topic is known; None when nothing was imported."""
        return 1 - self.ways.get("unknown", 0) / self.tickets if self.tickets else None

    def without(self, dropped: Sequence[Words]) -> Account:
        """The same with some words dropped for good."""
        gone = {(one.id, one.locale, one.text) for one in dropped}
        kept = tuple(one for one in self.words if (one.id, one.locale, one.text) not in gone)
        return replace(self, words=kept, dropped=(*self.dropped, *dropped))


def account_path(counts: Path) -> Path:
    """`counts.import.json` beside `counts.csv` or `counts.csv.gz`."""
    name = counts.name.removesuffix(".gz")
    return counts.with_name(f"{name.rpartition('.')[0] or name}.import.json")


def rules_digest(*rules: object) -> str:
    """A short name for the rules by which topics were found; the same rules give the same."""
    return hashlib.sha256(repr(rules).encode("utf-8")).hexdigest()[:12]


def read_account(counts: Path) -> Account | None:
    """The account beside a file of counts; None when there is none. Raises KbError when it is damaged."""
    path = account_path(counts)
    if not path.is_file():
        return None
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        if value.pop("version") != VERSION:
            raise ValueError("another version")
        for name in ("words", "dropped"):
            value[name] = tuple(Words(**one) for one in value[name])
        return Account(**value)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise KbError(
            f"{path} is damaged: {error}", "import the tickets again, or delete the file"
        ) from error


def written_account(account: Account) -> bytes:
    """The account as it is kept: readable, one entry a line where that tells more in a diff."""
    value = {"version": VERSION, **asdict(account)}
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
