"""A force whose posts are searched: many versions of all kinds, and what a search should find of
them, worked out without an engine."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from archive.questions.views import EVERYTHING
from shared.records.pen import ulid
from tests.unit.archive.copying import MORNING, Told

ACCOUNTS = ("leek", "ty-mawr", "riverside")
PEOPLE = ("pc-okafor", "pc-hughes", "a-reid")
WORDS = (
    *("Road", "road", "ROAD", "roadworks", "closed", "Tŷ", "ty", "Mawr", "Siân", "Sian", "ŵyl"),
    *("“open”", "it's", "100%", "a_b", "£5", "🚧", "\U0001f469\U0001f3fd\u200d\U0001f692", "❤️"),
    *("Łódź", "e\u0301te", "ΟΔΟΣ", ";--"),
)
SPACES = (" ", " ", "  ", "\n", "\u00a0", "\t")
ENDINGS = {
    "submitted": (),
    "blocked": ("post.blocked",),
    "awaiting_approval": ("approval.asked",),
    "returned": ("approval.asked", "approval.returned"),
    "cleared": ("approval.asked", "approval.approved"),
    "withdrawn": ("post.withdrawn",),
}


@dataclass(frozen=True)
class Version:
    """What is known of one version without asking anybody."""

    leaf: int
    account: str
    author: str
    at: datetime
    text: str
    state: str
    platforms: tuple[str, ...]
    rules: tuple[str, ...]
    approver: str | None


def a_force(versions=60):
    """The acts of a month, and the versions in it."""
    chance, told, made = Random(11), Told(), []  # noqa: S311 - chance that can be had again
    for number in range(versions):
        post_id = ulid(datetime(2026, 10, 1, tzinfo=UTC), number.to_bytes(10, "big"))
        made.append(_a_version(told, f"post:{post_id}@v1", chance))
    return told, made


def _a_version(told, subject, chance):
    account, author, approver = (chance.choice(each) for each in (ACCOUNTS, PEOPLE, PEOPLE))
    seconds = chance.randrange(20 * 24 * 3600)
    pieces = [chance.choice(WORDS) + chance.choice(SPACES) for _ in range(chance.randrange(1, 7))]
    text, state = "".join(pieces), chance.choice(tuple(ENDINGS))
    platforms = tuple(sorted(chance.sample(("bluesky", "mastodon", "x"), chance.randrange(1, 3))))
    rules = tuple(chance.sample(("rumour", "offender_name"), chance.randrange(3)))
    leaf = told.act("post.submitted", subject, seconds, account=account, actor=author, text=text,
                    content_hash="a" * 64, platforms=list(platforms), policy_version="2026-09",
                    findings=[{"rule": each, "severity": "review"} for each in rules])  # fmt: skip
    for later, kind in enumerate(ENDINGS[state], 1):
        decided = approver if kind in {"approval.returned", "approval.approved"} else None
        told.act(kind, subject, seconds + later, account=account, actor=decided or "bluelamp",
                 approver=decided)  # fmt: skip
    return Version(leaf, account, author, MORNING + timedelta(seconds=seconds), text, state,
                   platforms, rules, approver if state == "cleared" else None)  # fmt: skip


def folded(text):
    """Without capitals and accents."""
    plain = unicodedata.normalize("NFD", text)
    kept = "".join(each for each in plain if not unicodedata.category(each).startswith("M"))
    return unicodedata.normalize("NFC", kept).lower()


def fits(version, search, size=EVERYTHING):
    """Whether a search finds a version, as somebody would say who reads them all."""
    words = folded(version.text)
    return (
        version.leaf < size
        and search.account in (None, version.account)
        and search.author in (None, version.author)
        and search.approver in (None, version.approver)
        and search.state in (None, version.state)
        and (search.platform is None or search.platform in version.platforms)
        and (search.rule is None or search.rule in version.rules)
        and (search.since is None or version.at >= search.since)
        and (search.until is None or version.at < search.until)
        and all(folded(word) in words for word in search.text)
        and (search.phrase is None or folded(search.phrase) in re.sub(r"\s+", " ", words))
        and (search.regex is None or bool(re.search(search.regex, version.text, re.IGNORECASE)))
    )
