"""Many who say the same are a theme, and none of them is lost in it."""

from hypothesis import given
from hypothesis import strategies as st

from shared.mentions.themes import THRESHOLD, Voice, telling_words, themes

ROAD = (
    "Why is the road at Harbour Bridge closed?",
    "harbour bridge road closed again, why",
    "When does the Harbour Bridge road open? It is closed",
    "closed road Harbour Bridge!! how long",
    "Is Harbour Bridge road still closed tonight",
)
OTHERS = ("Thank you for the bicycle marking", "Lovely horses today", "When is the next surgery?")


def voices(texts, account="leek"):
    return [Voice(f"{account}-{n}", account, text) for n, text in enumerate(texts)]


def test_enough_who_ask_the_same_are_a_theme_with_its_words():
    [theme] = themes(voices(ROAD + OTHERS))

    assert theme.mention_ids == tuple(f"leek-{n}" for n in range(5))
    assert {"harbour", "bridge"} <= set(theme.words)


def test_one_fewer_is_none():
    assert themes(voices(ROAD[: THRESHOLD - 1] + OTHERS)) == ()


def test_what_is_said_to_two_accounts_is_not_put_together():
    assert themes(voices(ROAD[:3]) + voices(ROAD[3:], "stone")) == ()


def test_short_words_names_and_addresses_mean_nothing():
    text = "@LeekNPT is it so? https://example.org/harbour #road Thé Bridgé"

    assert telling_words(text) == {"bridge"}


@given(
    st.lists(st.sampled_from([*ROAD, *OTHERS, "", "x" * 3_000, "🚓"]), max_size=30),
    st.integers(1, 8),
)
def test_nobody_is_in_two_themes_and_each_theme_is_as_large_as_it_must_be(texts, threshold):
    made = voices(texts)

    found = themes(made, threshold)

    listed = [mention for theme in found for mention in theme.mention_ids]
    assert len(listed) == len(set(listed))
    assert set(listed) <= {voice.mention_id for voice in made}
    assert all(len(theme.mention_ids) >= threshold for theme in found)
