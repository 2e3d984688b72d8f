"""The pages and the API of follower reviews: all their routes. GET shows, POST acts (P6)."""

from watch.following.room import app, room

__all__ = ["app", "room"]

app.opens(
    {
        "watch.following.review_pages": ("/reviews", "/reviews/{review_id}"),
        "watch.following.reviews_api": (
            "/v1/reviews",
            "/v1/reviews/{review_id}",
            "/v1/reviews/{review_id}/decisions",
            "/v1/reviews/{review_id}/signature",
        ),
    }
)
