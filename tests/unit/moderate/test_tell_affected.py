"""Everybody an incident concerns is told, each once, whatever breaks in between."""

import json
from collections import Counter

import pytest

from moderate.scene import scene_of
from moderate.tell_affected import AGAIN, BATCH, MORE, PARTLY, ROUNDS, TOLD, Office, tell_affected
from shared.accounts.incident import Event
from shared.accounts.registry import AccountStatus, PersonStatus
from shared.mail.errors import RefusedMailError, UnsentMailError
from shared.posts.life import State
from shared.posts.names import AccountId, PersonId
from shared.records.errors import ChangedError, UnavailableError
from tests.builders import a_person, a_post, an_account, an_act, an_incident
from tests.unit.moderate.incidents_made import (
    AREA,
    COMMANDER,
    COMMS,
    OFFICER,
    OTHER_COMMS,
    SERGEANT,
    a_command,
    declared,
    over,
)

ALL = {OFFICER, SERGEANT, COMMANDER, COMMS, OTHER_COMMS}
BASE_URL = "https://bluelamp.example"


class Post:
    """A postbox; `faults` are errors by the name before the @, one for each try."""

    def __init__(self, **faults):
        self.faults, self.letters = {name.replace("_", "-"): f for name, f in faults.items()}, []

    def send(self, letter):
        name = letter["To"].split("@")[0]
        faults = self.faults.get(name, [])
        if faults:
            raise faults.pop(0)
        self.letters.append(letter)
        return "id"

    @property
    def written_to(self):
        return Counter(letter["To"].split("@")[0] for letter in self.letters)


def a_scene(*entries, incident=None, post=None):
    ledger, command = a_command(*entries)
    incident = declared(ledger, incident or an_incident(**AREA))
    box = post or Post()
    office = Office(
        command, ledger.people, ledger.snapshots, box.send, "no-reply@force.example", BASE_URL
    )
    return ledger, office, incident, box


def tell(office, incident, event=Event.DECLARED):
    return tell_affected(incident.incident_id, event, office)


def told_in_the_end(office, incident, event=Event.DECLARED):
    """What the machine hears, call after call."""
    heard = []
    while not heard or heard[-1] in {MORE, AGAIN}:
        heard.append(tell(office, incident, event))
        assert len(heard) < 50
    return heard


def names(*people):
    return {person.person_id for person in people}


class TestWho:
    def test_the_teams_the_approvers_and_the_authors_of_what_waits(self):
        guest, stranger = a_person("pc-guest"), a_person("pc-stranger")
        queued = a_post(author=guest.person_id, state=State.AWAITING_APPROVAL)
        elsewhere = a_post(author=stranger.person_id, account=AccountId("moors"))
        ledger, office, incident, box = a_scene(guest, stranger, queued, elsewhere)

        assert told_in_the_end(office, incident) == [TOLD]

        assert set(box.written_to) == names(*ALL, guest)
        assert ledger.incidents.get(incident.incident_id).telling(Event.DECLARED).letters == 6

    def test_the_author_of_a_held_post_is_told_that_it_is_over(self):
        guest = a_person("pc-guest")
        held = a_post(author=guest.person_id, state=State.HELD, incident="01INCIDENT")
        _, office, incident, box = a_scene(guest, held, incident=over(an_incident(**AREA)))

        told_in_the_end(office, incident, Event.STOOD_DOWN)

        assert "pc-guest" in box.written_to

    def test_nobody_who_has_lost_access_and_nobody_for_an_account_that_is_closed(self):
        gone = a_person("pc-gone", status=PersonStatus.LEFT)
        away = a_person("pc-away", status=PersonStatus.AWAY)
        old = a_person("pc-old")
        team = frozenset({gone.person_id, away.person_id})
        riverside = an_account("riverside", parent=AccountId("city-cmdr"), members=team)
        closed = an_account(
            "closed",
            parent=AccountId("city-cmdr"),
            status=AccountStatus.CLOSED,
            members=frozenset({old.person_id}),
        )
        _, office, incident, box = a_scene(gone, away, old, riverside, closed)

        told_in_the_end(office, incident)

        assert {"pc-gone", "pc-old"} & set(box.written_to) == set()
        assert "pc-away" in box.written_to

    def test_an_exempt_account_goes_on_and_is_not_written_to(self):
        exempt = frozenset({AccountId("riverside")})
        _, office, incident, box = a_scene(incident=an_incident(**AREA, exempt=exempt))

        told_in_the_end(office, incident)

        assert set(box.written_to) == names(COMMANDER, COMMS, OTHER_COMMS)

    def test_somebody_of_two_accounts_gets_one_letter_that_names_both(self):
        second = an_account(
            "market", title="Market Team", parent=AccountId("city-cmdr"), owner=OFFICER.person_id
        )
        _, office, incident, box = a_scene(second)

        told_in_the_end(office, incident)

        (letter,) = [one for one in box.letters if one["To"].startswith("pc-okafor@")]
        words = letter.get_body(("plain",)).get_content()
        assert "Market Team" in words
        assert "Riverside Neighbourhood Team" in words


