"""Reading the folder of articles: every Markdown file, in one fixed order, nothing outside it."""

from __future__ import annotations

import codecs
import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from hashlib import blake2b
from pathlib import Path

from kbtool.config import Config
from kbtool.content.characters import MEND, turned, turning
from kbtool.content.layout import Layout
from kbtool.content.names import name_problem
from kbtool.lang.locales import canonical
from kbtool.model import Finding, Location, Severity, Source
from kbtool.nearest import did_you_mean
from kbtool.yamlfile import UNREADABLE, not_allowed

MAX_BYTES = 1024 * 1024
RULE = "unreadable-file"
ASSETS = "_assets"
SECTIONS = "sections.yml"
OTHER_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn"})
MARKDOWN = re.compile(r"\.(?:md|markdown|mdown|mkdn?)(?:$|[^\w-])", re.IGNORECASE)  # `.md.bak`, `.md~` too
OTHER_SECTIONS = re.compile(r"[._]*sections?\.(?:ya?ml|json|toml|txt)(?:\W.*)?", re.IGNORECASE)
UNPRINTABLE = re.compile(  # the last: bytes that are no UTF-8
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def shown(path: Path) -> str:
    """A path as a person would type it from where they are; characters without a shape as escapes."""
    return UNPRINTABLE.sub(_escape, os.path.relpath(path))


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\u{number:04x}" if 0xFF < number < 0xD800 else f"\\x{number & 0xFF:02x}"


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
    used: set[str] = set()
    layout = Layout(config.settings.articles.layout, config.locales)
    for path in walk(config.docs_dir, findings):
        name = path.relative_to(config.docs_dir)
        if path.suffix != ".md" or ASSETS in name.parts:
            if name.as_posix() == SECTIONS:  # it names protected sections: never an attachment
                continue
            if name.name == SECTIONS:
                findings.append(_other_sections(path))
            # Markdown may be an article that somebody put away: as a file, all of it would be shown.
            if not MARKDOWN.search(name.name) and not OTHER_SECTIONS.fullmatch(name.name):
                # Links are read in NFC, so the names of what they lead to are as well.
                assets[unicodedata.normalize("NFC", name.as_posix())] = path
            if path.suffix.lower() in OTHER_SUFFIXES and ASSETS not in name.parts:
                findings.append(_other_suffix(path))
            continue
        excluded = (p for p in config.settings.articles.exclude if fnmatchcase(name.as_posix(), p))
        if pattern := next(excluded, None):
            used.add(pattern)
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
    findings += _missed(config, used, [source.path for source in sources])
    beside = config.path.parent / SECTIONS
    if beside.parent != config.docs_dir and beside.is_file():
        findings.append(_other_sections(beside))
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
        if entry.name != SECTIONS and OTHER_SECTIONS.fullmatch(entry.name) and entry.is_file():
            findings.append(_other_sections(path))
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
    text = unicodedata.normalize("NFC", text)
    if turns := turning(text):
        findings.append(replace(_at(path, text, turns[0], turned(turns[1]), MEND), rule="bidi-control"))
        return None
    return text


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


def _missed(config: Config, used: Collection[str], read: Sequence[str]) -> Iterator[Finding]:
    """Patterns of `articles.exclude` that name nothing, and would if they were written a little otherwise."""
    names = {os.path.relpath(path, config.docs_dir).replace(os.sep, "/"): path for path in read}
    for pattern in (one for one in config.settings.articles.exclude if one not in used):
        bare = pattern.replace("\\", "/").casefold().lstrip("./").rstrip("/")
        bare = bare.removeprefix(f"{config.docs_dir.name.casefold()}/")
        tries = [start + bare + end for start in ("", "*/") for end in ("", ".md", "/*")] if bare else []
        hit = next((n for n in names if any(fnmatchcase(n.casefold(), one) for one in tries)), None)
        if hit:
            message = (
                f"articles.exclude holds '{pattern}', which does not name this article, but perhaps should"
            )
            help = f"write '{hit}', from the folder of articles on, or remove '{pattern}'"
            yield Finding("not-an-article", "error", Location(names[hit]), message, help)


def _other_sections(path: Path) -> Finding:
    """Who writes such a file wants to say who reads a section; it would be passed over."""
    message = f"this file is not read: what holds for sections stands in {SECTIONS} in the folder of articles"
    help = "move what it says there, with the folders named from below the locale, and remove this file"
    return Finding("bad-section", "error", Location(shown(path)), message, help)


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
