"""Who cries for help is told of at once, the team before the hour, the centre after; each once."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from shared.accounts.registry import Role
from shared.mail.errors import UnsentMailError
from shared.mentions.deadlines import remind_at, ringing, tell_at
from shared.mentions.mention import MentionState, Outcome, Told, settle
from shared.posts.names import PersonId
from shared.records.notices import Notice
from tests.builders import NOW, a_person, an_account
from tests.unit.mentions.mentions_made import MENTION, TODAY
from watch.listening.tell_mentions import Desk, NobodyToTellError, tell_mentions

OWNER, MEMBER = a_person("pc-own"), a_person("pc-two")
DUTY = a_person("comms-1", role=Role.COMMS, duty=0)
ACCOUNT = an_account(owner=OWNER.person_id, members=frozenset({MEMBER.person_id}))
CENTRE = "contact@force.example"
CALL = replace(MENTION, mention_id="c" * 32, calls=True)


@dataclass
class World:
    """Mentions on record, who is there, what was begun and told, and the letters that left."""

    mentions: dict = field(default_factory=dict)
    people: list = field(default_factory=lambda: [OWNER, MEMBER, DUTY])
    duty: list = field(default_factory=lambda: [DUTY])
    begun: set = field(default_factory=set)
    told: set = field(default_factory=set)
    mails: list = field(default_factory=list)
    contact_centre: str = CENTRE
    broken: bool = False
    accounts: list = field(default_factory=lambda: [ACCOUNT])
    lost: set = field(default_factory=set)
    said: dict = field(default_factory=dict)
    opened: list = field(default_factory=list)

    def add(self, *mentions):
        self.mentions |= {each.mention_id: each for each in mentions}

    def begin_each(self, notices):
        asked = dict(notices)
        assert {act.type for act in asked.values()} <= {"mention.told"}
        new = frozenset(asked.keys() - self.begun)
        self.begun |= new
        return new

    def note(self, changes):
        for before, after in changes:
            assert self.mentions[before.mention_id] == before
            self.mentions[before.mention_id] = after

    def words(self, mentions):
        mentions = tuple(mentions)
        self.opened += [each.mention_id for each in mentions]
        return {
            m.mention_id: self.said[m.mention_id] for m in mentions if m.mention_id in self.said
        }

    def send(self, mail):
        if self.broken or mail["To"] in self.lost:
            raise UnsentMailError("Down.")
        self.mails.append(mail)
        return "id"

    def desk(self, now):
        return Desk(
            SimpleNamespace(
                ringing=lambda at, _: tuple(m for m in self.mentions.values() if ringing(m, at)),
                told=self.note,
                words=self.words,
            ),
            SimpleNamespace(
                begin_each=self.begin_each,
                told=lambda ids, _: self.told.update(ids),
                several=lambda ids: {
                    n: Notice(NOW, n in self.told) for n in ids if n in self.begun
                },
            ),
            SimpleNamespace(all=lambda: tuple(self.accounts)),
            SimpleNamespace(all=lambda: tuple(self.people), on_duty=lambda: tuple(self.duty)),
            "https://bluelamp.example",
            "from@bluelamp.example",
            self.contact_centre,
            self.send,
        )

    def tell(self, now):
        return tell_mentions(self.desk(now), now)

    @property
    def sent(self):
        return [(mail["To"], mail["Subject"]) for mail in self.mails]

    @property
    def letters(self):
        return "\n".join(mail.get_body(("plain",)).get_content() for mail in self.mails)


@pytest.fixture
def world():
    return World()


def test_a_call_for_help_goes_to_the_contact_centre_and_whoever_is_on_duty_at_once(world):
    world.add(CALL)
    world.said[CALL.mention_id] = {"url": "https://m.example/1", "text": "He has a knife"}

    told = world.tell(NOW)

    subject = "Call for help on social media: look now"
    assert sorted(world.sent) == sorted([(CENTRE, subject), (DUTY.email, subject)])
    assert told[Told.CALL] == 1
    assert "https://m.example/1" in world.letters
    assert "knife" not in world.letters
    assert world.tell(NOW + timedelta(minutes=15)) == dict.fromkeys(Told, 0)


def test_the_words_of_a_call_for_help_are_opened_for_its_address_and_those_of_no_other(world):
    world.add(CALL, MENTION)

    world.tell(remind_at(MENTION))

    assert world.opened == [CALL.mention_id]


def test_a_call_for_help_whose_words_were_erased_is_told_all_the_same(world):
    world.add(CALL)

    assert world.tell(NOW)[Told.CALL] == 1
    assert "https://m.example" not in world.letters


def test_a_force_without_such_an_address_tells_whoever_is_on_duty(world):
    world.contact_centre = "off"
    world.add(CALL)

    world.tell(NOW)

    assert [to for to, _ in world.sent] == [DUTY.email]


def test_where_nobody_can_be_told_the_alarm_rings(world):
    world.contact_centre, world.duty = "off", []
    world.add(CALL)

    with pytest.raises(NobodyToTellError):
        world.tell(NOW)


def test_the_team_is_reminded_before_the_hour_and_the_centre_told_after_it_each_once(world):
    world.add(MENTION)
    moments = (remind_at(MENTION) - timedelta(minutes=1), remind_at(MENTION), tell_at(MENTION))

    counts = [world.tell(at) for at in (*moments, tell_at(MENTION) + timedelta(days=2))]

    assert [count[Told.TEAM] for count in counts] == [0, 1, 0, 0]
    assert [count[Told.CENTRE] for count in counts] == [0, 0, 1, 0]
    assert [to for to, _ in world.sent] == [OWNER.email, MEMBER.email, DUTY.email]


def test_where_nobody_of_the_team_is_there_whoever_is_on_duty_is_reminded(world):
    world.people = [DUTY]
    world.add(MENTION)

    world.tell(remind_at(MENTION))

    assert [to for to, _ in world.sent] == [DUTY.email]


def test_a_day_that_a_holding_reply_names_is_told_of_anew(world):
    world.add(MENTION)
    world.tell(tell_at(MENTION))
    held = Outcome(MentionState.HOLDING, follow_up=TODAY + timedelta(days=3))
    who = PersonId("pc-own")
    after = settle(world.mentions[MENTION.mention_id], held, who, tell_at(MENTION), TODAY)
    world.add(after)

    assert world.tell(remind_at(after) - timedelta(minutes=1))[Told.TEAM] == 0
    assert world.tell(remind_at(after))[Told.TEAM] == 1
    assert "a holding reply was given" in world.letters


def test_a_letter_that_did_not_leave_is_not_noted_as_told(world):
    world.add(CALL)
    world.broken = True

    with pytest.raises(UnsentMailError):
        world.tell(NOW)

    assert world.mentions[CALL.mention_id].told is Told.NOBODY
    world.broken = False
    world.begun.clear()  # as `Notices` does some minutes later
    assert world.tell(NOW + timedelta(minutes=15))[Told.CALL] == 1


def test_what_was_told_by_a_run_that_died_behind_it_is_noted_and_not_told_again(world):
    world.add(CALL)
    notice = f"mention/{CALL.mention_id}/call/first"
    world.begun.add(notice)
    world.told.add(notice)

    assert world.tell(NOW)[Told.CALL] == 0
    assert world.mentions[CALL.mention_id].told is Told.CALL


def test_a_flood_is_one_letter_with_a_few_lines(world):
    world.add(*(replace(CALL, mention_id=f"{n:032d}") for n in range(40)))

    assert world.tell(NOW)[Told.CALL] == 40
    assert len(world.mails) == 2
    assert "and 10 more" in world.letters


def test_a_team_that_no_letter_reached_is_not_taken_for_told(world):
    other = a_person("pc-far")
    far = an_account("far", owner=other.person_id, members=frozenset())
    theirs = replace(MENTION, mention_id="f" * 32, account=far.account_id)
    world.people.append(other)
    world.accounts.append(far)
    world.lost = {other.email}
    world.add(MENTION, theirs)

    with pytest.raises(UnsentMailError):
        world.tell(remind_at(MENTION))

    assert {each.partition("/")[2].partition("/")[0] for each in world.told} == {MENTION.mention_id}
    assert world.mentions[MENTION.mention_id].told is Told.TEAM
    assert world.mentions[theirs.mention_id].told is not Told.TEAM


def test_a_team_that_no_letter_reached_keeps_the_centre_from_nothing(world):
    overdue = replace(MENTION, mention_id="o" * 32, said_at=MENTION.said_at - timedelta(days=3))
    world.lost = {OWNER.email, MEMBER.email}
    world.add(MENTION, overdue)

    with pytest.raises(UnsentMailError):
        world.tell(remind_at(MENTION))

    assert world.mentions[overdue.mention_id].told is Told.CENTRE
    assert {mail["To"] for mail in world.mails} == {DUTY.email}
