"""A thread is checked part by part as it would stand, and once as it would be read."""

from dataclasses import replace

from shared.policy.check import check
from shared.policy.circumstances import candidate_of
from shared.posts.content import Variant
from tests.builders import a_draft, a_person, a_picture, an_account
from tests.unit.policy.candidates import PACK

CLEAN = "The road is open again."
BRIDGE = "The diversion through Stone has ended."
MARKED = "The bridge too. OFFICIAL-SENSITIVE"
THREADS, ONE_TEXT = ("x",), ("facebook",)


def found(*parts, platforms=THREADS, **changes):
    text, *thread = parts
    draft = a_draft(text, platforms=platforms, thread=tuple(thread), **changes)
    return check(candidate_of(draft, a_person(), an_account()), PACK)


def told(verdict):
    return [(finding.rule, finding.wording) for finding in verdict.findings]


def test_what_only_a_later_part_says_is_told_of_that_part_and_once():
    verdict = found(CLEAN, BRIDGE, MARKED)

    assert told(verdict) == [("protective-marking", 2)]
    [finding] = verdict.findings
    assert MARKED[finding.start : finding.end] == "OFFICIAL-SENSITIVE"


def test_what_only_shows_across_two_parts_is_found():
    verdict = found("This is OFFICIAL-", "SENSITIVE, so keep it.")

    [(rule, wording)] = [one for one in told(verdict) if one[0] == "protective-marking"]
    assert (rule, wording) == ("protective-marking", 2)


def test_a_part_may_be_as_long_as_a_post_and_all_of_them_longer():
    long = " ".join(["The road is open again today."] * 9)

    assert found(long, f"{long} So it is.").outcome == "clear"
    assert ("too-long", 1) in told(found(CLEAN, f"{long} {long}"))


def test_where_it_stands_as_one_text_it_is_counted_as_one():
    tags = "Open again! #A34 #Stoke", "Thank you. #Traffic #Leek"

    apart = {rule for rule, _ in told(found(*tags))}
    joined = {rule for rule, _ in told(found(*tags, platforms=ONE_TEXT))}

    assert "too-many-hashtags" not in apart
    assert "too-many-hashtags" in joined


def test_the_credit_of_a_picture_is_owed_by_the_part_that_has_it():
    credited = replace(a_picture(), credit="Photo: A.B.")

    assert told(found(f"{CLEAN} Photo: A.B.", BRIDGE, media=(credited,))) == []
    assert told(found(CLEAN, f"{BRIDGE} Photo: A.B.", media=(credited,))) == [("copyright", 0)]


def test_other_words_on_a_platform_are_checked_besides():
    verdict = found(CLEAN, BRIDGE, variants=(Variant("x", MARKED),))

    assert [rule for rule, _ in told(verdict)] == ["protective-marking"]


def test_an_incident_is_told_of_once():
    draft = a_draft(CLEAN, platforms=THREADS, thread=(BRIDGE, "Drive safely."))
    candidate = candidate_of(draft, a_person(), an_account(), critical_incident=True)

    assert told(check(candidate, PACK)) == [("critical-incident", 0)]
