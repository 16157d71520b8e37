"""The process in which Markdown is rendered: the system ends it when an article takes too much.

python-markdown needs time that grows faster than some texts do, and much of it inside of C code, where
Python cannot interrupt it. So the limits are those of the system: a timer whose signal ends the process,
and a limit of its memory. The pool sees how it ended, says so of the article, and starts another one.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
from collections.abc import Iterator, Mapping
from typing import IO, Any

from kbtool.errors import Exit, KbError
from kbtool.render.highlight import Blocks
from kbtool.render.markdown import Renderer
from kbtool.render.wire import article_of, receive, rendered_message, send

LONGEST = 300  # characters of what an extension says of its failure


def main() -> None:
    """Render what comes in, one article after the other, until the other side is gone."""
    incoming, outgoing = _channels()
    with contextlib.suppress(BrokenPipeError):
        setup = receive(incoming)
        if setup is None:
            return
        _limit_memory(setup["bytes"])
        gc.freeze()  # nothing of what was imported will ever be garbage
        gc.set_threshold(20_000, 20, 20)
        renderers: dict[str, Renderer] = {}
        blocks: Blocks = {}
        while message := receive(incoming):
            send(outgoing, _answer(message, setup, renderers, blocks))


def _channels() -> tuple[IO[bytes], IO[bytes]]:
    """The two ends of the conversation; what an extension prints or reads goes elsewhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the build, which ends this process
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return incoming, outgoing


def _limit_memory(size: int) -> None:
    """Refuse more memory than that, where the system can; a process that fails leaves no core file."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, most in ((resource.RLIMIT_DATA, size), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            hard = resource.getrlimit(limit)[1]
            wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(limit, (wanted, hard))


@contextlib.contextmanager
def _timed(seconds: float) -> Iterator[None]:
    """End this process when what runs inside takes more CPU time; no handler could do so inside C code."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _answer(
    message: Mapping[str, Any], setup: Mapping[str, Any], renderers: dict[str, Renderer], blocks: Blocks
) -> dict[str, Any]:
    """The page of an article, why there is none (`failed`, `memory`), or why nothing goes on (`stop`)."""
    article = article_of(message)
    if article.locale not in renderers:
        try:
            labels = setup["labels"].get(article.locale)
            renderers[article.locale] = Renderer(setup["extensions"], labels, blocks)
        except KbError as error:
            return {"stop": [error.message, error.help, int(error.exit_code)]}
        except Exception as error:  # noqa: BLE001 - an extension may raise anything
            said = f"a Markdown extension of the settings fails: {type(error).__name__}: {error}"
            return {"stop": [said, "leave it out of markdown_extensions, or mend it", int(Exit.USAGE)]}
    try:
        with _timed(setup["seconds"]):
            return rendered_message(renderers[article.locale].render(article))
    except MemoryError:
        return {"memory": True}
    except BaseException as error:  # noqa: BLE001 - an extension may raise anything, and leave with sys.exit
        del renderers[article.locale]  # nobody knows in which state it stopped
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return {"failed": said[:LONGEST]}
