"""What kbtool knows about text, from `str` to `str` or `list[str]`.

Words, stems, grams, keys for romanised Hindi, slugs, and facts about locales. The browser's
twin of this room is `theme/source/analyze.js`; a test holds the two equal.
"""
