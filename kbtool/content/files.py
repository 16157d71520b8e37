"""Reading the folder of articles: every Markdown file, in one fixed order, nothing outside it."""

from __future__ import annotations

import codecs
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from hashlib import blake2b
from pathlib import Path

from kbtool.config import Config
from kbtool.content.layout import Layout
from kbtool.content.names import name_problem
from kbtool.lang.locales import canonical
from kbtool.model import Finding, Location, Severity, Source
from kbtool.nearest import did_you_mean
from kbtool.yamlfile import UNREADABLE, not_allowed

MAX_BYTES = 1024 * 1024
RULE = "unreadable-file"
ASSETS = "_assets"
OTHER_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn"})
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # the last: bytes that are no UTF-8
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def shown(path: Path) -> str:
    """A path as a person would type it from where they are; characters without a shape as escapes."""
    return UNPRINTABLE.sub(lambda match: f"\\x{ord(match[0]) & 0xFF:02x}", os.path.relpath(path))


@dataclass(frozen=True)
class Files:
    """What lies in the folder of articles: Markdown sources, and other files by their path in it."""

    sources: tuple[Source, ...]
    assets: dict[str, Path]


def read_files(config: Config) -> tuple[Files, list[Finding]]:
    """Every file below `docs_dir`, sorted by path, and what could not be read."""
    sources: list[Source] = []
    assets: dict[str, Path] = {}
    findings: list[Finding] = []
    strays: dict[str, list[Path]] = {}
    layout = Layout(config.settings.articles.layout, config.locales)
    for path in walk(config.docs_dir, findings):
        name = path.relative_to(config.docs_dir)
        if path.suffix != ".md" or ASSETS in name.parts:
            # Links are read in NFC, so the names of what they lead to are as well.
            assets[unicodedata.normalize("NFC", name.as_posix())] = path
            if path.suffix.lower() in OTHER_SUFFIXES and ASSETS not in name.parts:
                findings.append(_other_suffix(path))
            continue
        excluded = (p for p in config.settings.articles.exclude if fnmatchcase(name.as_posix(), p))
        if pattern := next(excluded, None):
            findings.append(_excluded(path, pattern))
            continue
        found = layout.split(name.with_suffix("").as_posix())
        locale, rel = found or ("", "")
        if not found or (layout.localised and locale not in config.settings.locales):
            strays.setdefault(locale, []).append(path)
            continue
        text = read_text(path, findings)
        if text is not None:
            rel = unicodedata.normalize("NFC", rel)
            digest = blake2b(text.encode(), digest_size=16).hexdigest()
            sources.append(Source(shown(path), locale or config.locales[0], rel, text, digest))
    findings += (_outside(folder, paths, config) for folder, paths in strays.items())
    return Files(tuple(sources), assets), findings


def walk(directory: Path, findings: list[Finding]) -> Iterator[Path]:
    """Regular files below a folder, sorted; hidden ones and those that start with `_` left out."""
    try:
        entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
    except OSError as error:
        findings.append(_unreadable(directory, error))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith((".", "_")) and entry.name != ASSETS:
            if path.suffix == ".md" or (entry.name.startswith("_") and entry.is_dir()):
                findings.append(_hidden(path))
            continue
        if UNPRINTABLE.search(entry.name):
            message = "the name of this file or folder holds a character that cannot be shown"
            findings.append(Finding(RULE, "error", Location(shown(path)), message, "rename it"))
            continue
        if problem := name_problem(entry.name, shown(path)):
            findings.append(problem)
        if entry.is_symlink():
            message = "this is a symbolic link; what it points to is not published"
            findings.append(
                Finding("symlink", "error", Location(shown(path)), message, "put the file itself here")
            )
        elif entry.is_dir():
            yield from walk(path, findings)
        elif entry.is_file():
            yield path
        else:
            message = "this is neither a file nor a folder"
            findings.append(Finding(RULE, "error", Location(shown(path)), message, "remove it"))


def read_text(path: Path, findings: list[Finding]) -> str | None:
    """A file's text: one kind of line end, no byte order mark, NFC; None when it cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            message = f"this file is larger than {MAX_BYTES // 1024} KiB"
            findings.append(
                Finding(RULE, "error", Location(shown(path)), message, "split it into several articles")
            )
            return None
        data = path.read_bytes()
    except OSError as error:
        findings.append(_unreadable(path, error))
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "this file is saved as UTF-16"
        findings.append(Finding(RULE, "error", Location(shown(path), 1), message, "save it as UTF-8"))
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    text = data.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        before = len(data[: error.start].decode().replace("\r\n", "\n"))
        message = f"the byte 0x{data[error.start]:02x} here is not UTF-8"
        findings.append(_at(path, text, before, message, "save the file as UTF-8"))
        return None
    if control := CONTROL.search(text):
        help = "delete it; if there are many, save the file as UTF-8"
        findings.append(_at(path, text, control.start(), not_allowed(control[0]), help))
        return None
    return unicodedata.normalize("NFC", text)


def _at(path: Path, text: str, position: int, message: str, help: str) -> Finding:
    """A finding at a position of a file's text."""
    head = text[:position]
    column = position - (head.rfind("\n") + 1) + 1
    where = Location(shown(path), head.count("\n") + 1, column)
    line = UNREADABLE.sub("\ufffd", text.split("\n")[where.line - 1])
    return Finding(RULE, "error", where, message, help, line)


def _unreadable(path: Path, error: OSError) -> Finding:
    message = f"this cannot be read: {error.strerror}"
    return Finding(RULE, "error", Location(shown(path)), message, "check that it exists and may be read")


def _other_suffix(path: Path) -> Finding:
    message = "this is not published: the names of articles end in .md"
    return Finding(
        "not-an-article", "warning", Location(shown(path)), message, f"rename it to {path.stem}.md"
    )


def _hidden(path: Path) -> Finding:
    message = f"this is not published: its name starts with {path.name[0]}"
    return Finding("not-an-article", "info", Location(shown(path)), message, "rename it to publish it")


def _excluded(path: Path, pattern: str) -> Finding:
    message = f"this is not published: articles.exclude names it ({pattern})"
    return Finding("not-an-article", "info", Location(shown(path)), message, "change articles.exclude")


def _outside(folder: str, paths: Sequence[Path], config: Config) -> Finding:
    """Articles outside the folders of the locales, in one finding per locale that is not known.

    '' stands for those that do not fit the layout at all.
    """
    known, layout = config.locales, config.settings.articles.layout
    if not folder:
        inside = layout.replace("{locale}", known[0]).replace("{path}", "")
        message, help = "this article lies outside the folders of the locales", f"move it into {inside}"
        more = f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""
        # Where the layout names folders of its own, what lies beside them was never meant as an article.
        severity: Severity = "error" if layout == "{locale}/{path}" else "warning"
        return Finding("unknown-locale", severity, Location(shown(paths[0])), message + more, help)
    wanted = canonical(folder)
    count = f"{len(paths)} article{'s' if len(paths) > 1 else ''}"
    message = f"the folder '{folder}' is not one of the locales {', '.join(known)}; it holds {count}"
    before, _, after = layout.partition("{locale}")
    at = config.docs_dir / f"{before}{folder}{after.partition('/')[0]}"
    if wanted in known:
        help = f"did you mean '{wanted}'? Rename the folder"
    elif wanted:
        help = f"add '{wanted}' to the locales in the settings, or rename the folder"
    else:
        help = did_you_mean(folder, known) or "rename the folder to one of them, or add its locale"
    return Finding("unknown-locale", "error", Location(shown(at)), message, help)
