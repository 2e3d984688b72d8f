"""Where a post's links and hashtags stand, in UTF-8 bytes, for Bluesky makes no link by itself.

The server does not check these offsets, so a wrong one would be published wrong.
"""

from shared.posts.richtext import LONGEST_TAG, Span, spans

__all__ = ["LINK", "LONGEST_TAG", "TAG", "facets"]

LINK = "app.bsky.richtext.facet#link"
TAG = "app.bsky.richtext.facet#tag"


def facets(text: str) -> list[dict[str, object]]:
    """Bluesky's facets for `text`, in order, none overlapping another."""
    found: list[dict[str, object]] = []
    at, offset = 0, 0
    for span in spans(text):
        offset += len(text[at : span.start].encode())
        end = offset + len(text[span.start : span.end].encode())
        found.append({"index": {"byteStart": offset, "byteEnd": end}, "features": [_feature(span)]})
        at, offset = span.end, end
    return found


def _feature(span: Span) -> dict[str, str]:
    if span.address:
        return {"$type": LINK, "uri": span.address}
    return {"$type": TAG, "tag": span.tag}
