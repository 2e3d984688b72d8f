"""LinkedIn: a post of an organisation (Posts API), found again among the organisation's posts.

LinkedIn keeps no key of ours and refuses the same words again (422), which means look. `service`
says how each step is done, `little` writes and reads LinkedIn's own way of writing words.
"""

from shared.platforms.linkedin.service import linkedin

__all__ = ["linkedin"]
