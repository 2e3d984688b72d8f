"""A drift with all that is shown of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.accounts.registry import Account
from shared.drift.drift import Drift
from shared.posts.names import PersonId
from shared.recordlog.canonical import JSON


@dataclass(frozen=True)
class DriftCase:
    """`words` is what is sealed of it, opened: None where it was erased."""

    drift: Drift
    account: Account
    words: Mapping[str, JSON] | None = field(default=None, repr=False)
    names: Mapping[PersonId, str] = field(default_factory=dict, repr=False)

    def said(self, name: str) -> str:
        """One thing of what is sealed, such as what stands there; empty where there is none."""
        value = self.words.get(name) if self.words else None
        return str(value) if value else ""

    def name(self, person: PersonId | str) -> str:
        """What a person, or the clock, is called."""
        return self.names.get(PersonId(person), str(person))
