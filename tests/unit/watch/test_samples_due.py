"""Whoever has to look at a sample, or to see to a post, is told of it in the morning; once each."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import PersonStatus, Role
from shared.posts.names import AccountId, PersonId, PostId
from shared.samples.sample import (
    HEARD,
    Done,
    Drawn,
    FollowUp,
    Judgement,
    Means,
    Sample,
    Verdict,
    follow_up,
    look_at,
)
from tests.builders import NOW, a_person, an_account
from watch.morning.who import Who
from watch.sampling.samples_due import A_WEEK, LATE, samples_due

DUTY, ABOVE = a_person("comms-1", role=Role.COMMS), a_person("sgt-oak")
MOSS, ASH = a_person("psd-moss", role=Role.PROFESSIONAL_STANDARDS), a_person("pc-ash")
LEEK = an_account("leek", owner=ASH.person_id, parent=AccountId("moor"))
MOOR = an_account("moor", owner=ABOVE.person_id)
UNTIL = date(2026, 11, 27)
TRAINING = FollowUp(Means.TRAINING, ASH.person_id, UNTIL)
MINOR = Judgement(Verdict.MINOR, "Too long.", MOSS.person_id, NOW, TRAINING)
SERIOUS = replace(MINOR, verdict=Verdict.SERIOUS)
FINE = Judgement(Verdict.FINE, "", MOSS.person_id, NOW)
DONE = Done(DUTY.person_id, NOW + HEARD, "They were taught.")


def a_sample(account="leek", posts=2):
    drawn = (Drawn(n, PostId(f"{n:026}"), 1, frozenset()) for n in range(1, posts + 1))
    return Sample(AccountId(account), "2026-10", NOW, 12, "share=10", tuple(drawn))


def dues(*samples, after=timedelta(0), gone=None):
    people = {each.person_id: each for each in (DUTY, ABOVE, MOSS, ASH)}
    if gone:
        people[gone] = replace(people[gone], status=PersonStatus.LEFT)
    who = Who({each.account_id: each for each in (LEEK, MOOR)}, people, (DUTY,))
    found = list(samples_due(who, samples, NOW + after))
    assert len({due.notice_id for due in found}) == len(found)
    return {due.notice_id: {person.person_id for person in due.matter.to} for due in found}


def test_a_month_that_was_drawn_is_one_line_however_many_accounts_there_are():
    found = dues(a_sample(), a_sample("moor"))

    assert found == {"samples/2026-10/drawn": {"comms-1", "psd-moss"}}
    late = dues(a_sample(), a_sample("moor"), after=LATE)
    assert late == {"samples/2026-10/late": {"comms-1", "psd-moss"}}


def test_whoever_has_something_to_do_hears_of_it_and_again_on_its_day():
    sample = look_at(look_at(a_sample(), 1, MINOR), 2, FINE)
    named = "sample/2026-10-leek/1"

    assert dues(sample) == {f"{named}/asked": {"pc-ash"}}
    assert dues(sample, after=timedelta(days=7)) == {f"{named}/due": {"pc-ash", "comms-1"}}
    overdue = dues(sample, after=timedelta(days=7) + A_WEEK)
    assert overdue == {f"{named}/overdue": {"sgt-oak", "comms-1"}}
    assert dues(follow_up(sample, 1, DONE)) == {}


def test_what_somebody_who_left_had_to_do_goes_to_whoever_is_on_duty():
    sample = look_at(look_at(a_sample(), 1, MINOR), 2, FINE)

    assert dues(sample, gone=PersonId("pc-ash")) == {"sample/2026-10-leek/1/asked": {"comms-1"}}


def test_professional_standards_hear_of_what_is_serious():
    found = dues(look_at(look_at(a_sample(), 1, SERIOUS), 2, FINE))

    assert found["sample/2026-10-leek/1/serious"] == {"psd-moss", "comms-1"}


@pytest.mark.parametrize("gone", [None, PersonId("psd-moss")])
def test_a_sample_of_an_account_that_is_gone_is_told_of_all_the_same(gone):
    sample = look_at(look_at(a_sample("closed"), 1, SERIOUS), 2, FINE)

    assert all(dues(sample, after=timedelta(days=30), gone=gone).values())


@given(st.lists(st.integers(0, 40), max_size=10))
def test_no_reminder_has_two_names_and_none_says_what_was_posted(days):
    sample, lines = look_at(a_sample(), 1, SERIOUS), set()
    people = {each.person_id: each for each in (DUTY, MOSS, ASH)}
    for day in days:
        who = Who({LEEK.account_id: LEEK}, people, (DUTY,))
        for due in samples_due(who, [sample], NOW + timedelta(days=day)):
            assert SERIOUS.reason not in due.matter.line
            lines.add((due.notice_id, due.matter.line))
    assert len(lines) == len({notice for notice, _ in lines}) <= 6
