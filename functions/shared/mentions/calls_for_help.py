"""Whether something said to an account reads like a call for help (policy N26, D32).

No account takes calls for help; but who cries for help where they can must not wait for the next
look through the mentions. So whoever is on duty, and the contact centre, hear of it at once. A look
in vain costs a minute and a miss may cost a life: what could be one counts as one. Left out are the
turns of phrase that everybody uses (`help_words.HARMLESS`), where they cover the words that were
found.

English and Welsh are read, whatever the capitals, accents, apostrophes or look-alike letters.
"""

from functools import cache

from shared.mentions.help_words import CRIES, HARMLESS
from shared.policy.phrases import Phrases, Words
from shared.posts.lookalikes import Folds

READ = 20_000
"""Characters that are read; no platform that we read lets people say more."""

_FOLDS = Folds()


def calls_for_help(text: str) -> str:
    """The words that read like a call for help, as they are read; empty where none do."""
    plain = "".join(_FOLDS[sign] for sign in text[:READ])
    words = Words(plain)
    harmless = [(found.first, found.last) for found in _harmless().find(words)]
    for found in _cries().find(words):
        if not any(first <= found.last and found.first <= last for first, last in harmless):
            start, end = words.span(found.first, found.last)
            return plain[start:end]
    return ""


@cache
def _cries() -> Phrases:
    return Phrases(CRIES)


@cache
def _harmless() -> Phrases:
    return Phrases(HARMLESS)
