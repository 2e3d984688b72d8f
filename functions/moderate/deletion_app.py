"""The pages and the API of deletions: all their routes. GET shows, POST acts (P6)."""

from moderate.deletion_room import app, room

__all__ = ["app", "room"]

app.opens(
    {
        "moderate.deletion_pages": (
            "/deletions",
            "/deletions/new",
            "/deletions/{deletion_id}",
        ),
        "moderate.deletions_api": (
            "/v1/deletions",
            "/v1/deletions/{deletion_id}",
            "/v1/deletions/{deletion_id}/decision",
            "/v1/deletions/{deletion_id}/review",
            "/v1/deletions/{deletion_id}/by-hand",
        ),
        "moderate.exception_pages": ("/exceptions", "/exceptions/{exception_id}"),
        "moderate.exceptions_api": (
            "/v1/exceptions",
            "/v1/exceptions/{exception_id}",
            "/v1/exceptions/{exception_id}/close",
        ),
    }
)
