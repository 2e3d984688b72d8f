"""The link of an e-mail: until when it can be used, by which of several, and with which code."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderate.by_link import check_code, check_holder, check_link
from moderate.errors import HolderOutError, LinkOverError, WrongCodeError
from shared.accounts.registry import PersonStatus
from shared.mail.links import CODE_BYTES, TOKEN_BYTES, mint
from shared.posts.names import PersonId
from shared.records.approval import WRONG_CODES, Asking, new_link
from shared.records.errors import DeadLinkError
from tests.builders import NOW, a_link, a_person, a_post, an_approval, an_approver
from tests.unit.fakes import Ledger

A_SECOND = timedelta(seconds=1)
RAY = an_approver("comms-ray")
MINTED = mint(bytes(TOKEN_BYTES), bytes(range(CODE_BYTES)))


def a_sent_link():
    post = a_post()
    link = new_link(
        post,
        RAY.person_id,
        link_hash=MINTED.token_sha256,
        code_hash=MINTED.code_sha256,
        expires_at=NOW + timedelta(hours=1),
    )
    return Ledger().keep(post, a_person(), RAY, link), link


@pytest.mark.parametrize(
    ("change", "now", "usable"),
    [
        ({}, NOW, True),
        ({}, NOW + timedelta(hours=1) - A_SECOND, True),
        ({}, NOW + timedelta(hours=1), False),
        ({"void": True}, NOW, False),
    ],
)
def test_a_link_can_be_used_until_it_is_void_or_expires(change, now, usable):
    post = a_post()
    link = replace(a_link(post, expires_at=NOW + timedelta(hours=1)), **change)

    if usable:
        check_link(link, an_approval(post), now)
    else:
        with pytest.raises(LinkOverError, match="queue"):
            check_link(link, an_approval(post), now)


ROUNDS = [
    # who was asked in which rounds, of which round the link of comms-ray is, whether it is good
    ([{"comms-ray"}], 1, True),
    ([{"comms-ray"}, {"comms-ray"}], 1, False),
    ([{"comms-ray"}, {"comms-ray"}], 2, True),
    ([{"comms-ray"}, {"comms-sol"}], 1, True),
    ([{"comms-ray"}, {"comms-sol"}, {"comms-ray", "comms-sol"}], 1, False),
    ([{"comms-ray"}], 0, False),
    ([], 0, True),
]


@pytest.mark.parametrize(("rounds", "of", "good"), ROUNDS)
def test_of_one_persons_links_only_the_newest_can_be_used(rounds, of, good):
    post = a_post()
    askings = tuple(
        Asking(number, tuple(map(PersonId, sorted(asked))), NOW)
        for number, asked in enumerate(rounds, 1)
    )
    approval = replace(an_approval(post), askings=askings)
    link = replace(a_link(post), round=of)

    if good:
        check_link(link, approval, NOW)
    else:
        with pytest.raises(LinkOverError, match="A newer e-mail was sent to you; use its link"):
            check_link(link, approval, NOW)


def test_a_link_ends_with_the_access_of_whom_it_was_sent_to():
    link = a_link(a_post(), sent_at=NOW)

    check_holder(link, RAY)
    with pytest.raises(HolderOutError, match="access ended"):
        check_holder(link, replace(RAY, status=PersonStatus.LEFT))


def test_the_code_of_the_letter_opens_however_it_is_typed():
    ledger, link = a_sent_link()

    check_code(link, MINTED.token, f" {MINTED.code.lower()} ", ledger.links)

    assert ledger.links.find(MINTED.token).wrong_codes == 0


def test_a_wrong_code_says_how_many_tries_are_left_and_the_fifth_voids_the_link():
    ledger, link = a_sent_link()
    left = []
    for _ in range(WRONG_CODES - 1):
        with pytest.raises(WrongCodeError) as told:
            check_code(link, MINTED.token, "AAAA", ledger.links)
        left.append(told.value.tries_left)

    assert left == [4, 3, 2, 1]
    with pytest.raises(LinkOverError, match="last try"):
        check_code(link, MINTED.token, "AAAA", ledger.links)
    assert ledger.links.find(MINTED.token).void
    with pytest.raises(DeadLinkError):
        check_code(link, MINTED.token, "AAAA", ledger.links)


@pytest.mark.parametrize("typed", ["é", "\ud800", MINTED.code * 2, "0" * 10_000, "-"])
def test_what_is_no_code_at_all_counts_as_a_wrong_one(typed):
    ledger, link = a_sent_link()

    with pytest.raises(WrongCodeError):
        check_code(link, MINTED.token, typed, ledger.links)
    assert ledger.links.find(MINTED.token).wrong_codes == 1


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_an_empty_field_opens_nothing_and_is_no_guess(typed):
    ledger, link = a_sent_link()

    with pytest.raises(WrongCodeError) as told:
        check_code(link, MINTED.token, typed, ledger.links)
    assert told.value.tries_left == WRONG_CODES
    assert ledger.links.find(MINTED.token).wrong_codes == 0
