"""Small bars."""

from __future__ import annotations

import pytest

from kbtool.report.sparkline import sparkline


@pytest.mark.parametrize(
    ("values", "bars"),
    [([], ""), ([0, 0], "▁▁"), ([0, 7], "▁█"), ([1, 2, 3, 4], "▃▅▆█"), ([5], "█"), ([0.4, 100.0], "▁█")],
)
def test_sparkline(values: list[float], bars: str) -> None:
    assert sparkline(values) == bars
