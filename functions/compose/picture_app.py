"""Pictures and consents, pages and API: all their routes."""

from compose.consent_pages import (
    consent_page,
    consent_sent,
    consents_page,
    new_consent_page,
    new_consent_sent,
    own_consent_page,
    own_consent_sent,
)
from compose.consents_api import (
    agree_api,
    consent_api,
    consent_posts_api,
    consents_api,
    countersign_api,
    record_consent_api,
    withdraw_consent_api,
)
from compose.picture_pages import new_picture_page, new_picture_sent, pictures_page
from compose.picture_room import app, room
from compose.pictures_api import picture_api, picture_bytes, pictures_api, upload_api

__all__ = [
    "agree_api",
    "app",
    "consent_api",
    "consent_page",
    "consent_posts_api",
    "consent_sent",
    "consents_api",
    "consents_page",
    "countersign_api",
    "new_consent_page",
    "new_consent_sent",
    "new_picture_page",
    "new_picture_sent",
    "own_consent_page",
    "own_consent_sent",
    "picture_api",
    "picture_bytes",
    "pictures_api",
    "pictures_page",
    "record_consent_api",
    "room",
    "upload_api",
    "withdraw_consent_api",
]
