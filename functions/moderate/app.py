"""The approver's pages and API: all their routes. GET shows, POST acts (P6)."""

from moderate.room import app, room

__all__ = ["app", "room"]

app.opens(
    {
        "moderate.approval_pages": ("/approvals/{link}",),
        "moderate.approval_pictures": ("/approvals/{link}/pictures/{number}",),
        "moderate.approvals_api": (
            "/v1/approvals/{post_id}/{version}",
            "/v1/approvals/{post_id}/{version}/decision",
        ),
        "moderate.erasures_api": (
            "/v1/erasures",
            "/v1/erasures/{erasure_id}",
            "/v1/erasures/{erasure_id}/decision",
        ),
        "moderate.erasures_pages": (
            "/erasures",
            "/erasures/new",
            "/erasures/{erasure_id}",
        ),
        "moderate.held_api": (
            "/v1/held",
            "/v1/held/{post_id}/{version}/review",
        ),
        "moderate.held_pages": (
            "/held",
            "/held/{name}",
        ),
        "moderate.incident_pages": (
            "/incidents",
            "/incidents/new",
            "/incidents/{incident_id}",
        ),
        "moderate.incidents_api": (
            "/v1/incidents",
            "/v1/incidents/{incident_id}",
            "/v1/incidents/{incident_id}/stand-down",
            "/v1/incidents/{incident_id}/exempt",
            "/v1/incidents/{incident_id}/report",
        ),
        "moderate.legal_holds_api": (
            "/v1/holds",
            "/v1/holds/{hold_id}",
            "/v1/holds/{hold_id}/decision",
            "/v1/holds/{hold_id}/release",
        ),
        "moderate.legal_holds_pages": (
            "/holds",
            "/holds/new",
            "/holds/{hold_id}",
        ),
        "moderate.disposals_api": (
            "/v1/disposals",
            "/v1/disposals/{disposal_id}",
            "/v1/disposals/{disposal_id}/decision",
        ),
        "moderate.disposals_pages": (
            "/disposals",
            "/disposals/new",
            "/disposals/{disposal_id}",
        ),
        "moderate.queue_api": (
            "/v1/approvals",
            "/v1/approvals/decisions",
            "/v1/approvals/statistics",
        ),
        "moderate.queue_pages": ("/approvals",),
        "moderate.uncertain_api": (
            "/v1/uncertain",
            "/v1/uncertain/{post_id}/{version}/{platform}",
        ),
        "moderate.uncertain_pages": (
            "/uncertain",
            "/uncertain/{post_id}/{version}/{platform}",
        ),
        "moderate.urgent_api": (
            "/v1/urgent",
            "/v1/urgent/{post_id}/{version}/review",
        ),
        "moderate.urgent_pages": (
            "/urgent",
            "/urgent/{name}",
        ),
    }
)
