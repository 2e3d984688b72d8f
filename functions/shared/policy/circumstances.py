"""Gathers a draft's circumstances into the candidate that the check reads."""

from shared.accounts.registry import Account, Person
from shared.policy.verdict import Candidate, Wording
from shared.posts.content import Draft, Kind, wordings


def candidate_of(
    draft: Draft, author: Person, account: Account, *, critical_incident: bool = False
) -> Candidate:
    """The words, who writes them, from which level, and what is going on."""
    (_, commonly), *others = wordings(draft)
    return Candidate(
        text=draft.text,
        platforms=commonly,
        author_role=author.role.value,
        account_level=account.level.value,
        critical_incident=critical_incident,
        kind=draft.kind.value,
        reshare_of=draft.about if draft.kind is Kind.RESHARE else None,
        alts=tuple(media.alt for media in draft.media),
        expires=draft.expires_at is not None,
        credits=tuple(media.credit for media in draft.media if media.credit),
        others=tuple(Wording(text, where) for text, where in others),
        unasked=tuple(number for number, media in enumerate(draft.media, 1) if media.unasked),
    )
