"""Mastodon: a status on the account's own server, found again on its timeline.

`service` says how each step is done over the client API (docs.joinmastodon.org, 4.x); the story of
sending and finding is `shared.platforms.timeline`'s, because servers may ignore the
Idempotency-Key that we send all the same: Mastodon keeps it for an hour, GoToSocial not at all.
"""

from shared.platforms.mastodon.service import mastodon

__all__ = ["mastodon"]
