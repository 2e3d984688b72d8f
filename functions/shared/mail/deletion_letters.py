"""The letters about deletions; whose words they are about stands behind their links only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DeletionWanted:
    """To an approver on duty: somebody asks that posts of these accounts be taken away, on which
    ground; the words and the decision are behind `link`."""

    addressee: str
    accounts: tuple[str, ...]
    ground: str
    link: str


@dataclass(frozen=True)
class DeletionTold:
    """To whoever asked, whoever wrote it, and the centre where it has to look: how a deletion
    ended (`outcome`, a sentence); `to_review` where it was begun at once."""

    addressee: str
    accounts: tuple[str, ...]
    outcome: str
    link: str
    to_review: bool
