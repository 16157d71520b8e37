"""A build that is cut short: what readers see, and what the next start leaves.

`Trial` is a small help center with an old site that is out and an edit that is not. The same questions are
asked after every way of cutting a build short: is each tree the old or the new one, whole; is everything
in order after the next start.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
DAY = "1795305600"  # SOURCE_DATE_EPOCH: the same day in every run
SETTINGS = """\
site_name: Help
site_url: https://help.example.com/
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
"""
PRIVATE = {
    "lock",
    "builds.json",
    "agents",
    "texts",
    "releases",
    "passed.json",
    "whoosh",
    "last.json",
    "store",
}
ARTICLES = {
    "en/orders/refund.md": "---\ntitle: Refunds\n---\n\nMoney comes back. ![receipt](receipt.png)\n",
    "hi/orders/refund.md": "---\ntitle: धनवापसी\n---\n\nपैसे वापस आते हैं।\n",
    "en/orders/goodwill.md": "---\ntitle: Goodwill\naudience: agents\n---\n\nUp to a limit.\n",
    "en/orders/receipt.png": "not really a picture",
}
EDIT = ("en/orders/refund.md", "\nIt takes three days.\n")

Manifest = Mapping[str, str]


@dataclass(frozen=True)
class Ran:
    """How a build ended."""

    exit: int
    err: str
    changes: int = 0


def manifest(folder: Path) -> Manifest:
    """Every file of a tree with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Trial:
    """A help center in `root` whose edit can be built again and again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("mkdocs.yml", SETTINGS)
        for name, text in ARTICLES.items():
            self.write(f"articles/{name}", text)
        self.trees = {"site": root / "site", "agents": root / ".kbtool/mkdocs/agents"}
        self._build_or_fail()
        self.old = self.now()
        self.edited = EDIT[1]
        self._kept = root.with_name(root.name + "-kept")
        shutil.copytree(root, self._kept)
        self.edit()
        self._build_or_fail()
        self.new = self.now()
        self.reset()

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self) -> None:
        """Change an article."""
        path = self.root / "articles" / EDIT[0]
        path.write_text(ARTICLES[EDIT[0]] + EDIT[1], encoding="utf-8")

    def reset(self) -> None:
        """The old site is out, the edit is saved."""
        shutil.rmtree(self.root)
        shutil.copytree(self._kept, self.root)
        self.edit()

    def now(self) -> dict[str, Manifest]:
        """What is out."""
        return {name: manifest(tree) for name, tree in self.trees.items()}

    def command(self, *arguments: str) -> list[str]:
        """The command line that runs kbtool here."""
        return [sys.executable, "-c", "from kbtool.cli import main; main()", *arguments]

    def environment(self) -> dict[str, str]:
        """The environment of every run."""
        return {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": DAY}

    def run(self, command: list[str]) -> Ran:
        """Run a command here."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env=self.environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stderr)

    def injected(self, what: str, at: int) -> Ran:
        """Build with something happening at a change of the disk (see `inject`)."""
        ran = self.run([sys.executable, "-m", "gates.inject", what, str(at), "build", "-q"])
        *said, last = ran.err.splitlines() or [""]
        if not last.isdigit():
            return ran
        return Ran(ran.exit, "\n".join(said), int(last))

    def wrong_now(self) -> Iterator[str]:
        """What readers would see that is neither the old nor the new."""
        for name, found in self.now().items():
            if found not in (self.old[name], self.new[name]):
                yield f"{name} is half: {len(found)} files"

    def left_over_after_start(self) -> Iterator[str]:
        """What a start that changes nothing leaves behind."""
        self.run(self.command("rollback", "--list"))
        yield from self.left_over()

    def wrong_after_next_start(self) -> Iterator[str]:
        """What the next start does not bring in order."""
        ran = self.run(self.command("build", "-q"))
        if ran.exit != 0:
            yield f"the next build ends with {ran.exit}: {ran.err}"
        if self.now() != self.new:
            yield "the next build gives something else"
        yield from self.left_over()

    def left_over(self) -> Iterator[str]:
        """Files that nobody needs, and kept releases that are not whole."""
        known = {"mkdocs.yml", "articles", "site", ".kbtool"}
        yield from (f"left over: {path.name}" for path in self.root.iterdir() if path.name not in known)
        private = self.root / ".kbtool/mkdocs"
        for path in private.iterdir():
            if path.name not in PRIVATE:
                yield f"left over: {path.name}"
        yield from (f"left over: {path.name}" for path in private.glob("*/*/.*.new"))
        for shop in (private / "releases").iterdir():
            for path in shop.iterdir():
                if path.name.isdigit():
                    if manifest(path / "site") not in (self.old["site"], self.new["site"]):
                        yield f"release {path.name} is half"
                elif path.name != "lock":
                    yield f"left over: {path.name}"

    def _build_or_fail(self) -> None:
        ran = self.run(self.command("build", "-q"))
        if ran.exit != 0:
            raise RuntimeError(ran.err)
