"""The pages of videos: a form that goes straight to S3 and comes back, then whose the video is.

No script is needed: S3 itself leads the browser back. GET shows, POST acts.
"""

from dataclasses import replace
from urllib.parse import urlsplit

from compose.picture_errors import PictureError
from compose.picture_forms import filled, handover_form, video_form
from compose.picture_reading import origin_from_form
from compose.picture_room import FORM, app, now, page, room, video_bench, visitor
from compose.picture_translate import translate
from compose.take_in_video import take_in_video
from compose.video_reading import upload_from_form, upload_in
from shared.accounts.rights import Right
from shared.http.application import PAGE_POLICY, Answer, see_other
from shared.http.call import Call
from shared.http.problems import InvalidFieldsError, ProblemError
from shared.pages.parts import FieldError
from shared.posts.names import PictureId
from shared.records.errors import RecordsError

BACK = "/videos/arrived"


@app.on("/videos/new")
def new_video_page(call: Call) -> Answer:
    """The form that hands a video over; it may go to that one bucket, and to no other place."""
    guest, at = visitor(call, Right.WRITE), now()
    upload_id = room().pen.new_post_id(at)
    back = f"{room().settings.base_url}{BACK}"
    way = video_bench().incoming.handover(guest.person.person_id, upload_id, at, back)
    answer = page("form", handover_form(way.address, way.fields), guest)
    place = urlsplit(way.address)
    policy = PAGE_POLICY.replace(
        "form-action 'self'", f"form-action 'self' {place.scheme}://{place.netloc}"
    )
    return replace(answer, headers={**answer.headers, "Content-Security-Policy": policy})


@app.on(BACK)
def video_arrived_page(call: Call) -> Answer:
    """Whose the video is that was just handed over; S3 says which one it was."""
    guest = visitor(call, Right.WRITE)
    return page("form", video_form(upload_in(call.query.get("key", ""))), guest)


@app.on(BACK, "POST")
def video_arrived_sent(call: Call) -> Answer:
    """Take the video in, and go on to the post it is for."""
    guest, sent, at = visitor(call, Right.WRITE), call.form(), now()
    guest.check_form(FORM, next(iter(sent.get("csrf", ())), ""))
    upload_id = upload_from_form(sent)
    picture_id = PictureId(room().pen.new_post_id(at))
    try:
        origin = origin_from_form(sent)
        bench = video_bench()
        take_in_video(upload_id, origin, guest.person, bench, picture_id=picture_id, now=at)
    except (ProblemError, PictureError, RecordsError) as error:
        problem = error if isinstance(error, ProblemError) else translate(error)
        if not isinstance(problem, InvalidFieldsError):
            raise
        errors = tuple(FieldError(fault.field, fault.sentence) for fault in problem.faults)
        form = replace(filled(video_form(upload_id), sent), errors=errors)
        return page("form", form, guest, problem.status)
    return see_other(f"/posts/new?picture={picture_id}")
