"""False discovery rates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.stale.discovery import q_values


def test_by_hand() -> None:
    odds = np.log10([99.0, 9.0, 1.0])
    assert q_values(odds).tolist() == pytest.approx([0.01, 0.055, (0.01 + 0.1 + 0.5) / 3])


def test_equal_odds_are_flagged_together() -> None:
    assert q_values(np.array([1.0, 1.0, 3.0]))[:2].tolist() == pytest.approx(
        [q_values(np.array([1.0, 1.0, 3.0]))[0]] * 2
    )


def test_no_topics() -> None:
    assert q_values(np.array([])).tolist() == []


@given(st.lists(st.floats(-40, 400), min_size=1, max_size=30))
def test_q_is_a_share_that_follows_the_odds(odds: list[float]) -> None:
    q = q_values(np.array(odds))
    assert ((q >= 0) & (q <= 1)).all()
    order = np.argsort(-np.array(odds), kind="stable")
    assert (np.diff(q[order]) >= -1e-12).all()
