"""A person settles what could not be read back: who, when, with which words, and what follows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderate.incident_errors import MayNotActError, WrongFieldError
from moderate.settle_uncertain import Decision, Word, settle
from moderate.uncertain_errors import AlreadySettledError, UnderWayError
from moderate.uncertain_shown import (
    Evidence,
    row_of,
    uncertain_shape,
    uncertain_view,
    unknown_in,
)
from shared.accounts.registry import Role
from shared.pages.render import render
from shared.posts.life import Outcome, State
from shared.posts.names import PersonId, PlatformName
from shared.records.errors import NotFoundError, PublicationMovedError, TakenError
from shared.records.publication import Publication, Step
from shared.records.uncertain import Unsettled
from tests.builders import NOW, a_person, a_post, an_account, an_approver

SANDBOX, X = PlatformName("sandbox"), PlatformName("x")
LATER = NOW + timedelta(hours=1)
SEEN = Word(Decision.SENT, "https://sandbox.example/7", "I opened it on my phone.")
ABSENT = Word(Decision.NOT_SENT, "", "I scrolled past the whole hour.")


def a_target(post, platform=SANDBOX, state=Outcome.UNCERTAIN, **changes):
    return Publication(
        post_id=post.post_id,
        version=1,
        platform=platform,
        account=post.draft.account,
        content_hash=post.content_hash,
        state=state,
        key="K",
        request={"text": "<b>Open.\u200b"},
        attempts=1,
        claimed_at=NOW,
        attempted_at=NOW,
        **{"trail": (Step(NOW, "publication.claimed"),), **changes},
    )


class Kept:
    """What is on record, in memory; `before` happens just before somebody settles."""

    def __init__(self, post, *targets, before=None):
        self.found, self.acts, self.before = Unsettled(post, targets), [], before

    def get(self, post_id, version):
        assert (post_id, version) == (self.found.post.post_id, self.found.post.version)
        return self.found

    def settle(self, before, settled, ended, acts):
        if self.before:
            first, self.before = self.before, None
            first(self)
        if before is not self.found:
            raise PublicationMovedError(settled)
        self.acts += acts
        self.found = Unsettled(ended or before.post, before.with_target(settled).targets)
        return self.found


def an_uncertain_post(*, platforms=(SANDBOX,), **changes):
    return a_post(platforms=platforms, state=State.UNCERTAIN, **changes)


def settled(kept, platform=SANDBOX, word=SEEN, by=None, now=LATER, part=1):
    post = kept.found.post
    by = by or an_approver()
    return settle(post.post_id, 1, (platform, part), word, by=by, uncertain=kept, now=now)


def test_what_somebody_saw_is_sent_with_their_address_and_no_proof():
    post = an_uncertain_post()
    kept = Kept(post, a_target(post, named="ID-1"))

    found = settled(kept)

    target = found.target(SANDBOX)
    assert (target.state, target.receipt.url, target.receipt.proof) == (
        Outcome.SENT,
        SEEN.url,
        "",
    )
    assert target.receipt.platform_id == "ID-1"
    assert found.post.state is State.PUBLISHED
    act, ending = kept.acts
    assert (act.actor, act.payload["decision"], act.payload["url"]) == (
        "comms-ray",
        "sent",
        SEEN.url,
    )
    assert (ending.type, ending.actor) == ("post.concluded", "comms-ray")


def test_what_nobody_found_has_failed_and_its_post_with_it():
    post = an_uncertain_post()

    found = settled(Kept(post, a_target(post)), word=ABSENT)

    assert found.post.state is State.FAILED
    assert found.target(SANDBOX).receipt is None
    assert ABSENT.why in found.post.reason


def test_one_of_two_leaves_the_post_uncertain():
    post = an_uncertain_post(platforms=(SANDBOX, X))
    kept = Kept(post, a_target(post), a_target(post, X))

    assert settled(kept).post.state is State.UNCERTAIN
    assert settled(kept, X, ABSENT).post.state is State.PARTLY_PUBLISHED


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.COMMS, Role.CORPORATE}])
def test_nobody_but_the_centre_is_believed(role):
    post = an_uncertain_post()
    kept = Kept(post, a_target(post))

    with pytest.raises(MayNotActError):
        settled(kept, by=a_person("p-1", role=role))
    assert kept.acts == []


def test_what_the_machine_is_at_is_not_settled():
    post = an_uncertain_post()
    sending = a_target(post, state=Outcome.PENDING)
    released = replace(post, state=State.RELEASED)
    for kept, now in (
        (Kept(post, sending), NOW + timedelta(seconds=89)),
        (Kept(released, a_target(released)), LATER),
        (Kept(replace(post, state=State.HELD), a_target(post)), LATER),
    ):
        with pytest.raises(UnderWayError):
            settled(kept, now=now)
    dead = Kept(post, sending)
    assert settled(dead, now=NOW + timedelta(seconds=91)).post.state is State.PUBLISHED


def test_whoever_comes_second_is_told_who_was_first():
    post = an_uncertain_post(platforms=(SANDBOX, X))
    kept = Kept(post, a_target(post), a_target(post, X))
    settled(kept)

    with pytest.raises(AlreadySettledError, match="comms-ray"):
        settled(kept, word=ABSENT)


def test_whoever_meets_another_target_looks_again_and_ends_the_post():
    post = an_uncertain_post(platforms=(SANDBOX, X))

    def somebody_else(kept):
        settled(kept, X, ABSENT, by=an_approver("comms-lee"))

    kept = Kept(post, a_target(post), a_target(post, X), before=somebody_else)

    assert settled(kept).post.state is State.PARTLY_PUBLISHED


@pytest.mark.parametrize(
    ("word", "field"),
    [
        (replace(SEEN, url=""), "url"),
        (replace(SEEN, url="http://sandbox.example/7"), "url"),
        (replace(SEEN, url="javascript:alert(1)"), "url"),
        (replace(SEEN, why=" \n"), "why"),
        (replace(ABSENT, url=SEEN.url), "url"),
    ],
)
def test_a_word_is_whole_or_none(word, field):
    post = an_uncertain_post()
    with pytest.raises(WrongFieldError) as wrong:
        settled(Kept(post, a_target(post)), word=word)
    assert wrong.value.field == field


def test_an_address_of_another_site_or_post_is_refused():
    post = an_uncertain_post(platforms=(X,))
    with pytest.raises(WrongFieldError, match="no address of a post there"):
        settled(Kept(post, a_target(post, X)), X, SEEN)

    def taken(_):
        raise TakenError("https://x.com/a/status/1")

    kept = Kept(post, a_target(post, X), before=taken)
    with pytest.raises(WrongFieldError, match="another post of ours"):
        settled(kept, X, replace(SEEN, url="https://x.com/a/status/1"))


def test_what_is_nobodys_business_is_not_there():
    post = a_post(platforms=(SANDBOX,), state=State.FAILED)
    with pytest.raises(NotFoundError):
        settled(Kept(post))
    with pytest.raises(NotFoundError):
        settled(Kept(an_uncertain_post()), X)


def a_page(reader, now=LATER, **changes):
    post = an_uncertain_post(text="<script>\u202eOpen", **changes)
    steps = (
        Step(NOW, "publication.claimed"),
        Step(NOW, "publication.uncertain", "<i>No answer.</i>"),
        Step(LATER, "publication.looked", "Timed out.", PersonId("p-9")),
    )
    found = Unsettled(post, (a_target(post, named="ID-<1>", trail=steps),))
    evidence = Evidence(found, SANDBOX, an_account())
    return evidence, uncertain_view(evidence, reader, now, {PersonId("p-9"): "Jo Price"})


def test_the_page_shows_all_the_evidence_and_nothing_as_markup():
    evidence, view = a_page(an_approver())
    page = render("settle", view, csrf="token")

    assert unknown_in(evidence.found) == ((SANDBOX, 1),)
    assert "<script>" not in page
    assert "<i>No answer" not in page
    assert "right-to-left override" in page.lower()
    for told in ("ID-&lt;1&gt;", "Jo Price", "Timed out.", 'name="decision"'):
        assert told in page
    assert "checked" not in page  # nothing is chosen beforehand
    shape = uncertain_shape(evidence, LATER)
    assert shape["may_be_settled"] is True
    assert shape["trail"][0]["what"] == "publication.claimed"


def test_whoever_may_not_settle_it_sees_why():
    _, view = a_page(a_person("p-auditor", role=Role.AUDITOR))
    assert view.form is None
    assert "communications" in view.note


def a_cut_thread():
    """Its first part is there, of its second nobody knows, its third was never begun."""
    post = an_uncertain_post(thread=("Second.", "Third."))
    first = a_target(post, state=Outcome.SENT)
    return Kept(post, first, a_target(post, part=2))


def test_of_a_thread_each_part_is_settled_by_itself():
    kept = a_cut_thread()
    assert unknown_in(kept.found) == ((SANDBOX, 2), (SANDBOX, 3))

    found = settled(kept, part=2)

    assert found.post.state is State.UNCERTAIN
    assert found.target(SANDBOX, 2).state is Outcome.SENT
    assert unknown_in(found) == ((SANDBOX, 3),)
    assert kept.acts[0].subject.endswith("/sandbox#2")
    ended = settled(kept, word=ABSENT, part=3)
    assert ended.post.state is State.PARTLY_PUBLISHED


def test_behind_a_part_that_is_not_there_nothing_is_unknown():
    found = settled(a_cut_thread(), word=ABSENT, part=2)

    assert found.post.state is State.PARTLY_PUBLISHED
    assert found.post.reason.startswith("sandbox, part 2: ")


def test_a_part_that_was_never_meant_is_nobodys_business():
    with pytest.raises(NotFoundError):
        settled(a_cut_thread(), part=4)


def test_the_page_of_a_part_shows_its_own_words_and_posts_back_to_itself():
    kept = a_cut_thread()
    evidence = Evidence(kept.found, SANDBOX, an_account(), 2)
    page = render("settle", uncertain_view(evidence, an_approver(), LATER, {}), csrf="token")

    assert "Second." in page
    assert "Third." not in page
    assert f'action="/uncertain/{kept.found.post.post_id}/1/sandbox?part=2"' in page
    assert (uncertain_shape(evidence, LATER)["part"], row_of(evidence).title[-6:]) == (2, "part 2")
