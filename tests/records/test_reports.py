"""Reports on both engines, and what they are made from: once, with a leaf, and never changed."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.followers.acts import Reviewed
from shared.followers.review import Place, Review, Seen, with_list
from shared.followers.someone import Side
from shared.posts.content import Kind
from shared.posts.life import Outcome
from shared.posts.names import AccountId, PlatformName
from shared.records.account_months import AccountMonths, content_of, decisions, sent_of
from shared.records.approval import ApprovalState, Decision, Ruling, Way
from shared.records.approvals import Approvals
from shared.records.errors import NotFoundError
from shared.records.publication import Publication
from shared.records.reports import Reports
from shared.records.review_acts import act_on_review
from shared.records.reviews import Reviews
from shared.reports.facts import Content, Facts
from shared.reports.report import Part, Report, digest
from tests.builders import NOW, a_pen, a_post, a_round, an_act, an_approval
from tests.records.test_published import RIVERSIDE, out

__all__ = ["out"]

LEEK = AccountId("leek-npt")
REPORT = Report("2026-11", LEEK, NOW, 1, {Part.SPEED: {"hour": 3}, Part.CONTENT: {}})
X = PlatformName("x")


@pytest.fixture
def reports(store):
    return Reports(store, a_pen())


def november(store, *accounts):
    return dict(AccountMonths(store).facts(accounts, "2026-11", NOW, NOW + timedelta(days=30)))


def test_a_report_is_stated_once_with_the_hash_of_what_it_says(store, reports):
    assert reports.state(REPORT) is True
    assert reports.state(replace(REPORT, accounts=9)) is False

    assert reports.get(REPORT.report_id) == REPORT
    [leaf] = [json.loads(row.payload) for row in store.payloads.scan()]
    assert leaf["sha256"] == digest(REPORT)


def test_a_report_that_is_not_there_is_told_from_one_that_is(reports):
    with pytest.raises(NotFoundError):
        reports.get("2026-11-nobody")


def test_they_are_listed_newest_month_first_and_found_by_month(reports):
    force = replace(REPORT, account=None)
    older = replace(REPORT, month="2026-10")
    for each in (older, REPORT, force):
        reports.state(each)

    first = reports.listed(limit=2)
    second = reports.listed(first.cursor, limit=2)

    assert first.entries == (REPORT, force)
    assert second.entries == (older,)
    assert reports.stated("2026-11") == {REPORT.report_id, "2026-11"}
    assert list(reports.several(["2026-10-leek-npt", "2026-10-nobody"])) == [older]


def test_an_account_without_anything_has_an_empty_month(store):
    assert november(store, LEEK) == {LEEK: Facts()}


def test_the_lists_of_its_review_are_its_own(store):
    place = Place(X, Side.FOLLOWER)
    review = Review(LEEK, "2026-11", NOW)
    read = with_list(review, Seen(place, NOW, 12), (), 0)
    act = act_on_review(read, Reviewed.BEGUN, NOW)
    Reviews(store, a_pen()).begin_each([(read, act)])

    facts = november(store, LEEK, RIVERSIDE)

    assert facts[LEEK].lists == read.seen
    assert facts[RIVERSIDE].lists == ()


def test_what_accounts_sent_and_what_was_decided_of_it_is_read_together(store, out, calls):
    post = out({"sandbox": Outcome.SENT}, account=LEEK)
    out({"sandbox": Outcome.FAILED}, account=RIVERSIDE, at=NOW)
    out({"sandbox": Outcome.PENDING}, account=RIVERSIDE)
    Approvals(store, a_pen()).open(post, a_round(), an_act("approval.opened"))
    calls.clear()

    facts = november(store, LEEK, RIVERSIDE)

    assert [each.at for each in facts[LEEK].sent] == [NOW + timedelta(days=1)]
    assert [(each.failed, each.asked) for each in facts[RIVERSIDE].sent] == [(1, False)]
    assert facts[LEEK].sent[0].asked
    assert calls == [*["Query"] * 2, *["BatchGetItem"] * 3, *["Query"] * 2]


def test_many_reports_are_stated_in_one_transaction_and_none_twice(store, reports, calls):
    many = [replace(REPORT, account=AccountId(f"team-{number}")) for number in range(10)]
    reports.state(many[0])
    calls.clear()

    assert reports.state_each(many) == [False, *[True] * 9]
    assert calls == ["TransactWriteItems"] * 2  # once again without the one that was there
    assert len(list(store.payloads.scan())) == 10


def a_target(post, state, platform="sandbox", part=1):
    return Publication(
        post.post_id, 1, PlatformName(platform), LEEK, post.content_hash, state, "k", {}, 1,
        NOW, NOW, NOW + timedelta(minutes=part), part=part,
    )  # fmt: skip


def test_a_post_is_counted_where_it_stood_and_by_its_first_moment():
    post = a_post()
    targets = [
        a_target(post, Outcome.SENT, part=2),
        a_target(post, Outcome.SENT, part=1),
        a_target(post, Outcome.WITHDRAWN, "x", part=3),
        a_target(post, Outcome.FAILED, "mastodon"),
        a_target(post, Outcome.UNCERTAIN, "bluesky"),
    ]

    sent = sent_of(post, targets, asked=True)

    assert sent.at == NOW + timedelta(minutes=1)
    assert sent.where == {"sandbox", "x"}
    assert (sent.failed, sent.taken_away, sent.asked, sent.urgent) == (1, True, True, False)


def test_a_post_that_nobody_tried_to_send_is_not_counted():
    post = a_post()

    assert sent_of(post, [], asked=False) is None
    assert sent_of(post, [a_target(post, Outcome.PENDING)], asked=False) is None


@pytest.mark.parametrize(
    ("changes", "content"),
    [
        ({}, Content.OTHER),
        ({"kind": Kind.CORRECTION}, Content.CORRECTION),
        ({"kind": Kind.REPLY, "about": "https://x.example/1"}, Content.REPLY),
        ({"kind": Kind.RESHARE, "about": "https://x.example/1"}, Content.RESHARE),
        ({"expires_at": NOW}, Content.LIMITED),
        ({"note_of": "d-1"}, Content.NOTE),
    ],
)
def test_records_tell_what_a_post_was(changes, content):
    assert content_of(a_post(**changes)) is content


def test_who_decided_in_time_is_told_from_who_did_not():
    asked = an_approval()
    ruling = Ruling(Decision.RETURN, asked.asked[0], NOW, Way.QUEUE)
    told = decisions(
        [
            asked,
            replace(asked, state=ApprovalState.DECIDED, ruling=ruling),
            replace(asked, state=ApprovalState.EXPIRED),
            replace(asked, state=ApprovalState.VOID),
        ]
    )

    assert [(each.said, each.at) for each in told] == [("return", NOW), ("expired", asked.ends_at)]
