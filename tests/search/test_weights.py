from __future__ import annotations

import re
from itertools import pairwise

import pytest

from kbtool.search import weights
from kbtool.search.weights import FIELDS, K1, Field, saturated
from tests.conftest import ROOT

RANKING = (ROOT / "docs" / "reference" / "ranking.md").read_text(encoding="utf-8")
NUMBER = r"\d+(?:\.\d+)?"


def test_every_constant_is_documented_with_its_value() -> None:
    rows = re.findall(rf"^\| `([A-Z][A-Z0-9_]+)` \| ({NUMBER}) \|", RANKING, re.MULTILINE)
    constants = [
        (name, str(value)) for name, value in vars(weights).items() if name.isupper() and name != "FIELDS"
    ]
    assert rows == constants


def test_every_field_is_documented_with_its_weights() -> None:
    rows = re.findall(rf"^\| `([a-z]+)` \| ({NUMBER}) \| ({NUMBER}) \|", RANKING, re.MULTILINE)
    assert {name: Field(float(weight), float(b)) for name, weight, b in rows} == FIELDS


def test_a_word_counts_less_for_each_further_time() -> None:
    values = [saturated(n, K1) for n in range(5)]
    gains = [after - before for before, after in pairwise(values)]
    assert values[:2] == [0, pytest.approx(1)]
    assert gains == sorted(gains, reverse=True)
    assert values[-1] < K1 + 1


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_a_field_of_average_length_is_the_measure(field: Field) -> None:
    assert field.norm(7, 7) == pytest.approx(K1)
    assert field.norm(6, 7) < field.norm(7, 7) < field.norm(8, 7)
