"""Looking at every byte of a public site before it goes out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kbtool.gate.forms import read, texts
from kbtool.gate.protected import Protected, Source, content_digest
from kbtool.gate.words import CUT, phrases, windows, words
from kbtool.model import Finding, Location

RULE = "protected-text"
MOST_IN_A_FILE = 3


@dataclass(frozen=True)
class Leak:
    """A protected text in a public file; `line` counts from 1, 0 stands for the whole file."""

    path: str
    line: int
    text: str
    source: Source

    def finding(self, site: str, *, quoted: bool = True) -> Finding:
        """The leak as an error. `site` is the folder of the site; `quoted` shows the text itself."""
        what = "holds a text, which stands" if self.text else "is a copy of a file that lies"
        if quoted and self.text:
            what = f"holds '{self.text}', which stands"
        message = f"this {what} in {self.source.where} ({self.source.why})"
        help = (
            "find out how it got there: an extension, a template, a word in the settings? "
            "What everybody may read can be named under gate.allow"
        )
        if not self.text:
            help = "name the file in a public article, or find out how it got there"
        return Finding(RULE, "error", Location(f"{site}/{self.path}", self.line), message, help)


class Gate:
    """Looks at files one by one, and remembers what it found and what it need not look at again.

    `known` are the digests of files that held nothing of the same protected set; `passed` will be those
    of the files of this site.
    """

    def __init__(self, protected: Protected, known: frozenset[str] = frozenset()) -> None:
        self.protected = protected
        self._known = known
        self._seen: set[str] = set()
        self._tags: set[str] = set()
        self.passed: set[str] = set()
        self.leaks: list[Leak] = []

    def watched(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """The files, each looked at on its way."""
        for path, data in files:
            self.look(path, data)
            yield path, data

    def look(self, path: str, data: bytes) -> None:
        """Look at a file: its name and its bytes."""
        if self.protected.is_empty:
            return
        content = content_digest(data)
        digest = content_digest(f"{path}\0{content}".encode(errors="surrogatepass"))
        found: list[Leak] = []
        if digest not in self._known:
            address = path.removesuffix("index.html").replace("/", CUT)
            found += self._in_text(path, address, lines=False)
            if (source := self.protected.files.get(content)) is not None:
                found.append(Leak(path, 0, "", source))
            for text in texts(data):
                found += self._in_text(path, text)
        if not found:
            self.passed.add(digest)
        self.leaks += found[:MOST_IN_A_FILE]

    def _in_text(self, path: str, text: str, *, lines: bool = True) -> Iterator[Leak]:
        """What of the protected stands in a text. Lines that were seen before held nothing.

        How deep a page lies changes the links in its navigation, and nothing else.
        """
        listed = text.replace("../", "").split("\n")
        new = [line for line in listed if line not in self._seen]
        if not new:
            return
        found = self._held("\n".join(new), self._tags)
        if not found:
            self._seen.update(new)
            return
        self._tags.clear()  # what held something is told in the next file as well
        wanted = dict(islice(found.items(), MOST_IN_A_FILE))
        for source, what in wanted.items():
            yield Leak(path, self._line(listed, source) if lines else 0, what, source)

    def _held(self, text: str, known_tags: set[str] | None = None) -> dict[Source, str]:
        """Where the protected texts come from that a text holds, each with the first that is found."""
        protected, found = self.protected, dict[Source, str]()
        for part in read(text, known_tags):
            listed = words(part)
            different = set(listed)
            held = protected.words.keys() & different
            if protected.has_unspaced and not part.isascii():
                held |= protected.words.keys() & windows(different)
            for word in sorted(held):
                found.setdefault(protected.words[word], word)
            if protected.rare.isdisjoint(different):
                continue
            for phrase in sorted(protected.phrases.keys() & phrases(listed)):
                found.setdefault(protected.phrases[phrase], " ".join(phrase))
        return found

    def _line(self, lines: Sequence[str], source: Source) -> int:
        """The line down to which a text has to be read to find something of that source."""
        unseen = [number for number, line in enumerate(lines, 1) if line not in self._seen]

        def holds(number: int) -> bool:
            return source in self._held("\n".join(lines[n - 1] for n in unseen if n <= number))

        return unseen[min(bisect_left(unseen, True, key=holds), len(unseen) - 1)]
