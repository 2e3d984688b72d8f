"""Training, cover, mobiles: days counted right, and nobody counted who is not there."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.cover import covering, is_there, uncovered, with_leave
from shared.accounts.errors import MobileError
from shared.accounts.mobiles import masked, mobile_number
from shared.accounts.registry import AccountStatus, Leave, PersonStatus
from shared.accounts.training import REFRESH_AFTER, Topic, Training, due, taught
from shared.posts.names import PersonId
from tests.builders import a_person, an_account

DAY = date(2026, 11, 20)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


class TestTraining:
    def test_whoever_was_taught_nothing_is_due_in_everything(self):
        assert due((), DAY) == tuple(Topic)

    @pytest.mark.parametrize(("after", "is_due"), [(0, False), (1, True)])
    def test_a_topic_is_due_the_day_after_it_ran_out(self, after, is_due):
        record = (Training(Topic.HASHTAGS, DAY),)

        found = due(record, DAY + REFRESH_AFTER + timedelta(days=after))

        assert (Topic.HASHTAGS in found) is is_due

    @given(st.lists(st.tuples(st.sampled_from(Topic), days), max_size=20))
    def test_the_last_day_of_each_topic_stays_on_record_in_one_order(self, lessons):
        record = ()
        for topic, on in lessons:
            record = taught(record, topic, on)

        latest = {topic: max(on for each, on in lessons if each is topic) for topic, _ in lessons}
        assert {each.topic: each.on for each in record} == latest
        assert [each.topic for each in record] == [t for t in Topic if t in latest]


class TestCover:
    owner, member, other = a_person("owner"), a_person("member"), a_person("other")
    account = an_account(owner=PersonId("owner"), members=frozenset({PersonId("member")}))

    def people(self, **changes):
        everybody = (self.owner, self.member, self.other)
        return {p.person_id: replace(p, **changes.get(p.person_id, {})) for p in everybody}

    def test_a_planned_day_away_counts_from_its_first_day_to_its_last(self):
        person = with_leave(self.owner, Leave(DAY, DAY + timedelta(days=1)))

        there = [is_there(person, DAY + timedelta(days=n)) for n in (-1, 0, 1, 2)]

        assert there == [True, False, False, True]

    @pytest.mark.parametrize("status", sorted(set(PersonStatus) - {PersonStatus.ACTIVE}))
    def test_an_account_whose_whole_team_is_gone_has_no_cover(self, status):
        people = self.people(owner={"status": status}, member={"status": status})

        assert uncovered([self.account], people, DAY) == (self.account,)

    def test_one_of_the_team_is_cover_enough(self):
        people = self.people(owner={"status": PersonStatus.LEFT})

        assert covering(self.account, people, DAY) == {"member"}
        assert uncovered([self.account], people, DAY) == ()

    def test_who_stands_in_covers_for_those_days_if_they_are_there(self):
        away = (Leave(DAY, DAY, PersonId("other")),)
        people = self.people(owner={"leave": away}, member={"status": PersonStatus.LEFT})
        both = self.people(
            owner={"leave": away},
            member={"status": PersonStatus.LEFT},
            other={"status": PersonStatus.SUSPENDED},
        )

        assert covering(self.account, people, DAY) == {"other"}
        assert uncovered([self.account], people, DAY + timedelta(days=1)) == ()
        assert uncovered([self.account], both, DAY) == (self.account,)

    def test_people_the_registry_does_not_know_are_no_cover(self):
        assert uncovered([self.account], {}, DAY) == (self.account,)

    def test_an_account_that_does_not_speak_needs_no_cover(self):
        closed = replace(self.account, status=AccountStatus.CLOSED)

        assert uncovered([closed], {}, DAY) == ()


class TestMobiles:
    @pytest.mark.parametrize("typed", ["+447700900101", "+44 7700 900101", "+44 (7700) 900-101"])
    def test_a_number_with_its_country_is_kept_in_one_spelling(self, typed):
        assert mobile_number(typed) == "+447700900101"

    @pytest.mark.parametrize(
        "typed", ["", "07700900101", "+0447700900", "+44", "+44x7700900101", "+٤٤٧٧٠٠٩٠٠١٠١"]
    )
    def test_anything_else_is_refused(self, typed):
        with pytest.raises(MobileError):
            mobile_number(typed)

    @given(st.text(max_size=20))
    def test_a_masked_number_shows_three_digits_at_most(self, number):
        assert len(masked(number).replace("•", "")) <= 3 + number.count("•")
