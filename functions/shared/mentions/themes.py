"""What many say at once: groups of unanswered mentions that say much the same (policy D13).

Only when an account is swamped may it answer a theme rather than people; so a theme is one only
from a threshold on, and whatever belongs to it is still listed, each by itself. Alike are those
that share most of the words that mean something.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from shared.posts.lookalikes import Folds

THRESHOLD = 5
"""So many alike are a theme."""

ALIKE = 0.4
"""Words that two share, of all the words of both."""

FEWEST_SHARED = 2
SHORTEST_WORD = 4
READ = 2_000
"""Characters of each that are looked at."""

_WORD = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"https?://\S+|[@#]\S+")
_FOLDS = Folds()
_EMPTY_WORDS = frozenset(
    {
        *("about", "after", "again", "also", "another", "anybody", "anyone", "because"),
        *("been", "before", "being", "both", "came", "come", "could", "does", "doing"),
        *("done", "down", "each", "even", "ever", "every", "everyone", "from", "going"),
        *("gone", "good", "have", "having", "hello", "here", "hers", "into", "just", "know"),
        *("like", "look", "made", "make", "many", "more", "most", "much", "must", "need"),
        *("only", "other", "ours", "over", "please", "police", "really", "said", "same"),
        *("says", "shall", "should", "some", "somebody", "someone", "soon", "still", "such"),
        *("than", "thank", "thanks", "that", "their", "them", "then", "there", "these"),
        *("they", "thing", "think", "this", "those", "through", "told", "under", "until"),
        *("very", "want", "well", "were", "what", "when", "where", "which", "while", "whom"),
        *("whose", "will", "with", "would", "your", "yours", "gyda", "heddlu", "hefyd"),
        *("mewn", "maen", "maer", "plis", "roedd", "wedi"),
    }
)


@dataclass(frozen=True)
class Voice:
    """One unanswered mention with its words; those of one account are compared."""

    mention_id: str
    account: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Theme:
    """Mentions that say much the same, in the order given, and the words they have in common."""

    account: str
    mention_ids: tuple[str, ...]
    words: tuple[str, ...]


def themes(voices: Iterable[Voice], threshold: int = THRESHOLD) -> tuple[Theme, ...]:
    """The themes among these, largest first; no mention is in two of them."""
    groups: list[list[tuple[Voice, frozenset[str]]]] = []
    for voice in voices:
        words = telling_words(voice.text)
        fitting = (group for group in groups if _fits(voice, words, group[0]))
        group = next(fitting, None)
        if group is None:
            groups.append(group := [])
        group.append((voice, words))
    found = [_theme(group) for group in groups if len(group) >= threshold]
    return tuple(sorted(found, key=lambda theme: -len(theme.mention_ids)))


def telling_words(text: str) -> frozenset[str]:
    """The words that mean something: no short ones, no names, no addresses."""
    folded = "".join(_FOLDS[sign] for sign in _LINK.sub(" ", text[:READ]))
    words = _WORD.findall(folded.lower())
    return frozenset(w for w in words if len(w) >= SHORTEST_WORD) - _EMPTY_WORDS


def _fits(voice: Voice, words: frozenset[str], first: tuple[Voice, frozenset[str]]) -> bool:
    other, known = first
    shared = len(words & known)
    enough = shared >= FEWEST_SHARED and shared >= ALIKE * len(words | known)
    return voice.account == other.account and enough


def _theme(group: list[tuple[Voice, frozenset[str]]]) -> Theme:
    counted = sorted(
        group[0][1], key=lambda word: (-sum(word in words for _, words in group), word)
    )
    ids = tuple(voice.mention_id for voice, _ in group)
    return Theme(group[0][0].account, ids, tuple(counted[:5]))
