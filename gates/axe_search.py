"""axe-core on every state of the search: the box, the page of results, A to Z, related articles.

kbtool's own help center, both trees, in two languages, on a phone and a desktop, light and dark.
`python -m gates.axe_search` prints what is wrong as JSON, and ends with 1 when there is anything.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbtool.search.chromium import FLAGS, chromium
from tests.conftest import Kb, QuietHandler

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
AXE = "axe-core@4"
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 860}}
SCHEMES = ("light", "dark")
QUESTIONS = {
    "en": {"some": "publish", "meant": "publsh an artcle", "other": "रिफंड कैसे मिलेगा", "few": "sarif"},
    "hi": {
        "some": "पुराने लेख",
        "meant": "प्रकाशत",
        "other": "how do i undo what i published",
        "few": "rollback",
    },
}
NONE = "zzzqqq"
RUN = """async () => (await axe.run(document)).violations.map(({ id, nodes }) =>
  [id, nodes.map(({ html }) => html.slice(0, 160))])"""

State = Callable[["Page", str, str], None]


def box(page: Page, text: str) -> None:
    """Open the box that is there and type."""
    if not page.locator(".kb-search__input:visible").count():
        page.locator("[data-kb-search-open]:visible").click()
    page.locator(".kb-search__input:visible").first.click()
    page.locator(".kb-search__input:visible").first.fill(text)
    page.wait_for_timeout(700)


def typed(kind: str) -> State:
    """The box with the results of a question of that kind."""

    def state(page: Page, base: str, locale: str) -> None:
        page.goto(f"{base}/{locale}/")
        box(page, QUESTIONS[locale].get(kind, NONE))

    return state


def chosen(page: Page, base: str, locale: str) -> None:
    """A result is chosen by the keys."""
    typed("some")(page, base, locale)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")


def touched(page: Page, base: str, locale: str) -> None:
    """The box is open, nothing typed."""
    page.goto(f"{base}/{locale}/writing/languages/")
    box(page, "")


def failed(page: Page, base: str, locale: str) -> None:
    """The index cannot be loaded."""
    page.route("**/search/**/manifest.json", lambda route: route.abort())
    typed("some")(page, base, locale)


def all_languages(page: Page, base: str, locale: str) -> None:
    """The reader has asked another language."""
    typed("some")(page, base, locale)
    page.locator(".kb-search__other:visible").first.click()
    page.wait_for_timeout(700)


def results(kind: str) -> State:
    """The page of results of a question of that kind."""

    def state(page: Page, base: str, locale: str) -> None:
        query = QUESTIONS[locale].get(kind, "" if kind == "empty" else NONE)
        page.goto(f"{base}/{locale}/search/?q={query}")
        page.wait_for_timeout(700)

    return state


def at(path: str) -> State:
    """A page as it is loaded."""

    def state(page: Page, base: str, locale: str) -> None:
        page.goto(f"{base}/{locale}/{path}")

    return state


STATES: dict[str, State] = {
    "home": at(""),
    "box open": touched,
    "box, results": typed("some"),
    "box, a result chosen": chosen,
    "box, did you mean": typed("meant"),
    "box, another language leads": typed("other"),
    "box, few results": typed("few"),
    "box, another language asked": all_languages,
    "box, nothing found": typed("none"),
    "box, index unreachable": failed,
    "results, no question": results("empty"),
    "results": results("some"),
    "results, did you mean": results("meant"),
    "results, another language leads": results("other"),
    "results, nothing found": results("none"),
    "A to Z": at("a-z/"),
    "related articles": at("writing/write-article/"),
}


def run() -> dict[str, object]:
    """The numbers: how many states were looked at, and what axe says of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", name, AXE], check=True
        )
        package = folder / "node_modules" / "axe-core"
        axe = (package / "axe.min.js").read_text(encoding="utf-8")
        version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
        trees = built(folder / "own")
        looked = list(violations(trees, axe))
    wrong = sorted(
        {f"{state}: {rule}: {html}" for state, found in looked for rule, nodes in found for html in nodes}
    )
    return {"axe-core": version, "states": len(looked), "wrong": wrong}


def built(folder: Path) -> dict[str, Path]:
    """Both trees of our own help center."""
    folder.mkdir()
    for name in ("articles", "examples", "search"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    done = Kb(folder).run("build")
    if done.exit:
        raise RuntimeError(done.err)
    return {"public": folder / "site", "agents": folder / ".kbtool" / "mkdocs" / "agents"}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a static server on loopback, without a slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def violations(trees: dict[str, Path], axe: str) -> Iterator[tuple[str, list[Any]]]:
    """Every state with what axe finds in it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for tree, folder in trees.items():
            with served(folder) as base:
                for size in SIZES if tree == "public" else ["desktop"]:
                    for scheme in SCHEMES:
                        for locale in QUESTIONS:
                            for name, state in STATES.items():
                                title = f"{tree}, {size}, {scheme}, {locale}: {name}"
                                yield title, look(browser, state, base, locale, size, scheme, axe)
        browser.close()


def look(
    browser: Browser, state: State, base: str, locale: str, size: str, scheme: str, axe: str
) -> list[Any]:
    """What axe says of one state."""
    context = browser.new_context(
        viewport=SIZES[size],  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        locale="hi-IN",
    )
    page = context.new_page()
    state(page, base, locale)
    if page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Times"):
        raise RuntimeError("the page has no style")
    page.evaluate(axe)
    found: list[Any] = page.evaluate(RUN)
    context.close()
    return found


if __name__ == "__main__":
    outcome = run()
    print(json.dumps(outcome, indent=2, ensure_ascii=False))
    sys.exit(1 if outcome["wrong"] else 0)
