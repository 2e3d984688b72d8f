"""Names on platforms: what two of them have in common that the public would take for one."""

from shared.accounts.errors import HandleError
from shared.accounts.registry import Account, Handle, ReservedName
from shared.posts.lookalikes import LOOKALIKES, fold, is_unseen
from shared.posts.names import PlatformName

LONGEST = 253
"""A Bluesky handle is a domain; every other platform's is shorter."""

MOST = 40
"""Handles and reserved names of one account: all of them are claimed in one transaction."""


def folded(name: str) -> str:
    """The name as a reader takes it: without @, capitals, accents, and what cannot be seen;
    letters of other scripts that look Latin are read as Latin. Folding twice changes nothing.
    """
    read = name
    while (again := _letters(read.casefold()).strip().lstrip("@")) != read:
        read = again
    return read


def _letters(name: str) -> str:
    """The letters that a small name is read as; those of most names are what they are."""
    return name if name.isascii() else "".join(map(_read, name)).casefold()


def _read(character: str) -> str:
    """What it is read as; a small letter as its capital is, so that capitals never tell two names
    apart."""
    return LOOKALIKES.get(character.upper()) or fold(character)


def handle_key(platform: PlatformName, name: str) -> str:
    """What must be unique: the platform and the folded name."""
    return f"{platform}#{folded(name)}"


def handle_name(typed: str) -> str:
    """The name as it was typed, without space around it; HandleError if it holds any inside, or
    what nobody can see.
    """
    name = typed.strip()
    if not name.lstrip("@") or len(name) > LONGEST:
        raise HandleError(f"A name on a platform has 1 to {LONGEST} characters.")
    if any(c.isspace() or not c.isprintable() or is_unseen(c) for c in name):
        raise HandleError(f"Take spaces and unseen characters out of the name {name!a}.")
    if not folded(name):
        raise HandleError(f"The name {name!a} has no letter anybody could read.")
    return name


def names_of(account: Account) -> tuple[Handle | ReservedName, ...]:
    """Every name an account holds on platforms: those it speaks under, and those it keeps."""
    return (*account.handles, *account.reserved_names)


def handle_keys(account: Account) -> tuple[str, ...]:
    """The keys of all names it holds, in their order; a name held twice stands twice."""
    return tuple(handle_key(held.platform, held.name) for held in names_of(account))
