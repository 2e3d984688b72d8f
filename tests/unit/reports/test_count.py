"""A month is counted: what belongs to it, each thing once, and the force is the sum."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import ClosureProposed, Handle
from shared.followers.review import Place, Seen
from shared.followers.someone import Side
from shared.mentions.mention import Mention, MentionState, Outcome, Settled
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName
from shared.reports.cost import PRICES
from shared.reports.count import LATER, Span, count
from shared.reports.facts import Content, Decided, Facts, Sent
from shared.reports.report import Part, Report, digest, report_name, whole
from tests.builders import an_account

BEGINS, ENDS = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
NOVEMBER = Span("2026-11", BEGINS, ENDS)
MID, NOW = BEGINS + timedelta(days=14), ENDS + timedelta(days=2)
X, MASTODON = PlatformName("x"), PlatformName("mastodon")
LEEK = an_account("leek", handles=(Handle(X, "leek", "https://x.example"),))
PLACE = Place(MASTODON, Side.FOLLOWER)
HOUR = timedelta(hours=1)


def counted(**facts):
    return count(LEEK, Facts(**facts), NOVEMBER, NOW).parts


def sent(at=MID, content=Content.OTHER, where=(X,), **more):
    return Sent(at, content, frozenset(where), **more)


def mention(after=None, state=MentionState.ANSWERED, said_at=MID, **more):
    settled = None
    if after is not None:
        settled = Settled(Outcome(state), PersonId("pc-ash"), said_at + after)
    return Mention("m", LEEK.account_id, X, said_at, said_at, LeafId("l"), settled=settled, **more)


@pytest.mark.parametrize(
    ("after", "name"),
    [
        (timedelta(0), "hour"),
        (HOUR, "hour"),
        (HOUR + timedelta(seconds=1), "four_hours"),
        (24 * HOUR, "day"),
        (72 * HOUR, "three_days"),
        (73 * HOUR, LATER),
        (-HOUR, "hour"),
    ],
)
def test_answers_are_counted_by_how_soon_they_were(after, name):
    assert counted(mentions=(mention(after),))[Part.SPEED] == {name: 1}


def test_what_waits_and_what_needed_no_answer_is_not_taken_for_an_answer():
    heard = (
        mention(),
        mention(HOUR, MentionState.NO_ANSWER),
        mention(HOUR, MentionState.HANDED_ON, calls=True),
        mention(HOUR),
    )

    parts = counted(mentions=heard)

    assert parts[Part.ANSWERS] == {
        "answered": 1, "handed_on": 1, "no_answer_needed": 1, "waiting": 1, "calls": 1,
    }  # fmt: skip
    assert parts[Part.SPEED] == {"hour": 1}


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (BEGINS - timedelta(microseconds=1), 0),
        (BEGINS, 1),
        (ENDS - timedelta(microseconds=1), 1),
        (ENDS, 0),
    ],
)
def test_only_what_was_in_the_month_counts(at, counts):
    facts = {
        "sent": (sent(at),),
        "mentions": (mention(said_at=at),),
        "decided": (Decided(at - HOUR, "approve", at),),
    }

    parts = counted(**facts)

    assert sum(parts[Part.CONTENT].values()) == counts
    assert sum(parts[Part.ANSWERS].values()) == counts
    assert parts[Part.DECISIONS].get("approve", 0) == counts


def test_a_post_counts_once_by_what_it_is_and_once_for_each_platform():
    parts = counted(sent=(sent(where=(X, MASTODON)), sent(content=Content.REPLY)))

    assert parts[Part.CONTENT] == {"other": 1, "reply": 1}
    assert parts[Part.PLATFORMS] == {"mastodon": 1, "x": 2}


def test_a_post_that_stood_nowhere_is_counted_as_failed_and_as_nothing_else():
    parts = counted(sent=(sent(where=(), failed=2),))

    assert parts[Part.RIGHTED]["failed"] == 2
    assert not parts[Part.CONTENT]
    assert not parts[Part.DECISIONS]


def test_posts_that_waited_for_nobody_are_told_from_those_that_were_urgent():
    posts = (sent(asked=True), sent(), sent(urgent=True, asked=True))
    decided = (Decided(MID, "approve", MID + 2 * HOUR),)

    parts = counted(sent=posts, decided=decided)

    assert parts[Part.DECISIONS] == {"approve": 1, "urgent": 1, "without": 1}
    assert parts[Part.WAITED] == {"four_hours": 1}


def test_what_was_put_right_is_counted():
    posts = (sent(content=Content.CORRECTION), sent(taken_away=True, failed=1))

    assert counted(sent=posts)[Part.RIGHTED] == {"corrections": 1, "taken_away": 1, "failed": 1}


@pytest.mark.parametrize(
    ("hours", "days", "too_long"),
    [(24 * 31, (), 0), (24 * 7, (), 1), (24 * 7, (7, 14, 21, 28), 0), (24 * 7, (14,), 2)],
)
def test_silence_is_told_by_what_people_expect_of_the_account(hours, days, too_long):
    account = replace(LEEK, rhythm_hours=hours)
    posts = tuple(sent(BEGINS + timedelta(days=day)) for day in days)

    report = count(account, Facts(sent=posts), NOVEMBER, NOW)

    assert report.count(Part.SILENCE, "too_long") == too_long


def test_it_says_that_closing_is_proposed():
    account = replace(LEEK, closure_proposed=ClosureProposed(MID, BEGINS))

    assert count(account, Facts(), NOVEMBER, NOW).count(Part.SILENCE, "closing_proposed") == 1


def test_a_list_that_could_not_be_read_counts_as_it_was_last():
    seen = (Seen(PLACE, NOW, 120, fault="It was down."), Seen(replace(PLACE, platform=X), NOW))

    assert counted(lists=seen)[Part.FOLLOWERS] == {PLACE.name: 120, "not_read": 1}


def test_the_cost_is_counts_times_prices():
    facts = Facts(sent=(sent(where=(X, MASTODON)),), mentions=(mention(),))

    cost = count(LEEK, facts, NOVEMBER, NOW).parts[Part.COST]

    assert cost == {name: PRICES[name] for name in ("posts", "targets", "mentions", "keys")}


def test_what_platforms_need_no_keys_cost_none():
    account = an_account("leek")

    assert count(account, Facts(), NOVEMBER, NOW).parts[Part.COST] == {}


def test_a_report_is_named_by_its_month_and_account():
    assert report_name(AccountId("leek"), "2026-11") == "2026-11-leek"
    assert report_name(None, "2026-11") == "2026-11"


def test_two_reports_that_say_the_same_have_one_hash_whatever_the_order():
    one = Report("2026-11", None, NOW, 2, {Part.SPEED: {"hour": 1, "day": 2}})
    other = Report("2026-11", None, NOW, 2, {Part.SPEED: {"day": 2, "hour": 1}})

    assert digest(one) == digest(other)
    assert digest(one) != digest(replace(one, accounts=3))


FACTS = st.builds(
    Facts,
    st.lists(
        st.builds(
            Sent,
            st.datetimes(timezones=st.just(UTC)),
            st.sampled_from(Content),
            st.frozensets(st.sampled_from((X, MASTODON))),
            st.integers(0, 3),
            st.booleans(),
            st.booleans(),
            st.booleans(),
        ),
        max_size=5,
    ).map(tuple),
    mentions=st.lists(st.builds(mention, st.none() | st.timedeltas(HOUR, 99 * HOUR))).map(tuple),
)


@given(st.lists(FACTS, max_size=5))
def test_the_force_is_the_sum_of_its_accounts(months):
    reports = [count(LEEK, facts, NOVEMBER, NOW) for facts in months]
    total = whole("2026-11", reports, NOW)

    assert total.accounts == len(reports)
    for part in Part:
        names = {name for report in reports for name in report.parts[part]}
        for name in names:
            assert total.count(part, name) == sum(each.count(part, name) for each in reports)


@given(FACTS)
def test_every_post_that_stood_somewhere_is_of_one_kind(facts):
    report = count(LEEK, facts, NOVEMBER, NOW)
    out = [each for each in facts.sent if each.where and NOVEMBER.has(each.at)]

    assert sum(report.parts[Part.CONTENT].values()) == len(out)
