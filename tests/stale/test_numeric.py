"""The distributions, against sums that can be written down."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.stale.numeric import Z90, beta_cdf, count_tail, gamma_quantile, q_values


@given(st.floats(0, 1), st.integers(1, 30), st.integers(1, 30))
def test_beta_cdf_is_the_binomial_tail(x: float, a: int, b: int) -> None:
    n = a + b - 1
    tail = sum(math.comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert beta_cdf(x, a, b) == pytest.approx(tail, abs=1e-9)


@pytest.mark.parametrize(("mean", "variance"), [(0.3, 0.5), (10, 13), (40, 200), (40, 40.001)])
def test_count_tail_is_the_sum_of_the_negative_binomial(mean: float, variance: float) -> None:
    size = mean * mean / (variance - mean)
    below = 0.0
    for count in range(120):
        assert count_tail(count, mean, variance) == pytest.approx(1 - below, abs=1e-6)
        log = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
        below += math.exp(
            log + size * math.log(size / (size + mean)) + count * math.log(mean / (size + mean))
        )


@given(st.floats(0.01, 1e6), st.floats(1, 50), st.floats(0, 4))
def test_count_tail_is_a_probability_that_falls(mean: float, phi: float, times: float) -> None:
    lower, higher = (count_tail(mean * t, mean, phi * mean) for t in (times, times + 0.5))
    assert 0.0 <= higher <= lower + 1e-12 <= 1.0 + 1e-12


def test_huge_counts_are_fast_and_sane() -> None:
    assert count_tail(1.0e7, 1.0e7, 2.5e11) == pytest.approx(0.5, abs=0.02)
    assert count_tail(2.0e7, 1.0e7, 2.5e11) < 1e-30


@pytest.mark.parametrize(("shape", "quantile"), [(3.5, 1.4165), (8.5, 5.0426), (50.5, 41.5854)])
def test_gamma_quantile(shape: float, quantile: float) -> None:
    assert gamma_quantile(shape, -Z90) == pytest.approx(quantile, rel=0.01)


def test_q_values_by_hand() -> None:
    assert q_values([0.04, 0.01, 0.02, 0.9]) == pytest.approx([0.16 / 3, 0.04, 0.04, 0.9])
    assert q_values([]) == []


@given(st.lists(st.floats(0, 1)))
def test_q_is_never_below_p_and_keeps_the_order(p_values: list[float]) -> None:
    q = q_values(p_values)
    assert all(a <= b <= 1 for a, b in zip(p_values, q, strict=True))
    ordered = [value for _, value in sorted(zip(p_values, q, strict=True))]
    assert ordered == sorted(ordered)
