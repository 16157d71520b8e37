"""What `kbtool check` has found, for every format: the findings with a fingerprint each, and a baseline."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from kbtool.model import Finding

# Numbers in words of ours change with every edit (lines, counts, scores); those inside names do not.
NUMBER = re.compile(r"(?<![\w./#'-])\d+(?:\.\d+)?(?![\w./'-])")


@dataclass(frozen=True)
class Reported:
    """A finding with its fingerprint: the same text, or the same mistake two lines below, has the same."""

    finding: Finding
    fingerprint: str


@dataclass(frozen=True)
class Checked:
    """The result of a check. `suppressed` counts the findings that a baseline takes out."""

    reported: tuple[Reported, ...]
    articles: int = 0
    suppressed: int = 0

    @property
    def findings(self) -> list[Finding]:
        """The findings alone."""
        return [one.finding for one in self.reported]


def fingerprinted(findings: Sequence[Finding], base: str) -> list[Reported]:
    """Each finding with 32 hex digits made of rule, path and words, without any line number.

    Paths count from the folder `base`, so that it does not matter where the command runs. Of equal
    findings in one file, the second, third and so on are told apart by their order.
    """
    seen: Counter[str] = Counter()
    reported = []
    for finding in findings:
        path = posixpath.relpath(finding.where.path, base or ".")
        text = "\0".join((finding.rule, path, NUMBER.sub("0", finding.message)))
        seen[text] += 1
        digest = blake2b(f"{text}\0{seen[text]}".encode(errors="replace"), digest_size=16).hexdigest()
        reported.append(Reported(finding, digest))
    return reported


def baseline_text(reported: Iterable[Reported]) -> str:
    """A baseline: JSON with the fingerprints of findings that are accepted, readable in a review."""
    listed = [
        {
            "fingerprint": one.fingerprint,
            "rule": one.finding.rule,
            "path": one.finding.where.path,
            "message": one.finding.message,
        }
        for one in reported
    ]
    return json.dumps({"version": 1, "findings": listed}, ensure_ascii=False, indent=2) + "\n"


def baseline_of(text: str) -> set[str]:
    """The fingerprints in a baseline. Raises ValueError where the text is none."""
    value = json.loads(text)
    if (
        not isinstance(value, dict)
        or value.get("version") != 1
        or not isinstance(value.get("findings"), list)
    ):
        raise ValueError("no baseline")
    found = {one.get("fingerprint") for one in value["findings"] if isinstance(one, dict)}
    return {one for one in found if isinstance(one, str)}
