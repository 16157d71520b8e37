"""What a writer may have meant to hide, and wrote in a way that hides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kbtool.content.lookalikes import folded
from kbtool.content.scan import masked
from kbtool.nearest import distance

AGENTS = "agents"
# What a line must hold to be doubted as a line, and a text to be looked at at all; as they look.
IN_LINES = rf"{AGENTS}|[!?]{{2}}|\[\\?!|hidden|audience"
LINE_WORTH_A_LOOK = re.compile(IN_LINES, re.IGNORECASE)
WORTH_A_LOOK = re.compile(rf"{IN_LINES}|<!--|^[ >\"']*status|_at\b", re.IGNORECASE | re.MULTILINE)
# A marker at the start of a line, of a list item, a definition, a footnote, or behind a `>`.
MARKER = re.compile(
    r"(?:^|>)(?: |[-+*] |\d+[.)] |: |\[\^[^\]]{0,99}\]:|\[[ xX]\] )*+[!?]{2,}\+?(?P<words>.*)"
)
QUOTED_KIND = re.compile(r"(?:^|>)[ ]*\\?\[\\?!(?P<words>[^\]]{0,99})\]")
QUOTED = re.compile(r'"[^"]*"')
CODE = re.compile(r"(?<![\\`])(`++).*?(?<!`)\1(?!`)")
BOX = re.compile(r"\s*(?:!!!|\?\?\?)(?![!?])")
# What the renderer takes for a box: a kind in letters, a title in double quotes.
UNDERSTOOD = re.compile(
    r'!!! ?[\w-]+(?: +[\w-]+)*(?: +"[^"]*")?|\?\?\?\+? ?(?:[\w-]+(?: +[\w-]+)*)?(?: *"[^"]*")?'
)
NEAR = ("agent", "agnt")
PRIVATE_WORDS = frozenset(
    ("internal", "private", "staff", "support", "team", "confidential", "hidden", "secret")
)
OTHER_WAYS = re.compile(
    rf"\{{[^{{}}]{{0,200}}\.{AGENTS}\b|\bclass\s*=\s*[\"']?[^\"'<>]{{0,200}}\b{AGENTS}\b"
    rf"|^\s*///.*\b{AGENTS}\b|^\s*type:\s*{AGENTS}\b",
    re.IGNORECASE,
)
# Markers of other tools, alone on their line; a comment, an attribute or a tag that names an audience.
HIDES_NOTHING = re.compile(
    rf"^[ >]*(?:! *{AGENTS}\b[^.!?]{{0,40}}$|:{{2,}} *\{{?[ .]*{AGENTS}\b|<[ /]*{AGENTS}\b|\[/?{AGENTS}\] *$)"
    rf"|<!--[ /#]*(?:(?:start|begin|end|for)\W{{1,3}})?{AGENTS}(?:\W{{0,3}}(?:start|begin|end|only))? *-->"
    rf"|\{{[^{{}}]{{0,200}}\baudience *=|<[a-z][^<>]{{0,500}}\s(?:data-)?audience\b",
    re.IGNORECASE,
)
IN_A_LINE = re.compile(rf"(?<!\S)(?:!!!|\?\?\?\+?) ?{AGENTS}\b", re.IGNORECASE)
TAG = re.compile(r"<[a-z](?:[^<>\"']++|\"[^\"]{0,500}\"|'[^']{0,500}'){0,60}+>", re.IGNORECASE)
VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
HIDDEN = re.compile(r"\shidden\b(?!-)", re.IGNORECASE)
IN_TABS = re.compile(r"\srole\s*=\s*[\"']?tabpanel\b", re.IGNORECASE)  # hidden until it is chosen

# A line of front matter that stands in the text, as the front matter ended above it or is given twice.
METADATA = re.compile(
    r"[\"']?(?:audience[\"']? *: *[\"']?(?:agents|public)|status[\"']? *: *[\"']?(?:draft|archived|published)"
    r"|(?:publish|expires)_at[\"']? *: *[\"']?\d{4}-)",
    re.IGNORECASE,
)
TOP = 20  # lines in which such a line is no part of a text

Doubt = tuple[str, str]  # message, help


def is_worth_a_look(text: str) -> bool:
    """Whether a text can hold anything that is looked for below; most texts cannot."""
    return any(WORTH_A_LOOK.search(folded(seen)) for seen in _with_and_without_code(text))


def _with_and_without_code(text: str) -> tuple[str, ...]:
    """The text, and what is left without its code: two halves of a word may meet there."""
    return (text, CODE.sub("", text)) if "`" in text else (text,)


def line_doubts(line: str) -> Iterator[Doubt]:
    """What a line outside of blocks and fences may say of agents in other ways."""
    seen = folded(line)
    private, near = _kinds(seen)
    if BOX.match(line) and not UNDERSTOOD.fullmatch(line.strip()):
        message = "this box is not understood, so its text would be shown as it is"
        yield message, 'write it as !!! note "Title", or !!! agents, on a line of its own'
    elif private:
        message = f"a box of the kind '{private}' hides nothing from the public"
        yield message, f"did you mean '{AGENTS}'?"
    elif near:
        yield f"unknown kind of block '{near}'", f"did you mean '{AGENTS}'?"
    else:
        seen = folded(CODE.sub("", line))
        if OTHER_WAYS.search(seen):
            message = f"the class '{AGENTS}' does not hide this text from the public"
            yield message, "write it as !!! agents, with the text indented below"
        elif HIDES_NOTHING.search(seen) or _hidden(seen):
            message = "this hides nothing from the public"
            yield message, "write !!! agents with what is for them indented below it, or remove this"
        elif IN_A_LINE.search(seen) and not MARKER.match(seen):
            message = "a block for agents must stand on a line of its own"
            yield message, "write !!! agents at the start of a line; as an example, put it in `backticks`"


def _kinds(line: str) -> tuple[str, str]:
    """The kind of a box or quote that sounds private, and the one that is nearly `agents`; '' without."""
    match = MARKER.search(line) or QUOTED_KIND.search(line)
    if match is None:
        return "", ""
    private = near = ""
    at_start = not line[: match.start()].strip(" >")
    for word in re.findall(r"[\w-]+", QUOTED.sub("", match["words"]).lower()):
        for part in re.split(r"[-_]", word):
            if part in PRIVATE_WORDS and at_start:
                private = private or word
            elif part != AGENTS and (part.startswith(NEAR) or distance(part, AGENTS) == 1):
                near = near or word
    return private, near


def _hidden(line: str) -> bool:
    """Whether a tag bears the attribute `hidden`, which is not kept; a panel of tabs may."""
    if "hidden" not in line.lower():
        return False
    tags = (match[0] for match in TAG.finditer(line))
    return any(HIDDEN.search(VALUE.sub("", tag)) and not IN_TABS.search(tag) for tag in tags)


def comment_doubts(text: str) -> Iterator[tuple[int, str, str]]:
    """Comments that are not closed, or closed earlier than it seems, with the numbers of their lines.

    The text is the one that the public gets.
    """
    if "<!--" not in text:
        return
    if (at := masked(text).find("<!--")) >= 0:
        message = "this comment is never closed, so its text would be shown"
        yield text.count("\n", 0, at), message, "end it with -->"
    at = early = -1
    while (at := text.find("<!--", at + 1)) >= 0 and (end := text.find("-->", at + 4)) >= 0:
        if -1 < early < at or early == -1:
            early = text.find("--!>", at)
            early = len(text) if early < 0 else early
        if early < end or text.startswith(("<!-->", "<!--->"), at):
            message = "this comment ends earlier than it seems, so the rest of its text would be shown"
            yield text.count("\n", 0, at), message, "begin it with <!-- and a space, and end it with -->"
        at = end


def doubts(lines: Sequence[str], code: set[int]) -> Iterator[tuple[int, str, str]]:
    """The doubts about all lines that are no code, with their numbers."""
    text = "\n".join(lines)
    seen = [folded(one).split("\n") for one in _with_and_without_code(text)]
    for number, line in enumerate(lines):
        if number not in code and any(LINE_WORTH_A_LOOK.search(one[number]) for one in seen):
            yield from ((number, *doubt) for doubt in line_doubts(line))


def metadata_doubts(text: str) -> Iterator[tuple[int, str, str]]:
    """Lines of front matter at the top of a text, outside of code; examples stand in code."""
    for number, line in enumerate(masked(text).split("\n", TOP)[:TOP]):
        if METADATA.match(folded(line)):
            message = "this line of front matter stands in the text, so it would hold nothing back"
            yield number, message, "put it between the two --- at the top of the file, or show it as code"
