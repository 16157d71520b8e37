"""Folders that a build may use: a private one, and one that the site may take."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kbtool.errors import KbError, UsageError

PRIVATE = ".kbtool"
THEME = re.compile("kb-[0-9a-f]{8}")


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may look into, whatever is put there later."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise KbError(
            f"{folder} cannot be made: {error.strerror}", "check the free space and your rights there"
        ) from error


def check_target(target: Path, sources: Path, others: Iterable[Path] = ()) -> None:
    """Refuse a place that holds something other than a built site, or that would come to hold it.

    `others` are files and folders of the project that must not be replaced either.
    """
    try:
        resolved, articles = target.resolve(), sources.resolve()
    except (OSError, RuntimeError) as error:  # links that lead in a circle
        raise UsageError(f"{target} leads nowhere: {error}", "choose another --site-dir") from error
    if resolved == articles or articles.is_relative_to(resolved):
        raise UsageError(f"the site would replace the articles in {sources}", "choose another --site-dir")
    if resolved.is_relative_to(articles):
        raise UsageError(
            f"the site would lie among the articles in {sources}", "choose a --site-dir beside them"
        )
    if PRIVATE in resolved.parts or (resolved / PRIVATE).exists():
        raise UsageError(
            f"the public site at {target} would share a folder with the agents' pages in {PRIVATE}",
            "choose another --site-dir",
        )
    if replaced := next((path for path in others if path.resolve().is_relative_to(resolved)), None):
        raise UsageError(f"the site would replace {replaced}", "choose another --site-dir")
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file, not a folder", "choose another --site-dir, or remove it")
    if target.is_dir() and (foreign := _foreign(target)):
        raise UsageError(
            f"{target} holds files that kbtool did not write, such as {foreign}",
            "choose an empty folder, or remove it yourself",
        )


def _foreign(target: Path) -> str:
    """What in a folder is no part of a built site; '' for an empty folder and for a site."""
    names = sorted(path.name for path in target.iterdir())
    if not names:
        return ""
    odd = [name for name in names if name.startswith(".") or name == "CNAME"]
    if odd:
        return odd[0]
    ours = any(THEME.fullmatch(path.name) for path in (target / "assets").glob("kb-*"))
    return "" if ours and (target / "404.html").is_file() else names[0]
