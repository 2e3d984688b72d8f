"""A search as SQL on the views. Every piece of it stands in this file, and is taken or left; what
was typed only ever stands for a `$name`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.questions.index import Value

if TYPE_CHECKING:
    from archive.questions.search import Search

VERSIONS = """SELECT v.leaf_index, v.leaf_hash, v.month, v.post_id, v.version, v.account_id,
  v.written_by, v.written_at, v.state, v.state_since, v.text, v.platforms, v.urgency,
  v.policy_version, v.content_hash, v.incident_id, v.corrects_post_id, v.corrects_version,
  v.findings, v.pictures
FROM versions v"""

LEAVES = """SELECT v.leaf_index, v.leaf_hash, v.month, v.type, v."at", v.account_id, v.subject,
  v.post_id, v.version, v.platform, v.actor, v.approver, v.reason, v.text
FROM acts v"""

FOLDED = "lower(strip_accents({}))"
SPACES = r"[\s\x0b\x1c-\x1f\x85\p{Z}]+"
"""Spaces of every kind and ends of lines, as Python's `split` knows them."""

ON_ONE_LINE = f"regexp_replace({FOLDED.format('v.text')}, '{SPACES}', ' ', 'g')"

OF_BOTH = {
    "account": "v.account_id = $account",
    "phrase": f"contains({ON_ONE_LINE}, {FOLDED.format('$phrase')})",
    "regex": "regexp_matches(v.text, $regex, 'i')",
}

OF_VERSIONS = OF_BOTH | {
    "author": "v.written_by = $author",
    "approver": """EXISTS (
    SELECT 1 FROM acts a
    WHERE a.entity IN ('approval', 'post') AND a.account_id = v.account_id
      AND a.post_id = v.post_id AND a.version = v.version AND a.approver = $approver
      AND (a.entity = 'post' OR a.type = 'approval.approved')
  )""",
    "since": "v.written_at >= $since",
    "until": "v.written_at < $until",
    # The list is canonical JSON, and no name of a platform has a quote in it.
    "platform": "contains(v.platforms, '\"' || $platform || '\"')",
    "state": "v.state = $state",
    "rule": """EXISTS (
    SELECT 1 FROM findings f
    WHERE f.account_id = v.account_id AND f.post_id = v.post_id AND f.version = v.version
      AND f.rule = $rule
  )""",
}

OF_LEAVES = OF_BOTH | {
    "author": "v.actor = $author",
    "approver": "v.approver = $approver",
    "since": 'v."at" >= $since',
    "until": 'v."at" < $until',
    "platform": "v.platform = $platform",
    "kind": "starts_with(v.type, $kind)",
    "post": "v.post_id = $post",
}


def compiled(search: "Search") -> tuple[str, dict[str, Value]]:
    """The question and what is given to it."""
    rows, conditions = (LEAVES, OF_LEAVES) if search.is_of_leaves else (VERSIONS, OF_VERSIONS)
    given = {name: _bound(value) for name in conditions if (value := getattr(search, name))}
    words = dict(_numbered(search.text))
    pieces = [conditions[name] for name in given]
    pieces += [_contains(name) for name in words]
    where = "\nWHERE " + "\n  AND ".join(pieces) if pieces else ""
    return f"{rows}{where}\nORDER BY v.leaf_index", given | words


def _numbered(words: tuple[str, ...]) -> Iterator[tuple[str, Value]]:
    for number, word in enumerate(words):
        yield f"word_{number}", word


def _contains(name: str) -> str:
    return f"contains({FOLDED.format('v.text')}, {FOLDED.format(f'${name}')})"


def _bound(value: str | datetime) -> Value:
    """Moments as the copy has them: UTC, and not saying so."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    return value
