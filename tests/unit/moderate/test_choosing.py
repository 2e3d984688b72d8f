"""What was chosen, by a form or by a program, and what is told beside the fields."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from moderate.case import Choice
from moderate.choosing import (
    LONGEST_REASON,
    NothingChosenError,
    WordsChangedError,
    choice_from_form,
    choice_from_json,
    field_errors,
)
from moderate.edit import draft_of, edited
from moderate.errors import (
    EditRefusedError,
    LinkOverError,
    MayNotDecideError,
    ReasonMissingError,
    TooQuickError,
    WrongCodeError,
)
from shared.http.problems import FieldFault, InvalidFieldsError
from shared.pages.forms import DecisionForm
from shared.policy.check import check
from shared.posts.names import ContentHash
from shared.records.approval import Decision
from tests.builders import NOW, a_draft, a_picture, a_post, an_approver
from tests.unit.policy.candidates import PACK, a_candidate

HASH = ContentHash("ab" * 32)


WORDS = "The road is open.\r\nDrive with care."
DRAFT = a_draft(WORDS, media=(a_picture("A lorry."),), thread=("It will\r\nrain.",))


def a_form(choice="approve", reason="", **fields):
    return DecisionForm(choice, reason, "CODE", "csrf", **fields)


def chosen(form):
    return choice_from_form(form, DRAFT, HASH)


@pytest.mark.parametrize("decision", Decision)
def test_a_form_and_a_body_say_the_same(decision):
    body = {"decision": decision.value, "content_hash": HASH, "reason": "Say where."}

    wanted = Choice(decision, "Say where.", HASH)
    assert chosen(a_form(decision.value, "Say where.")) == wanted
    assert choice_from_json(body) == wanted


def test_there_is_no_default_choice():
    with pytest.raises(NothingChosenError):
        chosen(a_form(choice=""))
    with pytest.raises(InvalidFieldsError):
        choice_from_json({"content_hash": HASH})


def test_an_empty_reason_is_none():
    assert chosen(a_form()).reason is None
    assert choice_from_json({"decision": "approve", "content_hash": HASH}).reason is None


def test_a_reason_has_an_end():
    assert len(chosen(a_form(reason="a" * 9_999)).reason) == LONGEST_REASON


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"decision": "approved"}, ["decision"]),
        ({"decision": None}, ["decision"]),
        ({"decision": ["approve"]}, ["decision"]),
        ({"content_hash": 1}, ["content_hash"]),
        ({"content_hash": "a" * 65}, ["content_hash"]),
        ({"content_hash": None}, ["content_hash"]),
        ({"reason": 1}, ["reason"]),
        ({"reason": "a" * 2_001}, ["reason"]),
        ({"reason": "half a \ud83d"}, ["reason"]),
        ({"by": "somebody-else"}, ["by"]),
        ({"text": "Other words."}, ["text"]),
        ({"alts": []}, ["alts"]),
        ({"decision": "edit", "text": 1}, ["text"]),
        ({"decision": "edit", "text": "half a \ud83d"}, ["text"]),
        ({"decision": "edit", "text": "a" * 70_001}, ["text"]),
        ({"decision": "edit", "alts": "A lorry."}, ["alts"]),
        ({"decision": "edit", "alts": [1]}, ["alts"]),
        ({"decision": "edit", "alts": ["\x00"]}, ["alts"]),
        ({"decision": "edit", "alts": [""] * 21}, ["alts"]),
        ({"decision": 1, "content_hash": 1, "reason": 1}, ["decision", "content_hash", "reason"]),
    ],
)
def test_everything_wrong_with_a_decision_is_told_at_once(change, fields):
    body = {"decision": "approve", "content_hash": HASH, **change}

    with pytest.raises(InvalidFieldsError) as told:
        choice_from_json(body)
    assert [fault.field for fault in told.value.faults] == fields


# ── an edit ──────────────────────────────────────────────────────────────────


def test_an_edit_brings_the_words_and_the_alt_texts_that_were_changed():
    edit = a_form("edit", text="The road is shut.", alts=("A van.",))

    assert chosen(edit) == Choice(Decision.EDIT, None, HASH, "The road is shut.", ("A van.",))
    body = {"decision": "edit", "content_hash": HASH, "text": "Shut.", "alts": ["", "A van."]}
    assert choice_from_json(body) == Choice(Decision.EDIT, None, HASH, "Shut.", ("", "A van."))


def test_what_comes_back_as_it_was_shown_is_not_changed_though_browsers_send_other_line_ends():
    words = WORDS.replace("\r\n", "\n")
    as_shown = {"text": words, "alts": ("A lorry.",), "thread": ("It will\nrain.",)}

    assert chosen(a_form("approve", **as_shown)) == Choice(Decision.APPROVE, None, HASH)
    assert chosen(a_form("edit", **as_shown)) == Choice(Decision.EDIT, None, HASH)


@pytest.mark.parametrize("choice", ["approve", "return", "reject"])
@pytest.mark.parametrize(
    "change", [{"text": "Shut."}, {"alts": ("A van.",)}, {"thread": ("It is dry.",)}]
)
def test_whoever_changed_the_words_and_chose_something_else_is_asked_what_they_meant(
    choice, change
):
    with pytest.raises(WordsChangedError, match="would lose the change"):
        chosen(a_form(choice, "Because.", **change))


@pytest.mark.parametrize(
    "change",
    [{"text": "\x00"}, {"text": "a" * 70_001}, {"alts": ("\x00",)}, {"thread": ("\x00",)}],
)
def test_words_that_nobody_can_keep_are_refused_by_their_field(change):
    with pytest.raises(InvalidFieldsError) as told:
        chosen(a_form("edit", **change))
    assert [fault.field for fault in told.value.faults] == list(change)


def test_an_edit_brings_the_parts_of_a_thread_that_were_changed():
    wanted = Choice(Decision.EDIT, None, HASH, thread=("It is dry.",))

    assert chosen(a_form("edit", thread=("It is dry.",))) == wanted
    body = {"decision": "edit", "content_hash": HASH, "thread": ["It is dry."]}
    assert choice_from_json(body) == wanted


@pytest.mark.parametrize("thread", [(), (" ",), ("Dry.", "Cold.")])
def test_an_edit_takes_no_part_away_and_adds_none(thread):
    choice = Choice(Decision.EDIT, None, HASH, thread=thread)

    with pytest.raises(EditRefusedError, match="as there were: 1") as refused:
        draft_of(a_post(draft=DRAFT), choice)

    assert refused.value.field == "thread"


def test_an_edited_thread_keeps_everything_else():
    choice = Choice(Decision.EDIT, None, HASH, thread=("It is dry.",))

    assert draft_of(a_post(draft=DRAFT), choice) == replace(DRAFT, thread=("It is dry.",))


FINDINGS = check(a_candidate("#a #b #c #d #e #f"), PACK).findings


def test_what_the_policy_holds_against_an_edit_is_told_with_its_weight_and_whose_rule_it_is():
    (fault,), _ = field_errors(EditRefusedError("text", "No.", FINDINGS))

    assert fault.field == "text"
    assert fault.sentence.startswith("Must change: ")
    assert FINDINGS[0].suggestion in fault.sentence
    assert f"({FINDINGS[0].source})" in fault.sentence


@pytest.mark.parametrize(
    ("error", "field", "tries_left"),
    [
        (NothingChosenError("Choose."), "choice", None),
        (MayNotDecideError("You wrote it."), "choice", None),
        (TooQuickError(0.3), "choice", None),
        (WordsChangedError("You changed it."), "text", None),
        (EditRefusedError("alts", "One for each."), "alts", None),
        (InvalidFieldsError((FieldFault("text", "Not Unicode."),)), "text", None),
        (ReasonMissingError("Say why."), "reason", None),
        (WrongCodeError(3), "code", 3),
        (WrongCodeError(0), "code", 0),
    ],
)
def test_what_is_wrong_with_the_form_is_told_beside_its_field(error, field, tries_left):
    (fault,), left = field_errors(error)

    assert (fault.field, fault.sentence, left) == (field, str(error), tries_left)


def test_what_is_no_fault_of_the_form_is_raised_again():
    error = LinkOverError("Expired.")

    with pytest.raises(LinkOverError) as told:
        field_errors(error)
    assert told.value is error


def test_edited_words_of_a_note_are_the_note_of_the_same_deletion():
    case = SimpleNamespace(post=a_post(note_of="01D"))
    draft = a_draft("In other words.")

    newer = edited(case, draft, check(a_candidate(draft.text), PACK), an_approver(), NOW)

    assert (newer.version, newer.note_of) == (2, "01D")
