"""One edition of the site in memory: each file is made when somebody asks for it."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from kbtool.pipeline import Tree
from kbtool.search.format import index_dir
from kbtool.search.memory import Memory
from kbtool.targets.tree import Frame, index_files

NOT_FOUND = "404.html"


class Edition:
    """The site as it was after one save; nothing in it changes. `name` tells it from other editions."""

    def __init__(self, name: str, tree: Tree, frame: Frame, memory: Memory | None = None) -> None:
        self.name = name
        self.tree = tree
        self._frame = frame
        self._memory = memory or Memory()
        self._pages = {page.path: page for page in tree.plan.pages}
        self._index: dict[str, Mapping[str, bytes]] = {}
        self._making_index = threading.Lock()

    def file(self, path: str) -> bytes | None:
        """The bytes at a path of the site such as `en/refunds/index.html`; None where there is nothing.

        Raises BadTemplate.
        """
        if page := self._pages.get(path):
            return self._frame.page(page, self.tree)
        if (data := self._frame.files.get(path)) is not None:
            return data
        if attachment := self.tree.files.get(path):
            return attachment.read_bytes() if attachment.is_file() else None
        for locale in self.tree.documents:
            if path.startswith(index_dir(locale)):
                return self._index_of(locale).get(path)
        return None

    def has_page(self, path: str) -> bool:
        """Whether a page lies at that path."""
        return path in self._pages

    def not_found(self, path: str) -> bytes:
        """The page that says so, in the language of the address that was asked for."""
        own = f"{path.partition('/')[0]}/{NOT_FOUND}"
        return self._frame.page(self._pages[own if own in self._pages else NOT_FOUND], self.tree)

    def try_out(self) -> None:
        """Make one page of each kind, so that a broken template shows now. Raises BadTemplate."""
        for page in {page.kind: page for page in self.tree.plan.pages}.values():
            self._frame.page(page, self.tree)

    def _index_of(self, locale: str) -> Mapping[str, bytes]:
        """The files of a locale's search, made once, by whoever asks first."""
        with self._making_index:
            if locale not in self._index:
                self._index[locale] = dict(index_files(self.tree, locale, self._memory))
            return self._index[locale]
