"""A post that begins an appeal opens its entry; every post can be found by what it shares."""

from dataclasses import replace
from datetime import date

import pytest

from compose.open_appeal import Opener, is_appeal, marks_in, read
from compose.reading import Wanted
from compose.submit import submit
from shared.posts.content import Card
from shared.posts.correction import Correction
from shared.posts.life import State
from shared.posts.names import PostId
from tests.builders import NOW, a_draft, a_person, a_picture, a_post, a_post_id, an_account
from tests.unit.compose.desks import a_desk
from tests.unit.policy.candidates import PACK

MISSING = "Have you seen this man? Call 101."
BLOCKED = f"{MISSING} #a #b #c #d #e #f"
PAGE = "https://www.force.example/appeals/2026/maisie"


class Kept:
    """Appeals as far as opening needs them."""

    def __init__(self, known=None):
        self.known = known

    def opening(self, appeal):
        return appeal

    def marking(self, post_id, version, marks):
        return [(post_id, version, mark) for mark in marks]

    def find(self, appeal_id):
        return self.known


@pytest.mark.parametrize(
    ("draft", "begins"),
    [
        (a_draft(MISSING), True),
        (a_draft("Officers are appealing for witnesses."), True),
        (a_draft("Good news:", thread=("A man is missing from home since Monday.",)), True),
        (a_draft("The road is open again."), False),
    ],
)
def test_an_appeal_is_what_the_policy_calls_one(draft, begins):
    assert is_appeal(read(draft), PACK) is begins


def test_it_belongs_to_its_author_and_ends_when_the_force_says():
    post = a_post(MISSING)

    beside = Opener(Kept(), "28")(post, PACK)

    [appeal] = beside.writes
    assert (appeal.appeal_id, appeal.account, appeal.owner) == (
        post.post_id,
        "riverside",
        "pc-okafor",
    )
    assert appeal.ends_on == date(2026, 12, 18)
    [act] = beside.acts
    assert (act.type, act.subject, act.actor) == (
        "appeal.opened",
        f"appeal:{post.post_id}",
        "pc-okafor",
    )
    assert act.payload == {"ends_on": "2026-12-18", "owner": "pc-okafor"}


def test_a_newer_version_opens_it_only_if_no_earlier_one_did():
    post = a_post(MISSING, version=2)

    assert Opener(Kept(known="opened"), "28")(post, PACK).acts == ()
    assert len(Opener(Kept(), "28")(post, PACK).acts) == 1


@pytest.mark.parametrize(
    ("changes", "marked"),
    [
        ({"state": State.BLOCKED}, 0),
        ({"correction": Correction(PostId("01A"), 1, "", appeal="01A")}, 0),
        ({"correction": Correction(PostId("01A"), 1, "The wrong man.")}, 1),
    ],
)
def test_what_is_blocked_corrects_or_closes_opens_none(changes, marked):
    beside = Opener(Kept(), "28")(a_post(f"{MISSING} {PAGE}", **changes), PACK)

    assert (len(beside.writes), beside.acts) == (marked, ())


def marks_of_draft(draft):
    return marks_in(draft, read(draft))


def test_a_post_is_marked_by_its_pages_and_its_pictures():
    card = Card("force.example/appeals/2026/other", "Appeal")
    marks = marks_of_draft(a_draft(f"Read more: {PAGE}.", media=(a_picture(),), card=card))

    assert [mark.partition(":")[0] for mark in marks] == ["page", "page", "picture"]
    assert marks_of_draft(a_draft(f"Please share! {PAGE}/")) == marks[:1]
    assert marks_of_draft(a_draft("See force.example")) == ()


def test_it_is_kept_in_the_transaction_of_the_post_and_of_its_next_version():
    ledger, _, desk = a_desk()
    desk = replace(desk, beside=Opener(Kept(), "28"))

    def send(text, **wanted):
        wish = Wanted(a_draft(text), **wanted)
        return submit(wish, a_person(), an_account(), desk, post_id=a_post_id(), now=NOW)

    first = send(f"The road is shut. {PAGE}")
    send(MISSING, replaces=(first.post_id, 1))
    send(BLOCKED)

    assert ledger.happened == [
        "post.submitted",
        "post.submitted",
        "appeal.opened",
        "post.superseded",
        "post.blocked",
    ]
    marked, opened = ledger.also
    assert marked[:2] == (first.post_id, 1)
    assert opened.appeal_id == first.post_id
