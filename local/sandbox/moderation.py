"""What an account may do about what others say to it: hide, delete and report a comment, and block
who wrote it. A person who is blocked says nothing more; what is hidden stands, out of sight.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from local.sandbox.audience import Audience, Remark
from local.sandbox.replies import Reply, refusal

MOST_REPORTED = 1_000
"""Characters of a report."""

NOTHING = refusal(404, "not_found", "There is no such comment.")


@dataclass(frozen=True)
class Report:
    """What an account told whoever runs the sandbox about a comment."""

    account: str
    remark_id: str
    why: str


class Moderation:
    """About the remarks of one audience."""

    def __init__(self, audience: Audience, reports: list[Report]) -> None:
        self._audience = audience
        self._reports = reports

    def find(
        self, method: str, path: list[str], fields: Mapping[str, Any], base: str
    ) -> tuple[str, Callable[[str], Reply]] | None:
        """What a request asks for, as faults call it, and how it is done for an account."""
        match method, path:
            case "GET", ["comments", name]:
                return "comment", lambda who: self.comment(who, name, base)
            case "PUT", ["comments", name]:
                return "hide", lambda who: self.hide(who, name, fields, base)
            case "DELETE", ["comments", name]:
                return "delete-comment", lambda who: self.delete(who, name)
            case "POST", ["comments", name, "reports"]:
                return "report", lambda who: self.report(who, name, fields)
            case "GET", ["blocks", name]:
                return "blocked", lambda who: self.blocked(who, name)
            case "PUT" | "DELETE", ["blocks", name]:
                return "block", lambda who: self.block(who, name, whether=method == "PUT")
        return None

    def comment(self, account: str, remark_id: str, base: str) -> Reply:
        """One comment, hidden or not."""
        found = self._audience.said(account, remark_id)
        return Reply(200, found.as_fields(base)) if found else NOTHING

    def hide(self, account: str, remark_id: str, fields: Mapping[str, Any], base: str) -> Reply:
        """Out of sight, or back."""
        hidden = fields.get("hidden")
        if not isinstance(hidden, bool):
            return refusal(422, "hidden", "Say whether it is to be hidden.")
        found: Remark | None = self._audience.hide(account, remark_id, hidden=hidden)
        return Reply(200, found.as_fields(base)) if found else NOTHING

    def delete(self, account: str, remark_id: str) -> Reply:
        """Away for good."""
        return Reply(204) if self._audience.unsay(account, remark_id) else NOTHING

    def report(self, account: str, remark_id: str, fields: Mapping[str, Any]) -> Reply:
        """Told to whoever runs the sandbox."""
        why = fields.get("why")
        if self._audience.said(account, remark_id) is None:
            return NOTHING
        if not isinstance(why, str) or not why.strip() or len(why) > MOST_REPORTED:
            return refusal(422, "why", f"Say why, in at most {MOST_REPORTED} characters.")
        self._reports.append(Report(account, remark_id, why))
        return Reply(201, {"reported": remark_id})

    def blocked(self, account: str, actor_id: str) -> Reply:
        """Whether somebody is blocked."""
        return Reply(200, {"blocked": self._audience.is_blocked(account, actor_id)})

    def block(self, account: str, actor_id: str, *, whether: bool) -> Reply:
        """Keep somebody out, or let them in again."""
        self._audience.block(account, actor_id, whether=whether)
        return Reply(200, {"blocked": whether})
