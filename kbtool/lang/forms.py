"""Irregular forms: what no rule of stemming brings together (`search/forms.<language>.txt`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kbtool.resources import resource_dir


@cache
def irregular_forms(language: str) -> Mapping[str, str]:
    """Form -> word, as the file lists them; empty for a language without a list."""
    path = resource_dir("search") / f"forms.{language}.txt"
    if not path.is_file():
        return {}
    lines = (line.partition("#")[0].split() for line in path.read_text(encoding="utf-8").splitlines())
    return {form: word for word, *forms in filter(None, lines) for form in forms}
