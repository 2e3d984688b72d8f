"""Whether the link of an e-mail may still be used, and by whom it was opened."""

from datetime import datetime

from moderate.errors import HolderOutError, LinkOverError, WrongCodeError
from shared.accounts.access import is_in
from shared.accounts.registry import Person
from shared.mail.links import is_code
from shared.records.approval import WRONG_CODES, Approval, Link
from shared.records.links import Links

NEWER = "A newer e-mail was sent to you; use its link."


def check_holder(link: Link, holder: Person) -> None:
    """HolderOutError if access ended at any time since the link was sent (P11)."""
    if not is_in(holder, link.sent_at):
        raise HolderOutError(
            "This link is no longer valid: access ended for the person it was sent to. "
            "Somebody else decides, or sign in and use the approval queue."
        )


def check_link(link: Link, approval: Approval, now: datetime) -> None:
    """LinkOverError unless the link can still be used; of one person's only the newest can."""
    if link.round < approval.newest_round(link.person_id):
        raise LinkOverError(NEWER)
    if link.void:
        raise LinkOverError("This link was voided. Sign in and use the approval queue.")
    if link.expires_at <= now:
        raise LinkOverError("This link has expired. Sign in and use the approval queue.")


def check_code(link: Link, secret: str, typed: str, links: Links) -> None:
    """WrongCodeError unless it is the code that was sent with the link. Every guess is counted,
    the last one is a LinkOverError; an empty field is no guess."""
    if is_code(typed, secret, link.code_hash):
        return
    if not typed.strip():
        raise WrongCodeError(WRONG_CODES - link.wrong_codes)
    tries_left = WRONG_CODES - links.wrong_code(link).wrong_codes
    if tries_left <= 0:
        raise LinkOverError(
            "That was not the code, and it was the last try. "
            "This link was voided. Sign in and use the approval queue."
        )
    raise WrongCodeError(tries_left)
