"""A watched organisation on LinkedIn, as extracts of its documentation and others' programs have it
(tests/platforms/golden/linkedin_reading.json): lookup, network size, social action notifications.
"""

import re
from typing import Any

from tests.platforms.servers.linkedin import (
    AUTHOR,
    HEADERS,
    ORGANISATION,
    LinkedInServer,
    refuse,
)
from tests.platforms.servers.strict import Reply, Request, Route
from tests.platforms.servers.watched import Remark, Watched

RANGE = re.compile(r"\(start:(\d{13}),end:(\d{13})\)")


class LinkedInWatched(Watched, LinkedInServer):
    """One organisation."""

    def routes(self) -> tuple[Route, ...]:
        own = re.compile(f"/rest/organizations/{ORGANISATION}")
        size = re.compile("/rest/networkSizes/urn%3Ali%3Aorganization%3A5515715")
        told = re.compile("/rest/organizationalEntityNotifications")
        return (
            Route("GET", own, "profile", self._organisation, HEADERS),
            Route("GET", size, "size", self._size, HEADERS),
            Route("GET", told, "mentions", self._notifications, HEADERS),
            *super().routes(),
        )

    def _organisation(self, request: Request) -> Reply:
        self._held(request)
        request.parameters()
        fields = {"id": int(ORGANISATION), "localizedName": "Staffordshire Police"}
        return Reply(200, {**fields, "vanityName": "staffspolice", "localizedWebsite": "x"})

    def _size(self, request: Request) -> Reply:
        self._held(request)
        if request.parameters("edgeType") != {"edgeType": "COMPANY_FOLLOWED_BY_MEMBER"}:
            raise refuse(400, "edgeType")
        return Reply(200, {"firstDegreeSize": len(self.followers)})

    def _notifications(self, request: Request) -> Reply:
        self._held(request)
        known = ("q", "actions", "organizationalEntity", "timeRange", "start", "count")
        asked = request.parameters(*known)
        between = RANGE.fullmatch(asked["timeRange"])
        if asked["q"] != "criteria" or asked["organizationalEntity"] != AUTHOR or not between:
            raise refuse(400, "criteria")
        if not set(asked["actions"][5:-1].split(",")) <= {"SHARE_MENTION", "COMMENT", "SHARE"}:
            raise refuse(400, "actions")
        since, until = int(between[1]), int(between[2])
        said = [r for r in self.newest() if since <= int(r.at.timestamp() * 1000) <= until]
        start, count = int(asked["start"]), int(asked["count"])
        page, _ = self.page(said, start, count)
        return Reply(
            200,
            {
                "paging": {"start": start, "count": count},
                "elements": [_notification(remark) for remark in page],
            },
        )


def _notification(remark: Remark) -> dict[str, Any]:
    share = f"urn:li:share:{remark.number}"
    is_comment = remark.answers is not None
    source = f"urn:li:share:{remark.answers}" if is_comment else share
    made = f"urn:li:comment:({source},{remark.number})" if is_comment else share
    said = {"entity": made, "owner": f"urn:li:person:a{remark.by.number}", "text": remark.text}
    return {
        "notificationId": remark.number,
        "organizationalEntity": AUTHOR,
        "action": "COMMENT" if is_comment else "SHARE_MENTION",
        "sourcePost": source,
        "generatedActivity": made,
        "decoratedGeneratedActivity": {"comment" if is_comment else "share": said},
        "lastModifiedAt": int(remark.at.timestamp() * 1000),
    }
