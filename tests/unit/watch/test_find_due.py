"""What of the registers is due is told once, to whoever sees to it."""

from dataclasses import replace
from datetime import date

import pytest

from shared.accounts.registry import Role, TwoStep
from shared.accounts.training import Topic, Training
from shared.policy.kept_up import KeptUp, kept_up
from shared.policy.pack import BUNDLED, bundled
from shared.posts.consents import Consent, ConsentKind
from shared.posts.names import ConsentId, PlatformName
from tests.builders import NOW, a_person, an_account, an_approver
from tests.unit.watch.mornings import DAY, Morning
from watch.morning.find_due import find_due
from watch.morning.tell import MOST_LINES, NobodyToTellError, tell

TODAY = NOW.date()
TAUGHT = tuple(Training(topic, TODAY) for topic in Topic)
LIND, RAY = a_person("sgt-lind", training=TAUGHT), an_approver(training=TAUGHT)
WEB = a_person("web-tansley", role=Role.REGISTRAR)
SEEN = (TwoStep(PlatformName("sandbox"), TODAY),)
TEAM = an_account(two_step=SEEN)
POLICY = KeptUp("2026-11-01", "Comms", date(2027, 11, 1), date(2027, 12, 1))
CONSENT = Consent(
    ConsentId("01CONSENT"),
    ConsentKind.FORM,
    "An open day.",
    date(2023, 11, 25),
    LIND.person_id,
    NOW,
    reference="Leek/17",
)


class Registers(Morning):
    def __init__(self, *accounts, people=(LIND, RAY, WEB), policy=POLICY, consents=()):
        super().__init__(*accounts or (TEAM,), people=people)
        self.policy, self.consents = policy, consents

    def comes(self, days=0):
        now = NOW + days * DAY
        return tell(self.office(), find_due(self.who(), self.policy, self.consents, now), now)

    def text(self, person):
        [mail] = [each for each in self.letters if each["To"] == person.email]
        return " ".join(mail.get_body(("plain",)).get_content().split())


def test_where_nothing_is_due_nobody_has_a_letter():
    morning = Registers()

    assert (morning.comes(), morning.letters) == (0, [])


def test_who_has_to_be_taught_again_hears_it_and_so_does_the_web_team():
    morning = Registers(people=(replace(LIND, training=TAUGHT[1:]), RAY, WEB))

    assert (morning.comes(), morning.comes(1)) == (1, 0)
    assert "Training is due: Sgt Lind, logging on: never taught" in morning.text(LIND)
    assert sorted(morning.told) == [LIND.email, WEB.email]
    assert morning.happened == ["person.training_due_told"]


def test_an_account_to_be_looked_at_is_told_to_the_web_team_and_its_owner_by_its_day():
    morning = Registers(replace(TEAM, review_date=TODAY))

    assert morning.comes() == 1
    assert "Riverside Neighbourhood Team, by 2026-11-20" in morning.text(WEB)
    assert sorted(morning.told) == [LIND.email, WEB.email]
    again = replace(TEAM, review_date=(NOW + DAY).date())
    morning.accounts.rows["riverside"] = again
    assert (morning.comes(), morning.comes()) == (1, 0)


def test_two_step_verification_that_nobody_saw_is_told_to_the_web_team():
    morning = Registers(replace(TEAM, two_step=()))

    assert morning.comes() == 1
    assert "on sandbox, seen switched on: never" in morning.text(WEB)
    assert morning.told == [WEB.email]


def test_a_policy_that_is_to_be_reviewed_is_told_to_communications():
    morning = Registers(policy=replace(POLICY, review_by=TODAY))

    assert morning.comes() == 1
    assert "version 2026-11-01, by 2026-11-20; it ends on 2027-12-01" in morning.text(RAY)
    assert morning.told == [RAY.email]


def test_a_consent_that_ends_is_told_to_whoever_keeps_its_form():
    morning = Registers(consents=(CONSENT,))

    assert (morning.comes(), morning.comes(2)) == (1, 0)
    assert "01CONSENT, on 2026-11-25, the form lies under Leek/17" in morning.text(LIND)
    assert morning.happened == ["consent.disposal_told"]


def test_several_things_come_in_one_letter():
    due = replace(TEAM, review_date=TODAY, two_step=())
    morning = Registers(due, consents=(CONSENT,))

    assert morning.comes() == 3
    assert sorted(morning.told) == sorted([LIND.email, WEB.email, RAY.email])


def test_what_does_not_fit_into_a_letter_comes_on_another_morning_and_nothing_is_lost():
    many = [
        an_account(f"team-{n:03}", two_step=(), title=f"Team {n}") for n in range(MOST_LINES + 9)
    ]
    morning = Registers(*many)

    assert [morning.comes(day) for day in range(3)] == [MOST_LINES, 9, 0]


def test_where_there_is_no_web_team_the_alarm_rings():
    with pytest.raises(NobodyToTellError, match="two-step/riverside/sandbox/never"):
        Registers(replace(TEAM, two_step=()), people=(LIND, RAY)).comes()


def test_a_pack_says_itself_by_when_it_is_reviewed():
    pack = bundled(TODAY)

    said = kept_up(BUNDLED.read_bytes())

    assert (said.version, said.review_by, said.expires) == (
        pack.version,
        pack.review_by,
        pack.expires,
    )
