"""No protective marking, old or new, and nothing written for insiders (policy.md N07, B17)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.policy.rules.protective_marking import RULE
from shared.policy.verdict import Severity
from tests.unit.policy.candidates import a_candidate, found, words_found

MARKS = [
    ("OFFICIAL-SENSITIVE: list of addresses", "OFFICIAL-SENSITIVE", "in use today"),
    ("Official sensitive, please", "Official sensitive", "no everyday sense in any case"),
    ("DRAFT - OFFICIAL SENSITIVE - not yet", "OFFICIAL SENSITIVE", "between dashes"),
    ("OFFICIAL–SENSITIVE (PERSONAL). Applicants", "OFFICIAL–SENSITIVE", "a long dash"),
    ("SECRET. Visit plan", "SECRET", "heading, full stop"),
    ("SECRET UK EYES. Assessment", "SECRET", "with a caveat"),
    ("For colleagues: RESTRICTED - gaps", "RESTRICTED", "behind a colon"),
    ("RESTRICTED WHEN COMPLETE. Witness", "RESTRICTED", "with a caveat"),
    ("Good day\nCONFIDENTIAL\nMinutes", "CONFIDENTIAL", "a line of its own"),
    ("PROTECT - STAFF. Retirement list", "PROTECT", "before 2014"),
    ("PROTECTED / DRAFT 3", "PROTECTED", "as people write it"),
    ("🔒RESTRICTED🔒 list", "RESTRICTED", "between padlocks"),
    ("COMMERCIAL IN CONFIDENCE prices", "COMMERCIAL IN CONFIDENCE", "the buyers' mark"),
    ("TLP amber, eyes on", "TLP amber", "the traffic light protocol"),
    ("O-S // Snow plan", "O-S", "abbreviated"),
    ("[O–S] Comms grid", "O–S", "abbreviated, long dash"),
    ("O//S - briefing", "O//S", "abbreviated, two slashes"),
    ("GSC: O/S. Minutes", "O/S", "abbreviated, behind a colon"),
]
DISGUISED = [
    ("O F F I C I A L - S E N S I T I V E. Profile", "letters spaced out"),
    ("S·E·C·R·E·T and all that", "dots between"),
    ("c.o.n.f.i.d.e.n.t.i.a.l // tensions", "dots between, small"),
    ("C-O-N-F-I-D-E-N-T-I-A-L. If asked", "hyphens between"),
    ("R E S T R I C T E D so I never posted this", "no stop behind"),
    ("S E N S I T I V E (official) venues", "the other way round"),
    ("0FF1C1AL-SENS1TIVE / bulletin", "digits for letters"),
    ("(prot3ct) c/o the team", "a digit in small letters"),
    ("$ECRET visit", "a sign for a letter"),
    ("ОFFІСІАL—ЅЕNЅІТІVЕ: addresses", "Cyrillic letters"),
    ("sеcrеt plan", "Cyrillic letters in small"),
    ("O F F I C l A L – S Е N S I T I V Е report", "l for I, spaced, Cyrillic"),
    ("🅾️fficial-sensitive. Two officers", "an emoji letter"),
    ("🆂🅴🅲🆁🅴🆃 list", "letters in boxes"),
    ("ＳＥＣＲＥＴ. Plan", "full-width letters"),
    ("𝐒𝐄𝐂𝐑𝐄𝐓. Plan", "mathematical letters"),
    ("ꜱᴇᴄʀᴇᴛ. Plan", "small capitals"),
    ("SEC\u200bRET. Plan", "a zero-width space within"),
    ("S\u0336E\u0336C\u0336R\u0336E\u0336T\u0336. Plan", "struck through"),
    ("CON\u00adFIDENTIAL: lines", "a soft hyphen within"),
]
INSIDE = [
    ("Daily intel summary, not for onward circulation.", "a handling note"),
    ("Not for the public domain: the call is at six.", "another"),
    ("Please destroy after reading. Vetting backlog", "another"),
    ("For our eyes only but you deserve to know", "another"),
    ("It isn't meant to leave the building: he has fallen out", "another"),
    ("Sorry, wrong window, ignore that", "a slip"),
    ("From this morning's briefing: two gangs", "read out"),
    ("O'r briff bore 'ma, i lygaid yr heddlu yn unig", "in Welsh"),
    ("Nominal 2 is out; tasking for Friday follows", "two words of the trade"),
]
INNOCENT = [
    ("The helpline is free, confidential and open round the clock.", "a confidential helpline"),
    ("FREE and CONFIDENTIAL. Ring any time.", "the same, louder"),
    ("Free | CONFIDENTIAL | 24/7", "the same on a poster"),
    ("Restricted parking outside the school", "a restriction"),
    ("RESTRICTED PARKING. Zig-zags mean no stopping", "the same, louder"),
    ("Restricted view seats are a fiver", "another"),
    ("The official opening is on Saturday", "an opening"),
    ("It's official: sensitive teeth need care", "two words apart"),
    ("SECRET SANTA. Drop-off closes Friday", "Secret Santa"),
    ("S E C R E T  S A N T A at the desk", "the same, spaced out"),
    ("Top secret or not, one dip each", "a game"),
    ("PROTECT YOUR HOME - lock the back door", "a campaign"),
    ("Our PROTECT Your Pad workshop", "its name"),
    ("Protect what you've worked for", "a verb"),
    ("Restricted: no parking on Mill Lane on match day", "a heading for drivers"),
    ("Marks in confidential italics, please", "a word among others"),
    ("Natterjack toads are protected", "a species"),
    ("OS grid references save lives", "a map"),
    ("OPEN 9-5, SO-SO weather, CO-OP O'Sullivan HO-S", "letters within words"),
    ("The car was parked O/S the Co-op", "shorthand for outside"),
    ("If you see him, do not approach him, call 999.", "advice"),
    ("A safety briefing for cyclists at ten", "a briefing"),
    ("Minutes of the parish meeting, item 3: the hedge", "parish minutes"),
    ("Please don't share the video.", "a request to the public"),
    ("Keep it in the house, out of sight, and lock it", "advice about keys"),
    ("Stay put: do not leave the building", "advice in a fire"),
    ("NOT PROTECTIVELY MARKED", "marked as free"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "mark", "why"), MARKS)
def test_a_mark_is_pointed_at_and_blocks(text, mark, why):
    candidate = a_candidate(text)

    assert words_found(candidate, RULE) == [mark], why
    assert found(candidate, RULE)[0].severity is Severity.BLOCK


@pytest.mark.parametrize(("text", "why"), DISGUISED)
def test_a_mark_in_disguise_blocks(text, why):
    assert [one.severity for one in found(a_candidate(text), RULE)] == [Severity.BLOCK], why


@pytest.mark.parametrize(("text", "why"), INSIDE)
def test_words_for_insiders_ask_for_a_second_person(text, why):
    assert [one.severity for one in found(a_candidate(text), RULE)] == [Severity.REVIEW], why


@pytest.mark.parametrize(("text", "why"), INNOCENT)
def test_everyday_words_may_stay(text, why):
    assert words_found(a_candidate(text), RULE) == [], why


@pytest.mark.parametrize("text", [text for text, *_ in MARKS + DISGUISED + INSIDE])
def test_without_the_words_pointed_at_nothing_is_found(text):
    while findings := found(a_candidate(text), RULE):
        text = text[: findings[0].start] + text[findings[0].end :]

    assert not found(a_candidate(text), RULE)


def test_a_heading_in_small_letters_is_only_suspected():
    finding = found(a_candidate("Confidential: lines for Thursday"), RULE)[0]

    assert finding.severity is Severity.REVIEW
    assert finding.message == "“Confidential” heads this post as a protective marking would."


@given(st.sampled_from(MARKS), st.data())
def test_zero_width_characters_never_hide_a_mark(case, data):
    text = case[0]
    unseen = st.text(st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f"), max_size=3)

    hidden = "".join(letter + data.draw(unseen) for letter in text)

    assert found(a_candidate(hidden), RULE)[0].severity is Severity.BLOCK
