"""Found, or over: one act that says so under every post of ours that shared the appeal.

The closing words are on record first; then each post gets a closing post of its own, checked and
approved as any other, wanted at once. Whoever is killed in between sends them again: a post that
has closing words on their way gets no others.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from compose.errors import SubmitError
from compose.keep_appeal import Hand, kept
from compose.reading import Wanted
from compose.sharing import Share, shares_of
from shared.accounts.registry import Person
from shared.posts.appeal import Appeal, Appealed, Said, found
from shared.posts.correction import Correction, closing_draft
from shared.posts.errors import InvalidDraftError, PostError
from shared.posts.life import Post, Urgency
from shared.posts.names import PostId
from shared.recordlog.canonical import JSON
from shared.records.appeal_entries import act_on_appeal

NOT_ITS_POST = "{} does not stand, or is closed already. Reload the page and choose again."

Send = Callable[[Wanted, Person], Post]


@dataclass(frozen=True)
class Over:
    """The closing words, and the posts they go under; None: all that stand."""

    words: str
    posts: frozenset[str] | None = None


@dataclass(frozen=True)
class Closed:
    """What was sent in, and what could not be, with why."""

    appeal: Appeal
    sent: tuple[Post, ...]
    refused: tuple[tuple[Share, str], ...]


def find_appeal(appeal_id: PostId, over: Over, hand: Hand, send: Send) -> Closed:
    """It is over, and its posts say so as soon as they may; NotFoundError, MayNotPostError,
    AppealOverError, InvalidDraftError."""
    before = kept(appeal_id, hand)
    chosen = _chosen(over, shares_of(before, hand.shelf))
    said = Said(hand.person.person_id, hand.now, over.words.strip())
    after = found(before, said)
    names: list[JSON] = [share.name for share in chosen]
    told: dict[str, JSON] = {"posts": names, "words": said.words}
    act = act_on_appeal(after, Appealed.FOUND, hand.now, told, actor=hand.person.person_id)
    hand.shelf.appeals.change(before, after, act)
    sent, refused = [], []
    for share in chosen:
        try:
            sent.append(send(closing(after, share, said.words), hand.person))
        except (SubmitError, PostError) as error:
            refused.append((share, str(error)))
    return Closed(after, tuple(sent), tuple(refused))


def closing(appeal: Appeal, share: Share, words: str) -> Wanted:
    """The closing post of one post, wanted at once. Its key says after which refused one it comes,
    so that two clicks send one."""
    post = share.post
    ends = Correction(post.post_id, post.version, "", appeal=appeal.appeal_id)
    draft = closing_draft(post.draft, share.standing, words, ends.of)
    after = share.closing.post_id if share.closing else "none"
    key = f"appeal-{appeal.appeal_id}-{share.name}-{after}"
    return Wanted(draft, key=key, urgency=Urgency.IMMEDIATE, correction=ends)


def _chosen(over: Over, shares: Iterable[Share]) -> tuple[Share, ...]:
    able = {share.name: share for share in shares if share.may_be_closed}
    if over.posts is None:
        return tuple(able.values())
    for name in sorted(over.posts - able.keys()):
        raise InvalidDraftError("posts", NOT_ITS_POST.format(name))
    return tuple(share for name, share in able.items() if name in over.posts)
