"""The sandbox's public face: its timeline and each post as a plain page."""

from collections.abc import Iterable
from html import escape

from local.sandbox.audience import Remark
from local.sandbox.posted import Posted


def timeline_page(posts: Iterable[Posted]) -> str:
    """Newest first."""
    articles = "".join(_article(post) for post in posts)
    return _page("Sandbox timeline", articles or "<p>Nothing has been posted yet.</p>")


def post_page(post: Posted) -> str:
    """One post."""
    return _page(f"{post.account} on the sandbox", _article(post))


def remark_page(remark: Remark | None) -> tuple[int, str]:
    """Status and page of what somebody said."""
    if remark is None:
        return 404, _page("Nothing here", "<p>There is no such comment, or it is hidden.</p>")
    said = f'<p style="white-space:pre-wrap">{escape(remark.text)}</p>'
    return 200, _page(f"{remark.by.name} on the sandbox", said)


def _article(post: Posted) -> str:
    pictures = "".join(f"<p>[picture: {escape(p['alt'])}]</p>" for p in post.pictures)
    moment = f"{post.created_at:%d %B %Y, %H:%M:%S} UTC"
    return (
        f'<article lang="{escape(post.language)}"><h2>{escape(post.account)}</h2>'
        f'<p style="white-space:pre-wrap">{escape(post.text)}</p>{pictures}'
        f'<p><a href="/posts/{escape(post.post_id)}">{moment}</a></p></article>'
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title></head><body><main><h1>{escape(title)}</h1>{body}"
        "</main></body></html>"
    )
