"""The letters about what others say to our accounts; what was said stands behind their links."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CallsForHelp:
    """To the contact centre and whoever is on duty, at once: what reads like a call for help, each
    by its account, platform and time, with its address there where it has one."""

    addressee: str
    calls: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class MentionsDue:
    """To whoever is there for an account: what should be answered soon, each in a line."""

    addressee: str
    mentions: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class MentionsOverdue:
    """To an approver on duty: what nobody answered in time, each in a line."""

    addressee: str
    mentions: tuple[str, ...]
    link: str
