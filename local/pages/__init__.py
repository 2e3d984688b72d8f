"""The stack's own pages, under /local/: what only a laptop has.

/local/ · /local/sign-in · /local/mailbox, /local/mailbox/{n}, /local/mailbox/{n}/html ·
/local/sandbox · /local/clock. Nothing here is part of the product; nothing here ships.
"""

from local.pages.application import Pages
from local.pages.house import House

__all__ = ["House", "Pages"]