class TestWords:
    @pytest.mark.parametrize("event", Event)
    @pytest.mark.parametrize("drill", [True, False])
    def test_a_drill_says_so_first_and_nothing_says_why(self, event, drill):
        incident = over(an_incident(**AREA, drill=drill))
        if event is Event.DECLARED:
            incident = an_incident(**AREA, drill=drill)
        _, office, incident, box = a_scene(incident=incident)

        told_in_the_end(office, incident, event)

        for letter in box.letters:
            words = letter.get_body(("plain",)).get_content()
            assert letter["Subject"].startswith("DRILL: ") is drill
            assert ("DRILL" in words) is drill
            assert incident.why not in letter.as_string()
            assert f"{BASE_URL}/incidents/{incident.incident_id}" in words


class TestOnce:
    def test_a_large_force_is_told_in_batches(self):
        crowd = [a_person(f"pc-{n:03d}") for n in range(2 * BATCH + 3)]
        team = an_account("crowd", parent=AccountId("city-cmdr"), members=frozenset(names(*crowd)))
        _, office, incident, box = a_scene(*crowd, team)

        heard = told_in_the_end(office, incident)

        assert heard == [MORE, MORE, TOLD]
        assert set(box.written_to.values()) == {1}
        assert len(box.letters) == len(crowd) + len(ALL)

    def test_a_repeated_call_tells_nobody_again(self):
        ledger, office, incident, box = a_scene()
        told_in_the_end(office, incident)

        assert tell(office, incident) == TOLD

        assert len(box.letters) == len(ALL)
        assert ledger.happened == ["incident.told"]

    @pytest.mark.parametrize("crash", range(1, 6))
    def test_a_crash_after_any_letter_repeats_that_letter_at_most(self, crash):
        ledger, office, incident, box = a_scene()
        real = ledger.incidents.go_on
        left = [crash]

        def fails(key, before, after):
            if key.startswith("telling#"):
                left[0] -= 1
                if left[0] == 0:
                    raise UnavailableError("UpdateItem")
            real(key, before, after)

        ledger.incidents.go_on = fails
        with pytest.raises(UnavailableError):
            tell(office, incident)

        told_in_the_end(office, incident)

        assert set(box.written_to) == names(*ALL)
        assert sum(box.written_to.values()) == len(ALL) + 1

    def test_of_two_workers_the_slower_one_stops(self):
        ledger, office, incident, box = a_scene()
        real = ledger.incidents.go_on

        def overtaken(key, before, after):
            if key.startswith("telling#") and before is None:
                real(key, before, json.dumps({**json.loads(after), "letters": 1}))
                raise ChangedError("work", key, "was gone on with")
            real(key, before, after)

        ledger.incidents.go_on = overtaken

        assert tell(office, incident) == MORE
        told_in_the_end(office, incident)

        assert set(box.written_to) == names(*ALL)
        assert set(box.written_to.values()) == {1}

    def test_both_events_are_told_of_each_for_itself(self):
        _, office, incident, box = a_scene()
        told_in_the_end(office, incident)
        act = an_act("incident.stood_down", at=over(incident).stood_down_at)
        office.command.incidents.stand_down(incident, over(incident), act)

        told_in_the_end(office, over(incident), Event.STOOD_DOWN)

        assert set(box.written_to.values()) == {2}

    def test_when_both_end_at_the_same_moment_both_are_recorded(self):
        ledger, office, incident, _ = a_scene()
        act = an_act("incident.stood_down", at=over(incident).stood_down_at)
        office.command.incidents.stand_down(incident, over(incident), act)
        real, left = ledger.incidents.told, [1]

        def overtaken(before, telling, act):
            if left and left.pop():
                tell(office, incident, Event.DECLARED)
            return real(before, telling, act)

        ledger.incidents.told = overtaken

        heard = told_in_the_end(office, incident, Event.STOOD_DOWN)

        assert heard == [MORE, TOLD]
        kept = ledger.incidents.get(incident.incident_id)
        assert {told.event for told in kept.tellings} == set(Event)


