"""Who may decide, and who is asked: never the author, never the editor, seniors for the grave."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.accounts.registry import (
    Delegation,
    Leave,
    Level,
    PersonStatus,
    Role,
)
from shared.accounts.rights import Right, may
from shared.accounts.rota import stand_ins
from shared.accounts.routing import (
    GRAVE,
    Question,
    Step,
    Why,
    asked,
    goes_beyond_duty,
    is_grave,
    managers_of,
    may_rule,
)
from shared.accounts.same_person import is_same_person
from shared.posts.names import PersonId
from tests.builders import a_person, an_account, an_approver

TODAY = date(2026, 11, 20)
AUTHOR = a_person("pc-okafor")
RAY, SOL = an_approver("comms-ray"), an_approver("comms-sol")
KIM, LEE = an_approver("comms-kim", duty=1), an_approver("duty-lee", duty=2)
ROTA = (RAY, SOL, KIM, LEE)
TEAM, CENTRES = an_account(), an_account("force", level=Level.CORPORATE)


def found(rule, severity="review"):
    return {"rule": rule, "severity": severity}


OFFENDER = (found("offender-name"),)


def ruling(person, author=AUTHOR, editor=None, findings=(), account=TEAM):
    return may_rule(person, author=author, editor=editor, findings=findings, account=account)


# ── may this person decide? ──────────────────────────────────────────────────


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("status", PersonStatus)
@pytest.mark.parametrize("account", [TEAM, CENTRES], ids=["a team's", "the centre's"])
def test_only_an_active_approver_of_the_centre_decides(role, status, account):
    person = replace(RAY, role=role, status=status)

    answer = ruling(person, account=account)

    approves = role in {Role.COMMS, Role.CORPORATE} and status is PersonStatus.ACTIVE
    assert answer.allowed is approves is may(person, Right.APPROVE).allowed


OWN = [
    # why, what of the approver's is the author's or editor's too
    ("the same entry", {"person_id": "x"}),
    ("the same mobile", {"mobile": "+447700900777"}),
    ("the same mobile, written as at home", {"mobile": "07700 900777"}),
    ("the same mobile, written as from abroad", {"mobile": "0044 (7700) 900-777"}),
    ("the same mailbox in capitals", {"email": "X.Y@Force.Example"}),
    ("the same mailbox without dots", {"email": "xy@force.example"}),
    ("the same mailbox with a tag", {"email": "x.y+approvals@force.example"}),
]
SHE = a_person("x", email="x.y@force.example", mobile="+447700900777", role=Role.COMMS)


@pytest.mark.parametrize(("why", "shared"), OWN, ids=[row[0] for row in OWN])
@pytest.mark.parametrize("part", ["author", "editor"])
def test_nobody_decides_about_their_own_words_under_any_address(why, shared, part):
    again = replace(an_approver("second-address"), **shared)
    people = {"author": AUTHOR, "editor": None, part: SHE}

    answer = ruling(again, **people)

    assert not answer.allowed
    assert answer.reason.endswith("somebody else has to decide.")
    assert is_same_person(again, SHE)
    assert is_same_person(SHE, again)


NOBODY_IN_PARTICULAR = [
    {"mobile": "+447700900778"},
    {"email": "x.z@force.example"},
    {"email": "x.y@other.example"},
    {"mobile": "", "email": ""},
]


@pytest.mark.parametrize("theirs", NOBODY_IN_PARTICULAR)
def test_another_person_is_another_person_and_a_missing_number_is_nobodys(theirs):
    other = replace(an_approver("somebody-else"), **theirs)

    assert not is_same_person(other, SHE)
    assert not is_same_person(other, replace(SHE, mobile="", email=""))
    assert ruling(other, author=SHE).allowed


@pytest.mark.parametrize("rule", sorted(GRAVE))
@pytest.mark.parametrize("senior", [False, True])
def test_what_a_grave_rule_found_is_decided_by_a_senior_approver(rule, senior):
    answer = ruling(replace(RAY, senior=senior), findings=(found("joke"), found(rule)))

    assert answer.allowed is senior
    assert senior or "senior approver" in answer.reason


def test_advice_is_not_grave_and_neither_is_any_other_rule():
    assert not is_grave(())
    assert not is_grave([found(rule, "advise") for rule in GRAVE])
    assert not is_grave([found("joke"), found("personal-data")])
    assert ruling(RAY, findings=[found("offender-name", "advise")]).allowed


def test_a_senior_person_without_the_role_decides_nothing():
    assert not ruling(a_person("inspector", senior=True), findings=OFFENDER).allowed


# ── who is asked ─────────────────────────────────────────────────────────────


def whom(step, people=ROTA, day=TODAY, **about):
    question = Question(**{"account": TEAM, "author": AUTHOR, **about})
    return asked(question, step, people, day)


def named(*args, **about):
    return [each.person.person_id for each in whom(*args, **about)]


STEPS = [
    # step, who is asked, why
    (Step.FIRST, ["comms-ray", "comms-sol"], {Why.APPROVER}),
    (Step.REMINDER, ["comms-ray", "comms-sol"], {Why.APPROVER}),
    (Step.DEPUTIES, ["comms-kim"], {Why.DEPUTY}),
    (Step.NIGHT, ["duty-lee"], {Why.DUTY_OFFICER}),
    (
        Step.LAST,
        ["comms-ray", "comms-sol", "comms-kim", "duty-lee"],
        {Why.APPROVER, Why.DEPUTY, Why.DUTY_OFFICER},
    ),
    (
        Step.AT_ONCE,
        ["comms-ray", "comms-sol", "comms-kim", "duty-lee"],
        {Why.APPROVER, Why.DEPUTY, Why.DUTY_OFFICER},
    ),
]


@pytest.mark.parametrize(("step", "people", "whys"), STEPS)
def test_the_rota_says_who_is_asked_in_which_round(step, people, whys):
    assert named(step) == people
    assert {each.why for each in whom(step)} == whys


@pytest.mark.parametrize("step", [Step.FIRST, Step.DEPUTIES, Step.NIGHT])
def test_a_rank_nobody_holds_is_asked_of_the_nearest_there_is(step):
    assert named(step, (KIM,)) == ["comms-kim"]


def test_the_communications_manager_on_duty_is_asked_first_and_reminded_with_the_others():
    managers = (KIM.person_id,)

    assert named(Step.FIRST, managers=managers) == ["comms-kim"]
    assert named(Step.REMINDER, managers=managers) == ["comms-kim", "comms-ray", "comms-sol"]
    assert named(Step.AT_ONCE, managers=managers)[0] == "comms-kim"
    assert whom(Step.FIRST, managers=managers)[0].why is Why.MANAGER


@pytest.mark.parametrize(
    "manager",
    [
        PersonId("nobody"),
        AUTHOR.person_id,
        an_approver("off-duty", duty=None).person_id,
    ],
)
def test_a_manager_who_may_not_or_is_not_on_duty_is_passed_over(manager):
    people = (*ROTA, an_approver("off-duty", duty=None))

    assert named(Step.FIRST, people, managers=(manager,)) == ["comms-ray", "comms-sol"]


def test_the_accounts_own_manager_comes_before_the_team_aboves():
    above = an_account("riverside-lpt", communications_manager=KIM.person_id)
    own = an_account(communications_manager=LEE.person_id)

    assert managers_of(own, above) == (LEE.person_id, KIM.person_id)
    assert managers_of(TEAM, above) == (KIM.person_id,)
    assert managers_of(above, above) == (KIM.person_id,)
    assert managers_of(TEAM, None) == ()


def away(person, cover=None):
    return replace(person, leave=(Leave(TODAY, TODAY + timedelta(days=3), cover),))


def handing_over(person, to):
    return replace(person, delegations=(Delegation(PersonId(to), TODAY, TODAY, "On a course."),))


JO = an_approver("comms-jo", duty=None)


@pytest.mark.parametrize("gone", [away(RAY, JO.person_id), handing_over(RAY, "comms-jo")])
def test_whoever_is_away_is_stood_in_for_by_whom_they_named(gone):
    first = whom(Step.FIRST, (gone, SOL, KIM, LEE, JO))

    assert [each.person.person_id for each in first] == ["comms-jo", "comms-sol"]
    assert first[0].reason == "on duty, standing in for comms-ray"
    assert stand_ins((gone, SOL), TODAY) == {"comms-jo"}


def test_the_day_before_and_the_day_after_they_are_asked_themselves():
    gone = handing_over(RAY, "comms-jo")

    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        assert named(Step.FIRST, (gone, JO), day) == ["comms-ray"]
        assert stand_ins((gone,), day) == frozenset()


def test_a_delegate_goes_before_the_cover_of_a_leave():
    gone = replace(handing_over(RAY, "comms-jo"), leave=away(RAY, SOL.person_id).leave)

    assert named(Step.NIGHT, (gone, JO, SOL))[0] == "comms-jo"


USELESS = [
    ("not entitled", a_person("comms-jo")),
    ("away too", away(JO)),
    ("has left", replace(JO, status=PersonStatus.LEFT)),
    ("hands back", handing_over(JO, "comms-ray")),
    ("is the author", replace(AUTHOR, person_id=PersonId("comms-jo"))),
    ("not in the registry", None),
]


@pytest.mark.parametrize(("why", "jo"), USELESS, ids=[row[0] for row in USELESS])
def test_a_stand_in_who_is_no_use_leaves_the_place_to_the_next(why, jo):
    people = (handing_over(RAY, "comms-jo"), KIM, *([jo] if jo else []))

    assert named(Step.FIRST, people) == ["comms-kim"]


def test_a_stand_in_of_a_stand_in_is_found_and_nobody_is_asked_twice():
    people = (handing_over(RAY, "comms-jo"), handing_over(JO, "comms-sol"), SOL)

    assert named(Step.FIRST, people) == ["comms-sol"]
    assert stand_ins(people, TODAY) == {"comms-jo", "comms-sol"}


# ── the grave rules ──────────────────────────────────────────────────────────

SENIOR, RESTING = replace(KIM, senior=True), an_approver("super-ann", duty=None, senior=True)
HIGH = replace(LEE, senior=True)
GRAVE_STEPS = [
    # step, who is asked
    (Step.FIRST, ["comms-kim"]),
    (Step.REMINDER, ["comms-kim"]),
    (Step.DEPUTIES, ["duty-lee", "comms-kim", "super-ann"]),
    (Step.LAST, ["comms-kim", "duty-lee", "super-ann"]),
    (Step.NIGHT, ["duty-lee"]),
    (Step.AT_ONCE, ["comms-kim", "duty-lee"]),
]


@pytest.mark.parametrize(("step", "people"), GRAVE_STEPS)
def test_what_is_grave_goes_to_seniors_on_duty_first_and_then_to_any(step, people):
    everybody = (RAY, SOL, SENIOR, HIGH, RESTING)

    assert named(step, everybody, findings=OFFENDER) == people


def test_only_the_later_steps_of_a_grave_question_look_beyond_the_rota():
    grave, light = Question(TEAM, AUTHOR, findings=OFFENDER), Question(TEAM, AUTHOR)

    assert {step for step in Step if goes_beyond_duty(grave, step)} == {
        Step.DEPUTIES,
        Step.LAST,
        Step.ANYBODY,
    }
    assert {step for step in Step if goes_beyond_duty(light, step)} == {Step.ANYBODY}


# ── nobody on duty ───────────────────────────────────────────────────────────


def test_anybody_is_whoever_may_and_is_there_and_those_on_leave_only_if_there_is_nobody_else():
    people = (JO, away(RAY), AUTHOR, replace(SOL, status=PersonStatus.LEFT))

    assert named(Step.ANYBODY, people) == ["comms-jo"]
    assert named(Step.ANYBODY, people[1:]) == ["comms-ray"]
    assert named(Step.ANYBODY, people[2:]) == []


# ── whatever the registry says ───────────────────────────────────────────────

words = st.sampled_from(["a", "b.c", "bc", "b+c", "d"])
names = [PersonId(f"p-{n}") for n in range(6)]
somebody = st.builds(
    a_person,
    st.sampled_from(names),
    email=words.map(lambda local: f"{local}@force.example"),
    mobile=st.integers(0, 4).map(lambda n: f"+44770090000{n}"),
    role=st.sampled_from([Role.COMMS, Role.CORPORATE, Role.OFFICER]),
    status=st.sampled_from([PersonStatus.ACTIVE] * 4 + [PersonStatus.AWAY, PersonStatus.LEFT]),
    duty=st.none() | st.integers(0, 3),
    senior=st.booleans(),
    leave=st.lists(
        st.builds(
            Leave,
            st.just(TODAY),
            st.just(TODAY),
            st.none() | st.sampled_from(names),
        ),
        max_size=1,
    ).map(tuple),
    delegations=st.lists(
        st.builds(
            Delegation, st.sampled_from(names), st.just(TODAY), st.just(TODAY), st.just("Busy.")
        ),
        max_size=1,
    ).map(tuple),
)
registries = st.lists(somebody, min_size=1, unique_by=lambda person: person.person_id)
findings = st.lists(
    st.builds(found, st.sampled_from([*sorted(GRAVE), "joke"]), st.sampled_from(["review"])),
    max_size=2,
).map(tuple)


@settings(max_examples=200)
@given(
    people=registries,
    author=somebody,
    editor=st.none() | somebody,
    findings=findings,
    account=st.sampled_from([TEAM, CENTRES]),
    step=st.sampled_from(Step),
    managers=st.lists(st.sampled_from(names), max_size=2).map(tuple),
)
def test_whoever_is_asked_may_decide_and_is_neither_author_nor_editor_under_any_address(
    people, author, editor, findings, account, step, managers
):
    question = Question(account, author, editor, findings, managers)

    chosen = asked(question, step, people, TODAY)

    for each in chosen:
        assert each.person in people
        assert each.person.role in {Role.COMMS, Role.CORPORATE}
        assert each.person.status is PersonStatus.ACTIVE
        assert not is_same_person(each.person, author)
        assert editor is None or not is_same_person(each.person, editor)
        assert each.person.senior or not is_grave(findings)
        assert ruling(each.person, author, editor, findings, account).allowed
    ids = [each.person.person_id for each in chosen]
    assert len(set(ids)) == len(ids)


@settings(max_examples=100)
@given(people=registries, author=somebody, findings=findings)
def test_somebody_is_found_if_anybody_at_all_may_decide(people, author, findings):
    question = Question(TEAM, author, findings=findings)
    able = [person for person in people if question.may_be_ruled_by(person)]

    assert bool(asked(question, Step.ANYBODY, people, TODAY)) is bool(able)
