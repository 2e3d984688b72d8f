"""No exact place of a crime: positions are plain, and a number may be left out."""

import pytest

from shared.policy.rules.exact_location import RULE
from tests.unit.policy.candidates import a_candidate, found

POSITIONS = [
    ("Shed broken into at ///filled.count.soap, call 101.", "///filled.count.soap"),
    ("Body found at 53.0417, -1.8206 this morning.", "53.0417, -1.8206"),
]
NUMBERED = [
    ("Officers were called to 15 Market Street in Burton after an assault.", "Market Street"),
    ("Two arrested after a raid at 118 Cobden Street in Stafford.", "Cobden Street"),
]


@pytest.mark.parametrize(("text", "position"), POSITIONS)
def test_a_position_is_pointed_at(text, position):
    (finding,) = found(a_candidate(text), RULE)

    assert text[finding.start : finding.end] == position


@pytest.mark.parametrize(("text", "street"), NUMBERED)
def test_where_the_number_is_all_that_is_wrong_the_street_may_be_named(text, street):
    (finding,) = found(a_candidate(text), RULE)

    assert finding.suggestion.startswith(f"Write “{street}” instead of “")
    better = f"{text[: finding.start]}{street}{text[finding.end :]}"
    assert not found(a_candidate(better), RULE)
