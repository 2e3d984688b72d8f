"""What many say alike to one account, and the theme that one of them belongs to."""

from collections.abc import Iterable, Sequence

from moderate.mention_case import MentionCase
from shared.mentions.themes import Theme, Voice, themes


def themes_of(cases: Iterable[MentionCase]) -> tuple[Theme, ...]:
    """The themes among these, largest first."""
    return themes(
        Voice(case.mention.mention_id, case.account.account_id, case.said("text"))
        for case in cases
        if case.mention.is_open and case.words
    )


def with_theme_of(mention_id: str, cases: Sequence[MentionCase]) -> tuple[MentionCase, ...]:
    """Those that say much the same as this one, itself among them; none where too few do."""
    found = (each for each in themes_of(cases) if mention_id in each.mention_ids)
    ids = next((each.mention_ids for each in found), ())
    return tuple(case for case in cases if case.mention.mention_id in ids)
