"""The common level of a week: told by all topics, moved by none."""

from __future__ import annotations

import numpy as np

from kbtool.stale.volume import volume


def even(topics: int, weeks: int, mean: float) -> tuple[np.ndarray, ...]:
    shape = (topics, weeks)
    return np.full(shape, mean), np.full(shape, 1.0), np.ones(shape, bool), np.zeros(topics, int)


def test_a_rise_of_all_is_the_common_level() -> None:
    expected, spread, known, desk = even(60, 5, 20.0)
    found = np.exp(volume(expected * 1.3, expected, spread, known, desk))
    assert np.allclose(found, 1.26, atol=0.06)


def test_one_topic_that_explodes_moves_nobody() -> None:
    expected, spread, known, desk = even(60, 5, 20.0)
    counts = expected.copy()
    counts[0] = 2000.0
    assert np.abs(volume(counts, expected, spread, known, desk)[1:]).max() < 0.02


def test_topics_that_stopped_do_not_lower_the_level() -> None:
    expected, spread, known, desk = even(60, 5, 20.0)
    counts = expected.copy()
    counts[:20, 1:] = 0.0
    assert np.abs(volume(counts, expected, spread, known, desk)[20:]).max() < 1e-6


def test_help_desks_are_apart() -> None:
    expected, spread, known, _ = even(60, 5, 20.0)
    desk = np.repeat([0, 1], 30)
    counts = expected.copy()
    counts[:30] *= 1.5
    found = volume(counts, expected, spread, known, desk)
    assert np.abs(found[30:]).max() < 1e-6
    assert found[:30].min() > 0.2


def test_a_single_topic_has_no_others() -> None:
    expected, spread, known, desk = even(1, 5, 20.0)
    assert not volume(expected * 3, expected, spread, known, desk).any()
