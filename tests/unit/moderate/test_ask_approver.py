"""Asking: who, in which round, by which letter; on record before the first letter leaves."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from moderate.ask_approver import (
    AFTER_THE_LAST,
    Asking,
    MailNotSentError,
    NobodyToAskError,
    Turn,
    ask_approver,
)
from shared.accounts.registry import Delegation, Leave, PersonStatus, Role
from shared.conductor.executions import NoAnswerError, NobodyWaitsError
from shared.mail.errors import UnsentMailError
from shared.mail.links import is_code, is_token, token_sha256
from shared.posts.errors import UnlawfulStepError
from shared.posts.life import ENDINGS, TAKEN_BACK, State, Urgency
from shared.posts.names import AccountId, PersonId
from shared.records.approval import ApprovalState, Decision, Ruling, Way
from shared.records.errors import ApprovalClosedError
from tests.builders import (
    NOW,
    a_person,
    a_post,
    a_round,
    an_account,
    an_act,
    an_approval,
    an_approver,
)
from tests.unit.fakes import Conductor, Ledger, Snapshots

FIRST, SECOND = an_approver("comms-ray"), an_approver("comms-sol")
DEPUTY, DUTY_OFFICER = an_approver("comms-kim", duty=1), an_approver("duty-lee", duty=2)
ROTA = (FIRST, SECOND, DEPUTY, DUTY_OFFICER)
HALF_AN_HOUR = 1800
BASE_URL = "https://bluelamp.example"


class Post:
    """A postbox that refuses letters to some."""

    def __init__(self, *refused):
        self.refused, self.letters = refused, []

    def send(self, letter):
        if letter["To"].split("@")[0] in self.refused:
            raise UnsentMailError("Not now.")
        self.letters.append(letter)
        return "id"


def a_scene(*people, post=None, refused=(), **parts):
    post = post or a_post()
    ledger = Ledger().keep(post, an_account(), a_person(), *(people or ROTA))
    postbox, chance = Post(*refused), count(1)
    asking = Asking(
        ledger.snapshots,
        ledger.people,
        ledger.approvals,
        parts.get("conductor", Conductor()),
        postbox.send,
        "no-reply@bluelamp.example",
        BASE_URL,
        lambda size: next(chance).to_bytes(size, "big"),
    )
    return ledger, post, asking, postbox


def ask(asking, post, number=0, now=NOW):
    return ask_approver(
        post.post_id,
        1,
        Turn(number, HALF_AN_HOUR, f"token-{number}", post.draft.account),
        asking,
        now,
    )


ROUNDS = [
    # round, rota, who is asked
    (0, ROTA, {FIRST, SECOND}),
    (1, ROTA, {FIRST, SECOND}),
    (2, ROTA, {DEPUTY}),
    (3, ROTA, set(ROTA)),
    (4, ROTA, set(ROTA)),
    (0, (DUTY_OFFICER,), {DUTY_OFFICER}),
    (2, (DUTY_OFFICER,), {DUTY_OFFICER}),
    (2, (FIRST, DUTY_OFFICER), {DUTY_OFFICER}),
]


@pytest.mark.parametrize(("number", "rota", "asked"), ROUNDS)
def test_the_round_decides_who_is_asked(number, rota, asked):
    ledger, post, asking, postbox = a_scene(*rota)
    if number:
        ledger.approvals.open(post, a_round(), an_act("approval.asked"))

    approval = ask(asking, post, number)

    assert set(approval.asked) == {person.person_id for person in asked}
    assert {letter["To"] for letter in postbox.letters} == {person.email for person in asked}
    assert approval.round == number + 1


def test_the_approval_is_on_record_before_the_first_letter_leaves():
    ledger, post, asking, _ = a_scene()
    seen = []

    def send(letter):
        seen.append((ledger.posts.get(post.post_id).state, ledger.approvals.get(post.post_id, 1)))
        return "id"

    approval = ask(replace(asking, send=send), post)

    assert seen[0] == (State.AWAITING_APPROVAL, approval)
    assert ledger.happened == ["approval.asked"]
    assert ledger.acts[0].payload["asked"] == ["comms-ray", "comms-sol"]


def test_each_letter_holds_its_own_link_and_code_and_nothing_of_the_post():
    ledger, post, asking, postbox = a_scene()

    ask(asking, post)

    secrets = [link_of(letter) for letter in postbox.letters]
    assert len(set(secrets)) == 2
    for letter, secret in zip(postbox.letters, secrets, strict=True):
        kept = ledger.links.find(secret)
        assert is_token(secret)
        assert is_code(letter["Subject"].split()[-1], secret, kept.code_hash)
        assert f"{kept.person_id}@force.example" == letter["To"]
        assert post.draft.text not in letter.as_string()


def link_of(letter):
    words = letter.get_body(("plain",)).get_content().split()
    return next(w for w in words if w.startswith(BASE_URL)).removeprefix(f"{BASE_URL}/approvals/")


def test_a_link_is_bound_to_person_and_words_and_outlives_its_round_for_a_late_click():
    ledger, post, asking, postbox = a_scene(FIRST)

    approval = ask(asking, post)

    link = ledger.links.find(link_of(postbox.letters[0]))
    assert (link.person_id, link.content_hash) == (FIRST.person_id, post.content_hash)
    assert approval.ends_at == NOW + timedelta(seconds=HALF_AN_HOUR)
    assert link.expires_at == approval.ends_at + AFTER_THE_LAST


def test_neither_secret_nor_task_token_is_on_record_in_the_log_or_told_to_a_journal():
    ledger, post, asking, postbox = a_scene(FIRST)

    approval = ask(asking, post)

    secret = link_of(postbox.letters[0])
    told = repr([ledger.acts, approval, Turn(0, 60, "token-0", post.draft.account), ledger.rows])
    assert secret not in told
    assert "token-0" not in told
    assert token_sha256(secret) not in repr(ledger.acts)


@pytest.mark.parametrize(
    ("why", "people"),
    [
        ("there is nobody", (a_person(),)),
        ("everybody has left", (an_approver(status=PersonStatus.LEFT),)),
        ("everybody is away", (an_approver(status=PersonStatus.AWAY),)),
        ("the rota names no approver", (an_approver(role=Role.OFFICER),)),
        ("the author is alone", (an_approver("pc-okafor"),)),
    ],
)
@pytest.mark.parametrize("number", [0, 2, 3])
def test_with_nobody_to_ask_nothing_is_opened_and_the_next_round_tries(why, people, number):
    ledger, post, asking, postbox = a_scene(*people)

    with pytest.raises(NobodyToAskError):
        ask(asking, post, number)
    assert postbox.letters == ledger.acts == []


def test_an_approver_is_never_asked_about_their_own_words():
    _, post, asking, postbox = a_scene(FIRST, SECOND, post=a_post(author=FIRST.person_id))

    assert ask(asking, post).asked == (SECOND.person_id,)
    assert [letter["To"] for letter in postbox.letters] == [SECOND.email]


RESTING = an_approver("comms-jo", duty=None)


@pytest.mark.parametrize("number", [0, 2, 3])
def test_if_nobody_on_duty_may_decide_any_approver_is_asked_before_nobody(number):
    ledger, post, asking, _ = a_scene(an_approver("pc-okafor"), RESTING)
    if number:
        ledger.approvals.open(post, a_round(), an_act("approval.asked"))

    assert ask(asking, post, number).asked == (RESTING.person_id,)
    assert ledger.acts[-1].payload["because"] == ["nobody on duty may decide"]


def test_whoever_changed_the_words_last_is_not_asked_about_them():
    _, post, asking, _ = a_scene(post=a_post(editor=FIRST.person_id))

    assert ask(asking, post).asked == (SECOND.person_id,)


def test_a_second_address_of_the_author_is_not_asked_either():
    again = replace(FIRST, email="PC.Okafor+approvals@force.example")
    _, post, asking, _ = a_scene(
        again, SECOND, a_person(email="pcokafor@force.example"), post=a_post()
    )

    assert ask(asking, post).asked == (SECOND.person_id,)


def test_what_is_grave_is_asked_of_a_senior_on_duty_and_later_of_any():
    senior, resting = replace(DEPUTY, senior=True), replace(RESTING, senior=True)
    grave = a_post(findings=({"rule": "offender-name", "severity": "review"},))
    _, post, asking, _ = a_scene(*ROTA, senior, resting, post=grave)

    asked = [ask(asking, post, number).asked for number in range(4)]

    both = (DEPUTY.person_id, resting.person_id)
    assert asked == [(DEPUTY.person_id,), (DEPUTY.person_id,), both, both]


def test_the_communications_manager_of_the_team_above_is_asked_first():
    above = an_account("riverside-lpt", communications_manager=DEPUTY.person_id)
    ledger, post, asking, _ = a_scene()
    ledger.keep(above, an_account(parent=above.account_id))

    assert ask(asking, post).asked == (DEPUTY.person_id,)
    assert ledger.acts[0].payload["because"] == ["the account's communications manager, on duty"]


def test_who_stands_in_for_somebody_on_leave_or_for_their_stand_in_is_asked():
    leave = Leave(NOW.date(), NOW.date(), RESTING.person_id)
    handed = Delegation(PersonId("comms-zoe"), NOW.date(), NOW.date(), "On a course.")
    ledger, post, asking, _ = a_scene(
        replace(FIRST, leave=(leave,)),
        replace(RESTING, delegations=(handed,)),
        an_approver("comms-zoe", duty=None),
    )

    assert ask(asking, post).asked == (PersonId("comms-zoe"),)
    assert ledger.acts[0].payload["because"] == ["on duty, standing in for comms-ray"]


@pytest.mark.parametrize(
    ("urgency", "hour", "asked"),
    [
        (Urgency.PROMPT, 23, {DUTY_OFFICER}),
        (Urgency.PROMPT, 12, {FIRST, SECOND}),
        (Urgency.ROUTINE, 23, {FIRST, SECOND}),
        (Urgency.IMMEDIATE, 3, set(ROTA)),
        (Urgency.IMMEDIATE, 12, set(ROTA)),
    ],
)
def test_the_urgency_and_the_hour_decide_who_is_woken(urgency, hour, asked):
    _, post, asking, _ = a_scene(post=a_post(urgency=urgency))

    told = ask(asking, post, now=NOW.replace(hour=hour)).asked

    assert set(told) == {person.person_id for person in asked}


def test_a_routine_post_of_friday_evening_goes_to_who_is_there_on_monday():
    monday = NOW.date() + timedelta(days=3)
    _, post, asking, _ = a_scene(
        replace(FIRST, leave=(Leave(monday, monday),)),
        replace(SECOND, leave=(Leave(NOW.date(), NOW.date()),)),
        post=a_post(urgency=Urgency.ROUTINE),
    )

    assert ask(asking, post, now=NOW.replace(hour=19)).asked == (SECOND.person_id,)


def test_no_round_lasts_beyond_the_moment_its_post_is_due():
    due = NOW + timedelta(minutes=20)
    _, post, asking, _ = a_scene(post=a_post(not_before=due))

    assert ask(asking, post).ends_at == due


def test_what_the_door_told_is_read_with_the_post_and_nothing_besides():
    parent = an_account("riverside-lpt")
    ledger, post, asking, _ = a_scene()
    ledger.keep(parent, an_account(parent=parent.account_id))
    reads = []

    class Counted(Snapshots):
        def read(self, **what):
            wanted = {kind: tuple(keys) for kind, keys in what.items()}
            if any(wanted.values()):
                reads.append(wanted)
            return super().read(**wanted)

    turn = Turn(0, 60, "token", AccountId("riverside"), (parent.account_id,), (post.author,))
    ask_approver(post.post_id, 1, turn, replace(asking, snapshots=Counted(ledger)), NOW)

    assert len(reads) == 1


def test_one_letter_that_cannot_be_sent_does_not_keep_the_others():
    _, post, asking, postbox = a_scene(FIRST, SECOND, refused=["comms-ray"])

    ask(asking, post)

    assert [letter["To"] for letter in postbox.letters] == [SECOND.email]


def test_a_round_without_a_single_letter_is_told_and_the_next_one_asks_again():
    ledger, post, asking, postbox = a_scene(FIRST, SECOND, refused=["comms-ray", "comms-sol"])

    with pytest.raises(MailNotSentError):
        ask(asking, post)
    postbox.refused = ()

    assert ask(asking, post, 1).round == 2
    assert len(postbox.letters) == 2
    assert ledger.posts.get(post.post_id).state is State.AWAITING_APPROVAL


def test_a_reminder_says_that_it_is_one():
    _, post, asking, postbox = a_scene(FIRST)

    ask(asking, post)
    ask(asking, post, 1)

    subjects = [letter["Subject"] for letter in postbox.letters]
    assert [subject.startswith("Reminder") for subject in subjects] == [False, True]


def test_a_repeated_first_round_asks_again_with_the_new_token():
    ledger, post, asking, _ = a_scene(FIRST)
    ask(asking, post)

    approval = ask_approver(
        post.post_id, 1, Turn(0, 60, "another", post.draft.account), asking, NOW
    )

    assert approval.task_token == ledger.approvals.get(post.post_id, 1).task_token == "another"


# ── decided meanwhile ────────────────────────────────────────────────────────

RULING = Ruling(Decision.RETURN, PersonId("comms-ray"), NOW, Way.LINK, "Say where.")


def a_decided_scene(conductor):
    post = a_post(state=State.RETURNED)
    ledger, post, asking, postbox = a_scene(post=post, conductor=conductor)
    ledger.keep(replace(an_approval(post), state=ApprovalState.DECIDED, ruling=RULING))
    return ledger, post, asking, postbox


def test_a_ruling_made_between_two_rounds_wakes_the_machine_and_nobody_is_written_to():
    conductor = Conductor()
    ledger, post, asking, postbox = a_decided_scene(conductor)

    ask(asking, post, 1)

    assert conductor.delivered == [("token-1", "return")]
    assert ledger.approvals.get(post.post_id, 1).delivered
    assert postbox.letters == []


def test_a_ruling_that_a_later_round_waits_for_stays_undelivered():
    ledger, post, asking, _ = a_decided_scene(Conductor(fault=NobodyWaitsError("Too late.")))

    ask(asking, post, 1)

    assert not ledger.approvals.get(post.post_id, 1).delivered


def test_a_conductor_that_does_not_answer_is_asked_again_by_the_state_machine():
    ledger, post, asking, _ = a_decided_scene(Conductor(fault=NoAnswerError("No answer.")))

    with pytest.raises(NoAnswerError):
        ask(asking, post, 1)
    assert not ledger.approvals.get(post.post_id, 1).delivered


@pytest.mark.parametrize("state", [ApprovalState.EXPIRED, ApprovalState.VOID])
def test_an_approval_that_ended_is_not_asked_again(state):
    ledger, post, asking, postbox = a_scene()
    ledger.keep(replace(an_approval(post), state=state))

    with pytest.raises(ApprovalClosedError):
        ask(asking, post, 1)
    assert postbox.letters == []


@pytest.mark.parametrize("state", sorted({*ENDINGS - TAKEN_BACK, State.CLEARED, State.RELEASED}))
def test_a_post_that_is_past_asking_is_not_asked_about(state):
    ledger, post, asking, postbox = a_scene(post=a_post(state=state))

    with pytest.raises(UnlawfulStepError):
        ask(asking, post)
    assert postbox.letters == ledger.acts == []


@pytest.mark.parametrize("state", sorted(TAKEN_BACK))
@pytest.mark.parametrize("asked_before", [False, True])
def test_what_was_taken_back_is_not_asked_about_and_the_machine_is_told(state, asked_before):
    conductor = Conductor()
    ledger, post, asking, postbox = a_scene(post=a_post(state=state), conductor=conductor)
    if asked_before:
        ledger.keep(replace(an_approval(post), state=ApprovalState.VOID))

    assert ask(asking, post, 1) is None

    assert conductor.delivered == [("token-1", state.value)]
    assert postbox.letters == ledger.acts == []


def test_what_is_taken_back_while_it_is_asked_about_is_told_to_the_machine_all_the_same():
    conductor = Conductor()
    ledger, post, asking, postbox = a_scene(conductor=conductor)
    open_before = ledger.approvals.open

    def taken_back_first(*asked):
        ledger.keep(replace(post, state=State.WITHDRAWN))
        return open_before(*asked)

    ledger.approvals.open = taken_back_first

    assert ask(asking, post) is None

    assert conductor.delivered == [("token-0", "withdrawn")]
    assert postbox.letters == []


# ── whom no letter reaches ───────────────────────────────────────────────────

OFF_DUTY = an_approver("comms-off", duty=None)
UNREACHED = [
    # round, not reached, who is asked, whether anybody else is left
    (0, {FIRST}, {SECOND}, True),
    (0, {FIRST, SECOND}, {DEPUTY}, True),
    (0, {FIRST, SECOND, DEPUTY}, {DUTY_OFFICER}, True),
    (1, {FIRST, SECOND}, {DEPUTY}, True),
    (2, {DEPUTY}, {DUTY_OFFICER}, True),
    (3, {DEPUTY, DUTY_OFFICER}, {FIRST, SECOND}, True),
    (0, set(ROTA), {OFF_DUTY}, True),
    (0, {*ROTA, OFF_DUTY}, {FIRST, SECOND}, False),
    (3, {*ROTA, OFF_DUTY}, set(ROTA), False),
]


@pytest.mark.parametrize(("number", "unreached", "asked", "others"), UNREACHED)
def test_whom_a_letter_did_not_reach_is_asked_again_only_where_nobody_else_is_there(
    number, unreached, asked, others
):
    ledger, post, asking, postbox = a_scene(*ROTA, OFF_DUTY)
    opened = ledger.approvals.open(post, a_round(), an_act("approval.asked"))
    ledger.keep(replace(opened, unreached=frozenset(each.person_id for each in unreached)))

    approval = ask(asking, post, number)

    assert {letter["To"] for letter in postbox.letters} == {person.email for person in asked}
    assert approval.others is others


def test_the_same_round_asked_again_has_letters_of_its_own_and_all_of_its_time():
    ledger, post, asking, postbox = a_scene()
    first = ask(asking, post)
    ledger.keep(replace(first, unreached=frozenset(first.asked)))
    later = NOW + timedelta(minutes=1)

    again = ask(asking, post, now=later)

    assert (again.round, again.asked) == (first.round, (DEPUTY.person_id,))
    assert again.ends_at == later + timedelta(seconds=HALF_AN_HOUR)
    assert set(again.letters).isdisjoint(first.letters)
    # Who is asked for the first time gets no reminder.
    assert not postbox.letters[-1]["Subject"].startswith("Reminder")
