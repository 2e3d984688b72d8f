"""Work e-mail addresses: the force's own domain, exactly, spelled in plain letters (A11, A12).

The story: what cannot be an address is malformed; what can be is read as a person would read it
(look-alike letters folded, internationalised names decoded), so that a refusal says what is wrong
and not merely that something is. Only plain ASCII with the exact domain is ever accepted.
"""

import re

from shared.accounts.errors import (
    EmailError,
    ForeignEmailError,
    LookalikeEmailError,
    MalformedEmailError,
    PersonalEmailError,
    SubdomainEmailError,
    TaggedEmailError,
)
from shared.posts.lookalikes import fold

LONGEST = 254
LONGEST_LOCAL = 64

_PERSONAL = """
gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com live.co.uk msn.com
outlook.co.uk yahoo.com yahoo.co.uk ymail.com rocketmail.com icloud.com me.com mac.com aol.com
aol.co.uk proton.me protonmail.com pm.me tutanota.com tuta.io gmx.com gmx.co.uk mail.com
zoho.com fastmail.com fastmail.fm hey.com yandex.com mail.ru qq.com 163.com btinternet.com
btopenworld.com sky.com talktalk.net virginmedia.com virgin.net ntlworld.com blueyonder.co.uk
tiscali.co.uk plus.net plusnet.com o2.co.uk ee.co.uk tesco.net uwclub.net freeserve.co.uk
"""
PERSONAL = frozenset(_PERSONAL.split())
"""Domains that give mailboxes to anybody; whatever else is not the force's is refused as well."""

ALIKE = 0.9
"""From here on two domains are taken for one another at a glance (one letter in about twenty)."""

_LOCAL = re.compile(r"[a-z0-9_'-]+(?:\.[a-z0-9_'-]+)*", re.ASCII)
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)


def email_key(address: str) -> str:
    """What makes two addresses one mailbox: capitals and the space around do not count."""
    return address.strip().casefold()


def mailbox_of(address: str) -> str:
    """What two spellings of one mailbox share: capitals, dots and tags before the @ do not count.
    Two addresses that share it may still be two, so it is for doubting, never for delivering.
    """
    local, at, host = email_key(address).rpartition("@")
    return local.partition("+")[0].replace(".", "") + at + host


def work_email(typed: str, domain: str) -> str:
    """The address in lower case, if it is one of this domain; else an EmailError that says why."""
    _refuse_unseen(typed)
    local, at, host = typed.partition("@")
    if not at or "@" in host or not local or not host:
        raise MalformedEmailError("Write one e-mail address, like name@" + domain + ".")
    if len(typed) > LONGEST or len(local) > LONGEST_LOCAL:
        raise MalformedEmailError("This is too long for an e-mail address.")
    _refuse_domain(host, domain)
    if "+" in local:
        raise TaggedEmailError("Leave out the + and what follows it; write the mailbox itself.")
    if not local.isascii():
        raise LookalikeEmailError("Write the address in plain letters a to z.")
    address = f"{local}@{host}".lower()
    if not _LOCAL.fullmatch(address.partition("@")[0]):
        raise MalformedEmailError(
            "Before the @ there may be letters, digits, hyphens, and dots between them."
        )
    return address


def is_work_email(typed: str, domain: str) -> bool:
    """Whether `work_email` accepts it."""
    try:
        work_email(typed, domain)
    except EmailError:
        return False
    return True


def _refuse_unseen(typed: str) -> None:
    if any(character.isspace() for character in typed):
        raise MalformedEmailError("Take the spaces out of the e-mail address.")
    if any(not character.isprintable() or fold(character) == "" for character in typed):
        raise MalformedEmailError("The address holds a character nobody can see; type it anew.")


def _refuse_domain(host: str, domain: str) -> None:
    """Nothing if `host` is the domain in any capitals; else the error that says what it is."""
    if host.isascii() and host.lower() == domain:
        return
    read = _as_read(host)
    if read == domain or read.rstrip(".") == domain:
        raise LookalikeEmailError(f"This is not {domain}: some letters only look like it.")
    if read.endswith("." + domain):
        raise SubdomainEmailError(f"Use the mailbox at {domain} itself, not at {read}.")
    if read in PERSONAL:
        raise PersonalEmailError(f"Personal e-mail is not allowed; use an address at {domain}.")
    if not _DOMAIN.fullmatch(read):
        raise MalformedEmailError("What stands after the @ is no domain.")
    if _is_close(read, domain):
        raise LookalikeEmailError(f"This only looks like {domain}; check the spelling.")
    raise ForeignEmailError(f"Use an address at {domain}; {read} is not the force's.")


def _as_read(host: str) -> str:
    """The domain as a reader takes it: labels decoded, look-alike letters and capitals folded."""
    labels = [_decoded(label) for label in host.lower().split(".")]
    return "".join(map(fold, ".".join(labels))).lower()


def _decoded(label: str) -> str:
    """The letters of an internationalised label; what cannot be decoded stays as it is."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError):
        return label


def _is_close(read: str, domain: str) -> bool:
    """The force's name within another's domain, or all but a letter of it."""
    from difflib import SequenceMatcher  # whoever reads accounts loads this file, few come here

    plain = read.replace("-", ".")
    if domain in plain or domain.replace(".", "") in plain.replace(".", ""):
        return True
    return SequenceMatcher(None, read, domain, autojunk=False).ratio() >= ALIKE
