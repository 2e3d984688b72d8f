"""What the sandbox knows: accounts, tokens, pictures, posts, and its rules about them.

Every rule ends in a Reply; no HTTP here but its status numbers.
"""

import hashlib
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from local.sandbox.posted import Posted
from local.sandbox.replies import Reply, refusal
from shared.posts.counting import length
from shared.posts.limits import Counting, Limit

LIMIT = Limit(maximum=500, counting=Counting.MASTODON)
"""As the policy pack says of this platform."""

TOKEN_LIVES = timedelta(hours=1)
WINDOW = timedelta(minutes=15)
MOST_PICTURES = 4
MOST_AT_ONCE = 100
"""Posts that one answer shows of those that are asked for by name."""


class Network:
    """The state, behind one lock: each act is whole or not at all. `heard` finds what others said
    by its name: that can be answered as well as a post."""

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        posts_per_window: int = 300,
        heard: Callable[[str], object] = lambda _: None,
    ) -> None:
        self._now = now
        self._heard = heard
        self._lock = threading.Lock()
        self._passwords: dict[str, str] = {}
        self._tokens: dict[str, tuple[str, datetime]] = {}
        self._pictures: dict[str, tuple[str, str]] = {}
        self._posts: dict[str, Posted] = {}
        self._own: dict[str, dict[str, Posted]] = {}
        self._spent: dict[str, list[datetime]] = {}
        self._last_id = 0
        self.posts_per_window = posts_per_window
        self.refuses_duplicates = True

    @property
    def posts(self) -> tuple[Posted, ...]:
        """Everything that stands, oldest first."""
        with self._lock:
            return tuple(self._posts.values())

    def count(self, account: str) -> int:
        """How many posts of an account stand."""
        with self._lock:
            return len(self._own.get(account, ()))

    def find(self, post_id: str) -> Posted | None:
        """One post, if it stands."""
        with self._lock:
            return self._posts.get(post_id)

    def add_account(self, identifier: str, password: str) -> None:
        """Open an account, or give one a new password."""
        with self._lock:
            self._passwords[identifier] = password

    def expire_tokens(self, account: str | None) -> None:
        """Sign an account out everywhere; None signs out everybody."""
        with self._lock:
            self._tokens = {
                token: held
                for token, held in self._tokens.items()
                if account is not None and held[0] != account
            }

    def account_of(self, token: str) -> str | None:
        """Whose token it is, if it still lives."""
        with self._lock:
            account, expires = self._tokens.get(token, (None, self._now()))
            return account if self._now() < expires else None

    def sign_in(self, fields: Mapping[str, Any]) -> Reply:
        """A new token for the right password."""
        identifier, password = fields.get("identifier"), fields.get("password")
        with self._lock:
            known = self._passwords.get(identifier) if isinstance(identifier, str) else None
            if known is None or known != password:
                return refusal(401, "wrong_password", "That account and password do not match.")
            token, expires = secrets.token_urlsafe(24), self._now() + TOKEN_LIVES
            self._tokens[token] = (str(identifier), expires)
        return Reply(201, {"token": token, "expires_at": expires.isoformat()})

    def upload(self, account: str, data: bytes) -> Reply:
        """Keep a picture under its hash."""
        digest = hashlib.sha256(data).hexdigest()
        with self._lock:
            picture_id = f"m{len(self._pictures) + 1}"
            self._pictures[picture_id] = (account, digest)
        return Reply(201, {"id": picture_id, "sha256": digest})

    def post(self, account: str, fields: Mapping[str, Any], base: str) -> Reply:
        """Publish, if every rule allows it."""
        with self._lock:
            reply = self._refused(account, fields)
            if reply is not None:
                return reply
            self._spent[account].append(self._now())
            self._last_id += 1
            posted = self._posted(f"p{self._last_id:06d}", account, fields)
            self._keep(posted)
            return Reply(201, posted.as_fields(base), self._rate_headers(self._counted(account)))

    def timeline(self, account: str, base: str, before: str, limit: int) -> Reply:
        """An account's posts, newest first; `next` pages on."""
        with self._lock:
            own = [*reversed(self._own.get(account, {}).values())]
        rest = [p for p in own if not before or p.post_id < before]
        page = rest[:limit]
        following = page[-1].post_id if len(rest) > len(page) else None
        return Reply(200, {"posts": [p.as_fields(base) for p in page], "next": following})

    def read(self, post_id: str, base: str) -> Reply:
        """One post."""
        found = self.find(post_id)
        if found is None:
            return refusal(404, "not_found", "There is no such post.")
        return Reply(200, found.as_fields(base))

    def read_several(self, post_ids: Sequence[str], base: str) -> Reply:
        """Those of these posts that stand."""
        if not 0 < len(post_ids) <= MOST_AT_ONCE:
            return refusal(422, "ids", f"Ask for 1 to {MOST_AT_ONCE} posts at once.")
        with self._lock:
            found = [self._posts[name] for name in post_ids if name in self._posts]
        return Reply(200, {"posts": [each.as_fields(base) for each in found]})

    def delete(self, account: str, post_id: str) -> Reply:
        """Take a post of one's own away."""
        with self._lock:
            found = self._posts.get(post_id)
            if found is None:
                return refusal(404, "not_found", "There is no such post.")
            if found.account != account:
                return refusal(403, "not_yours", "That is somebody else's post.")
            del self._posts[post_id], self._own[account][post_id]
        return Reply(204)

    def edit(self, account: str, post_id: str, fields: Mapping[str, Any], base: str) -> Reply:
        """Other words for a post of one's own, in its place; its pictures stay."""
        with self._lock:
            found = self._posts.get(post_id)
            if found is None or found.account != account:
                return refusal(404, "not_found", "There is no such post of yours.")
            text, language = fields.get("text"), str(fields.get("language", found.language))
            if not isinstance(text, str) or length(text, LIMIT) > LIMIT.maximum:
                return refusal(422, "too_long", f"A post has at most {LIMIT.maximum} characters.")
            edited = replace(found, text=text, language=language)
            self._keep(edited)
        return Reply(200, edited.as_fields(base))

    def rate_limited(self) -> Reply:
        """Not now, and not before a whole window is over: as after a burst a moment ago."""
        with self._lock:
            headers = self._rate_headers([])
        return refusal(429, "rate_limited", "Too many posts; wait a while.", **headers)

    def _keep(self, posted: Posted) -> None:
        """A new post, or other words for one in its place. The lock is held."""
        self._posts[posted.post_id] = posted
        self._own.setdefault(posted.account, {})[posted.post_id] = posted

    def _refused(self, account: str, fields: Mapping[str, Any]) -> Reply | None:
        """The rule that a new post breaks, if any. The lock is held."""
        text, reference = fields.get("text"), fields.get("reference", "")
        if not isinstance(text, str) or not text.strip():
            return refusal(422, "empty", "A post needs words.")
        if length(text, LIMIT) > LIMIT.maximum:
            return refusal(422, "too_long", f"A post has at most {LIMIT.maximum} characters.")
        if not self._pictures_hold(account, fields.get("pictures", [])):
            return refusal(422, "pictures", f"At most {MOST_PICTURES} pictures, uploaded before.")
        answered = fields.get("answers")
        if answered is not None and answered not in self._posts and not self._heard(answered):
            return refusal(422, "answers", "What it answers is not there.")
        own = self._own.get(account, {}).values()
        twins = (p for p in own if p.reference == reference)
        if self.refuses_duplicates and any(p.text == text for p in twins):
            return refusal(409, "duplicate", "You have said that already.")
        self._spent[account] = spent = self._counted(account)
        if len(spent) >= self.posts_per_window:
            headers = self._rate_headers(spent)
            return refusal(429, "rate_limited", "Too many posts; wait a while.", **headers)
        return None

    def _pictures_hold(self, account: str, pictures: object) -> bool:
        """Whether these are few enough, and all uploaded by this account."""
        if not isinstance(pictures, list) or len(pictures) > MOST_PICTURES:
            return False
        names = [str(p.get("id")) if isinstance(p, dict) else "" for p in pictures]
        return all(self._pictures.get(name, ("", ""))[0] == account for name in names)

    def _counted(self, account: str) -> list[datetime]:
        """When it posted within the window."""
        since = self._now() - WINDOW
        return [moment for moment in self._spent.get(account, []) if moment > since]

    def _rate_headers(self, spent: list[datetime]) -> dict[str, str]:
        reset = (spent[0] if spent else self._now()) + WINDOW
        return {
            "X-RateLimit-Limit": str(self.posts_per_window),
            "X-RateLimit-Remaining": str(max(0, self.posts_per_window - len(spent))),
            "X-RateLimit-Reset": str(int(reset.timestamp())),
        }

    def _posted(self, post_id: str, account: str, fields: Mapping[str, Any]) -> Posted:
        pictures = tuple(
            {"alt": str(p.get("alt", "")), "sha256": self._pictures[str(p["id"])][1]}
            for p in fields.get("pictures", [])
        )
        return Posted(
            post_id=post_id,
            account=account,
            text=fields["text"],
            reference=str(fields.get("reference", "")),
            language=str(fields.get("language", "")),
            kind=str(fields.get("kind", "")),
            about=fields.get("about"),
            pictures=pictures,
            created_at=self._now(),
            answers=fields.get("answers"),
        )
