"""A text that is hard to read, by a measure of its language."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.checks.base import Rule, Subject
from kbtool.lang.locales import primary
from kbtool.model import Finding

# Code is one word; headings, tables and marks beside the text are no sentences.
CODE = re.compile(r"<code\b.*?</code>|<kbd\b.*?</kbd>", re.DOTALL)
NO_PROSE = re.compile(
    r"<(pre|table|h[1-6]|svg|label|sup)\b.*?</\1>|<a class=\"headerlink\".*?</a>", re.DOTALL
)
BLOCK_END = re.compile(r"</(?:p|li|dd|dt|div|summary|blockquote|figcaption)>|<br ?/?>|<(?:ul|ol)\b[^>]*>")
TAG = re.compile(r"<[^>]*>|[\ue000-\uf8ff]")
SENTENCE_END = re.compile(r"[.!?।॥…]+(?=\s|$)|\n")
WORD = re.compile(r"[\w\u0900-\u097f\u200c\u200d]+(?:['’-]\w+)*")
VOWELS = re.compile(r"[aeiouy]+")
# An akshara: consonants joined by virama, then vowel signs and marks; or a vowel of its own.
CONSONANT = "[\u0915-\u0939\u0958-\u095f\u0978-\u097f]\u093c?"
SIGN = "[\u093a\u093b\u093e-\u094c\u094e\u094f\u0955-\u0957\u0962\u0963]"
VOWEL = "[\u0904-\u0914\u0960\u0961\u0972-\u0977]"
AKSHARA = re.compile(
    rf"(?:{CONSONANT}\u094d[\u200c\u200d]?)*{CONSONANT}{SIGN}?\u094d?[\u0900-\u0903]*|{VOWEL}[\u0900-\u0903]*"
)
FEWEST_WORDS = 100  # Flesch's own sample; shorter texts vary too much
HARDEST_EASE = 40.0
HARDEST_LIX = 30.0  # of 112 Hindi articles of a large documentation, a tenth lies above 25, two above 30
LONG = 4  # aksharas
SHORTEST = 3  # words; what is shorter is an item of a list, no sentence
QUOTED = 6  # words of the longest sentence, so that it can be found


@dataclass(frozen=True)
class Measure:
    """How a text reads: the words of its sentences, its score, and whether that is too hard."""

    sentences: int
    words: int
    score: float
    name: str
    hard: bool
    longest: str


def prose(rendered: str) -> list[list[str]]:
    """The sentences of rendered HTML as lists of words; the end of a list item or paragraph ends one."""
    text = NO_PROSE.sub("\n", CODE.sub(" x ", rendered))
    text = html.unescape(TAG.sub("", BLOCK_END.sub("\n", text.replace("\n", " "))))
    found = (WORD.findall(sentence) for sentence in SENTENCE_END.split(text))
    return [words for words in found if len(words) >= SHORTEST]


def syllables(word: str) -> int:
    """The syllables of an English word: groups of vowels, without a silent e at the end."""
    bare = word.lower()
    count = len(VOWELS.findall(bare))
    if bare.endswith("e") and not bare.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(count, 1)


def aksharas(word: str) -> int:
    """The written syllables of a Hindi word; a word in another script counts as one."""
    return len(AKSHARA.findall(word)) or 1


def measure(rendered: str, locale: str) -> Measure | None:
    """The measure of a text; None where there is none for the language, or too few words."""
    language = primary(locale)
    if language not in ("en", "hi"):
        return None
    sentences = prose(rendered)
    words = [word for sentence in sentences for word in sentence]
    if len(words) < FEWEST_WORDS:
        return None
    per_sentence = len(words) / len(sentences)
    longest = " ".join(max(sentences, key=len)[:QUOTED])
    if language == "en":
        per_word = sum(map(syllables, words)) / len(words)
        score = 206.835 - 1.015 * per_sentence - 84.6 * per_word
        return Measure(
            len(sentences), len(words), score, "Flesch reading ease", score < HARDEST_EASE, longest
        )
    share = sum(aksharas(word) >= LONG for word in words) / len(words)
    score = per_sentence + 100 * share
    return Measure(len(sentences), len(words), score, "LIX in aksharas", score > HARDEST_LIX, longest)


def check(subject: Subject) -> Iterator[Finding]:
    """Every text that is long enough, in the languages that have a measure."""
    for view in subject.views:
        for article in view.articles:
            found = measure(view.rendered[article.locale, article.id].html, article.locale)
            if found and found.hard:
                message = (
                    f"this is hard to read: {found.name} {found.score:.0f}, "
                    f"{found.words / found.sentences:.0f} words in a sentence"
                )
                help = f"part the longest sentences, such as the one that starts with “{found.longest}”"
                yield RULE.finding(article.where, message, help)


BAD = (
    "Notwithstanding the aforementioned considerations, organisations that are considering the "
    "utilisation of "
    "alternative transportation possibilities for the repatriation of merchandise are respectfully "
    "encouraged to "
    "familiarise themselves beforehand with the administrative regulations and documentation "
    "requirements that "
    "are applicable in their individual jurisdictions, including those concerning international "
    "declarations.\n\n"
)
GOOD = (
    "Pack the goods in the old box. Close it with tape. Write your name on the lid. Take it to the shop.\n\n"
)
RULE = Rule(
    id="readability",
    severity="info",
    summary="A text is hard to read.",
    why="Who needs help is in a hurry, and often reads in a second language. English: Flesch reading ease, "
    "206.835 − 1.015 × words per sentence − 84.6 × syllables per word (Rudolf Flesch, A new readability "
    f"yardstick, 1948); found is what lies below {HARDEST_EASE:.0f}, where 30 to 50 counts as "
    f"difficult. Hindi: LIX "
    "(Carl-Hugo Björnsson, 1968) with aksharas in place of letters: words per sentence + the percentage "
    "of words of "
    f"{LONG} and more aksharas; found is what lies above {HARDEST_LIX:.0f}. No measure for Hindi is as "
    f"well tried as "
    "Flesch's: take it as a hint. Code counts as one word; headings, tables and texts of less than "
    f"{FEWEST_WORDS} words are left out, sentences of one or two words too. Other languages are not "
    f"measured.",
    bad={"articles/en/orders/returns.md": "---\ntitle: Returns\ndescription: Returns.\n---\n\n" + BAD * 3},
    good={"articles/en/orders/returns.md": "---\ntitle: Returns\ndescription: Returns.\n---\n\n" + GOOD * 6},
    mend="Part long sentences, and use the short word where there is one. Ignore it where a text must "
    "be as it is.",
    check=check,
    needs_text=True,
)
