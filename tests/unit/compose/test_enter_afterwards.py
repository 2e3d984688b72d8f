"""What was posted by hand is on record as it stands, whatever it says; and nobody looks alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from compose.enter_afterwards import ByHand, enter_afterwards
from compose.errors import MayNotPostError
from shared.accounts.registry import AccountStatus, Handle
from shared.policy.check import check
from shared.posts.content import Draft, content_hash
from shared.posts.errors import InvalidDraftError
from shared.posts.life import Outcome, State, waits_for_review
from shared.posts.names import AccountId, PlatformName
from tests.builders import NOW, a_person, a_post_id, an_account, an_approver
from tests.unit.policy.candidates import PACK

SANDBOX = PlatformName("sandbox")
TEXT = "Evacuate Mill Lane now. #a #b #c #d #e #f"
OFFICER, OTHER, COMMS = a_person("pc-okafor"), a_person("pc-lee"), an_approver()


class Kept:
    """What was entered."""

    def enter(self, post, publication, url, acts, *, also=()):
        self.post, self.publication, self.url, self.acts = post, publication, url, acts
        return post


def an_entry(**changes):
    usual = {
        "draft": Draft(TEXT, AccountId("riverside"), (SANDBOX,)),
        "url": "https://sandbox.example/7",
        "at": NOW - timedelta(hours=5),
        "by": OFFICER,
        "authorised_by": COMMS,
        "why": "AWS was down since six.",
    }
    return ByHand(**{**usual, **changes})


def entered(entry, person=OFFICER, account=None, kept=None):
    account = account or an_account(
        members=frozenset({OFFICER.person_id}), handles=(Handle(SANDBOX, "riverside", ""),)
    )
    return enter_afterwards(
        entry,
        person,
        account,
        verdict=lambda candidate: check(candidate, PACK),
        afterwards=kept or Kept(),
        post_id=a_post_id(),
        now=NOW,
    )


def test_it_is_published_with_its_address_and_without_a_proof():
    kept = Kept()

    post = entered(an_entry(), kept=kept)

    assert (post.state, post.author, post.editor) == (State.PUBLISHED, OFFICER.person_id, None)
    assert post.content_hash == content_hash(post.draft)
    target = kept.publication
    assert (target.state, target.receipt.url, target.receipt.proof, target.attempts) == (
        Outcome.SENT,
        "https://sandbox.example/7",
        "",
        0,
    )
    entry, settled = kept.acts
    assert (entry.type, entry.actor, entry.approver) == (
        "post.entered_afterwards",
        "pc-okafor",
        "comms-ray",
    )
    assert entry.payload["text"] == TEXT
    assert entry.payload["posted_at"].startswith("2026")
    assert settled.type == "publication.settled_by_person"


def test_what_policy_finds_is_kept_and_refuses_nothing():
    post = entered(an_entry(draft=Draft(TEXT + " OFFICIAL-SENSITIVE", AccountId("r"), (SANDBOX,))))

    assert {finding["severity"] for finding in post.findings} >= {"block"}
    assert post.state is State.PUBLISHED


def test_somebody_else_looks_at_it_as_at_any_post_that_did_not_wait():
    post = entered(an_entry())

    assert waits_for_review(post)
    assert post.urgent_reason == "AWS was down since six."


def test_the_centre_enters_what_somebody_else_posted_and_looks_at_neither():
    post = entered(an_entry(by=OTHER), person=COMMS)

    assert (post.author, post.editor) == (OTHER.person_id, COMMS.person_id)


def test_an_account_that_may_not_post_today_has_its_past_all_the_same():
    account = an_account(
        status=AccountStatus.SUSPENDED,
        members=frozenset({OFFICER.person_id}),
        handles=(Handle(SANDBOX, "riverside", ""),),
    )
    assert entered(an_entry(), account=account).state is State.PUBLISHED


def test_nobody_enters_it_for_an_account_that_is_not_theirs():
    with pytest.raises(MayNotPostError, match="not a member"):
        entered(an_entry(by=OTHER), person=OTHER)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"draft": Draft(" ", AccountId("riverside"), (SANDBOX,))}, "text"),
        ({"draft": Draft(TEXT, AccountId("riverside"), (PlatformName("x"),))}, "platform"),
        ({"url": "ftp://sandbox.example/7"}, "url"),
        ({"at": NOW + timedelta(minutes=1)}, "at"),
        ({"at": NOW - timedelta(days=400)}, "at"),
        ({"by": OTHER}, "by"),
        ({"authorised_by": OFFICER}, "authorised_by"),
        ({"authorised_by": replace(COMMS, mobile=OFFICER.mobile)}, "authorised_by"),
        ({"why": " "}, "why"),
    ],
)
def test_what_cannot_be_so_is_told_field_by_field(changes, field):
    with pytest.raises(InvalidDraftError) as wrong:
        entered(an_entry(**changes))
    assert wrong.value.field == field
