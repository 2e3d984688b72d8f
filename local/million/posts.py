"""An invented post from its submission to its ending: the acts that the product records of one.

Of a hundred some sixty go out without a second person, thirty-three are approved, four come back
and three are blocked; each goes to one, two or three platforms.
"""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random

from local.million.words import Words
from shared.posts.acts import SYSTEM, Happened, subject
from shared.posts.names import PostId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.pen import ENTROPY_BYTES, ulid

ACCOUNTS, APPROVERS = 200, 40
PLATFORMS = ("x", "facebook", "mastodon", "bluesky", "linkedin")
DEVICE = "Mozilla/5.0 (iPhone; CPU iPhone OS {}_{} like Mac OS X) Safari/604.1 Mobile/15E148"
POLICY = "2026-09.3"
BLOCKED, RETURNED, APPROVED = 0.03, 0.07, 0.40
"""Up to which draw a post has this fate; beyond, nobody need see it first."""

Told = dict[str, JSON]


class Post:
    """What is drawn of a post once, and its life."""

    def __init__(
        self, random: Random, words: Words, author: str, at: datetime, findings: list[Told]
    ) -> None:
        self._random, self._words, self._at, self._findings = random, words, at, findings
        self.author, self.text = author, words.text()
        self.account = f"{words.place(random.randrange(ACCOUNTS))}-npt"
        self.approver = f"p-comms-{random.randrange(APPROVERS):02}"
        self.post_id = PostId(ulid(at, random.randbytes(ENTROPY_BYTES)))
        self.subject = subject(self.post_id, 1)
        self.content_hash = sha256(self.text.encode()).hexdigest()
        self.platforms = random.sample(PLATFORMS, random.choice((1, 2, 2, 3, 3)))
        self.named = {name: self._named(name) for name in self.platforms}

    def url(self, platform: str) -> str:
        """Where it stands."""
        name = self.named[platform].rpartition("/")[2]
        return f"https://{platform}.example/{self.account}/{name}"

    def life(self) -> Iterator[Act]:
        """All that is recorded of it, in the order of time."""
        fate = self._random.random()
        yield self._submitted(blocked=fate < BLOCKED)
        if fate < BLOCKED:
            return
        rules = [found["rule"] for found in self._findings]
        read: Told = {"policy_version": POLICY, "rules": rules}
        if fate < APPROVED:
            yield self._act(Happened.CHECKED, 2, read)
            yield self._asked()
            yield self._ruled(Happened.RETURNED if fate < RETURNED else Happened.APPROVED)
            if fate < RETURNED:
                return
        else:
            yield self._act(Happened.CLEARED, 2, read)
        yield from self._published(fate)

    def _submitted(self, *, blocked: bool) -> Act:
        told: Told = {
            "embargo": False,
            "findings": self._findings,
            "incident": None,
            "platforms": list(self.platforms),
            "policy_version": POLICY,
            "text": self.text,
            "urgency": "prompt",
        }
        if self._random.random() < 1 / 3:
            sha = self._random.randbytes(32).hex()
            told["pictures"] = [{"alt": self._words.sentence(), "sha256": sha}]
        happened = Happened.BLOCKED if blocked else Happened.SUBMITTED
        return self._act(happened, 0, told, actor=self.author)

    def _asked(self) -> Act:
        told: Told = {
            "asked": [self.approver],
            "because": ["on duty"],
            "round": 1,
            "state": "awaiting_approval",
        }
        return self._act(Happened.APPROVAL_ASKED, 3, told)

    def _ruled(self, happened: Happened) -> Act:
        random, after = self._random, self._random.uniform(30, 3_000)
        told: Told = {
            "device": DEVICE.format(random.randrange(15, 19), random.randrange(8)),
            "network": f"203.0.{random.randrange(4)}.0/24",
            "policy_version": POLICY,
            "reason": self._words.sentence() if happened is Happened.RETURNED else None,
            "shown_at": (self._at + timedelta(seconds=after - 20)).isoformat(),
            "way": random.choice(("link", "queue")),
        }
        self._at += timedelta(seconds=after)
        return self._act(happened, 0, told, actor=self.approver, approver=self.approver)

    def _published(self, fate: float) -> Iterator[Act]:
        released: Told = {
            "platforms": list(self.platforms),
            "policy_version": POLICY,
            "policy_version_now": POLICY,
            "state": "released",
        }
        approver = self.approver if fate < APPROVED else None
        yield self._act(Happened.RELEASED, 5, released, approver=approver)
        for name in self.platforms:
            yield self._act(Happened.CLAIMED, 6, self._noted(None), target=name)
        for second, name in enumerate(self.platforms):
            yield self._act(Happened.SENT, 7 + second, self._noted(name), target=name)
        outcomes: Told = dict.fromkeys(self.platforms, "sent")
        yield self._act(Happened.CONCLUDED, 12, {"outcomes": outcomes})

    def _noted(self, name: str | None) -> Told:
        """What a target's leaf says; `name` where the platform has it."""
        proved = name == "bluesky"
        return {
            "named": None,
            "platform_id": self.named[name] if name else None,
            "proof": self._cid() if proved else "" if name else None,
            "reason": None,
            "text_read_back": self.text if name else None,
            "url": self.url(name) if name else None,
        }

    def _named(self, platform: str) -> str:
        digits = str(self._random.randrange(10**17, 10**18))
        if platform != "bluesky":
            return digits
        did = base64.b32encode(self.account.encode().ljust(15)).decode().lower()
        return f"at://did:plc:{did}/app.bsky.feed.post/3l{digits[:11]}"

    def _cid(self) -> str:
        return f"bafyrei{base64.b32encode(self._random.randbytes(32)).decode().lower()[:52]}"

    def _act(
        self,
        happened: Happened,
        after: float,
        told: Told,
        *,
        actor: str = SYSTEM,
        approver: str | None = None,
        target: str = "",
    ) -> Act:
        """As `records.acts.act_on` makes it of a post."""
        return Act(
            type=happened.value,
            account=self.account,
            subject=f"{self.subject}/{target}" if target else self.subject,
            at=self._at + timedelta(seconds=after),
            actor=actor,
            approver=approver,
            reason=None,
            payload={"content_hash": self.content_hash, **told},
        )
