"""A query to hits, in one locale: filters by our facts, phrases by Whoosh, the order by the one ranking."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING, Any, Literal

from kbtool.errors import QueryError
from kbtool.model import Hit
from kbtool.search.facts import Facts, NoFacts, facts_folder, read_facts
from kbtool.search.files import Replaced, damaged, snapshot, starting_over
from kbtool.search.filters import Scope, Table, matching
from kbtool.search.format import MANIFEST, index_dir
from kbtool.search.query import (
    PHRASE_WORDS,
    Both,
    Either,
    Filter,
    Like,
    Node,
    Parsed,
    Phrase,
    Prefix,
    Without,
    Words,
    leaves,
    parse,
)
from kbtool.search.texts import NoTexts, read_texts

if TYPE_CHECKING:
    from kbtool.search.drafts import Draft
    from kbtool.search.engine import Engine
    from kbtool.search.reader import Index

Sort = Literal["relevance", "reviewed", "newest"]
ALWAYS = date(1970, 1, 1)  # for callers that ask nothing of days
MOST_SECONDS = 0.06  # of CPU time that Whoosh may have worked for a query before another part of it is begun


@dataclass(frozen=True)
class Place:
    """Where the search of one audience and locale finds its data.

    `tree` is a built tree of pages, `texts` the folder of its plain texts, `engine` that of Whoosh.
    """

    tree: Path
    texts: Path
    engine: Path
    locale: str


@dataclass(frozen=True)
class Sources:
    """What only the sources tell: ids of articles whose tickets rise, and the articles that are not out."""

    stale: Callable[[], Collection[str]] = frozenset
    drafts: Sequence[Draft] = ()


@dataclass(frozen=True)
class Found:
    """All that matches, in order: `hits` are as many as were asked for, `matches` the facts of all.

    `words` and `among` are what the ranking was asked, `index` where: for an explanation of the order.
    """

    hits: tuple[Hit, ...]
    matches: tuple[Facts, ...]
    hints: tuple[str, ...] = ()
    words: str = ""
    among: frozenset[str] | None = None
    index: Index | None = None


@dataclass
class Opened:
    """What is held of one generation; opened when a query first needs it."""

    generation: str
    facts_digest: str
    texts_digest: str
    table: Table | None = None
    index: Index | None = None
    engine: Engine | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Asking:
    """A query that is being answered: what it may look at, and the CPU seconds that Whoosh has worked for it.

    `likeness` are the words by which articles are like those that the query names.
    """

    opened: Opened
    scope: Scope
    drafts: Mapping[str, Draft]
    likeness: list[str] = field(default_factory=list)
    spent: float = 0.0


def _opened_index(folder: Path) -> Index:
    from kbtool.search.reader import Index  # filters need none

    return Index(folder)


class Searcher:
    """The search of one locale, opened once for many queries; it notices when a build replaces the index."""

    def __init__(
        self,
        place: Place,
        sources: Callable[[], Sources] = Sources,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`tell` is told what takes long."""
        self.place = place
        self._sources = sources
        self._tell = tell
        self._opened: Opened | None = None

    def find(
        self,
        query: str | Parsed,
        limit: int | None = 10,
        *,
        sort: Sort = "relevance",
        today: date = ALWAYS,
        with_facts: bool = False,
    ) -> Found:
        """What matches, all of one release; `limit` None for all. Raises QueryError, NoIndex and others.

        Of plain words `matches` holds no more than ids unless it is asked for.
        """
        folder = self.place.tree / index_dir(self.place.locale)
        parsed = parse(query) if isinstance(query, str) else query
        return starting_over(folder, lambda: self._find(parsed, limit, sort, today, with_facts))

    def _find(self, parsed: Parsed, limit: int | None, sort: Sort, today: date, with_facts: bool) -> Found:
        by_words = bool(parsed.words.strip()) and sort == "relevance"
        opened = self._current(with_index=by_words)
        if with_facts:
            self._table(opened)
        if parsed.node is None and sort == "relevance":
            return self._ranked(opened, parsed.words, None, (), limit, [])
        drafts = self._drafts() if _asks_status(parsed.node) else {}
        table = self._table(opened) if _needs_facts(parsed, by_words) else self._bare(opened)
        if drafts:
            every = {**table.facts, **{id: draft.facts for id, draft in drafts.items()}}
            table = Table(every, self.place.locale)
        scope = Scope(table, self.place.locale, today, lambda: self._sources().stale())
        asking = Asking(opened, scope, drafts)
        among = set(table.facts) if parsed.node is None else self._ids(parsed.node, asking)
        words = " ".join(filter(None, (parsed.words, *asking.likeness)))
        held = [drafts[id] for id in sorted(among) if id in drafts]
        if parsed.plain and words.strip():
            held = [draft for draft in held if draft.holds_any(words)]
        public = frozenset(among - drafts.keys())
        if sort == "relevance" and words.strip():
            return self._ranked(opened, words, public, held, limit, scope.hints, any_word=parsed.plain)
        if parsed.plain and words.strip():
            ranked = self._ranked(opened, words, public, (), None, [], any_word=True)
            public = frozenset(one.id for one in ranked.matches)
        matches = [table.facts[id] for id in public | {draft.facts.id for draft in held}]
        matches.sort(key=lambda one: (one.reviewed, one.id))
        if sort == "newest":
            matches.sort(key=lambda one: one.reviewed, reverse=True)
        hits = tuple(hit_of(one, self.place.locale) for one in matches[:limit])
        return Found(hits, tuple(matches), tuple(scope.hints))

    def _ranked(
        self,
        opened: Opened,
        words: str,
        among: frozenset[str] | None,
        drafts: Sequence[Draft],
        limit: int | None,
        hints: list[str],
        *,
        any_word: bool = True,
    ) -> Found:
        """What the one ranking gives, drafts last."""
        index = self._index(opened)
        from kbtool.search.rank import ranking  # filters need none

        found = ranking(index, words, len(index.slot_ids) if limit is None else limit, among)
        rows = [(slot, one.score, one.passage) for slot, one in found.judged]
        rows += [(slot, found.scores[slot], -1) for slot in found.rest]
        if any_word:
            rows = [row for row in rows if found.scores[row[0]] > 0]
        hits = [index.hit(*row) for row in rows[:limit]]
        slots = [slot for slot, score in found.scores.items() if score > 0 or not any_word]
        hits += [hit_of(draft.facts, self.place.locale) for draft in drafts]
        matches = [self._facts_of(opened, index.slot_ids[slot]) for slot in slots]
        matches += [draft.facts for draft in drafts]
        return Found(tuple(hits[:limit]), tuple(matches), tuple(hints), words, among, index)

    def _facts_of(self, opened: Opened, id: str) -> Facts:
        return opened.table.facts.get(id) or Facts(id, "", "") if opened.table else Facts(id, "", "")

    def _ids(self, node: Node, asking: Asking) -> set[str]:
        """The ids of the articles for which a query holds."""
        if isinstance(node, Both):
            found: set[str] | None = None
            # What costs nothing first; where nothing is left, nothing more is asked.
            for part in sorted(node.parts, key=lambda part: not isinstance(part, Filter)):
                ids = self._ids(part, asking)
                found = ids if found is None else found & ids
                if not found:
                    break
            return found or set()
        if isinstance(node, Either):
            return set().union(*(self._ids(part, asking) for part in node.parts))
        if isinstance(node, Without):
            before = len(asking.likeness)
            without = self._ids(node.part, asking)
            del asking.likeness[before:]
            return set(asking.scope.table.facts) - without
        if isinstance(node, Filter):
            return matching(node, asking.scope)
        return self._by_engine(node, asking)

    def _by_engine(self, leaf: Words | Phrase | Prefix | Like, asking: Asking) -> set[str]:
        """What Whoosh finds for a part of a query that has not taken too much of its time."""
        engine = self._engine(asking.opened)
        if asking.spent > MOST_SECONDS:
            raise QueryError(
                "the query takes too long: it has many phrases, prefixes or NOT",
                "use the words that matter most",
            )
        if isinstance(leaf, Phrase) and len(leaf.text.split()) > PHRASE_WORDS:
            asking.scope.hints.append(f"of a phrase the first {PHRASE_WORDS} words are looked for")
        text = self._text(asking.opened, leaf.id) if isinstance(leaf, Like) else ""
        start = thread_time()
        try:
            if not isinstance(leaf, Like):
                drafts = asking.drafts.items()
                return engine.ids(leaf) | {id for id, draft in drafts if draft.holds(leaf)}
            if not text:
                asking.scope.hints.append(f"there is no article {leaf.id}, which others could be like")
                return set()
            ids, words = engine.like(text)
            asking.likeness.append(words)
            return ids - {leaf.id}
        finally:
            asking.spent += thread_time() - start

    def _drafts(self) -> dict[str, Draft]:
        return {
            draft.facts.id: draft for draft in self._sources().drafts if draft.locale == self.place.locale
        }

    def _current(self, *, with_index: bool = False) -> Opened:
        """What is open of the generation that is out, opened anew if that is another than before."""
        folder = self.place.tree / index_dir(self.place.locale)
        index = _opened_index(folder) if with_index and self._opened is None else None
        manifest = index.snapshot.manifest if index else snapshot(folder).manifest
        if manifest.locale != self.place.locale:
            raise damaged(folder, f"{MANIFEST}: it is that of {manifest.locale}")
        if self._opened is None or self._opened.generation != manifest.generation:
            self._opened = Opened(manifest.generation, manifest.facts, manifest.texts, index=index)
        return self._opened

    def _index(self, opened: Opened) -> Index:
        if opened.index is None:
            index = _opened_index(self.place.tree / index_dir(self.place.locale))
            if index.snapshot.manifest.generation != opened.generation:
                self._opened = None
                raise Replaced(self.place.tree)
            opened.index = index
        return opened.index

    def _table(self, opened: Opened) -> Table:
        if opened.table is None:
            try:
                facts = read_facts(facts_folder(self.place.texts), self.place.locale, opened.facts_digest)
            except NoFacts:
                self._current_or_replaced(opened)
                raise
            opened.table = Table(facts, self.place.locale)
        return opened.table

    def _bare(self, opened: Opened) -> Table:
        """The ids alone, for queries without filters."""
        ids = self._index(opened).slot_ids.values()
        return Table({id: Facts(id, "", "") for id in ids}, self.place.locale)

    def _engine(self, opened: Opened) -> Engine:
        if opened.engine is None:
            from kbtool.search.engine import opened as opened_engine

            def texts() -> list[dict[str, Any]]:
                self._tell("preparing this release for phrases and prefixes, once after each build ...")
                return self._texts(opened)

            opened.engine = opened_engine(self.place.locale, opened.texts_digest, texts, self.place.engine)
        return opened.engine

    def _texts(self, opened: Opened) -> list[dict[str, Any]]:
        try:
            return read_texts(self.place.texts, self.place.locale, opened.texts_digest)
        except NoTexts:
            self._current_or_replaced(opened)
            raise

    def _text(self, opened: Opened, id: str) -> str:
        """The text of an article, from our store."""
        if not opened.texts:
            rows = self._texts(opened)
            opened.texts = {row["id"]: f"{row['title']}\n{row['fields'].get('body', '')}" for row in rows}
        return opened.texts.get(id, "")

    def _current_or_replaced(self, opened: Opened) -> None:
        """Raise Replaced when another generation is out, to which missing files do not belong."""
        if self._current().generation != opened.generation:
            raise Replaced(self.place.tree) from None


def find(text: str, place: Place, limit: int = 10) -> list[Hit]:
    """The best articles for a query, best first, all of one release."""
    return list(Searcher(place).find(text, limit).hits)


def _asks_status(node: Node | None) -> bool:
    return any(isinstance(leaf, Filter) and leaf.name == "status" for leaf in leaves(node))


def _needs_facts(parsed: Parsed, by_words: bool) -> bool:
    filters = (leaf for leaf in leaves(parsed.node) if isinstance(leaf, Filter))
    liked = any(isinstance(leaf, Like) for leaf in leaves(parsed.node))
    return any(leaf.name != "lang" for leaf in filters) or not (by_words or liked)


def hit_of(one: Facts, locale: str) -> Hit:
    """A hit as the facts tell it, without a score."""
    audience: Literal["public", "agents"] = "agents" if one.audience == "agents" else "public"
    return Hit(one.id, locale, one.title, one.url, 0, audience, one.section_title, one.description)
