"""The constants of the ranking, and where each comes from: docs/explanation/search-ranking.md."""

from __future__ import annotations

from dataclasses import dataclass

K1 = 1.2


@dataclass(frozen=True)
class Field:
    """A part of an article: what it weighs, and how much its length counts (BM25's b)."""

    weight: float
    b: float

    def norm(self, length: float, average: float) -> float:
        """The length of a field as BM25 sets it against the frequency of a word in it."""
        return K1 * (1 - self.b + self.b * length / average)


FIELDS = {"body": Field(1.0, 0.7), "title": Field(0.6, 0.5), "aliases": Field(1.0, 0.5)}


def saturated(n: float, norm: float) -> float:
    """What a word weighs that occurs n times: less for each further time (BM25)."""
    return n * (K1 + 1) / (n + norm)


# What a word of the query weighs
LIGHT = 0.3  # a question or function word
CJK_PAIR, CJK_SINGLE = 1.0, 0.7  # two characters of Chinese or Japanese, and one

# What it may mean: likeness from 0 to 1
MOST_KNOWN, MOST_UNKNOWN = 10, 12  # candidates
LEAST = 0.15  # likeness below which a word is not meant
RAISED, BEST_GUESS = 2.0, 0.95  # the likenesses of a word that does not occur are raised, up to this
RAISED_KEY, BEST_KEY = 1.6, 0.9  # the same across scripts
PER_CONSONANT, SUREST_KEY = 0.1, 0.45  # what equal consonants are worth, whatever the vowels
OTHER_KEY = 0.6  # what remains when a consonant differs
SYNONYM, THESAURUS = 0.7, 0.5
LIGHT_GUESS = 0.85  # a word so like a light one is light itself
SHARED_PAIRS = 0.3  # of the letter pairs of two words; with fewer, none is a misspelling of the other
SHARED_TRIPLES = 0.2  # the same of triples, for words that occur
WORTH_EDITS = 0.5  # shared triples from which the edits between known words are counted
MOST_BEGUN = 200  # words that begin with what was typed; with more, too little was typed
SHORTEST = 3  # characters of a word that can be misspelt, or be the start of another
LONGEST = 48  # characters of a word of which it is guessed what it may mean
BEGUN = 0.3  # a Korean word of one or two syllables means those that begin with it, at least so much
PIECE = 0.6  # a short Thai, Lao, Khmer or Burmese word means the parts that begin or end with it

# First the postings choose, then the passages order
AGAIN = 12  # documents that are judged by their passages
SEARCHED = 5  # candidates of a word that are looked up in the postings
FEWEST_PASSAGES = 4  # requests that are kept for them

# What the passages add to BM25
PASSAGE, PASSAGE_K1, PASSAGE_B = 0.68, 0.5, 0.3  # the best sentence
OPENING, OPENING_SENTENCES = 0.35, 3  # the first sentences
PAIRS, NEAR, NEAR_WORDS = 0.5, 0.16, 4  # words side by side as in the query; words near each other
TITLE = 2.0  # how much of the title was asked for
EXACT = 0.35  # the very form of the word
ALIKE = 0.5  # words that look like it
WHOLE = 0.35  # how much of a sentence was asked for
FIRST_ENOUGH = 0.6  # of what the best sentence is worth: then the first, written to be shown, is shown
