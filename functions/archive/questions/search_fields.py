"""The fields of a search as they are typed: each is read, or refused with a sentence that says what
to do; and what all of them together may ask for.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from archive.questions.bound_regex import MOST, work_of
from archive.questions.errors import BadSearchError
from shared.posts.life import State
from shared.recordlog.canonical import JSON

if TYPE_CHECKING:
    from archive.questions.search import Search

MOST_WORDS = 12
LONGEST_TEXT = 500
LONGEST_REGEX = 200
LONGEST_NUMBER = 15
A_MONTH = timedelta(days=31)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_RULE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_POST = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", re.ASCII)
_KIND = re.compile(r"[a-z][a-z_]*(?:\.[a-z_]*)?", re.ASCII)
LONGEST_NAME = 64

NAME = "“{typed}” is no name of the registry. Write it as its page does, such as {such}."
BARE = (
    "Nothing but a time was said. Say an account, a person or a word as well, or ask about a month "
    "at most."
)


def spelt(search: "Search") -> dict[str, JSON]:
    """What is looked for, by field, as it can be typed again."""
    said = {each.name: getattr(search, each.name) for each in fields(search)}
    return {name: _typed(value) for name, value in said.items() if value not in (None, ())}


def stamp(moment: datetime) -> str:
    """RFC 3339, UTC, with milliseconds."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def require_bounded(
    search: "Search", span: tuple[datetime, datetime] | None, most_months: int
) -> None:
    """BadSearchError unless it asks about a range that can be read, and about something in it."""
    since, until = search.since, search.until
    if span is None:
        if since is None or until is None:
            field = "since" if since is None else "until"
            raise BadSearchError(field, "Say from when until when, as 2026-10-01 and 2026-11-01.")
    else:
        since, until = since or span[0], until or span[1]
    if since >= until:
        raise BadSearchError("until", "The end has to be later than the beginning.")
    if until - since > most_months * A_MONTH:
        raise BadSearchError(
            "since", f"Ask about {most_months} months at most, and several times for more."
        )
    if search.is_bare and until - since > A_MONTH:
        raise BadSearchError("text", BARE)
    if search.is_of_leaves and (search.state or search.rule):
        field = "state" if search.state else "rule"
        other = "kind" if search.kind else "post"
        raise BadSearchError(
            field, f"Versions of posts have a {field}, and leaves have none. Leave out the {other}."
        )


def unknown(field: str) -> str:
    """That there is no such field, and which there are."""
    return f"There is no field “{field[:40]}”. There are: {', '.join(sorted(READERS))}."


def moment(field: str, typed: str) -> datetime:
    """A moment with its zone, or a day: its midnight in UTC; BadSearchError."""
    try:
        if len(typed) == len("2026-10-01"):
            return datetime.combine(date.fromisoformat(typed), time(), UTC)
        at = datetime.fromisoformat(typed)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise BadSearchError(
        field, f"“{typed[:40]}” is no moment. Write it as 2026-10-01 or 2026-10-01T09:00Z."
    )


def _typed(value: Any) -> JSON:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, tuple):
        return " ".join(value)
    found: JSON = value
    return found


def _moment_of(field: str) -> Callable[[str], datetime]:
    return lambda typed: moment(field, typed)


def _named(field: str, pattern: re.Pattern[str], such: str) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if len(typed) > LONGEST_NAME or not pattern.fullmatch(typed):
            raise BadSearchError(field, NAME.format(typed=typed[:40], such=such))
        return typed

    return read


def _state(typed: str) -> str:
    if typed not in set(State):
        said = ", ".join(each.value for each in State)
        raise BadSearchError("state", f"No version stands at “{typed[:40]}”. Choose of: {said}.")
    return typed


def _post(typed: str) -> str:
    if not _POST.fullmatch(typed):
        raise BadSearchError("post", "This is no id of a post. It has 26 signs, as its page shows.")
    return typed


def _words(typed: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(_phrase("text", typed).split()))
    if len(words) > MOST_WORDS:
        raise BadSearchError("text", f"Look for {MOST_WORDS} words at most, or for a phrase.")
    for each in words:
        _require_letters("text", each)
    return words


def _phrase(field: str, typed: str) -> str:
    if len(typed) > LONGEST_TEXT:
        raise BadSearchError(field, f"Look for {LONGEST_TEXT} characters at most.")
    _require_encodable(field, typed)
    _require_letters(field, typed)
    return " ".join(typed.split())


def _regex(typed: str) -> str:
    """No longer and no more work than it may be; whether RE2 takes it, only RE2 can say
    (`Index.require_regex`)."""
    if len(typed) > LONGEST_REGEX:
        raise BadSearchError("regex", f"Write {LONGEST_REGEX} characters at most.")
    _require_encodable("regex", typed)
    if work_of(typed) > MOST:
        raise BadSearchError("regex", "This would take too long. Let it repeat less in its braces.")
    return typed


def _require_encodable(field: str, typed: str) -> None:
    try:
        typed.encode()
    except UnicodeEncodeError as error:
        raise BadSearchError(field, "A character of it is broken. Type it anew.") from error


def _require_letters(field: str, typed: str) -> None:
    """Accents make no difference, so of accents alone nothing is left."""
    if all(unicodedata.category(each).startswith("M") for each in typed if not each.isspace()):
        raise BadSearchError(field, "Accents alone are found everywhere. Give a letter with them.")


def _size_or_moment(typed: str) -> datetime | int:
    if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER:
        return int(typed)
    return moment("as_of", typed)


READERS: Mapping[str, Callable[[str], Any]] = {
    "account": _named("account", _ID, "leek-neighbourhood"),
    "author": _named("author", _ID, "pc-hughes"),
    "approver": _named("approver", _ID, "pc-hughes"),
    "since": _moment_of("since"),
    "until": _moment_of("until"),
    "platform": _named("platform", _ID, "mastodon"),
    "state": _state,
    "rule": _named("rule", _RULE, "offender_name"),
    "text": _words,
    "phrase": lambda typed: _phrase("phrase", typed),
    "regex": _regex,
    "kind": _named("kind", _KIND, "deletion. or post.submitted"),
    "post": _post,
    "as_of": _size_or_moment,
}
"""How each field is read; what is typed is neither empty nor has space around it."""
