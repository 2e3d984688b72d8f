"""The pages and the API of what others say: takedowns, mentions and blocks, and what stands on our
accounts that is not from us; all their routes. GET shows, POST acts (P6)."""

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
        "moderate.mention_pages": (
            "/mentions",
            "/mentions/check",
            "/mentions/{mention_id}",
        ),
        "moderate.theme_pages": ("/mentions/themes/{mention_id}",),
        "moderate.mentions_api": (
            "/v1/mentions",
            "/v1/mentions/checks",
            "/v1/mentions/outcomes",
            "/v1/mentions/{mention_id}",
            "/v1/mentions/{mention_id}/outcome",
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
        "moderate.drift_pages": ("/drifts", "/drifts/{drift_id}"),
        "moderate.drifts_api": (
            "/v1/drifts",
            "/v1/drifts/{drift_id}",
            "/v1/drifts/{drift_id}/acknowledge",
            "/v1/drifts/{drift_id}/close",
        ),
    }
)
