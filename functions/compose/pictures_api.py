"""The API of pictures, and the pictures themselves. Each parses, calls one deed, answers."""

from compose.picture_reading import check_accept, origin_from_query, picture_from
from compose.picture_room import app, now, room, visitor
from compose.picture_shapes import picture_shape
from compose.take_in import take_in
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer, see_other
from shared.http.call import Call
from shared.posts.names import PictureId

WHILE_LOOKING = {"Cache-Control": "private, max-age=300"}


@app.on("/v1/pictures", "POST")
def upload_api(call: Call) -> Answer:
    """Take a picture in: it is painted anew, and nothing else of the file is kept."""
    guest = visitor(call, Right.WRITE)
    sent, origin = picture_from(call), origin_from_query(call.query)
    here, at = room(), now()
    picture_id = PictureId(here.pen.new_post_id(at))
    picture = take_in(sent, origin, guest.person, here.bench, picture_id=picture_id, now=at)
    return json_answer(picture_shape(picture), 201, Location=f"/v1/pictures/{picture_id}")


@app.on("/v1/pictures")
def pictures_api(call: Call) -> Answer:
    """Pictures you uploaded, newest first."""
    guest = visitor(call)
    mine = room().album.pictures.by_uploader(guest.person.person_id, call.query.get("cursor"))
    return json_answer({"pictures": list(map(picture_shape, mine.entries)), "next": mine.cursor})


@app.on("/v1/pictures/{picture_id}")
def picture_api(call: Call, picture_id: str) -> Answer:
    """What is known of a picture."""
    visitor(call)
    return json_answer(picture_shape(room().album.pictures.get(PictureId(picture_id))))


@app.on("/pictures/{picture_id}")
def picture_bytes(call: Call, picture_id: str) -> Answer:
    """The picture itself, as pages show it; to a video the way, for a few minutes."""
    visitor(call)
    picture = room().album.pictures.get(PictureId(picture_id))
    if picture.is_video:
        return see_other(room().shelf.address(picture.key))
    check_accept(call)
    data = room().shelf.take(picture.key)
    return Answer(data, content_type=picture.content_type, headers=WHILE_LOOKING)
