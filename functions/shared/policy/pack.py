"""The policy pack: everything a force may change without changing code.

The story: `load` reads the pack's bytes, refuses what is not a pack or is past its last day, and
gives a frozen `Pack` whose `policy_version` names both the version its owner gave it and the
content it has, the weights of the model included. `bundled` is the pack that ships with the code.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import rfc8785

from shared.policy.errors import ExpiredPackError, InvalidPackError, UnknownPlatformError
from shared.policy.fields import Fields
from shared.policy.model import Model, bundled_model
from shared.policy.periods import Period, periods
from shared.policy.phrases import Phrases
from shared.policy.verdict import Candidate, Severity
from shared.posts.counting import Counting, Limit

LEVELS = ("corporate", "lpt", "neighbourhood")
ROLES = ("officer", "pcso", "lpt_commander", "comms", "corporate")
_FORMAT = 1
BUNDLED = Path(__file__).with_name("pack.json")


@dataclass(frozen=True)
class RuleData:
    """Whose rule it is (`source`), and how much its findings weigh: by the case, else the author's
    role, else the account's level, else `usual`."""

    source: str
    usual: Severity
    by_case: Mapping[str, Severity]
    by_role: Mapping[str, Severity]
    by_level: Mapping[str, Severity]


@dataclass(frozen=True)
class Terms:
    """A term list, who answers for it, and the phrases ready to be found."""

    source: str
    listed: tuple[str, ...]
    phrases: Phrases


@dataclass(frozen=True)
class Pack:
    """A force's policy as data, as it stands on `day`; `allowed` hosts by level (`every` is for
    all); `senior` handles, those of `partners` and of `colleagues` in lower case without @."""

    day: date
    version: str
    owner: str
    review_by: date
    expires: date
    most_hashtags: int
    limits: Mapping[str, Limit | None]
    allowed: Mapping[str, tuple[str, ...]]
    shorteners: frozenset[str]
    senior: frozenset[str]
    partners: frozenset[str]
    colleagues: frozenset[str]
    periods: tuple[Period, ...]
    terms: Mapping[str, Terms]
    rules: Mapping[str, RuleData]
    model: Model
    sha256: str

    @property
    def policy_version(self) -> str:
        """The owner's version and the beginning of the content's hash; clearances name it (P1)."""
        return f"{self.version}+{self.sha256[:12]}"

    def limit(self, platform: str) -> Limit | None:
        """How long a post may be there; None where any length is; else UnknownPlatformError."""
        if platform not in self.limits:
            raise UnknownPlatformError(platform)
        return self.limits[platform]

    def rule(self, name: str) -> RuleData:
        """What the pack says of a rule; a rule it is silent on is InvalidPackError."""
        if name not in self.rules:
            raise InvalidPackError(f"rules.{name}", "is missing")
        return self.rules[name]

    def severity(self, rule: str, candidate: Candidate, case: str = "") -> Severity:
        """How much a finding weighs on this candidate."""
        data = self.rule(rule)
        return (
            data.by_case.get(case)
            or data.by_role.get(candidate.author_role)
            or data.by_level.get(candidate.account_level)
            or data.usual
        )

    def term_list(self, name: str) -> Terms:
        """A term list; one the pack does not have is InvalidPackError."""
        if name not in self.terms:
            raise InvalidPackError(f"terms.{name}", "is missing")
        return self.terms[name]

    def hosts(self, level: str) -> tuple[str, ...]:
        """The hosts an account of this level may link to, those below them included."""
        return self.allowed["every"] + self.allowed.get(level, ())

    def period(self) -> Period | None:
        """The time before an election that the day lies in, if any (B22)."""
        return next((one for one in self.periods if one.includes(self.day)), None)

    def is_partner(self, handle: str) -> bool:
        """True for the handle of a body whose posts may be reshared (N22)."""
        return _handle(handle) in self.partners

    def is_colleague(self, handle: str) -> bool:
        """True for a colleague's own handle, which its owner has put on the list (N23)."""
        return _handle(handle) in self.colleagues

    def is_senior(self, handle: str | None) -> bool:
        """True for the handle of an account whose posts may be reshared with any link (X01)."""
        return handle is not None and _handle(handle) in self.senior

    def with_senior(self, handles: Iterable[str]) -> "Pack":
        """The same policy, with the senior accounts of a registry besides its own."""
        return replace(self, senior=self.senior | frozenset(map(_handle, handles)))


