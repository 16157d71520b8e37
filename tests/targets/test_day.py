from __future__ import annotations

from datetime import date, timedelta

import pytest

from kbtool.targets.day import build_day


def test_the_epoch_of_a_reproducible_build_is_obeyed() -> None:
    assert build_day({"SOURCE_DATE_EPOCH": "1795305600"}) == date(2026, 11, 22)
    assert build_day({"SOURCE_DATE_EPOCH": "0"}) == date(1970, 1, 1)


@pytest.mark.parametrize("epoch", ["", "soon", "-1", "१", "9" * 30])
def test_without_a_usable_epoch_it_is_today(epoch: str) -> None:
    assert abs(build_day({"SOURCE_DATE_EPOCH": epoch}) - date.today()) <= timedelta(days=1)  # noqa: DTZ011
