"""The author's pages and API: all their routes."""

from compose.room import app, room

__all__ = ["app", "room"]

app.opens(
    {
        "compose.afterwards_api": ("/v1/posts/afterwards",),
        "compose.afterwards_pages": ("/posts/afterwards",),
        "compose.appeal_pages": ("/appeals", "/appeals/{appeal_id}"),
        "compose.appeals_api": (
            "/v1/appeals",
            "/v1/appeals/{appeal_id}",
            "/v1/appeals/{appeal_id}/close",
            "/v1/appeals/{appeal_id}/copies",
            "/v1/appeals/{appeal_id}/extend",
            "/v1/appeals/{appeal_id}/found",
            "/v1/appeals/{appeal_id}/owner",
        ),
        "compose.correction_pages": ("/corrections/new",),
        "compose.corrections_api": ("/v1/corrections",),
        "compose.note_pages": ("/notes/new",),
        "compose.one_post_pages": ("/posts/{post_id}",),
        "compose.platforms_api": ("/v1/platforms",),
        "compose.post_pages": (
            "/",
            "/posts",
            "/posts/new",
            "/static/{name}",
        ),
        "compose.posts_api": (
            "/openapi.json",
            "/v1/checks",
            "/v1/posts",
            "/v1/posts/{post_id}/{version}/withdraw",
            "/v1/posts/{post_id}",
        ),
        "compose.replies_api": ("/v1/replies",),
        "compose.reply_pages": ("/replies/new",),
        "compose.reminder_routes": (
            "/reminders",
            "/reminders/new",
            "/reminders/{reminder_id}",
            "/reminders/{reminder_id}/change",
            "/v1/reminders",
            "/v1/reminders/{reminder_id}",
            "/v1/reminders/{reminder_id}/pause",
            "/v1/reminders/{reminder_id}/resume",
            "/v1/reminders/{reminder_id}/end",
        ),
    }
)
