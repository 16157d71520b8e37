"""Each guard is needed: without it, the canary is red."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from tests.canary.mutants import MUTANTS, STEPS, Mutant, gate, prepared


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A help center with a good site, to be copied."""
    return prepared(tmp_path_factory.mktemp("model")).kb.root


@pytest.fixture(scope="module")
def healthy(
    tmp_path_factory: pytest.TempPathFactory, model: Path
) -> functools._lru_cache_wrapper[frozenset[str]]:
    """What a step finds with all guards in their places: nothing."""

    @functools.cache
    def red(step: str) -> frozenset[str]:
        canary = prepared(tmp_path_factory.mktemp("healthy"), model)
        STEPS[step](canary)
        return frozenset(canary.report.red)

    return red


@pytest.mark.parametrize("step", STEPS)
def test_with_all_guards_every_step_is_green(
    step: str, healthy: functools._lru_cache_wrapper[frozenset[str]]
) -> None:
    assert healthy(step) == frozenset()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_without_a_guard_the_canary_is_red(
    mutant: Mutant,
    tmp_path: Path,
    model: Path,
    monkeypatch: pytest.MonkeyPatch,
    healthy: functools._lru_cache_wrapper[frozenset[str]],
) -> None:
    without = healthy(mutant.step)  # before the guard is taken away
    canary = prepared(tmp_path, model)
    mutant.remove(monkeypatch, canary.kb.root)
    STEPS[mutant.step](canary)
    assert set(canary.report.red) - without


@pytest.mark.parametrize("mutant", [one for one in MUTANTS if one.leaks], ids=lambda mutant: mutant.name)
def test_without_a_guard_and_the_gate_the_scanner_finds_the_words(
    mutant: Mutant, tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    canary = prepared(tmp_path, model)
    gate(monkeypatch)
    mutant.remove(monkeypatch, canary.kb.root)
    STEPS[mutant.step](canary)
    assert canary.report.leaks
