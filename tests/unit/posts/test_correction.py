"""A correction says sorry first, goes where the wrong words stand, and leads to them."""

from hypothesis import given
from hypothesis import strategies as st

from shared.posts.content import Card, Kind, Variant, said_on
from shared.posts.correction import APOLOGIES, Correction, answers, corrected_draft
from shared.posts.names import PlatformName, PostId
from tests.builders import a_draft, a_picture

BLUESKY, FACEBOOK, FEED = map(PlatformName, ("bluesky", "facebook", "feed"))
OF = Correction(PostId("01J0000000000000000000000A"), 2, "The wrong road.").of
URLS = {BLUESKY: "https://bsky.app/x/1", FACEBOOK: "https://facebook.com/1"}
SORRY = APOLOGIES[0]


def corrected(draft=None, standing=URLS, words="The A53 is closed, not the A520."):
    wrong = draft or a_draft("The A520 is closed.", platforms=(BLUESKY, FACEBOOK, FEED))
    return corrected_draft(wrong, standing, SORRY, words, OF)


def test_it_says_sorry_before_it_says_what_is_true():
    assert corrected().text == f"{SORRY}\n\nThe A53 is closed, not the A520."


def test_it_goes_where_the_wrong_words_stand_and_nowhere_else():
    assert corrected().platforms == (BLUESKY, FACEBOOK)


def test_it_answers_the_wrong_post_where_posts_are_answered_and_leads_to_it_elsewhere():
    draft = corrected()

    assert (draft.kind, draft.about) == (Kind.CORRECTION, OF)
    assert "http" not in said_on(draft, BLUESKY).text
    assert said_on(draft, FACEBOOK).text.endswith("https://facebook.com/1")
    assert answers(BLUESKY)
    assert not answers(FACEBOOK)


def test_a_feed_leads_to_what_it_strikes_out_without_a_word_of_the_draft():
    draft = corrected(standing={FEED: "https://feeds.example/1"})

    assert said_on(draft, FEED).text == draft.text


def test_nothing_of_what_was_wrong_is_said_again():
    wrong = a_draft(
        "The A520 is closed.",
        platforms=(BLUESKY,),
        media=(a_picture(),),
        thread=("More that was wrong.",),
        variants=(Variant(BLUESKY, "Wrong in other words."),),
        card=Card("https://x.example", "Wrong"),
    )

    draft = corrected(wrong)

    assert (draft.media, draft.thread, draft.variants, draft.card) == ((), (), (), None)
    assert "A520 is closed" not in draft.text


@given(st.text(min_size=1).filter(str.strip))
def test_whatever_is_true_is_said_as_it_was_typed(words):
    draft = corrected(words=words)

    assert draft.text == f"{SORRY}\n\n{words.strip()}"
