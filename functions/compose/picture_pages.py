"""The pages of pictures. GET shows, POST acts."""

from dataclasses import replace

from compose.picture_errors import PictureError
from compose.picture_forms import filled, upload_form
from compose.picture_reading import origin_from_form, sized
from compose.picture_room import FORM, app, now, page, room, visitor
from compose.picture_shown import pictures_view
from compose.picture_translate import translate
from compose.take_in import take_in
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.multipart import Sent, multipart
from shared.http.problems import (
    FieldFault,
    InvalidFieldsError,
    ProblemError,
    TooLargeError,
)
from shared.identity.visitor import Visitor
from shared.pages.parts import FieldError
from shared.posts.names import PictureId
from shared.records.errors import RecordsError


@app.on("/pictures")
def pictures_page(call: Call) -> Answer:
    """Your pictures, newest first."""
    guest = visitor(call, Right.WRITE)
    mine = room().album.pictures.by_uploader(guest.person.person_id, call.query.get("cursor"))
    return page("registry", pictures_view(mine.entries, mine.cursor), guest)


@app.on("/pictures/new")
def new_picture_page(call: Call) -> Answer:
    """The form to bring a picture."""
    return page("form", upload_form(), visitor(call, Right.WRITE))


@app.on("/pictures/new", "POST")
def new_picture_sent(call: Call) -> Answer:
    """Take a picture in, and go on to the post it is for."""
    guest = visitor(call, Right.WRITE)
    sent = multipart(call.header("content-type"), call.body)
    guest.check_form(FORM, next(iter(sent.texts.get("csrf", ())), ""))
    try:
        picture_id = _taken_in(sent, guest)
    except (ProblemError, PictureError, RecordsError) as error:
        return _again(sent, error, guest)
    return see_other(f"/posts/new?picture={picture_id}")


def _taken_in(sent: Sent, guest: Visitor) -> PictureId:
    data = sized(sent.files.get("picture", b""))
    if not data:
        raise InvalidFieldsError((FieldFault("picture", "Choose a picture first."),))
    here, at = room(), now()
    picture_id = PictureId(here.pen.new_post_id(at))
    origin = origin_from_form(sent.texts)
    take_in(data, origin, guest.person, here.bench, picture_id=picture_id, now=at)
    return picture_id


def _again(sent: Sent, error: Exception, guest: Visitor) -> Answer:
    """The form as it was filled in, but for the file, which no browser fills in again."""
    problem = error if isinstance(error, ProblemError) else translate(error)
    if isinstance(problem, TooLargeError):
        problem = InvalidFieldsError((FieldFault("picture", problem.sentence),))
    if not isinstance(problem, InvalidFieldsError):
        raise error
    errors = tuple(FieldError(fault.field, fault.sentence) for fault in problem.faults)
    form = replace(filled(upload_form(), sent.texts), errors=errors)
    return page("form", form, guest, problem.status)
