"""Viva Engage, which was Yammer: a message to one community of the force's own network (Y01-Y16).

Internal, and held to the same marking rules as everything else; attachments are not for it (Y07).
No key of ours is kept there; messages are found again among those of the account that wrote them.
"""

from shared.platforms.viva_engage.service import viva_engage

__all__ = ["viva_engage"]
