"""Where the article of a locale lies: the pattern of `articles.layout`, read in both directions."""

from __future__ import annotations

import re
from collections.abc import Collection

LOCALE, PATH = "{locale}", "{path}"


class Layout:
    """A pattern such as `{locale}/{path}`, `{locale}/docs/{path}` or `{path}`.

    `locales` are those of the site: no other folder is taken for one. All paths are below the folder
    of articles, with forward slashes and without `.md`.
    """

    def __init__(self, pattern: str, locales: Collection[str]) -> None:
        self.pattern = pattern
        self.localised = LOCALE in pattern
        self._locales = locales
        parts = {LOCALE: "(?P<locale>[^/]+)", PATH: "(?P<path>.+)"}
        split = re.split(r"(\{\w+\})", pattern)
        self._match = re.compile("".join(parts.get(part, re.escape(part)) for part in split)).fullmatch

    def split(self, file: str) -> tuple[str, str] | None:
        """Locale and path of a file; the locale may be an unknown one. None where it does not fit.

        Without a locale in the pattern, the locale is ''.
        """
        match = self._match(file)
        return (match["locale"] if self.localised else "", match["path"]) if match else None

    def file(self, locale: str, path: str) -> str:
        """The file of a locale's article at that path: `hi/docs/refunds/how-long`."""
        return self.pattern.replace(LOCALE, locale).replace(PATH, path)

    def locale(self, file: str) -> str:
        """The site's locale that a file belongs to; '' for none."""
        found = self.split(file)
        return found[0] if found and found[0] in self._locales else ""

    def in_locale(self, file: str, locale: str) -> str:
        """The same file in another locale; a file of no locale stays the same."""
        found = self.split(file)
        return self.file(locale, found[1]) if found and found[0] in self._locales else file
