"""The pictures of a post that waits, for whoever may decide about it: by link, or signed in.

An approver sees exactly what would go out; a link shows the pictures of its own post only, and as
long as it may be used.
"""

from moderate.approval_pages import door_of
from moderate.by_link import check_link
from moderate.room import app, now, shelf
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError

WHILE_READING = {"Cache-Control": "private, max-age=300"}


@app.on("/approvals/{link}/pictures/{number}")
def approval_picture(call: Call, link: str, number: str) -> Answer:
    """One picture of the post, as it would go out; to a video the way, for a few minutes."""
    door = door_of(call, link)
    if door.link:
        check_link(door.link, door.approval, now())
    shown = {str(place): media for place, media in enumerate(door.post.draft.media, 1)}
    if number not in shown:
        raise NotFoundError("This post has no such picture.")
    media = shown[number]
    if media.is_video:
        return see_other(shelf().address(media.key))
    return Answer(shelf().take(media.key), content_type=media.content_type, headers=WHILE_READING)
