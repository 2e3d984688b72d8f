"""X: a post through API version 2, found again on the account's own timeline.

X knows no idempotency key; it refuses the same words again for about half a day (403), which means
look. `service` says how each step is done, `words` how X writes what was typed (links become t.co
addresses), `shared.platforms.bearer` keeps the tokens, whose refresh tokens work only once.
"""

from shared.platforms.x.service import x

__all__ = ["x"]
