"""What happens around invented posts: sign-ins, comments taken down, deletions, changes.

The fields are those of the deeds that record such acts; who, where, when and which words are drawn.
Every thirtieth post has a comment taken down, every two-hundredth is taken away, and as many are
changed by somebody in the platform's own app.
"""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import cast

from local.million.posts import Post, Told
from local.million.words import CORPUS, Words
from shared.accounts.acts import Happened as Registered
from shared.accounts.acts import person_subject
from shared.policy.check import check
from shared.policy.pack import bundled
from shared.posts.acts import SYSTEM
from shared.posts.deletion import Deleted
from shared.posts.exception_found import Noticed
from shared.posts.takedown import Taken
from shared.recordlog.leaf import Act
from shared.records.pen import ENTROPY_BYTES, ulid

PEOPLE = 900
SIGNING_IN, FOUND = 0.7, 0.4
"""How many have to sign in first, and of how many posts the check says something."""

COMMENTED = 1 / 30
CHANGED = COMMENTED + 1 / 200
TAKEN_AWAY = CHANGED + 1 / 200
"""Up to which draw this happens to a post later."""

SAMPLED = 400
"""Labelled posts whose findings the invented ones are given."""


class Lives:
    """Draws lives; each is a list of acts in the order of time."""

    def __init__(self, random: Random) -> None:
        self._random, self._words = random, Words(random)

    def around(self, at: datetime) -> Iterator[Act]:
        """What begins at this moment: somebody signs in and posts, and at times there is more."""
        author, chance = f"p-{self._random.randrange(PEOPLE):04}", self._random.random()
        if chance < SIGNING_IN:
            yield self._signed_in(author, at)
        begins = at + timedelta(seconds=self._random.uniform(20, 300))
        findings = self._random.choice(self._findings) if self._random.random() < FOUND else []
        post = Post(self._random, self._words, author, begins, findings)
        yield from post.life()
        if chance < COMMENTED:
            yield from self._comment(post, begins + timedelta(hours=2))
        if COMMENTED < chance < CHANGED:
            yield from self._changed(post, begins + timedelta(hours=5))
        if CHANGED < chance < TAKEN_AWAY:
            yield from self._taken_away(post, begins + timedelta(hours=9))

    @cached_property
    def _findings(self) -> list[list[Told]]:
        """What the policy check says of labelled posts."""
        from local.bench.policy_check import candidate_from, posts  # brings the whole bench along

        pack = bundled(datetime(2026, 10, 1).date())  # noqa: DTZ001 - a day, wherever
        sample = self._random.sample(posts(CORPUS), SAMPLED)
        found = (check(candidate_from(each), pack).findings for each in sample)
        return [[cast("Told", one.as_dict()) for one in each] for each in found]

    def _signed_in(self, person: str, at: datetime) -> Act:
        told: Told = {"role": "officer", "status": "active"}
        signed = Registered.SIGNED_IN.value
        return Act(signed, None, person_subject(person), at, person, None, None, told)

    def _comment(self, post: "Post", at: datetime) -> Iterator[Act]:
        """A comment is kept sealed, hidden, and looked for again."""
        random, takedown = self._random, ulid(at, self._random.randbytes(ENTROPY_BYTES))
        same: Told = {
            "asked_by": post.author,
            "comment": f"{random.randrange(10**15)}_{random.randrange(10**15)}",
            "deed": "hide",
            "platform": "facebook",
        }
        steps: tuple[tuple[Taken, int, Told], ...] = (
            (Taken.ASKED, 0, {"block": False, "house_rules": "", "why": self._words.sentence()}),
            (Taken.EVIDENCE, 3, {"hidden_before": False, "sealed": self._sealed()}),
            (Taken.DONE, 5, {}),
            (Taken.PROVED, 65, {}),
        )
        for happened, after, more in steps:
            actor = post.author if happened is Taken.ASKED else SYSTEM
            named, when = f"takedown:{takedown}", at + timedelta(seconds=after)
            told = {**same, **more}
            yield Act(happened.value, post.account, named, when, actor, None, "offensive", told)

    def _sealed(self) -> Told:
        """Ciphertext as long as that of a comment."""
        text = self._random.randbytes(256 * self._random.choice((2, 3, 3, 4)) + 16)
        spelt = (base64.b64encode(each).decode() for each in (self._random.randbytes(12), text))
        return dict(zip(("alg", "nonce", "text"), ("A256GCM", *spelt), strict=True))

    def _changed(self, post: "Post", at: datetime) -> Iterator[Act]:
        """Somebody changed it in the platform's own app."""
        name = post.platforms[0]
        found = f"exception:{ulid(at, self._random.randbytes(ENTROPY_BYTES))}"
        told: Told = {
            "missed_at": at.isoformat(),
            "place": name,
            "platform_id": post.named[name],
            "post": f"{post.post_id}-1",
            "published": post.text,
            "sent_at": at.isoformat(),
            "shown": self._words.text(),
            "url": post.url(name),
        }
        yield Act(Noticed.FOUND.value, post.account, found, at, SYSTEM, None, "changed", told)

    def _taken_away(self, post: "Post", at: datetime) -> Iterator[Act]:
        """A post is deleted: asked, approved, kept, removed, proved."""
        deletion = ulid(at, self._random.randbytes(ENTROPY_BYTES))
        by, ground, approver = post.author, "factual-danger", post.approver
        both: Told = {"posts": [post.subject]}
        why: Told = {
            "at_once": False,
            "contents": {post.subject: post.content_hash},
            "copies": False,
            "note": self._words.sentence(),
            "why": self._words.sentence(),
        }
        named = f"deletion:{deletion}"
        asked = Deleted.ASKED.value
        yield Act(asked, post.account, named, at, by, None, ground, {**both, **why})
        decided = at + timedelta(minutes=4)
        told = {**both, "reason": self._words.sentence()}
        agreed = Deleted.APPROVED.value
        yield Act(agreed, post.account, named, decided, approver, approver, ground, told)
        for name in post.platforms:
            yield from self._removed(post, name, deletion, decided)
        ended, over = decided + timedelta(minutes=2), Deleted.CONCLUDED.value
        targets: Told = {f"{post.post_id}-1/{name}": "removed" for name in post.platforms}
        told = {**both, "standing": [], "targets": targets}
        yield Act(over, post.account, named, ended, SYSTEM, approver, ground, told)

    def _removed(self, post: "Post", name: str, deletion: str, at: datetime) -> Iterator[Act]:
        kept: Told = {
            "answer": {"sent_platform_id": post.named[name], "sent_url": post.url(name)},
            "cleared": post.text,
            "pictures": [],
            "platform_id": post.named[name],
            "seconds_live": self._random.randrange(40_000),
            "shown": post.text,
            "unread": "",
            "url": post.url(name),
        }
        same: Told = {
            "asked_by": post.author,
            "content_hash": post.content_hash,
            "deletion": deletion,
        }
        gone: Told = {"url": post.url(name)}
        proved: Told = {}
        steps = ((Deleted.EVIDENCE, kept), (Deleted.REMOVED, gone), (Deleted.PROVED, proved))
        for second, (happened, told) in enumerate(steps):
            when, place = at + timedelta(seconds=second), f"{post.subject}/{name}"
            reason, approver = "factual-danger", post.approver
            both = {**same, **told}
            yield Act(happened.value, post.account, place, when, SYSTEM, approver, reason, both)
