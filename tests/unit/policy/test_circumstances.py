"""A draft's circumstances: the words, who writes them, from which level, and what is going on."""

import pytest

from shared.accounts.registry import Level, Role
from shared.policy.circumstances import candidate_of
from shared.posts.content import Kind
from tests.builders import a_draft, a_person, a_picture, an_account


def test_the_check_reads_the_words_and_where_they_go():
    candidate = candidate_of(
        a_draft("Open again.", platforms=("bluesky", "x")), a_person(), an_account()
    )

    assert candidate.text == "Open again."
    assert candidate.platforms == ("bluesky", "x")
    assert not candidate.critical_incident


@pytest.mark.parametrize("role", Role)
def test_the_role_is_the_registrys_word(role):
    assert candidate_of(a_draft(), a_person(role=role), an_account()).author_role == role.value


@pytest.mark.parametrize("level", Level)
def test_the_level_is_the_accounts(level):
    account = an_account(level=level)

    assert candidate_of(a_draft(), a_person(), account).account_level == level.value


@pytest.mark.parametrize("kind", Kind)
def test_only_a_reshare_says_whose_words_it_carries_on(kind):
    candidate = candidate_of(a_draft(kind=kind, about="@moorshire"), a_person(), an_account())

    assert candidate.kind == kind.value
    assert candidate.reshare_of == ("@moorshire" if kind is Kind.RESHARE else None)


def test_the_words_beside_the_pictures_are_read_too_in_their_order():
    draft = a_draft(media=(a_picture("A lorry."), a_picture("A queue.")))

    assert candidate_of(draft, a_person(), an_account()).alts == ("A lorry.", "A queue.")


def test_a_critical_incident_is_said_by_whoever_knows():
    candidate = candidate_of(a_draft(), a_person(), an_account(), critical_incident=True)

    assert candidate.critical_incident
