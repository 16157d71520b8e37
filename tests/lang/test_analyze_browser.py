from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kbtool.lang.analyze import surfaces
from kbtool.lang.chars import CLASS, FOLD, MARK, NOT_ASSIGNED
from kbtool.lang.grams import grams
from kbtool.lang.normalise import normalise
from kbtool.lang.roman import roman_key, romanise

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCRIPTS = Path(__file__).parents[2] / "theme/source"
LOCALES = ("en", "hi", "tr", "fr", "zh", "th-TH", "ar")
EDGES = [
    "",
    "İstanbul'da IŞIK ışık I\u0307",
    "don't it’s l'eau мʼята a'\u0301b x' 'y",
    "क़ानून \u0958ानून हिन्दी सम्पर्क चाँद ऑर्डर क्\u200dष क्\u200cष है।फिर ५००",
    "UPIसे 5रु कार्डcard",
    "😀 👩🏽‍💻 1️⃣ ❤️ 🇮🇳 ™ ① ½ ﬃ ﷺ",
    "\ud800 a\udfffb \udc00\ud800",
    "\u0378 \U0001e030 \u0cf3 \ue000 \U000f0000",
    "각 \u1100\u1161\u11a8 한글 ｶﾞ か\u3099 佐々木 𠮷野家 退款PDF政策",
    "คืนเงิน กำ เงิน ខ្មែរ မြန်မာ ລາວ",
    "أحمد كِتَابٌ ﹷ كتـــاب ۀ \u06d5\u0654",
    "Straße ẞ ΐ ᾳ ᾼ Σίσυφος ǰ ŉ K Å ё\u0308\u0308",
    "ज्ञान अच्छा मित्र राज्य धर्म संपर्क संगणक दुःख ज़रा कृपया ऋण समझना गई २०२६ न औसत महत्व",
    "refund account accha success check transaction exchange yah kyc phone 1100 b2b company",
    "\u0301 \u093f \ufe0f a\u034fb \u00ad\u2060\ufeff\u200b",
]
HINDI = "कखगघचछजझञटठडढणतथदधनपफबभमयरलवशषसहािीुूृेैोौंँ्ःअआइईउऊएऐओऔऋ़ॉऑ"


def random_texts() -> list[str]:
    """Texts over all scripts, over single scripts, of Hindi words and of Latin words."""
    rng = random.Random(20)  # noqa: S311 - the same texts every time
    known = [code for code in range(0x20000) if CLASS[code] != NOT_ASSIGNED]
    marks = [code for code in known if CLASS[code] == MARK]
    tricky = [*marks, *FOLD, *map(ord, " '’-\u200d"), *range(0x250, 0x260), *range(0x900, 0x980)]
    anywhere = [code for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    pools = [
        known,
        tricky,
        anywhere,
        [*range(97, 123), 32, 39],
        list(map(ord, HINDI + " ")),
        [*range(0x600, 0x700)],
    ]
    texts = ["".join(map(chr, rng.choices(pool, k=rng.randint(1, 12)))) for pool in pools for _ in range(600)]
    blocks = rng.sample(range(0, 0x1F000, 0x80), 400)
    texts += ["".join(chr(block + rng.randrange(0x80)) for _ in range(10)) for block in blocks]
    return [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in texts]


def every_known_character() -> list[str]:
    """All characters of the tables, a hundred to a text, parted by a letter so that they stay apart."""
    known = [chr(code) for code in range(0x110000) if CLASS[code] != NOT_ASSIGNED]
    words = [
        char for char in known if not 0x4E00 <= ord(char) < 0xA000 and not 0x20000 <= ord(char) < 0x3FFFF
    ]
    return ["x" + "x".join(words[i : i + 100]) for i in range(0, len(words), 100)]


COMPARE = """async (sent) => {
  const twin = await import("/analyze.js");
  const answers = JSON.parse(sent).map(([text, locale]) => {
    const words = twin.surfaces(text, locale);
    return [
      twin.normalise(text, locale), words, words.map(twin.romanKey), words.map(twin.romanise),
      twin.romanise(text), twin.romanKey(text),
      words.map((word) => [2, 3, 4].map((n) => twin.grams(word, n))),
    ];
  });
  return JSON.stringify(answers);
}"""


def answers(text: str, locale: str) -> list[object]:
    words = surfaces(text, locale)
    return [
        *(
            normalise(text, locale),
            words,
            [roman_key(word) for word in words],
            [romanise(word) for word in words],
        ),
        *(romanise(text), roman_key(text), [[list(grams(word, n)) for n in (2, 3, 4)] for word in words]),
    ]


@pytest.mark.browser
def test_browser_and_python_agree(browser: Browser, serve: Callable[[Path], str]) -> None:
    texts = random_texts()
    assert len(texts) == 4_000
    cases = [(text, locale) for text in EDGES for locale in LOCALES]
    cases += [(text, LOCALES[i % len(LOCALES)]) for i, text in enumerate(texts)]
    cases += [(text, "en") for text in every_known_character()]

    page = browser.new_page()
    page.goto(serve(SCRIPTS) + "/tables.js")
    # As ASCII, with escapes: a lone surrogate has no other way through.
    found = json.loads(page.evaluate(COMPARE, json.dumps(cases)))
    page.close()

    assert len(found) == len(cases)
    differences = [
        (case, theirs, ours)
        for case, theirs, ours in zip(cases, found, (answers(*case) for case in cases), strict=True)
        if theirs != ours
    ]
    assert differences[:3] == []
    # The comparison saw words of every kind, not empty lists.
    assert len(set(chain.from_iterable(answer[1] for answer in found))) > 20_000
