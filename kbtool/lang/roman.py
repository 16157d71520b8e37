"""The bridge between Hindi in Devanagari and Hindi as people type it in Latin letters."""

from __future__ import annotations

import re
import unicodedata

DEVANAGARI = re.compile("[\u0900-\u097f]+")
LATIN = re.compile("[a-z0-9]+")

DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")


def _groups(text: str) -> dict[int, str]:
    """Groups divided by spaces: the first character of each is what all that follow it become."""
    return {ord(letter): group[0] for group in text.split() for letter in group[1:]}


# Consonant keys: what both scripts have in common when each is written by ear.
_KEYS = _groups("kकख gगघ nङञणनऩम\u0901\u0902 cचछ zजझ tटठतथ dडढदध pपफ bबभ yय rरऱऋ\u0943 lलळऴ vव sशषस hह")
_INITIAL = _groups("aअआऄॲa iइईएऐऍऎei uउऊओऔऑऒou")
# In this order. The first is how every loanword in -tion is heard.
_LATIN_KEYS = (
    ("tion", "sn"),
    *(("chh", "c"), ("ch", "c"), ("sh", "s"), ("ph", "p"), ("bh", "b"), ("gh", "g"), ("kh", "k")),
    *(("th", "t"), ("dh", "d"), ("jh", "j"), ("x", "ks"), ("w", "v"), ("z", "j"), ("q", "k"), ("f", "p")),
)
_HARD_C = re.compile("c(?![heiy]|ch)")
_SOFT_C = re.compile("c(?=[eiy])")
_LAST = str.maketrans("fmj", "pnz")
_DOUBLED = re.compile(r"([a-z])\1+")


def roman_key(surface: str) -> str:
    """The consonants of a folded word as both scripts share them: `rpnd` for refund and रिफंड.

    Digits stay. '' for a word that is neither Devanagari nor plain Latin. Different words may
    share a key.
    """
    if LATIN.fullmatch(surface):
        key = _latin_key(surface)
    elif DEVANAGARI.fullmatch(surface):
        # ज्ञ is spoken and typed gy.
        word = surface.replace("ज्ञ", "ग").translate(DIGITS)
        consonants = (char if char.isascii() else _KEYS.get(ord(char), "") for char in word)
        key = _INITIAL.get(ord(word[0]), "") + "".join(consonants)
    else:
        return ""
    key = _DOUBLED.sub(r"\1", key.translate(_LAST))
    return key.replace("y", "") or key


def _latin_key(word: str) -> str:
    word = _SOFT_C.sub("s", _HARD_C.sub("k", word))
    for spelling, key in _LATIN_KEYS:
        word = word.replace(spelling, key)
    return _INITIAL.get(ord(word[0]), "") + re.sub("[aeiou]", "", word)


# Romanisation. In between, a word is a string of consonants (still Devanagari), vowels (V below;
# E and O are the diphthongs, R the vowel r) and nasals (ं), with ə for the vowel nobody writes.
_VOWELS = _groups(
    "aअआ\u093eॲऄ iइई\u093f\u0940 uउऊ\u0941\u0942 eएऍऎ\u0947\u0945\u0946 Eऐ\u0948 "
    "oओऑऒ\u094b\u0949\u094a Oऔ\u094c Rऋ\u0943ॠ\u0944 \u0902\u0901"
)
_SPOKEN = _groups("kक gग nङञणन\u0902 jज tटत dडद pप fफ bब mम yय rर lलळ vव sस hह aə")
_WRITTEN = "खkh घgh चch छchh झjh ठth ढdh थth धdh भbh शsh षsh Eai Oau Rri"
_TO_VOWELS = {**_VOWELS, **dict.fromkeys((0x094D, 0x0903, 0x093D), "")}
_TO_LATIN: dict[int, int | str] = {
    **_SPOKEN,
    **{ord(word[0]): word[1:] for word in _WRITTEN.split()},
    **DIGITS,
}
_INHERENT = re.compile("([क-हz])(?![\u093e-\u094d])")
_FINAL = re.compile("(?<=[aiueoEORəं])([क-हz]+)ə$")
_CLUSTER_KEPT = re.compile("[क-हz][यरव]")
_MEDIAL_BACKWARDS = re.compile("([aiueoEORə][क-हz])ə(?=[क-हz][aiueoEORə])")
_LABIAL_NASAL = re.compile("ं(?=[पफबभम])")
_REST = re.compile("[\u0900-\u097f]")


def romanise(word: str) -> str:
    """The Devanagari in a word as people type it in Latin letters, the rest unchanged.

    The unwritten vowel is left out where it is not heard: `dhanvapsi` for धनवापसी.
    """
    return DEVANAGARI.sub(_romanised, word)


def _romanised(match: re.Match[str]) -> str:
    code = unicodedata.normalize("NFD", match[0]).replace("ज\u093c", "z").replace("\u093c", "")
    code = _INHERENT.sub(r"\1ə", code).translate(_TO_VOWELS)
    final = _FINAL.search(code)
    if final and not _CLUSTER_KEPT.fullmatch(final[1]):
        code = code[:-1]
    # From right to left, since a vowel that was left out keeps the one before it.
    code = _MEDIAL_BACKWARDS.sub(r"\1", code[::-1])[::-1]
    code = _LABIAL_NASAL.sub("m", code.replace("जञ", "गय").replace("चछ", "cछ"))
    return _REST.sub("", code.translate(_TO_LATIN))
