"""Facebook: a post of a Page through the Graph API, found again among its published posts.

No key of ours is kept there, and a 500 has been seen while the post was published: every answer
without a post means look. `service` says how each step is done, `errors` what the codes mean that
Facebook gives instead of HTTP's statuses.
"""

from shared.platforms.facebook.service import facebook

__all__ = ["facebook"]