class TestUnreached:
    def test_whoever_the_mail_service_had_no_time_for_is_tried_again_later(self):
        busy = Post(pc_okafor=[UnsentMailError("Not now.")])
        ledger, office, incident, box = a_scene(post=busy)

        heard = told_in_the_end(office, incident)

        assert heard == [AGAIN, TOLD]
        assert set(box.written_to) == names(*ALL)
        telling = ledger.incidents.get(incident.incident_id).telling(Event.DECLARED)
        assert (telling.letters, telling.undelivered) == (len(ALL), ())

    def test_in_the_end_they_are_named(self):
        busy = Post(pc_okafor=[UnsentMailError("Not now.")] * 9)
        ledger, office, incident, _box = a_scene(post=busy)

        heard = told_in_the_end(office, incident)

        assert heard == [AGAIN] * (ROUNDS - 1) + [PARTLY]
        telling = ledger.incidents.get(incident.incident_id).telling(Event.DECLARED)
        assert telling.undelivered == (OFFICER.person_id,)
        assert ledger.acts[-1].payload["undelivered"] == ["pc-okafor"]
        assert tell(office, incident) == PARTLY

    def test_whom_the_mail_service_refuses_for_good_is_not_tried_again(self):
        bad = Post(pc_okafor=[RefusedMailError("MessageRejected", "No.")] * 9)
        ledger, office, incident, _box = a_scene(post=bad)

        assert told_in_the_end(office, incident) == [PARTLY]

        telling = ledger.incidents.get(incident.incident_id).telling(Event.DECLARED)
        assert telling.undelivered == (OFFICER.person_id,)

    def test_one_who_cannot_be_reached_keeps_nobody_waiting(self):
        first = PersonId("cmdr-okoro")
        bad = Post(cmdr_okoro=[UnsentMailError("Not now.")] * 9)
        _, office, incident, box = a_scene(post=bad)

        assert tell(office, incident) == AGAIN

        assert set(box.written_to) == names(*ALL) - {first}


class TestWhatIsOver:
    def test_news_that_is_over_is_not_told(self):
        ledger, office, incident, box = a_scene(incident=over(an_incident(**AREA)))

        assert tell(office, incident, Event.DECLARED) == TOLD

        assert box.letters == []
        telling = ledger.incidents.get(incident.incident_id).telling(Event.DECLARED)
        assert (telling.letters, telling.first_at) == (0, None)

    def test_the_first_batch_notes_the_scene_if_the_deed_could_not(self):
        _, office, incident, _ = a_scene()
        assert scene_of(incident.incident_id, office.command) is None

        tell(office, incident)

        assert scene_of(incident.incident_id, office.command).in_flight == ()

    def test_the_leaf_counts_and_the_incident_is_timed(self):
        ledger, office, incident, _ = a_scene()

        told_in_the_end(office, incident)

        telling = ledger.incidents.get(incident.incident_id).telling(Event.DECLARED)
        assert telling.first_at < telling.last_at < telling.told_at
        assert ledger.acts[-1].payload == {
            "drill": False,
            "event": "declared",
            "letters": len(ALL),
            "undelivered": [],
        }

    def test_a_person_the_registry_does_not_know_is_passed_over(self):
        ghost = an_account(
            "ghost", parent=AccountId("city-cmdr"), members=frozenset({PersonId("nobody")})
        )
        _, office, incident, box = a_scene(ghost)

        assert told_in_the_end(office, incident) == [TOLD]
        assert set(box.written_to) == names(*ALL)
