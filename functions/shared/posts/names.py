"""Names that mean something, so that one kind of string is not passed for another."""

from typing import NewType

PostId = NewType("PostId", str)
"""ULID of a post, 26 characters; all versions of a post share it."""

AccountId = NewType("AccountId", str)
"""Registry key of an account: lower-case letters, digits and hyphens."""

PersonId = NewType("PersonId", str)
"""Registry key of a person; never an e-mail address."""

PlatformName = NewType("PlatformName", str)
"""x, facebook, bluesky, mastodon, linkedin, viva-engage, feed or sandbox."""

ContentHash = NewType("ContentHash", str)
"""Lower-case hexadecimal SHA-256 of a draft's canonical bytes (`content.content_hash`)."""

LeafId = NewType("LeafId", str)
"""ULID of one leaf of the record log."""

IncidentId = NewType("IncidentId", str)
"""ULID of a critical incident."""

ReminderId = NewType("ReminderId", str)
"""ULID of a reminder: a series of posts for a regular event."""

PictureId = NewType("PictureId", str)
"""ULID of a picture as it was painted anew."""

ConsentId = NewType("ConsentId", str)
"""ULID of a consent, or `staff-` and the person who agreed to be shown."""

ErasureId = NewType("ErasureId", str)
"""ULID of an erasure: that sealed text of one leaf shall go."""

LegalHoldId = NewType("LegalHoldId", str)
"""ULID of a legal hold: that months, or what is about somebody, shall be kept."""

DisposalId = NewType("DisposalId", str)
"""ULID of a disposal: that a sealed month which has outlived its time shall go."""

QuestionId = NewType("QuestionId", str)
"""ULID of a question that somebody asked of sealed months."""

ProofId = NewType("ProofId", str)
"""ULID of what somebody wants proved of sealed months."""
