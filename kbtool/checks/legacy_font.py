"""Hindi that was typed for an old font, and letters that only a special font can show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbtool.checks.base import Rule, Subject
from kbtool.content.scan import masked, place
from kbtool.lang.locales import script
from kbtool.model import Article, Finding

PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
NO_WORDS = re.compile(r"<[^<>]*>|\]\([^()]*\)|\]\[[^\]]*\]|\{[^{}]*\}|&\w+;|\S*[@/\\=]\S*|[\w-]+\.\w{2,4}\b")
BLOCK = re.compile(r"\S[^\n]*(?:\n(?![ \t]*(?:\n|\Z))[^\n]*)*")
WORD = re.compile(r"[A-Za-z;,'`~^&]*[A-Za-z][A-Za-z;,'`~^&]*")
# है हैं में का की को और पर नहीं कि हो भी था थे थी तो आप अपने जो यह या एक लिए साथ बाद करने करें किया
# हिन्दी भारत, as the keys of such fonts; words that English, commands or romanised Hindi have are left out.
KEYS = (
    "gS gSa gSA gSaA esa dk dh dks vkSj ugha gks Hkh Fkk Fks Fkh rks vki vius tks ;g ;k ,d fy, lkFk ckn djus "
    "djsa fd;k tkrk tkrh tk, lHkh D;k dSls dgka tc rd vkidk vkids vkidh viuk viuh fgUnh Hkkjr"
)
KNOWN = frozenset(KEYS.split())
ODD = re.compile(
    r"[a-z][A-Z][a-z]|[A-Z][a-z]*[A-Z]|;[a-z]|[a-z];|^[,;][a-z]|[bcdfghjklmnpqrstvwxz]{4}|[~^`&]"
)
LEAST_KNOWN, LEAST_SHARE = 2, 0.5


def check(subject: Subject) -> Iterator[Finding]:
    """Every article; the font only where the locale is written in Devanagari."""
    for article in subject.library.articles:
        found = PRIVATE.search(article.body)
        if found:
            where, line = place(article, found.start())
            message = f"the character U+{ord(found[0]):04X} is private: only a special font shows it"
            shown = PRIVATE.sub("\ufffd", line)
            yield RULE.finding(where, message, "write the letter that it stands for, or use a picture", shown)
        if script(article.locale) == "Deva" and (at := legacy(article)) is not None:
            where, line = place(article, at)
            message = "this looks like Hindi typed for an old font (Kruti Dev or the like)"
            yield RULE.finding(where, message, "convert it to Unicode: readers see Latin letters here", line)


def legacy(article: Article) -> int | None:
    """Where the first block starts that is typed for such a font; None when there is none."""
    text = NO_WORDS.sub(lambda match: " " * len(match[0]), masked(article.body))
    for block in BLOCK.finditer(text):
        words = WORD.findall(block[0])
        known = {
            word for word in (word.strip(",'`") if word != "fy," else word for word in words) if word in KNOWN
        }
        strange = sum(word in KNOWN or bool(ODD.search(word)) for word in words)
        if len(known) >= LEAST_KNOWN and strange >= LEAST_SHARE * len(words):
            return block.start()
    return None


TEXT = "---\ntitle: सामान लौटाना\ndescription: सामान कैसे लौटाएँ।\n---\n\n"
RULE = Rule(
    id="legacy-font",
    severity="warning",
    summary="Hindi was typed for an old font such as Kruti Dev, or a character is one that only a special "
    "font shows.",
    why="Readers see Latin letters that mean nothing, or empty boxes; the search finds neither.",
    bad={"articles/hi/orders/returns.md": TEXT + "fgUnh esa vkSj vaxzsth esa fy[kk gSA\n"},
    good={
        "articles/hi/orders/returns.md": TEXT + "हिन्दी में और अंग्रेज़ी में लिखा है। Return label ka PDF kholein.\n"
    },
    mend="Convert the text to Unicode, with a converter for that font, and read it once.",
    check=check,
)
