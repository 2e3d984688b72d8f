"""Gathers a draft's circumstances into the candidate that the check reads."""

from collections.abc import Iterable

from shared.accounts.registry import Account, Person
from shared.policy.verdict import Candidate, Wording
from shared.posts.content import Draft, Kind, whole_text, wordings
from shared.posts.names import PlatformName
from shared.posts.server_limits import Servers


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
        others=tuple(_wording(draft, text, where) for text, where in others),
        servers=servers_of(account, draft.platforms),
        unasked=tuple(number for number, media in enumerate(draft.media, 1) if media.unasked),
    )


def servers_of(account: Account, platforms: Iterable[PlatformName]) -> Servers:
    """On which server of each of these platforms the account lives."""
    chosen = frozenset(platforms)
    return tuple((h.platform, h.service) for h in account.handles if h.platform in chosen)


def _wording(draft: Draft, text: str, where: tuple[PlatformName, ...]) -> Wording:
    own = {variant.text for variant in draft.variants}
    joined = bool(draft.thread) and not where and text == whole_text(draft)
    return Wording(text, where, joined, further=text in draft.thread and text not in own)
