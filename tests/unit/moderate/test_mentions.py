"""Who says what became of a mention, what the pages show of it, and what comes back from a form."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from moderate.incident_errors import MayNotActError
from moderate.look_through import look_through
from moderate.mention_case import MentionCase
from moderate.mention_forms import outcome_forms, outcome_sent
from moderate.mention_shapes import outcome_in, whole_shape
from moderate.mention_shown import ERASED, mention_view, worklist
from moderate.settle_many import ALONE, settle_many
from moderate.settle_mention import settle_mention
from moderate.takedown_translate import sentence_of
from moderate.theme_shown import theme_view
from moderate.themes_of import with_theme_of
from shared.accounts.registry import Role
from shared.http.problems import InvalidFieldsError
from shared.mentions.checks import Check
from shared.mentions.errors import InvalidMentionError
from shared.mentions.mention import Desk, MentionState, Outcome, Settled
from shared.mentions.set_answers import CALL
from shared.posts.errors import UnlawfulStepError
from shared.records.ears import Ear
from shared.records.errors import ChangedError
from tests.builders import NOW, a_person, an_account
from tests.unit.mentions.mentions_made import MENTION, OUTCOMES, TODAY

OWNER = a_person("pc-own")
OTHER = a_person("pc-else")
CENTRE = a_person("comms-1", role=Role.COMMS)
AUDITOR = a_person("aud-1", role=Role.AUDITOR)
ACCOUNT = an_account(owner=OWNER.person_id)
WORDS = {
    "text": "Is the bridge open?\nI am late.",
    "author": "Pat Invented",
    "handle": "pat",
    "url": "https://x.example/a b?c=1&d=2".replace(" ", "%20"),
    "platform_id": "77",
}
ANSWERED = OUTCOMES[MentionState.ANSWERED]


@dataclass
class Desks:
    """Where what became of mentions, and checks, are kept."""

    acts: list = field(default_factory=list)
    kept: dict = field(default_factory=dict)
    changed: dict = field(default_factory=dict)

    @property
    def mentions(self):
        return SimpleNamespace(settle=self.settle, settle_each=self.settle_each)

    def settle(self, step):
        self.acts.append(step.act)

    def settle_each(self, steps):
        refused = [self.changed.get(step.before.mention_id) for step in steps]
        self.acts += [step.act for step, why in zip(steps, refused, strict=True) if why is None]
        return refused

    @property
    def checks(self):
        return SimpleNamespace(
            record=lambda check: self.kept.setdefault(check.account, check) is check,
            several=lambda _: tuple(self.kept.values()),
        )


@pytest.fixture
def desk():
    return Desks()


def settled(desk, by, outcome=ANSWERED, mention=MENTION):
    return settle_mention(mention, outcome, by, account=ACCOUNT, desk=desk, now=NOW)


def case(mention=MENTION, words=WORDS, names=None):
    return MentionCase(mention, ACCOUNT, words, names or {})


def fact(view, name):
    return next((each.lines for each in view.facts if each.name == name), None)


def ways(view):
    return {way.words: way.address for way in view.ways}


@pytest.mark.parametrize("who", [OWNER, CENTRE])
def test_the_team_and_the_centre_say_what_became_of_it_and_that_is_an_act_of_theirs(desk, who):
    after = settled(desk, who)

    [act] = desk.acts
    assert after.state is MentionState.ANSWERED
    assert (act.type, act.actor, act.at) == ("mention.answered", who.person_id, NOW)
    assert act.payload["answer"] == ANSWERED.answer


@pytest.mark.parametrize("who", [OTHER, AUDITOR])
def test_nobody_else_does(desk, who):
    with pytest.raises(MayNotActError):
        settled(desk, who)

    assert desk.acts == []


def test_what_is_answered_is_not_settled_again(desk):
    after = settled(desk, OWNER)

    with pytest.raises(UnlawfulStepError):
        settled(desk, OWNER, mention=after)
    assert len(desk.acts) == 1


def alike(number=1, **changes):
    return replace(MENTION, mention_id=f"{number:032d}", **changes)


def many(desk, mentions, outcome=ANSWERED, by=OWNER):
    cases = {each.mention_id: case(each) for each in mentions}
    ids = [*cases, "f" * 32]
    return settle_many(ids, cases, outcome, by, desk=desk, sentence_of=sentence_of, now=NOW)


def test_one_answer_settles_each_of_many_and_one_that_is_refused_keeps_no_other(desk):
    done = settled(desk, OWNER, mention=alike(9))
    desk.acts.clear()

    first, late, last, nowhere = many(desk, [alike(1), done, alike(2)])

    assert [first.after.state, last.after.state] == [MentionState.ANSWERED] * 2
    assert (late.after, nowhere.after) == (None, None)
    assert "no such mention" in nowhere.sentence
    assert late.sentence
    assert [act.subject for act in desk.acts] == [f"mention:{n:032d}" for n in (1, 2)]


def test_one_that_somebody_else_settled_meanwhile_says_so_and_keeps_no_other(desk):
    desk.changed = {f"{1:032d}": ChangedError("mention", f"{1:032d}", "was settled meanwhile")}

    changed, settled_now, _ = many(desk, [alike(1), alike(2)])

    assert changed.after is None
    assert changed.sentence
    assert settled_now.after.state is MentionState.ANSWERED
    assert [act.subject for act in desk.acts] == [f"mention:{2:032d}"]


def test_a_call_for_help_is_settled_with_no_others(desk):
    call, other = many(desk, [alike(1, calls=True), alike(2)])[:2]

    assert (call.after, call.sentence) == (None, ALONE)
    assert other.after is not None


def test_an_outcome_that_is_wrong_settles_none_of_many(desk):
    with pytest.raises(InvalidMentionError):
        many(desk, [alike(1), alike(2)], Outcome(MentionState.NO_ANSWER))

    assert desk.acts == []


def test_whoever_may_not_answer_settles_none_of_many(desk):
    assert [each.after for each in many(desk, [alike(1), alike(2)], by=AUDITOR)] == [None] * 3
    assert desk.acts == []


def test_a_theme_has_those_alike_alone_and_a_call_for_help_can_be_read_and_not_chosen():
    words = {**WORDS, "text": "Why is the Harbour Bridge closed today?"}
    cases = [case(alike(number, calls=number == 3), words) for number in range(6)]
    cases.append(case(alike(7), {**WORDS, "text": "Thank you for yesterday, constable."}))

    found = with_theme_of(alike(1).mention_id, cases)
    view = theme_view(found, OWNER)

    assert [each.mention.mention_id for each in found] == [alike(n).mention_id for n in range(6)]
    assert len(view.facts) == 6
    [chosen, *_] = view.forms[0].fields
    assert alike(3).mention_id not in {option.value for option in chosen.options}
    assert set(chosen.values) == {option.value for option in chosen.options}
    assert with_theme_of(alike(7).mention_id, cases) == ()
    assert theme_view(found, AUDITOR).forms == ()


def test_the_first_who_looked_that_day_stands(desk):
    first = look_through(ACCOUNT, OWNER, desk=desk, now=NOW)
    second = look_through(ACCOUNT, CENTRE, desk=desk, now=NOW + timedelta(hours=1))

    assert first == second == Check(ACCOUNT.account_id, TODAY, OWNER.person_id, NOW)
    with pytest.raises(MayNotActError):
        look_through(ACCOUNT, AUDITOR, desk=desk, now=NOW)


def test_a_page_has_the_words_the_address_and_a_way_to_a_takedown_that_is_filled_in():
    view = mention_view(case(), CENTRE, NOW)

    assert fact(view, "What was said") == ("Is the bridge open?", "I am late.")
    assert fact(view, "By") == ("Pat Invented @pat",)
    filled = parse_qs(urlsplit(ways(view)["It breaks a house rule"]).query)
    assert filled == {
        "account": [ACCOUNT.account_id],
        "platform": ["sandbox"],
        "comment": [WORDS["url"]],
    }
    assert ways(view)["See it there"] == WORDS["url"]
    assert [form.act for form in view.forms] == ["answered", "left", "holding", "handed"]


def test_of_what_was_erased_nothing_is_shown_but_that_it_was():
    view = mention_view(case(words=None), CENTRE, NOW)

    assert fact(view, "What was said") == (ERASED,)
    assert fact(view, "By") is None
    assert "It breaks a house rule" not in ways(view)
    assert whole_shape(case(words=None))["said"] is None


def test_who_only_reads_has_no_form():
    assert mention_view(case(), AUDITOR, NOW).forms == ()


def test_what_became_of_it_stands_on_the_page_with_who_said_so():
    outcome = Outcome(MentionState.HANDED_ON, "They ask\nfor figures.", desk=Desk.FOI)
    mention = replace(MENTION, settled=Settled(outcome, OWNER.person_id, NOW))

    view = mention_view(case(mention, names={OWNER.person_id: OWNER.name}), CENTRE, NOW)

    told = fact(view, "What became of it")
    assert told == (
        "Handed on",
        "The freedom of information desk",
        "They ask",
        "for figures.",
    )
    assert (view.history[-1].who, view.notice) == (OWNER.name, "")
    assert [form.act for form in view.forms] == ["answered"]


def test_a_call_for_help_has_the_set_words_and_nothing_else_to_copy():
    view = mention_view(case(replace(MENTION, calls=True)), CENTRE, NOW)

    assert view.tag == "Call for help"
    assert fact(view, "Words to copy")[0] == CALL


def test_the_team_s_address_is_for_private_messages_only():
    private = fact(mention_view(case(replace(MENTION, private=True)), CENTRE, NOW), "Words to copy")
    public = fact(mention_view(case(), CENTRE, NOW), "Words to copy")

    assert any(ACCOUNT.email in line for line in private)
    assert not any(ACCOUNT.email in line for line in public)


def test_what_many_say_alike_is_marked_and_each_still_listed():
    cases = [case(replace(MENTION, mention_id=f"{n:032d}")) for n in range(6)]

    view = worklist(cases, [], {}, NOW)

    assert len(view.rows) == 6
    assert all("One of 6 that say much the same" in row.hint for row in view.rows)
    assert view.ways[0].words.startswith("6 say much the same")


def test_where_nobody_hears_the_list_says_why():
    ear = Ear(ACCOUNT.account_id, MENTION.platform, fault="There are no keys.", since=NOW)

    [row] = worklist([], [ear], {ACCOUNT.account_id: ACCOUNT}, NOW).rows

    assert (row.tag, ACCOUNT.title in row.title) == ("Not heard", True)
    assert row.hint.startswith("There are no keys.")


@pytest.mark.parametrize(
    ("minutes", "tag"), [(0, "Waits"), (24 * 60 - 1, "Waits"), (24 * 60, "Late")]
)
def test_what_is_late_is_marked_as_late(minutes, tag):
    [row] = worklist([case()], [], {}, NOW + timedelta(minutes=minutes)).rows

    assert row.tag == tag


def test_a_form_s_fields_come_back_as_an_outcome():
    sent = {"why": ["Soon.\r\n"], "follow_up": [" 2026-11-21 "], "desk": ["foi"]}

    assert outcome_sent("holding", sent) == Outcome(
        MentionState.HOLDING, "Soon.\n", "", date(2026, 11, 21), Desk.FOI
    )
    assert outcome_sent("handed", {"desk": ["nobody"]}).desk is None


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [({"follow_up": ["31/12"]}, "follow_up"), ({"why": ["a" * 2_001]}, "why")],
)
def test_what_cannot_be_read_of_a_form_is_said_in_a_sentence(sent, wrong):
    with pytest.raises(InvalidMentionError, match=r"\.$") as refused:
        outcome_sent("holding", sent)

    assert refused.value.field == wrong


def test_no_form_leads_out_of_an_answer():
    answered = replace(MENTION, settled=Settled(ANSWERED, OWNER.person_id, NOW))

    assert outcome_forms(answered) == ()


def test_json_is_read_field_by_field():
    body = {"state": "handed_on", "desk": "faq", "why": None, "answer": None, "follow_up": None}

    assert outcome_in(body) == Outcome(MentionState.HANDED_ON, desk=Desk.FAQ)
    for wrong in ({}, {**body, "state": "waiting"}, {**body, "desk": 7}, {**body, "more": 1}):
        with pytest.raises(InvalidFieldsError):
            outcome_in(wrong)
