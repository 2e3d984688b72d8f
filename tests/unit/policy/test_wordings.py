"""One draft, several wordings: each is checked for itself, and a finding says which it is about."""

from shared.policy.check import check
from shared.policy.circumstances import candidate_of
from shared.posts.content import Card, Variant
from tests.builders import a_draft, a_person, a_picture, an_account
from tests.unit.policy.candidates import PACK

CLEAN = "The road is open again."
MARKED = "The road is open again. OFFICIAL-SENSITIVE"
PLACES = ("x", "facebook")


def found(text=CLEAN, platforms=PLACES, **changes):
    draft = a_draft(text, platforms=platforms, **changes)
    return check(candidate_of(draft, a_person(), an_account()), PACK).findings


def told(findings):
    return [(finding.rule, finding.wording) for finding in findings]


def test_what_only_one_platform_says_is_checked_too():
    findings = found(variants=(Variant("x", MARKED),))

    assert told(findings) == [("protective-marking", 1)]
    assert MARKED[findings[0].start : findings[0].end] == "OFFICIAL-SENSITIVE"


def test_the_common_words_are_checked_even_where_every_platform_has_its_own():
    variants = (Variant("x", CLEAN), Variant("facebook", f"{CLEAN} Drive safely."))

    assert told(found(MARKED, variants=variants)) == [("protective-marking", 0)]


def test_words_are_too_long_only_where_they_stand():
    long = " ".join(["The road is open again today."] * 20)

    assert "too-long" in {rule for rule, _ in told(found(long))}
    assert "too-long" not in {r for r, _ in told(found(long, variants=(Variant("x", CLEAN),)))}
    assert ("too-long", 1) in told(found(CLEAN, variants=(Variant("x", long),)))


def test_what_a_card_tells_is_checked():
    card = Card("https://www.gov.uk/a34", "OFFICIAL-SENSITIVE: the A34")

    assert ("protective-marking", 1) in told(found(card=card))


def test_where_a_card_leads_is_checked():
    findings = found(card=Card("https://crowndrip.example/a34", "The A34"))

    assert ("external-link", 1) in told(findings)


def test_pictures_are_judged_once():
    silent = a_picture(alt="")

    findings = found(media=(silent,), variants=(Variant("x", f"{CLEAN} Drive safely."),))

    assert told(findings).count(("missing-alt", 0)) == 1
    assert ("missing-alt", 1) not in told(findings)


def test_a_finding_about_the_common_words_says_nothing_of_wordings():
    common, other = found(MARKED)[0], found(variants=(Variant("x", MARKED),))[0]

    assert "wording" not in common.as_dict()
    assert other.as_dict()["wording"] == 1
