"""Never more than three hashtags (policy.md N19)."""

import pytest

from shared.policy.rules.too_many_hashtags import RULE, as_words
from tests.unit.policy.candidates import a_candidate, a_pack, found, words_found

FIRING = [
    ("Road closed. #Leek #Snow #Roads #StaySafe", "four at the end"),
    ("#We #are #so #proud of our cadets", "a sentence built of tags"),
    ("Thanks #Hanley, #Specials, #Cadets and #Stewards!", "tags through the prose"),
    ("＃Free ＃Deepwell #Women ＃Boxing", "full-width signs"),
    ("Lions at noon! #春节 #설날 #Tết #Castlebridge", "other scripts"),
    ("#Belt_Up #Back_Seats_Too #Leek #Fatal_4", "underscores and digits"),
    ("Out late #fb #a1 #b2 #c3", "#fb is a tag like any other"),
    ("One#no #Hanley\u200b #Leek (#Stone) \u2018#Stafford\u2019", "brackets and quotation marks"),
    ("#Hanley#Leek #Stone #Stafford #Burton", "the second of a pair is not counted, four are"),
    ("#\u200bHanley #\u200bLeek #\u200bStone #\u200bStafford", "zero-width spaces behind the sign"),
]
NOT_FIRING = [
    ("Road closed. #Leek #Snow #Roads", "exactly three"),
    ("C# for girls, track #1, locker #300, row #2, bay #4", "a letter before, or only digits"),
    ("Press the # key. # # # #", "signs alone"),
    ("https://www.gov.uk/a#one https://www.gov.uk/b#two #Leek #Snow #Roads", "within a link"),
    ("https://www.gov.uk/#a#b#c#d and police.uk/#e", "within links, behind a slash"),
    ("a#b c#d e#f g#h", "a letter before"),
    ("R&#D; &#x27; #Leek #Snow", "character references"),
    ("No tags at all.", "nothing"),
    ("", "no text"),
    ("#1 #2 #3 #4 #5", "numbers are no tags"),
]


@pytest.mark.parametrize(("text", "why"), FIRING)
def test_more_than_three_tags_are_too_many(text, why):
    assert found(a_candidate(text), RULE), why


@pytest.mark.parametrize(("text", "why"), NOT_FIRING)
def test_up_to_three_tags_and_what_is_no_tag_may_stay(text, why):
    assert not found(a_candidate(text), RULE), why


def test_the_surplus_tags_are_pointed_at_and_rewritten():
    candidate = a_candidate("Big day #Leek #Snow #Roads #StaySafe and #BeltUp now")

    finding = found(candidate, RULE)[0]

    assert words_found(candidate, RULE) == ["#StaySafe and #BeltUp"]
    assert finding.message == "This post has 5 hashtags; the most allowed is 3."
    assert finding.suggestion == (
        "Write “Stay Safe” and “Belt Up” as plain words, or leave them out."
    )
    assert finding.source.startswith("N19")


@pytest.mark.parametrize("text", [text for text, _ in FIRING])
def test_the_surplus_tags_written_as_words_are_no_longer_found(text):
    candidate = a_candidate(text)
    finding = found(candidate, RULE)[0]
    surplus = text[finding.start : finding.end].replace("#", " ").replace("＃", " ")
    mended = text[: finding.start] + surplus + text[finding.end :]

    assert not found(a_candidate(mended), RULE)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("StaySafe", "Stay Safe"),
        ("SixAM", "Six AM"),
        ("Back_Seats_Too", "Back Seats Too"),
        ("20PercentOff", "20 Percent Off"),
        ("OpTransom", "Op Transom"),
        ("BBCNews", "BBC News"),
        ("leek", "leek"),
    ],
)
def test_a_tag_becomes_the_words_it_was_made_of(tag, words):
    assert as_words(tag) == words


def test_a_force_may_set_another_number():
    candidate = a_candidate("#Leek #Snow #Roads #StaySafe")

    assert not found(candidate, RULE, a_pack(most_hashtags=4))
