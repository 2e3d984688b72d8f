"""The second reader's place: it may ask for review, once a rule, and do nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.policy.check import check
from shared.policy.second import (
    BrokenSecondReaderError,
    GarbledReadingError,
    NoSecondReaderError,
    SecondReading,
    SlowSecondReaderError,
    Suspected,
    reading_of,
    unread,
    with_second,
)
from shared.policy.suspicions import suspects, suspicion_of
from shared.policy.verdict import Finding, Severity, Verdict
from tests.unit.policy.candidates import CORPUS, PACK, a_candidate

CLEAN = a_candidate("The road is open again.")
LINKED = a_candidate("See bit.ly/x for the road.")
RULE = "external-link"
ANSWER = {"version": "r 1", "read": [{"rule": RULE, "probability": 0.9, "start": 4, "end": 8}]}


def a_finding(severity, rule=RULE):
    return Finding(rule, severity, 0, 3, "A sentence.", "Another.", "a clause")


def a_reading(*suspected):
    return SecondReading("r 1", suspected)


def after(first, *suspected):
    return with_second(Verdict(tuple(first), PACK.policy_version), a_reading(*suspected), PACK)


def test_what_it_suspects_asks_for_review_in_plain_words_with_the_packs_source():
    verdict = with_second(check(CLEAN, PACK), a_reading(Suspected(RULE, 0.9, 4, 8)), PACK)

    [found] = verdict.findings
    assert verdict.outcome == "review"
    assert (found.rule, found.severity, found.start, found.end) == (RULE, Severity.REVIEW, 4, 8)
    assert found.source == PACK.rule(RULE).source
    assert found.message == suspicion_of(RULE).message
    assert found.suggestion


def test_the_verdict_names_the_reader_beside_the_policy_whose_version_it_keeps():
    first = check(CLEAN, PACK)

    assert first.second_reader is None
    read = with_second(first, a_reading(), PACK)
    assert (read.second_reader, read.policy_version) == ("r 1", PACK.policy_version)
    assert (read.findings, read.outcome) == ((), "clear")


@pytest.mark.parametrize("severity", [Severity.REVIEW, Severity.BLOCK])
def test_what_the_first_reader_has_found_is_not_told_twice(severity):
    first = [a_finding(severity)]

    assert after(first, Suspected(RULE, 0.9, 4, 8)).findings == tuple(first)


def test_what_the_first_reader_only_advised_about_may_become_review():
    found = after([a_finding(Severity.ADVISE)], Suspected(RULE, 0.9, 4, 8)).findings

    assert [one.severity for one in found] == [Severity.ADVISE, Severity.REVIEW]


def test_a_rule_the_pack_does_not_have_is_nobodys_rule():
    assert after([], Suspected("no-such-rule", 0.99, 0, 3)).findings == ()


def test_a_rule_is_told_once_by_its_most_probable_words_and_in_the_order_of_the_words():
    found = after(
        [a_finding(Severity.REVIEW, "too-long")],
        Suspected(RULE, 0.6, 9, 11),
        Suspected("protective-marking", 0.7, 7, 8),
        Suspected(RULE, 0.9, 4, 8),
    ).findings

    assert [(one.rule, one.start) for one in found] == [
        ("too-long", 0),
        (RULE, 4),
        ("protective-marking", 7),
    ]


@given(
    st.lists(
        st.builds(
            Suspected,
            st.sampled_from([*PACK.rules, "no-such-rule"]),
            st.floats(0, 1),
            st.integers(0, 5),
            st.integers(6, 20),
        )
    )
)
def test_nothing_it_says_takes_a_finding_away_or_blocks(suspected):
    for candidate in (CLEAN, LINKED, a_candidate("#a #b #c #d #e")):
        first = check(candidate, PACK)

        second = with_second(first, SecondReading("r 1", tuple(suspected)), PACK)

        added = [one for one in second.findings if one not in first.findings]
        assert set(first.findings) <= set(second.findings)
        assert {one.severity for one in added} <= {Severity.REVIEW}
        assert (second.outcome == "blocked") == (first.outcome == "blocked")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoSecondReaderError("arn:aws:…"), "did not read, there is none"),
        (SlowSecondReaderError("5 s"), "did not read, it took too long"),
        (BrokenSecondReaderError("Traceback"), "did not read, it could not"),
        (GarbledReadingError("{"), "did not read, its answer made no sense"),
    ],
)
def test_that_it_did_not_read_is_said_plainly_and_changes_nothing(error, words):
    first = check(LINKED, PACK)

    told = unread(first, error)

    assert told.second_reader == words
    assert (told.findings, told.outcome) == (first.findings, first.outcome)


def test_an_answer_is_read_field_by_field():
    assert reading_of(ANSWER, "The road is open.") == SecondReading(
        "r 1", (Suspected(RULE, 0.9, 4, 8),)
    )
    assert reading_of({"version": "r 1", "read": []}, "") == SecondReading("r 1", ())


def changed(**fields):
    return {**ANSWER, "read": [{**ANSWER["read"][0], **fields}]}


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "r 1",
        {},
        {"version": "r 1"},
        {**ANSWER, "version": ""},
        {**ANSWER, "version": "v" * 101},
        {**ANSWER, "version": 1},
        {**ANSWER, "read": {}},
        {**ANSWER, "read": [7]},
        {**ANSWER, "read": ANSWER["read"] * 101},
        changed(rule=None),
        changed(probability=1.1),
        changed(probability=-0.1),
        changed(probability=float("nan")),
        changed(probability=True),
        changed(probability="0.9"),
        changed(start=-1),
        changed(start=8),
        changed(end=18),
        changed(end=8.0),
        changed(start=True),
    ],
)
def test_what_is_no_reading_of_these_words_is_not_believed(answer):
    with pytest.raises(GarbledReadingError):
        reading_of(answer, "The road is open.")


def test_every_labelled_rule_that_words_can_break_has_words_of_its_own():
    import re

    told = (CORPUS / "README.md").read_text(encoding="utf-8")
    rules = set(re.findall(r"^\| ([a-z-]+) \| \d+ \| \d+ \|$", told, re.MULTILINE))

    assert len(rules) == 23
    assert rules - set(suspects()) == {"too-long", "too-many-hashtags"}


@pytest.mark.parametrize("rule", [*suspects(), "another"])
def test_what_is_said_is_a_sentence_and_what_to_do_another(rule):
    said = suspicion_of(rule)

    assert said.message.endswith(".")
    assert said.suggestion.endswith(".")
    assert len(said.message) + len(said.suggestion) < 250
