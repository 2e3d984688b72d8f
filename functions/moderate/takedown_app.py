"""The pages and the API of takedowns and blocks: all their routes. GET shows, POST acts (P6)."""

from moderate.takedown_room import app, room

__all__ = ["app", "room"]

app.opens(
    {
        "moderate.takedown_pages": (
            "/takedowns",
            "/takedowns/new",
            "/takedowns/{takedown_id}",
        ),
        "moderate.takedowns_api": (
            "/v1/takedowns",
            "/v1/takedowns/{takedown_id}",
            "/v1/takedowns/{takedown_id}/appeal",
            "/v1/takedowns/{takedown_id}/appeal/decision",
            "/v1/takedowns/{takedown_id}/by-hand",
        ),
        "moderate.block_pages": (
            "/blocks",
            "/blocks/new",
            "/blocks/{block_id}",
        ),
        "moderate.blocks_api": (
            "/v1/blocks",
            "/v1/blocks/{block_id}",
            "/v1/blocks/{block_id}/lift",
            "/v1/blocks/{block_id}/renew",
            "/v1/blocks/{block_id}/by-hand",
        ),
    }
)
