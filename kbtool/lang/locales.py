"""Facts about locales: their tags, direction, names, dates, plurals and numbers.

Babel is imported inside the functions: most commands never need it.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Literal

from kbtool.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from babel import Locale

Direction = Literal["ltr", "rtl"]

TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[0-9a-z]{5,8}|[0-9][0-9a-z]{3}))*)",
    re.ASCII,
)
ISOLATE: dict[Direction, str] = {"ltr": "\u2066", "rtl": "\u2067"}
RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})


def primary(locale: str) -> str:
    """The language of a tag: `pt` of `pt-BR`."""
    return locale.replace("_", "-").partition("-")[0].lower()


@functools.lru_cache(maxsize=256)
def _parts(tag: str) -> tuple[str, str, str, str] | None:
    """Language, script, region and variants (with a leading `-`) in their usual case."""
    match = TAG.fullmatch(tag.replace("_", "-").lower())
    if match is None:
        return None
    script, region = match["script"] or "", match["region"] or ""
    return match["language"], script.title(), region.upper(), match["variants"]


@functools.lru_cache(maxsize=256)
def _find(tag: str) -> Locale | None:
    """Babel's data for the tag, or for the nearest more general one, or None."""
    from babel import Locale, UnknownLocaleError

    parts = _parts(tag)
    if parts is None:
        return None
    language, script, region, _ = parts
    for candidate in ((language, script, region), (language, script), (language,)):
        try:
            return Locale.parse("_".join(filter(None, candidate)))
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _locale(tag: str) -> Locale:
    found = _find(tag)
    if found is None:
        raise UsageError(
            f"{tag!r} is not a language that kbtool knows",
            "use a language tag such as en, hi, pt-BR or zh-Hant",
        )
    return found


def canonical(tag: str) -> str | None:
    """The tag in the usual case, `hi-in` -> `hi-IN`; None if it is no tag or no known language."""
    parts = _parts(tag)
    if parts is None or _find(parts[0]) is None:
        return None
    language, script, region, variants = parts
    return "-".join(filter(None, (language, script, region))) + variants


def direction(locale: str) -> Direction:
    """Which way the locale is written; a script in the tag decides (`az-Arab` is `rtl`).

    Raises UsageError for an unknown language, as every function below.
    """
    parts = _parts(locale)
    if parts is not None and parts[1]:
        return "rtl" if parts[1] in RTL_SCRIPTS else "ltr"
    return "rtl" if _locale(locale).text_direction == "rtl" else "ltr"


def isolated(text: str, language: str, around: str) -> str:
    """The text of a language inside of a page of the locale `around`, so that its marks stay in place.

    Where the two run in different directions, it is put between the marks of Unicode that isolate it;
    a question mark would stand at the wrong end without them.
    """
    if not text or direction(language) == direction(around):
        return text
    return f"{ISOLATE[direction(language)]}{text}\u2069"


def script(locale: str) -> str:
    """The script that the locale is written in, as four letters: `Latn`, `Deva`; '' when it is unknown."""
    from babel.core import get_global

    parts = _parts(locale)
    if parts is None or parts[1]:
        return parts[1] if parts else ""
    likely = get_global("likely_subtags")
    language, region = parts[0], parts[2]
    found = likely.get(f"{language}_{region}") or likely.get(language) or ""
    return next((part for part in found.split("_") if len(part) == 4), "")


def autonym(locale: str) -> str:
    """The name of the language in itself, as it stands in a list: `English`, `हिन्दी`, `Français`."""
    return name_in(locale, locale)


def name_in(locale: str, other: str) -> str:
    """The name of `locale` in the language `other`, first letter as in a list."""
    name = _locale(locale).get_display_name(_locale(other)) or locale
    # Title case, not upper case: capitals of the Georgian script are never used alone.
    return name[0].title() + name[1:]


def format_date(day: date, locale: str) -> str:
    """The day in the reader's words, with Latin digits: `21 नवंबर 2026`."""
    from babel.dates import format_date as babel_format

    return babel_format(day, format="long", locale=_locale(locale))


def plural(locale: str, n: int) -> str:
    """The CLDR plural category of a count: `zero`, `one`, `two`, `few`, `many` or `other`."""
    return _locale(locale).plural_form(n)


def format_number(n: float, locale: str) -> str:
    """The number with the locale's grouping, in Latin digits: `12,34,567` in Hindi."""
    from babel.numbers import format_decimal

    return format_decimal(n, locale=_locale(locale))
