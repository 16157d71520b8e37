"""Names of files and folders that only some systems can hold."""

from __future__ import annotations

import re

from kbtool.model import Finding, Location, Severity

RULE = "bad-name"
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|\Z)", re.IGNORECASE)
FORBIDDEN = re.compile(r'[:<>"|?*\\]')


def name_problem(name: str, path: str) -> Finding | None:
    """What keeps Windows from holding a file or folder of that name; None if nothing does.

    `name` is its last part, `path` the whole as it is shown.
    """
    severity: Severity = "error"
    if device := DEVICE.match(name):
        why, help = f"'{device[0].rstrip('.')}' is the name of a device there", "rename it"
    elif name.endswith((".", " ")):
        why, help = "it ends in a full stop or a space", "rename it without that"
    elif forbidden := FORBIDDEN.search(name):
        why, help = f"it holds the character {forbidden[0]}", "rename it without that"
        # What stands behind a colon would vanish there; with the others, the file just cannot be made.
        severity = "error" if ":" in name else "warning"
    else:
        return None
    message = f"Windows cannot hold a file or folder of this name: {why}"
    return Finding(RULE, severity, Location(path), message, help)
