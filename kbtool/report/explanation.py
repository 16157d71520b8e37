"""An explained query in words, for whoever wonders why an article is found, or is not."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from kbtool.report.text import display_width
from kbtool.search.expand import Way
from kbtool.search.explanation import Explanation, Reading, Result, Word

WIDTH = 80
COLUMN = 20  # for words
MOST_READINGS = 6  # of a word; the others count little
LEAST = 0.0005  # points; what is less is not worth a line
WAYS: Mapping[Way, str] = {
    "word": "the word itself",
    "stem": "a form of it",
    "synonym": "your synonym",
    "thesaurus": "thesaurus",
    "spelling": "spelt alike",
    "beginning": "begins with it",
    "sound": "sounds alike",
}
PARTS: Mapping[str, str] = {
    "title": "how much of the title was asked for",
    "form": "the very forms that were typed",
    "likeness": "how like its words are to those typed",
    "sentence": "the sentence that answers best",
    "opening": "the first sentences",
    "share": "how much of a sentence was asked for",
    "near": "words near each other",
    "pairs": "words side by side, as they were typed",
}


def explanation_text(explanation: Explanation) -> str:
    """What each word was taken for, what was not found, and what each article's score is made of."""
    blocks = ["\n".join(_words(explanation))]
    blocks += ["\n".join(advice)] if (advice := list(_advice(explanation))) else []
    blocks += ["\n".join(_result(place, one)) for place, one in enumerate(explanation.results, 1)]
    if not explanation.results:
        blocks.append("No article has any of these words.")
    return "\n\n".join(blocks)


def _words(explanation: Explanation) -> Iterator[str]:
    yield f"How '{explanation.query}' was read ({explanation.locale})"
    if explanation.cut:
        yield "  Only its beginning: it is too long."
    for word in explanation.words:
        note = _note(word)
        yield f"  {_padded(word.text, COLUMN + 2)} {note}"
        yield from (_reading(reading) for reading in word.readings[:MOST_READINGS])
        if (more := len(word.readings) - MOST_READINGS) > 0:
            yield f"    and {more} less likely"


def _note(word: Word) -> str:
    if word.too_many:
        return "left out: the query has too many words"
    if not word.readings:
        return "left out: says little, and no article has it" if word.light else "nothing was found for it"
    little = ", a word that says little" if word.light else ""
    return f"weight {word.weight:.2f}{little}" + (", only guessed" if word.is_guessed else "")


def _reading(reading: Reading) -> str:
    forms = reading.forms[0]
    for form in reading.forms[1:]:
        if display_width(f"{forms}, {form}") > COLUMN:
            break
        forms += f", {form}"
    number = f"{reading.articles}{'+' if reading.at_least else ''}"
    articles = "article" if number == "1" else "articles"
    rest = "" if reading.looked_up else ", not looked up"
    how = f"{WAYS[reading.way]}, {reading.likeness:.2f}; {number} {articles}{rest}"
    return f"    → {_padded(forms, COLUMN)} ({how})"


def _advice(explanation: Explanation) -> Iterator[str]:
    """What a writer can do about words that nothing, or nothing sure, was found for."""
    unknown, guessed = explanation.unknown, explanation.guessed
    if not (unknown or guessed):
        return
    if unknown:
        yield f"Nothing was found for: {', '.join(unknown)}"
    if guessed:
        yield f"Only guessed: {', '.join(guessed)}"
    first = (unknown or guessed)[0]
    advice = (
        "If readers ask like this, write their words into `aliases` of the article that answers, or into "
        f"search/synonyms.{explanation.locale}.yml, such as {first}: [a word of the article]"
    )
    yield from textwrap.wrap(advice, WIDTH - 2, initial_indent="  ", subsequent_indent="  ")


def _result(place: int, result: Result) -> Iterator[str]:
    yield f"{place}. {result.id}: {result.score:.3f}"
    yield f"   {result.title}"
    heads = ("body", "title", "aliases") if result.judged else ("lists",)
    rows = [(one.word, [getattr(one, head) for head in heads]) for one in result.words]
    rows = [(word, values) for word, values in rows if max(values) >= LEAST]
    yield f"   {_padded('points of each word', 40)}" + "".join(f"{head:>10}" for head in heads)
    yield from (f"     {_padded(word, 38)}" + _numbers(values) for word, values in rows)
    if not result.judged:
        yield f"   at place {result.lists_place} by the index's lists; its text was not looked at"
        return
    listed = [(PARTS[part.name], part.points) for part in result.parts if part.points >= LEAST]
    yield from (f"   {_padded(name, 40)}{points:>10.3f}" for name, points in listed)
    lists = sum(one.lists for one in result.words)
    yield f"   at place {result.lists_place} by the index's lists alone, with {lists:.2f}"


def _numbers(values: Sequence[float]) -> str:
    return "".join(f"{value:>10.3f}" if value >= LEAST else " " * 10 for value in values).rstrip()


def _padded(text: str, width: int) -> str:
    """The text filled up to so many columns of a terminal."""
    return text + " " * (width - display_width(text))
