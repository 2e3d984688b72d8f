"""Everybody can tell what a picture shows (policy.md B19)."""

from dataclasses import replace

import pytest

from shared.policy.rules.missing_alt import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import a_candidate, found

FIRING = [
    (("",), "The picture has"),
    ((" ",), "The picture has"),
    (("\n\t",), "The picture has"),
    (("", "A lorry."), "Picture 1 has"),
    (("A lorry.", ""), "Picture 2 has"),
    (("", ""), "Picture 1 and 2 has"),
    (("A lorry.", "", "A queue.", ""), "Picture 2 and 4 has"),
    (("", "", ""), "Picture 1, 2 and 3 has"),
]
NOT_FIRING = [
    (),
    ("A lorry.",),
    ("A lorry.", "A queue."),
    ("Poster: surgery at noon, Leek library.",),
    ("1",),
    ("·",),
    ("Un camion.", "卡车"),
    ("A", "B", "C", "D"),
]


def with_pictures(alts, text="Road closed at Leek."):
    return replace(a_candidate(text), alts=alts)


@pytest.mark.parametrize(("alts", "begins"), FIRING)
def test_a_picture_without_words_is_told(alts, begins):
    one = found(with_pictures(alts), RULE)[0]

    assert one.message.startswith(begins.replace("Picture 1 and 2 has", "Picture 1 and 2"))
    assert one.severity is Severity.ADVISE


@pytest.mark.parametrize("alts", NOT_FIRING)
def test_pictures_with_words_and_posts_without_pictures_are_free(alts):
    assert not found(with_pictures(alts), RULE)


@pytest.mark.parametrize(("alts", "begins"), FIRING)
def test_once_described_nothing_is_found(alts, begins):
    described = tuple(alt if alt.strip() else "A closed road." for alt in alts)

    assert found(with_pictures(alts), RULE)[0].suggestion.startswith("Describe in a sentence")
    assert not found(with_pictures(described), RULE)
