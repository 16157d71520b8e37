"""What has passed the gate, for the next build: files that are the same need no second look."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kbtool.gate.protected import Protected


def encoded(protected: Protected, passed: Iterable[str]) -> bytes:
    """The digests of the files that passed, for this protected set."""
    return json.dumps({"protected": protected.digest, "passed": sorted(passed)}).encode()


def decoded(data: bytes, protected: Protected) -> frozenset[str]:
    """The digests again; none for another protected set, or when the record cannot be read."""
    try:
        said: Any = json.loads(data)
        if said["protected"] != protected.digest or not protected.digest:
            return frozenset()
        return frozenset(map(str, said["passed"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return frozenset()
