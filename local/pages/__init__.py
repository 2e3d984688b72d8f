"""The stack's own pages, under /local/: what only a laptop has.

/local/ · /local/sign-in · /local/mailbox, /local/mailbox/{n}, /local/mailbox/{n}/html ·
/local/sandbox · /local/clock · /local/issuer/. Nothing here is part of the product, or ships.
"""

from local.pages.application import Pages
from local.pages.house import House

__all__ = ["House", "Pages"]
