"""The API of videos: ask where to hand one over, hand it over to S3, say whose it is."""

from compose.picture_room import app, now, room, video_bench, visitor
from compose.picture_shapes import picture_shape
from compose.take_in_video import take_in_video
from compose.video_reading import type_from_body, video_from_body
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.shapes import stamp
from shared.posts.capabilities import LARGEST_VIDEO
from shared.posts.content import VIDEO
from shared.posts.names import PictureId


@app.on("/v1/videos/uploads", "POST")
def video_upload_api(call: Call) -> Answer:
    """Where one video can be handed over, by a form with these fields and the file last."""
    guest, at = visitor(call, Right.WRITE), now()
    type_from_body(call.json())
    upload_id = room().pen.new_post_id(at)
    way = video_bench().incoming.handover(guest.person.person_id, upload_id, at)
    told = {
        "upload": way.upload_id,
        "address": way.address,
        "fields": dict(way.fields),
        "file_field": "file",
        "content_type": VIDEO,
        "most_bytes": LARGEST_VIDEO,
        "ends_at": stamp(way.ends_at),
    }
    return json_answer(told, 201)


@app.on("/v1/videos", "POST")
def take_in_video_api(call: Call) -> Answer:
    """Take in a video that was handed over: it is cleaned, and nothing else of the file is kept."""
    guest, at = visitor(call, Right.WRITE), now()
    upload_id, origin = video_from_body(call.json())
    picture_id = PictureId(room().pen.new_post_id(at))
    video = take_in_video(
        upload_id, origin, guest.person, video_bench(), picture_id=picture_id, now=at
    )
    return json_answer(picture_shape(video), 201, Location=f"/v1/pictures/{picture_id}")
