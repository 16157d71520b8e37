"""All rules: every module of this folder that holds a `RULE`."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module

import kbtool.checks
from kbtool.checks.base import Rule, Subject
from kbtool.model import Finding


def rules() -> dict[str, Rule]:
    """Every rule by its id, in order of the ids."""
    modules = (import_module(f"kbtool.checks.{name}") for name in names())
    found = (getattr(module, "RULE", None) for module in modules)
    return {rule.id: rule for rule in found if isinstance(rule, Rule)}


def names() -> list[str]:
    """The modules of this folder."""
    return sorted(module.name for module in pkgutil.iter_modules(kbtool.checks.__path__))


def run(subject: Subject, known: Mapping[str, Rule], *, quick: bool = False) -> list[Finding]:
    """What the rules find. A quick run leaves out those that need rendered texts."""
    wanted = (rule for rule in known.values() if rule.check and not (quick and rule.needs_text))
    return [finding for rule in wanted if rule.check for finding in rule.check(subject)]
