"""The command line: one verb per file, imported only when it runs."""

from __future__ import annotations

import gc
import signal
import sys
import traceback
from importlib import import_module

import click

from kbtool import __version__
from kbtool.errors import Exit, KbError, UsageError

VERBS = {
    "init": "Start a new help center in a folder.",
    "new": "Write a new article with valid front matter.",
    "translate": "Record what a translation was made from.",
    "check": "Check articles, links and settings before publishing.",
    "explain": "Explain a rule that found something.",
    "build": "Build the help center.",
    "rollback": "Put the release before this one back.",
    "serve": "Preview the help center while you write.",
    "search": "Search the built help center.",
    "eval": "Measure the search on documents and queries of your own.",
    "tickets": "Turn exports of a help desk into ticket counts.",
    "stale": "Rank articles and topics by what tickets say of them.",
    "queue": "List the work of the week, the most tickets at stake first.",
    "flag": "Say that an article is wrong.",
    "gap": "Say that an article is missing.",
    "aliases": "Make words of readers aliases of articles.",
    "review": "Record that an article was reviewed.",
    "schema": "Print a JSON schema for editors.",
}


class Verbs(click.Group):
    """Knows every verb by name, and imports one when it is called or asked for help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the name is click's
        """The verbs, in the order of a first day."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a verb; a misspelt one gets a hint."""
        if name in VERBS:
            command: click.Command = import_module(f"kbtool.cli.{name}").command
            return command
        from kbtool.nearest import did_you_mean

        hint = did_you_mean(name, VERBS) or "kbtool --help lists them all"
        raise UsageError(f"there is no command '{name}'", hint)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "KBTOOL"}
)
@click.version_option(__version__, prog_name="kbtool")
def group() -> None:
    """Publish a multilingual help center from Markdown, search it, and see which articles are stale."""


def main() -> None:
    """Run kbtool and end the process with its exit code."""
    signal.signal(signal.SIGTERM, _end)
    gc.set_threshold(50_000, 20, 100)  # a run makes many values and hardly any circles of them
    sys.exit(run(sys.argv[1:]))


class Ended(BaseException):
    """The system asks the process to end."""


def _end(number: int, frame: object) -> None:  # noqa: ARG001 - the parameters are those of a handler
    """End as on Ctrl+C: what was begun is cleared away first."""
    raise Ended


def run(arguments: list[str]) -> int:
    """Run a command line; every mistake becomes a message on stderr and an exit code."""
    try:
        result = group.main(arguments, prog_name="kbtool", standalone_mode=False)
    except KbError as error:
        _say(f"error: {error.message}", error.help)
        return error.exit_code
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        _say("stopped")
        return 128 + signal.SIGINT
    except Ended:
        _say("stopped")
        return 128 + signal.SIGTERM
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except SystemExit:  # click ends so when whoever read our output is gone, as `head` is
        return Exit.CLEAN
    except Exception as error:  # noqa: BLE001 - the last resort: a plain message, details on request
        if "-v" in arguments or "--verbose" in arguments:
            traceback.print_exc()
        if isinstance(error, OSError) and error.filename is None:
            _say(f"error: the output cannot be written: {error.strerror or error}", "look where it goes to")
            return Exit.ENVIRONMENT
        if isinstance(error, OSError):
            _say(
                f"error: {error.filename or 'the system'}: {error.strerror or error}",
                "check your rights there",
            )
            return Exit.ENVIRONMENT
        _say(f"internal error: {type(error).__name__}: {error}", "please report it, with what -v prints")
        return Exit.INTERNAL
    return result if isinstance(result, int) else Exit.CLEAN


def _say(message: str, help: str = "") -> None:
    click.echo(message, err=True)
    if help:
        click.echo(f"help: {help}", err=True)
