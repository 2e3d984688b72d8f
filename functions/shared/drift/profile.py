"""The face of an account, as it is known to be right and as it is shown: what differs.

A platform that tells less than before has told nothing about the rest: only what it says is
compared. One that answers without any of what it told before has not answered.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from shared.drift.drift import Kind

Profile = Mapping[Kind, str]
"""What an account shows, by kind; a kind that the platform does not tell is not in it."""

FIELDS = (Kind.ACCOUNT, Kind.HANDLE, Kind.NAME, Kind.ABOUT, Kind.PICTURE)

TITLES = {
    Kind.FIRST: "First look",
    Kind.POST: "Post",
    Kind.ACCOUNT: "Number of the account",
    Kind.HANDLE: "Handle",
    Kind.NAME: "Name",
    Kind.ABOUT: "About",
    Kind.PICTURE: "Picture",
}


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it is known to be right."""

    kind: Kind
    before: str
    after: str


def differences(known: Profile, shown: Profile) -> tuple[Difference, ...]:
    """What differs of all that both tell, in the order of FIELDS."""
    both = [kind for kind in FIELDS if kind in known and kind in shown]
    return tuple(
        Difference(kind, known[kind], shown[kind])
        for kind in both
        if _compared(kind, known[kind]) != _compared(kind, shown[kind])
    )


def tells_nothing(known: Profile, shown: Profile) -> bool:
    """Whether an answer has none of the words that it had before: that is no answer."""
    said = [kind for kind in FIELDS if kind is not Kind.ACCOUNT and known.get(kind)]
    return bool(said) and not any(shown.get(kind) for kind in said)


def learnt(known: Profile, shown: Profile) -> Profile:
    """What is known, and what the platform tells for the first time."""
    return {**shown, **known}


def as_words(profile: Profile) -> str:
    """A profile as a person reads it, a line for each thing."""
    told = [(kind, profile[kind]) for kind in FIELDS if profile.get(kind)]
    return "\n".join(f"{TITLES[kind]}: {value}" for kind, value in told)


def _compared(kind: Kind, value: str) -> str:
    """As platforms keep words; handles are the same whatever their capitals."""
    words = unicodedata.normalize("NFC", value).replace("\r\n", "\n").strip()
    return words.removeprefix("@").casefold() if kind is Kind.HANDLE else words
