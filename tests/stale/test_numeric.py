"""The quantile, against values from tables."""

from __future__ import annotations

import pytest

from kbtool.stale.numeric import Z90, gamma_quantile


@pytest.mark.parametrize(("shape", "quantile"), [(3.5, 1.4165), (8.5, 5.0426), (50.5, 41.5854)])
def test_gamma_quantile(shape: float, quantile: float) -> None:
    assert gamma_quantile(shape, -Z90) == pytest.approx(quantile, rel=0.01)
