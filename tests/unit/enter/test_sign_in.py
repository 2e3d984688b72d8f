"""The registry decides who comes in, whoever vouches for them."""

from datetime import timedelta

import pytest

from enter.errors import ShutOutError, UnknownPersonError
from enter.id_token import Vouched
from enter.sign_in import Desk, sign_in, sign_out
from shared.accounts.registry import PersonStatus, StatusChange
from shared.identity.session import LASTS
from tests.builders import NOW, a_person
from tests.unit.fakes import Entrances, Ledger

OKAFOR = a_person()
GONE = (PersonStatus.SUSPENDED, PersonStatus.LEFT)


def a_desk(*people):
    ledger = Ledger().keep(*people)
    return ledger, Desk(ledger.people, Entrances(ledger))


def out(status, hours_ago=1):
    lost = StatusChange(status, NOW - timedelta(hours=hours_ago), "p-registrar", "Why.")
    return a_person(status=status, history=(lost,))


@pytest.mark.parametrize("email", [OKAFOR.email, OKAFOR.email.upper()])
@pytest.mark.parametrize("status", [PersonStatus.ACTIVE, PersonStatus.AWAY])
def test_whom_the_registry_has_gets_a_session_for_half_a_shift_and_it_is_on_record(email, status):
    ledger, desk = a_desk(a_person(status=status))

    person = sign_in(Vouched(email), "token", desk, NOW)

    assert person.person_id == OKAFOR.person_id
    assert desk.entrances.open_now == {"token": (OKAFOR.person_id, NOW, NOW + LASTS)}
    assert ledger.happened == ["person.signed_in"]
    assert OKAFOR.email not in str(ledger.acts)
    assert "token" not in str(ledger.acts)


@pytest.mark.parametrize(
    "email",
    [
        "somebody@force.example",
        "pc-okafor@force.example.evil.example",
        "pc-okafor+tag@force.example",
        "pc-o\u212aafor@force.example",  # a Kelvin sign folds to k
        " pc-okafor@force.example",
        "",
    ],
)
def test_an_address_that_is_not_registered_to_the_letter_opens_nothing(email):
    ledger, desk = a_desk(OKAFOR)

    with pytest.raises(UnknownPersonError):
        sign_in(Vouched(email), "token", desk, NOW)
    assert (desk.entrances.open_now, ledger.acts) == ({}, [])


def test_an_address_that_two_people_share_opens_nothing():
    _, desk = a_desk(OKAFOR, a_person("pc-other", email=OKAFOR.email))

    with pytest.raises(UnknownPersonError):
        sign_in(Vouched(OKAFOR.email), "token", desk, NOW)


def test_an_index_that_lags_behind_a_new_address_opens_nothing():
    _, desk = a_desk(OKAFOR)
    desk.people.by_email = lambda _: a_person(email="new@force.example")

    with pytest.raises(UnknownPersonError):
        sign_in(Vouched(OKAFOR.email), "token", desk, NOW)


@pytest.mark.parametrize("status", GONE)
def test_whoever_has_no_access_gets_none_but_has_verified_their_address(status):
    ledger, desk = a_desk(out(status))

    with pytest.raises(ShutOutError, match="ask the web team"):
        sign_in(Vouched(OKAFOR.email), "token", desk, NOW)

    assert desk.entrances.open_now == {}
    assert ledger.happened == ["person.reverified"]
    assert ledger.people.get(OKAFOR.person_id).reverified_at == NOW
    assert ledger.people.get(OKAFOR.person_id).status is status


def test_trying_again_and_again_is_noted_once():
    ledger, desk = a_desk(out(PersonStatus.SUSPENDED))

    for minutes in range(5):
        with pytest.raises(ShutOutError):
            sign_in(Vouched(OKAFOR.email), "token", desk, NOW + timedelta(minutes=minutes))

    assert ledger.happened == ["person.reverified"]


def test_signing_out_ends_every_session_of_the_person_and_nobody_elses():
    other = a_person("pc-other", email="other@force.example")
    ledger, desk = a_desk(OKAFOR, other)
    for token in ("phone", "desk"):
        sign_in(Vouched(OKAFOR.email), token, desk, NOW)
    sign_in(Vouched(other.email), "theirs", desk, NOW)

    sign_out(OKAFOR, "phone", desk, NOW)

    assert set(desk.entrances.open_now) == {"theirs"}
    assert ledger.happened[-1] == "person.signed_out"
