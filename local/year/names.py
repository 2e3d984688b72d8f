"""What everybody in a year's force is called; invented, all of them."""

from local.force import DOMAIN
from shared.posts.names import AccountId, PersonId


def account_of(number: int) -> AccountId:
    """The account of a voice."""
    return AccountId(f"voice-{number:03}")


def title_of(number: int) -> str:
    """What the public calls it."""
    return f"Neighbourhood {number:03} Team"


def handle_of(number: int) -> str:
    """What it is called on the sandbox."""
    return f"@hood{number:03}"


def owner_of(number: int) -> PersonId:
    """Whoever answers for it."""
    return PersonId(f"owner-{number:03}")


def owner_name(number: int) -> str:
    """Their name."""
    return f"PC Owner {number:03}"


def email_of(number: int) -> str:
    """Where their letters go."""
    return f"owner.{number:03}@{DOMAIN}"
