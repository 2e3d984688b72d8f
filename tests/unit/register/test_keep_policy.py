"""The policy is changed by two people, on record (policy.md G05, G06)."""

from datetime import date, datetime, timedelta

import pytest

from register.keep_policy import CENTRE, PolicyDesk, approve, propose
from register.policy_errors import DecidedError, NotInformationError, OwnProposalError
from shared.accounts.registry import Role
from shared.policy.errors import ExpiredPackError, InvalidPackError
from shared.policy.pack import bundled
from shared.policy.proposal import approved
from shared.records.errors import AlreadyExistsError, NotFoundError
from tests.builders import NOW, a_person
from tests.unit.policy.candidates import pack_content

ADA = a_person("ada", role=Role.COMMS)
BEN = a_person("ben", role=Role.CORPORATE)
CY = a_person("cy", role=Role.COMMS)
WHY = "A new partner."


class Kept:
    """Policies in memory, as `shared.records.policies` keeps them."""

    def __init__(self):
        self.rows, self.used, self.acts = {}, None, []

    def propose(self, proposal, act):
        if proposal.digest in self.rows:
            raise AlreadyExistsError("policy", proposal.digest)
        self.rows[proposal.digest] = proposal
        self.acts.append(act)

    def approve(self, before, after, act):
        assert self.rows[before.digest] == before
        self.rows[before.digest] = self.used = after
        self.acts.append(act)

    def get(self, digest):
        if digest not in self.rows:
            raise NotFoundError("policy", digest)
        return self.rows[digest]


@pytest.fixture
def kept():
    return Kept()


def desk_of(kept, who=CENTRE):
    return PolicyDesk(kept, who)


def a_change(**changes):
    return {**pack_content(), "version": "2027.01", **changes}


def proposed(kept, now=NOW, **changes):
    return propose(a_change(**changes), WHY, by=ADA, desk=desk_of(kept), now=now)


def test_a_proposal_is_on_record_word_for_word_and_not_in_use(kept):
    proposal = proposed(kept)

    [act] = kept.acts
    assert (act.type, act.subject) == ("policy.proposed", f"policy:{proposal.digest}")
    assert (act.actor, act.approver) == ("ada", None)
    assert act.payload["pack"] == proposal.content
    assert act.payload["policy_version"].startswith("2027.01+")
    assert act.payload["why"] == WHY
    assert kept.used is None


@pytest.mark.parametrize("person", [BEN, CY])
def test_somebody_else_of_the_centre_approves_it(kept, person):
    proposal = proposed(kept)

    approve(proposal.digest, by=person, desk=desk_of(kept), now=NOW + timedelta(hours=1))

    assert kept.used.approved_by == person.person_id
    act = kept.acts[-1]
    assert (act.type, act.actor, act.approver) == ("policy.approved", "ada", person.person_id)
    assert act.payload["digest"] == proposal.digest


def test_nobody_approves_their_own(kept):
    proposal = proposed(kept)

    with pytest.raises(OwnProposalError, match="somebody else"):
        approve(proposal.digest, by=ADA, desk=desk_of(kept), now=NOW)
    assert kept.used is None
    assert len(kept.acts) == 1


def test_a_force_may_name_who_approves(kept):
    proposal = proposed(kept)
    desk = desk_of(kept, "ben, dee")

    with pytest.raises(NotInformationError, match="Information Management Group"):
        approve(proposal.digest, by=CY, desk=desk, now=NOW)
    approve(proposal.digest, by=BEN, desk=desk, now=NOW)

    assert kept.used.approved_by == "ben"


def test_it_is_approved_once(kept):
    proposal = proposed(kept)
    approve(proposal.digest, by=BEN, desk=desk_of(kept), now=NOW)

    with pytest.raises(DecidedError, match="propose it anew"):
        approve(proposal.digest, by=CY, desk=desk_of(kept), now=NOW)


def test_what_nobody_proposed_cannot_be_approved(kept):
    with pytest.raises(NotFoundError):
        approve("0" * 64, by=BEN, desk=desk_of(kept), now=NOW)


def without(group, name):
    return {group: {k: v for k, v in pack_content()[group].items() if k != name}}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"most_hashtags": 0}, "most_hashtags is not a whole number"),
        ({"colour": "blue"}, "colour is not a field of a pack"),
        (without("rules", "joke"), r"rules\.joke is missing"),
        (without("terms", "appeals"), r"terms\.appeals is missing"),
        (without("limits", "bluesky"), r"limits\.bluesky is missing"),
        ({"most_hashtags": 2**60}, "JSON cannot keep"),
        ({"owner": "\ud800"}, "JSON cannot keep"),
        ({"owner": float("inf")}, "JSON cannot keep"),
        (
            {"terms": {"x": {"source": "x", "phrases": [" ".join(["a/b/c/d/e/f"] * 9)]}}},
            "too many words to choose from",
        ),
        ({"terms": {"x": {"source": "x", "phrases": ["a " * 5000]}}}, "too many words"),
    ],
)
def test_what_could_not_be_used_is_not_even_proposed(kept, changes, sentence):
    with pytest.raises(InvalidPackError, match=sentence):
        proposed(kept, **changes)
    assert kept.acts == []


def test_an_expired_one_is_neither_proposed_nor_approved(kept):
    late = datetime.combine(date(2099, 1, 1), NOW.timetz())
    with pytest.raises(ExpiredPackError):
        proposed(kept, late)

    proposal = proposed(kept)
    with pytest.raises(ExpiredPackError):
        approve(proposal.digest, by=BEN, desk=desk_of(kept), now=late)
    assert kept.used is None


def test_the_next_policy_is_proposed_approved_and_read_by_when_the_bundled_one_is_over(kept):
    over = bundled(NOW.date()).expires + timedelta(days=1)
    late = datetime.combine(over, NOW.timetz())
    last_day = (over + timedelta(days=365)).isoformat()

    proposal = proposed(kept, late, review_by=last_day, expires=last_day)
    approve(proposal.digest, by=BEN, desk=desk_of(kept), now=late)

    assert approved(kept.used.content, over).version == "2027.01"
    with pytest.raises(ExpiredPackError):
        bundled(over)
