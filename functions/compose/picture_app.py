"""Pictures and consents, pages and API: all their routes."""

from compose.picture_room import app, room

__all__ = ["app", "room"]

app.opens(
    {
        "compose.consent_pages": (
            "/consents",
            "/consents/mine",
            "/consents/new",
            "/consents/{consent_id}",
        ),
        "compose.consents_api": (
            "/v1/consents",
            "/v1/consents/mine",
            "/v1/consents/{consent_id}",
            "/v1/consents/{consent_id}/posts",
            "/v1/consents/{consent_id}/countersignature",
            "/v1/consents/{consent_id}/withdrawal",
        ),
        "compose.picture_pages": (
            "/pictures",
            "/pictures/new",
        ),
        "compose.pictures_api": (
            "/v1/pictures",
            "/v1/pictures/{picture_id}",
            "/pictures/{picture_id}",
        ),
        "compose.video_pages": (
            "/videos/new",
            "/videos/arrived",
        ),
        "compose.videos_api": (
            "/v1/videos/uploads",
            "/v1/videos",
        ),
    }
)
