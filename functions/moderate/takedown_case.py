"""A takedown with all that is shown of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.accounts.registry import Account
from shared.posts.names import PersonId
from shared.posts.takedown import Takedown
from shared.recordlog.canonical import JSON


@dataclass(frozen=True)
class Case:
    """`evidence` and `appealed` are what is sealed in their leaves, opened: None where nothing is
    there yet, or where it was erased."""

    takedown: Takedown
    account: Account
    evidence: Mapping[str, JSON] | None = field(default=None, repr=False)
    appealed: Mapping[str, JSON] | None = field(default=None, repr=False)
    names: Mapping[PersonId, str] = field(default_factory=dict, repr=False)

    def name(self, person: PersonId) -> str:
        """What a person is called."""
        return self.names.get(person, str(person))
