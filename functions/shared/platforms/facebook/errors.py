"""What Facebook's error codes mean in HTTP's own statuses (Graph API, Handling Errors).

Facebook answers 400 to almost everything and says in the body what it was.
"""

import json
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from shared.platforms.wire import Answer

TOKEN = frozenset({102, 190, 463, 467})
"""The access token has ended, was taken back, or never was one."""

LIMITS = frozenset({4, 17, 32, 341, 613})
"""Too many calls: by the application, the user, the Page."""

PASSING = frozenset({1, 2})
"""Unknown error, service down; the act may have been done (Koala issue 699)."""

REPEATED = frozenset({506})
"""The same words as the last post."""

GONE = (100, 33)
"""Code and subcode: no such object, or none that this token may see."""

MINUTE = 60


def code_of(answer: Answer) -> tuple[int, int]:
    """The error's code and subcode; zeros where there is none."""
    error = answer.fields().get("error")
    if not isinstance(error, dict):
        return 0, 0
    return _number(error.get("code")), _number(error.get("error_subcode"))


def as_http(answer: Answer) -> Answer:
    """The answer with the status that its error code means."""
    code, _ = code_of(answer)
    if answer.ok or not code:
        return answer
    if code in TOKEN:
        return replace(answer, status=HTTPStatus.UNAUTHORIZED)
    if code in LIMITS:
        headers = {**answer.headers, **_wait(answer)}
        return replace(answer, status=HTTPStatus.TOO_MANY_REQUESTS, headers=headers)
    if code in PASSING or answer.fields()["error"].get("is_transient") is True:
        return replace(answer, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return answer


def _wait(answer: Answer) -> dict[str, str]:
    """How many seconds to hold off, from the header that counts in minutes."""
    try:
        usage: Any = json.loads(answer.headers.get("x-business-use-case-usage", ""))
        minutes = [
            _number(one.get("estimated_time_to_regain_access"))
            for uses in usage.values()
            for one in uses
        ]
    except (AttributeError, TypeError, ValueError):
        return {}
    longest = max(minutes, default=0)
    return {"retry-after": str(longest * MINUTE)} if longest else {}


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