@lru_cache(maxsize=2)
def bundled(today: date) -> Pack:
    """The pack that ships with the code, looked at anew each day: a warm function outlives one."""
    return load(BUNDLED.read_bytes(), today)


def load(source: bytes, today: date, model: Model | None = None) -> Pack:
    """A pack from its JSON bytes, with the bundled model unless another is given;
    InvalidPackError names the field that is wrong."""
    pack = read(source, today, model or bundled_model())
    if today > pack.expires:
        raise ExpiredPackError(pack.version, pack.expires, pack.owner)
    return pack


def read(source: bytes, today: date, model: Model) -> Pack:
    """The same, expired or not: what it knows of, not what anybody checks by."""
    try:
        content = json.loads(source)
    except ValueError as error:
        raise InvalidPackError("file", f"is not JSON: {error}") from error
    if not isinstance(content, dict):
        raise InvalidPackError("file", "is not a JSON object")
    fields = Fields(content)
    if fields.number("format") != _FORMAT:
        raise InvalidPackError("format", f"is not {_FORMAT}, the only one this code reads")
    sha256 = hashlib.sha256(rfc8785.dumps(content) + model.sha256.encode()).hexdigest()
    pack = _pack(fields, model, sha256, today)
    fields.nothing_else()
    if pack.review_by > pack.expires:
        raise InvalidPackError("review_by", "is after the day the pack expires")
    return pack


def _pack(fields: Fields, model: Model, sha256: str, today: date) -> Pack:
    return Pack(
        day=today,
        version=fields.word("version"),
        owner=fields.text("owner"),
        review_by=fields.day("review_by"),
        expires=fields.day("expires"),
        most_hashtags=fields.number("most_hashtags"),
        limits={name: _limit(part) for name, part in fields.optional_groups("limits")},
        allowed=_allowed(fields.group("hosts")),
        shorteners=frozenset(fields.hosts("shorteners")),
        senior=_handles(fields, "senior"),
        partners=_handles(fields, "partners"),
        colleagues=_handles(fields, "colleagues"),
        periods=periods(fields),
        terms={name: _terms(part) for name, part in fields.groups("terms")},
        rules={name: _rule(part) for name, part in fields.groups("rules")},
        model=model,
        sha256=sha256,
    )


def _limit(fields: Fields | None) -> Limit | None:
    if fields is None:
        return None
    limit = Limit(
        maximum=fields.number("maximum"),
        counting=Counting(fields.choice("counting", [way.value for way in Counting])),
        url_length=fields.number("url_length") if "url_length" in fields else 23,
        maximum_bytes=fields.number("maximum_bytes") if "maximum_bytes" in fields else None,
    )
    fields.text("source")
    fields.nothing_else()
    return limit


def _allowed(fields: Fields) -> Mapping[str, tuple[str, ...]]:
    allowed = {level: fields.hosts(level) for level in ("every", *LEVELS)}
    fields.nothing_else()
    return allowed


def _terms(fields: Fields) -> Terms:
    listed = fields.texts("phrases")
    try:
        ready = Phrases(listed)
    except ValueError as error:
        raise InvalidPackError(fields.path("phrases"), str(error)) from error
    terms = Terms(fields.text("source"), listed, ready)
    fields.nothing_else()
    return terms


def _rule(fields: Fields) -> RuleData:
    data = RuleData(
        source=fields.text("source"),
        usual=Severity(fields.choice("usual", [one.value for one in Severity])),
        by_case=_severities(fields, "by_case", None),
        by_role=_severities(fields, "by_role", ROLES),
        by_level=_severities(fields, "by_level", LEVELS),
    )
    fields.nothing_else()
    return data


def _severities(fields: Fields, name: str, known: tuple[str, ...] | None) -> Mapping[str, Severity]:
    if name not in fields:
        return {}
    part = fields.group(name)
    if known is not None:
        part.only(known)
    choices = [one.value for one in Severity]
    return {key: Severity(part.choice(key, choices)) for key in part.names()}


def _handles(fields: Fields, name: str) -> frozenset[str]:
    return frozenset(_handle(handle) for handle in fields.texts(name))


def _handle(handle: str) -> str:
    return handle.strip().removeprefix("@").lower()
