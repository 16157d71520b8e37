"""What an SVG file holds besides a picture: one that is opened by itself is a page, and can run scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.parsers import expat

from kbtool.content.files import shown
from kbtool.model import Finding, Location

RULE = "unsafe-file"
HELP = "save it as plain SVG without scripts, or put a PNG of it in its place"
TAGS = {"script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "meta", "base", "link"}
ANIMATIONS = {"set", "animate", "animatemotion", "animatetransform"}
ADDRESSES = {"href", "src", "action", "formaction", "from", "to", "by", "values", "data"}
BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0]+")
RUNNING = re.compile(r"(?:^|;)(?:javascript|vbscript|livescript|data):", re.IGNORECASE)
PICTURE = re.compile(r"^data:image/(?:png|jpe?g|gif|webp|avif)[;,]", re.IGNORECASE)
STYLE = re.compile(r"@import|javascript:|expression\s*\(|-moz-binding", re.IGNORECASE)
W3C = re.compile(r"^https?://www\.w3\.org/")


def svg_problem(path: Path, data: bytes) -> Finding | None:
    """The first thing in an SVG file that is no picture; None for an honest one, and for other files."""
    if path.suffix.lower() == ".svgz":
        message = "this is a compressed SVG: nobody sees what is in it"
        return Finding(RULE, "error", Location(shown(path)), message, "save it as .svg")
    if path.suffix.lower() != ".svg":
        return None
    found = _first(data)
    if found is None:
        return None
    line, column, what = found
    return Finding(RULE, "error", Location(shown(path), line, column), f"this file {what}", HELP)


class _Found(Exception):
    """Something was found; there is no need to read on."""

    def __init__(self, line: int, column: int, what: str) -> None:
        super().__init__(what)
        self.first = (line, column, what)


def _first(data: bytes) -> tuple[int, int, str] | None:
    """Line, column and what is there."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    inside: list[str] = []

    def found(what: str) -> None:
        if what:
            raise _Found(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, what)

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(_local(name))
        found(_element(name, attributes))

    def text(written: str) -> None:
        match = STYLE.search(written) if inside[-1] == "style" else None
        found(f"holds a style with {match[0]}" if match else "")

    def doctype(_name: str, system: str | None, _public: str | None, internal: int) -> None:
        if internal or (system and not W3C.match(system)):
            found("declares entities of its own, or names another file with some")

    def instruction(target: str, _data: str) -> None:
        found(f"holds the instruction <?{target}?>")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: inside.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    parser.ProcessingInstructionHandler = instruction
    return _parsed(parser, data)


def _parsed(parser: Any, data: bytes) -> tuple[int, int, str] | None:
    try:
        parser.Parse(data, True)
    except _Found as found:
        return found.first
    except (expat.ExpatError, UnicodeError, ValueError) as error:
        said = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error)
        return parser.ErrorLineNumber or 1, parser.ErrorColumnNumber + 1, f"is no valid SVG: {said}"
    return None


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _element(name: str, attributes: dict[str, str]) -> str:
    """What is wrong with an element; '' for nothing."""
    tag = _local(name)
    if tag in TAGS:
        return f"holds <{name}>"
    for written, value in attributes.items():
        attribute = _local(written)
        if attribute.startswith("on"):
            return f"holds the event handler {written}="
        if attribute == "style" and (match := STYLE.search(value)):
            return f"holds a style with {match[0]}"
        if tag in ANIMATIONS and attribute == "attributename" and _animates_script(value):
            return f"changes {value} by <{name}>"
        address = BLANKS.sub("", value)
        if attribute in ADDRESSES and RUNNING.search(address) and not PICTURE.match(address):
            return f"holds an address that runs something, in {written}="
    return ""


def _animates_script(attribute: str) -> bool:
    return _local(attribute) == "href" or _local(attribute).startswith("on")
