"""Sessions are opened and ended together with their leaf; ending one ends all of a person's."""

from datetime import timedelta

import pytest

from shared.posts.names import PersonId
from shared.records.entrances import Entrances
from shared.records.errors import AlreadyExistsError, ExpiredSessionError
from shared.records.sessions import Sessions
from tests.builders import NOW, a_pen, an_act

TOMORROW = NOW + timedelta(days=1)
ADA, BEN = PersonId("ada"), PersonId("ben")
IN, OUT = an_act("person.signed_in"), an_act("person.signed_out")


@pytest.fixture
def entrances(store):
    return Entrances(store, a_pen())


def leaves(store):
    return len(list(store.outbox.scan()))


def test_signing_in_writes_the_session_and_its_leaf_together(entrances, store, calls):
    opened = entrances.open("token", ADA, TOMORROW, IN)

    assert calls == ["TransactWriteItems"]
    assert Sessions(store).resolve("token", NOW) == opened
    assert (opened.person_id, opened.created_at) == (ADA, NOW)
    assert leaves(store) == 1


def test_a_token_opens_one_session(entrances, store):
    entrances.open("token", ADA, TOMORROW, IN)

    with pytest.raises(AlreadyExistsError):
        entrances.open("token", BEN, TOMORROW, IN)

    assert Sessions(store).resolve("token", NOW).person_id == ADA
    assert leaves(store) == 1


def test_signing_out_ends_all_of_ones_sessions_and_nobody_elses(entrances, store):
    for token in ("phone", "desk"):
        entrances.open(token, ADA, TOMORROW, IN)
    Sessions(store).create("script", ADA, NOW, TOMORROW)
    entrances.open("theirs", BEN, TOMORROW, IN)

    entrances.close("phone", ADA, OUT)

    for token in ("phone", "desk", "script"):
        with pytest.raises(ExpiredSessionError):
            Sessions(store).resolve(token, NOW)
    assert Sessions(store).resolve("theirs", NOW).person_id == BEN
    assert leaves(store) == 4


def test_signing_out_twice_is_no_fault(entrances):
    entrances.open("token", ADA, TOMORROW, IN)

    entrances.close("token", ADA, OUT)
    entrances.close("token", ADA, OUT)
