"""What has to be taken away, lane by lane: wide reach first, the newest first, last parts first."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from publish.plan_removal import Place, in_order, plan_removal
from publish.remove import give_up
from shared.accounts.registry import Level
from shared.posts.deletion import Removal, Version
from shared.posts.life import Outcome, State
from shared.posts.names import AccountId, PlatformName, PostId
from shared.records.deletions import Whole
from tests.builders import NOW, a_post, an_account
from tests.unit.fakes import Ledger
from tests.unit.publish.taking_away import Stage, a_deletion, a_publication

LEVELS = {
    AccountId("force"): Level.CORPORATE,
    AccountId("moorlands"): Level.LPT,
    AccountId("leek"): Level.NEIGHBOURHOOD,
}
ACCOUNTS = [an_account(account_id=name, level=level) for name, level in LEVELS.items()]


def a_place(number=1, account="leek", platform="mastodon", part=1, minutes=0):
    post = a_post(post_id=PostId(f"01J{number:023d}"))
    publication = replace(
        a_publication(post),
        account=AccountId(account),
        platform=PlatformName(platform),
        part=part,
        settled_at=NOW + timedelta(minutes=minutes),
    )
    return Place(post, publication)


def names(lanes):
    return [[(p.publication.account, p.publication.platform) for p in lane] for lane in lanes]


def test_the_forces_own_accounts_come_before_those_of_an_area_and_of_a_neighbourhood():
    places = [a_place(account=name) for name in ("leek", "force", "moorlands")]

    lanes = in_order(places, ACCOUNTS)

    assert [lane[0].lane[0] for lane in lanes] == ["force", "moorlands", "leek"]


def test_within_a_lane_the_newest_is_taken_away_first():
    old, new = a_place(1, minutes=0), a_place(2, minutes=9)

    [lane] = in_order([old, new], ACCOUNTS)

    assert lane == (new, old)


def test_of_a_thread_the_last_part_is_taken_away_first():
    parts = [a_place(1, part=number) for number in (1, 2, 3)]

    [lane] = in_order(parts, ACCOUNTS)

    assert [place.publication.part for place in lane] == [3, 2, 1]


@given(
    st.lists(
        st.builds(
            a_place,
            st.integers(1, 9),
            st.sampled_from(sorted(LEVELS)),
            st.sampled_from(["mastodon", "x", "feed"]),
            st.integers(1, 3),
            st.integers(0, 90),
        ),
        max_size=30,
    )
)
def test_every_place_is_in_one_lane_and_no_lane_has_two_accounts_or_platforms(places):
    lanes = in_order(places, ACCOUNTS)

    assert sorted(map(id, places)) == sorted(id(place) for lane in lanes for place in lane)
    assert all(len(set(lane)) == 1 for lane in names(lanes))
    assert len({lane[0].lane for lane in lanes}) == len(lanes)


def test_what_failed_or_is_gone_or_has_a_checklist_is_not_planned_again():
    stage = Stage()
    account = an_account(account_id=stage.post.draft.account)
    stage.ledger.keep(account)
    whole = Whole(stage.deletion)

    planned = plan_removal(whole, stage.ledger.publications, stage.ledger.snapshots)
    assert [place.publication.place for lane in planned.lanes for place in lane] == ["sandbox"]

    for state in (Outcome.FAILED, Outcome.WITHDRAWN):
        stage.ledger.keep(a_publication(stage.post, state))
        assert plan_removal(whole, stage.ledger.publications, stage.ledger.snapshots).lanes == ()

    stage.ledger.keep(a_publication(stage.post))
    give_up(stage.scene(), "No answer.", NOW)
    assert stage.row.state is Removal.LEFT
    left = Whole(stage.deletion, (stage.row,))
    assert plan_removal(left, stage.ledger.publications, stage.ledger.snapshots).lanes == ()


def test_a_post_that_is_on_its_way_out_is_waited_for():
    ledger = Ledger()
    post = a_post(state=State.RELEASED)
    ledger.keep(post, an_account(account_id=post.draft.account))
    deletion = a_deletion(post, posts=(Version(post.post_id, post.version),))

    planned = plan_removal(Whole(deletion), ledger.publications, ledger.snapshots)

    assert (planned.lanes, planned.settled) == ((), False)
