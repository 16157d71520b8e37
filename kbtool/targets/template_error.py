"""A mistake in a template of the theme, as a message with its place."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from kbtool.content.files import shown
from kbtool.errors import UsageError


class BadTemplate(UsageError):
    """A template cannot be read, or asks for something that is not there."""

    def __init__(self, error: TemplateError) -> None:
        place = _place(error)
        if isinstance(error, TemplateNotFound):
            what = f"there is no template {error.name}"
            help = "correct the name after `include` or `extends`, or put the file into templates/"
        else:
            what = error.message or type(error).__name__
            help = "correct the template; kbtool's own, in theme/templates/, show what a page knows"
        super().__init__(f"{place}: {what}" if place else what, help)


def _place(error: TemplateError) -> str:
    """The file and the line, as far as they are known."""
    if isinstance(error, TemplateSyntaxError):
        return f"{shown(Path(error.filename or error.name or ''))}:{error.lineno}"
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")
    ]
    return f"{shown(Path(frames[-1].filename))}:{frames[-1].lineno}" if frames else ""
