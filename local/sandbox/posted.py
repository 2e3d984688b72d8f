"""A post as the sandbox keeps and shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Posted:
    """One post as it stands: `reference` is whatever its sender calls it."""

    post_id: str
    account: str
    text: str
    reference: str
    language: str
    kind: str
    about: str | None
    pictures: tuple[dict[str, str], ...]
    created_at: datetime
    answers: str | None = None

    def as_fields(self, base: str) -> dict[str, Any]:
        """JSON-ready, with its public address under `base`."""
        return {
            "id": self.post_id,
            "url": f"{base}/posts/{self.post_id}",
            "account": self.account,
            "text": self.text,
            "reference": self.reference,
            "language": self.language,
            "kind": self.kind,
            "about": self.about,
            "pictures": list(self.pictures),
            "created_at": self.created_at.isoformat(),
            "answers": self.answers,
        }
