"""Policy packs on record: proposed, approved by somebody else, in use (policy.md G06)."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from shared.accounts.registry import AccountStatus, Handle
from shared.policy.errors import ExpiredPackError, InvalidPackError
from shared.policy.pack import bundled
from shared.policy.proposal import Proposal, canonical
from shared.policy.verdict import Candidate
from shared.posts.names import PersonId
from shared.records.accounts import Accounts
from shared.records.errors import AlreadyExistsError, BusyError, ChangedError, NotFoundError
from shared.records.policies import IN_USE, Policies
from shared.records.policy_in_use import SECONDS, PolicyInUse, with_registered
from tests.builders import NOW, a_pen, an_account, an_act
from tests.unit.policy.candidates import PACK, pack_content

TODAY = NOW.date()
ADA, BEN = PersonId("ada"), PersonId("ben")
PROPOSED, APPROVED = an_act("policy.proposed"), an_act("policy.approved")


@pytest.fixture
def policies(store):
    return Policies(store, a_pen())


def a_proposal(version="2027.01", **changes):
    text, digest = canonical({**pack_content(), "version": version, **changes})
    return Proposal(digest, text, version, ADA, NOW, "A new partner.")


def approved(proposal, by=BEN):
    return replace(proposal, approved_by=by, approved_at=NOW + timedelta(hours=1))


def in_force(policies, proposal):
    policies.propose(proposal, PROPOSED)
    policies.approve(proposal, approved(proposal), APPROVED)
    return approved(proposal)


class Clock:
    seconds = 0.0

    def __call__(self):
        return self.seconds


def test_a_proposal_comes_back_as_it_went_in_with_its_leaf(policies, store, calls):
    policies.propose(a_proposal(), PROPOSED)

    assert calls.count("TransactWriteItems") == 1
    assert policies.get(a_proposal().digest) == a_proposal()
    assert policies.in_use() is None
    assert len(list(store.outbox.scan())) == 1


def test_the_one_approved_last_is_in_use_and_the_others_are_kept(policies):
    first = in_force(policies, a_proposal("2027.01"))
    second = in_force(policies, a_proposal("2027.02"))

    assert policies.in_use() == second
    assert set(policies.all()) == {first, second}


def test_what_waits_or_is_in_use_is_not_proposed_again(policies, store):
    policies.propose(a_proposal(), PROPOSED)
    with pytest.raises(AlreadyExistsError):
        policies.propose(a_proposal(), PROPOSED)

    policies.approve(a_proposal(), approved(a_proposal()), APPROVED)
    with pytest.raises(AlreadyExistsError):
        policies.propose(a_proposal(), PROPOSED)

    assert len(list(store.outbox.scan())) == 2


def test_an_older_policy_can_be_gone_back_to(policies):
    in_force(policies, a_proposal("2027.01"))
    in_force(policies, a_proposal("2027.02"))

    again = in_force(policies, replace(a_proposal("2027.01"), proposed_at=NOW + timedelta(days=1)))

    assert policies.in_use() == again


def test_a_policy_is_approved_once(policies):
    before = a_proposal()
    in_force(policies, before)

    with pytest.raises(ChangedError, match="somebody else"):
        policies.approve(before, approved(before, PersonId("cy")), APPROVED)

    assert policies.in_use() == approved(before)


def test_of_two_approved_at_the_same_moment_one_comes_second(policies, monkeypatch):
    first, second = a_proposal("2027.01"), a_proposal("2027.02")
    policies.propose(first, PROPOSED)
    policies.propose(second, PROPOSED)
    found = policies.in_use()
    policies.approve(first, approved(first), APPROVED)
    monkeypatch.setattr(policies, "in_use", lambda: found)

    with pytest.raises(ChangedError, match="came second"):
        policies.approve(second, approved(second), APPROVED)

    assert policies.get(second.digest) == second


@pytest.mark.parametrize("digest", [IN_USE, "0" * 64, "", "x" * 2000])
def test_what_nobody_proposed_is_not_there(policies, digest):
    in_force(policies, a_proposal())

    with pytest.raises(NotFoundError):
        policies.get(digest)


# ── the policy in use ────────────────────────────────────────────────────────


def test_before_any_was_approved_the_one_that_ships_is_in_use(policies):
    assert PolicyInUse(policies)(TODAY) == bundled(TODAY)


def test_an_approved_one_is_in_use_within_a_minute(policies):
    clock = Clock()
    policy = PolicyInUse(policies, clock)
    assert policy(TODAY).version == PACK.version
    in_force(policies, a_proposal(most_hashtags=5))

    clock.seconds = SECONDS - 1
    assert policy(TODAY).version == PACK.version
    clock.seconds = SECONDS
    pack = policy(TODAY)

    assert (pack.version, pack.most_hashtags) == ("2027.01", 5)
    assert pack.policy_version.startswith("2027.01+")


def test_a_busy_process_asks_once_a_minute_and_reads_the_pack_once_a_day(policies, calls):
    in_force(policies, a_proposal())
    policy = PolicyInUse(policies, Clock())
    before = calls.count("GetItem")

    packs = [policy(TODAY) for _ in range(50)]

    assert calls.count("GetItem") == before + 1
    assert all(pack is packs[0] for pack in packs)
    assert policy(TODAY + timedelta(days=1)).day == TODAY + timedelta(days=1)


def test_with_the_records_out_of_reach_the_last_one_holds(policies, monkeypatch):
    clock = Clock()
    policy = PolicyInUse(policies, clock)
    in_force(policies, a_proposal())
    assert policy(TODAY).version == "2027.01"
    clock.seconds = 10 * SECONDS
    monkeypatch.setattr(policies, "in_use", busy)

    assert policy(TODAY).version == "2027.01"
    with pytest.raises(BusyError):
        PolicyInUse(policies, clock)(TODAY)


def busy():
    raise BusyError("GetItem")


def test_an_approved_one_whose_time_is_over_stops_the_check(policies):
    in_force(policies, a_proposal())

    with pytest.raises(ExpiredPackError):
        PolicyInUse(policies)(date(2099, 1, 1))


def test_of_what_the_code_has_learnt_since_the_policy_that_ships_speaks(policies):
    content = pack_content()
    del content["rules"]["hashtag-case"], content["terms"]["hashtag-words"], content["limits"]["x"]
    text, digest = canonical({**content, "version": "2025.01"})
    in_force(policies, Proposal(digest, text, "2025.01", ADA, NOW, "Long ago."))

    pack = PolicyInUse(policies)(TODAY)

    assert pack.rule("hashtag-case") == PACK.rule("hashtag-case")
    assert pack.limit("x") == PACK.limit("x")
    assert pack.term_list("hashtag-words").listed == PACK.term_list("hashtag-words").listed


def test_a_row_that_holds_no_policy_is_no_reason_to_check_by_another(policies):
    in_force(policies, replace(a_proposal(), content="{}"))

    with pytest.raises(InvalidPackError):
        PolicyInUse(policies)(TODAY)


# ── senior accounts of the registry ──────────────────────────────────────────

SENIOR = an_account(
    "chase-cmdr",
    senior=True,
    handles=(
        Handle("sandbox", "@NewCmdr", "https://sandbox.example"),
        Handle("bluesky", "newcmdr.example", "https://bsky.example"),
    ),
)


def reshared(handle, *platforms, kind="reshare"):
    where = platforms or ("sandbox",)
    return Candidate("Keep away.", where, "officer", "lpt", kind=kind, reshare_of=handle)


@pytest.fixture
def knowing(store):
    accounts = Accounts(store, a_pen())
    return partial(with_registered, PACK, accounts=accounts), accounts


@pytest.mark.parametrize("handle", ["@NewCmdr", "newcmdr", "@NEWCMDR"])
def test_a_senior_account_of_the_registry_is_senior(knowing, handle):
    with_it, accounts = knowing
    accounts.enter(SENIOR, an_act("account.entered"))

    assert with_it(reshared(handle)).is_senior(handle)


@pytest.mark.parametrize(
    ("account", "candidate"),
    [
        (SENIOR, reshared("@NewCrndr")),
        (SENIOR, reshared("@Nеwcmdr")),
        (SENIOR, reshared("@NewCmdr", "mastodon")),
        (SENIOR, reshared("@NewCmdr", "sandbox", "bluesky")),
        (SENIOR, reshared("@NewCmdr", kind="reply")),
        (replace(SENIOR, senior=False), reshared("@NewCmdr")),
        (replace(SENIOR, status=AccountStatus.SUSPENDED), reshared("@NewCmdr")),
        (replace(SENIOR, status=AccountStatus.CLOSED), reshared("@NewCmdr")),
        (SENIOR, reshared(None)),
    ],
)
def test_nobody_else_is(knowing, account, candidate):
    with_it, accounts = knowing
    accounts.enter(account, an_act("account.entered"))

    assert with_it(candidate) is PACK


def test_only_a_reshare_costs_a_question(knowing, calls):
    knowing[0](reshared("@NewCmdr", kind="original"))
    knowing[0](reshared("@StaffsPolice"))

    assert calls == []
