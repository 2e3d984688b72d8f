"""Which posts show pictures of a consent: what somebody has to take down once it is taken back."""

from dataclasses import dataclass

from shared.posts.consents import Consent
from shared.posts.life import KEPT_IN, Post
from shared.posts.outcomes import MAY_STAND
from shared.posts.picture_keys import picture_named_by
from shared.records.pictures import Pictures
from shared.records.posts import Posts
from shared.records.publication import Publication
from shared.records.publications import Publications


@dataclass(frozen=True)
class Use:
    """A version of a post that shows one of the pictures, and its targets."""

    post: Post
    targets: tuple[Publication, ...]

    @property
    def may_be_out(self) -> bool:
        """Whether the public sees it, or still may."""
        return any(target.state in MAY_STAND for target in self.targets)


def uses_of(
    consent: Consent, pictures: Pictures, posts: Posts, publications: Publications
) -> tuple[Use, ...]:
    """Every version with one of its pictures that left the house or may still, newest first."""
    kept = pictures.several(sorted(consent.pictures))
    ids = {post_id for each in kept.values() for post_id in each.posts}
    return tuple(
        Use(post, publications.of(post.post_id, post.version))
        for post_id in sorted(ids, reverse=True)
        for post in reversed(posts.history(post_id))
        if post.state not in KEPT_IN and _shows(post, consent)
    )


def _shows(post: Post, consent: Consent) -> bool:
    return any(picture_named_by(media.key) in consent.pictures for media in post.draft.media)
