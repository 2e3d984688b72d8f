"""Asking for the newsletter: one letter, and nothing told about anybody."""

from datetime import timedelta

import pytest

from shared.mail.errors import UnsentMailError
from subscribe.addresses import AddressError
from subscribe.ask import MOST, TooManyError, ask
from tests.builders import NOW
from tests.unit.subscribe.readers import World

SAM = "sam@example.org"


@pytest.fixture
def world():
    return World()


def test_asking_sends_one_letter_and_subscribes_nobody(world):
    ask(SAM, "192.0.2.1", world.desk, NOW)

    [letter] = world.letters
    assert letter["To"] == SAM
    assert list(world.subscribers.readers()) == []


def test_asking_again_at_once_sends_no_second_letter(world):
    for _ in range(5):
        ask(SAM, "192.0.2.1", world.desk, NOW)
    ask("SAM@example.org", "192.0.2.9", world.desk, NOW + timedelta(minutes=59))

    assert len(world.letters) == 1


def test_an_hour_later_it_sends_another(world):
    ask(SAM, "192.0.2.1", world.desk, NOW)
    ask(SAM, "192.0.2.1", world.desk, NOW + timedelta(hours=1))

    assert len(world.letters) == 2


def test_a_known_address_is_treated_like_any_other(world):
    world.join(SAM, NOW - timedelta(days=9))

    ask(SAM, "192.0.2.1", world.desk, NOW)
    ask("jo@example.org", "192.0.2.1", world.desk, NOW)

    known, unknown = world.letters
    assert known["Subject"] == unknown["Subject"]
    assert [reader.address for reader in world.subscribers.readers()] == [SAM]


def test_an_address_that_refuses_letters_is_not_told_from_any_other(world):
    world.refusing.add(SAM)

    assert ask(SAM, "192.0.2.1", world.desk, NOW) is None


def test_a_mail_service_that_does_not_answer_is_told(world):
    world.silent.add(SAM)

    with pytest.raises(UnsentMailError):
        ask(SAM, "192.0.2.1", world.desk, NOW)


def test_one_network_asks_for_so_many_and_no_more(world):
    for place in range(MOST):
        ask(f"reader{place}@example.org", "192.0.2.1", world.desk, NOW)

    with pytest.raises(TooManyError, match="hour"):
        ask("one.more@example.org", "192.0.2.1", world.desk, NOW)
    ask("elsewhere@example.org", "192.0.2.2", world.desk, NOW)
    ask("one.more@example.org", "192.0.2.1", world.desk, NOW + timedelta(hours=1))

    assert len(world.letters) == MOST + 2


def test_what_is_no_address_sends_nothing(world):
    with pytest.raises(AddressError):
        ask("sam@", "192.0.2.1", world.desk, NOW)

    assert world.letters == []
    assert world.subscribers.counted == {}
