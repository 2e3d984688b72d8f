"""A video on its way in: the darkroom as it is asked, and what is left of what was sent."""

import io
import json
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from compose.picture_errors import DarkroomShutError, InvalidOriginError, SpoiltPictureError
from compose.take_in_video import VideoBench, take_in_video
from compose.video_reading import upload_in, video_from_body
from compose.videos import TOO_MUCH, Cleaned, VideoDarkroom
from darkroom.videos import boxes
from shared.accounts.registry import Role
from shared.http.problems import InvalidFieldsError
from shared.posts.capabilities import ALL, LARGEST_VIDEO
from shared.posts.names import PictureId
from shared.posts.pictures import Licence, Origin
from tests.builders import a_person

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
UPLOAD = "01J0000000000000000000000A"
PC = a_person("p-officer", role=Role.OFFICER)
TOLD = {"sha256": "ab", "size": 9, "width": 640, "height": 360, "milliseconds": 2000}
BROKEN = ClientError({"Error": {"Code": "500"}}, "Invoke")


class Lambda:
    """A client that answers what it was told to."""

    def __init__(self, told=None, error=None, function_error=None):
        self.told, self.error, self.function_error = told, error, function_error

    def invoke(self, *, FunctionName, Payload):  # noqa: N803 - boto3's own names
        self.asked = (FunctionName, json.loads(Payload))
        if self.error:
            raise self.error
        answer = {"Payload": io.BytesIO(json.dumps(self.told).encode())}
        return {**answer, "FunctionError": self.function_error} if self.function_error else answer


def clean(client):
    return VideoDarkroom(lambda: client, "videos").clean("https://from", "https://to")


def test_two_addresses_go_there_and_a_clean_video_comes_back():
    client = Lambda(TOLD)

    assert clean(client) == Cleaned(**TOLD)
    assert client.asked == ("videos", {"fetch": "https://from", "lay": "https://to"})


def test_what_is_refused_is_refused_with_its_own_sentence():
    with pytest.raises(SpoiltPictureError, match="Save it as MP4"):
        clean(Lambda({"refused": "webm", "sentence": "Save it as MP4."}))


@pytest.mark.parametrize(
    ("client", "error", "says"),
    [
        (Lambda(error=BROKEN), DarkroomShutError, "does not answer"),
        (
            Lambda({"errorType": "URLError"}, function_error="Unhandled"),
            DarkroomShutError,
            "fetch or lay",
        ),
        (
            Lambda({"errorType": "Sandbox.Timedout"}, function_error="Unhandled"),
            SpoiltPictureError,
            TOO_MUCH,
        ),
    ],
)
def test_a_darkroom_that_fails_says_so_and_one_that_takes_too_long_blames_the_video(
    client, error, says
):
    with pytest.raises(error, match=says):
        clean(client)


class Records:
    """Records, what was handed over, and the darkroom, in one."""

    def __init__(self, error=None, *, cannot_empty=False):
        self.error, self.cannot_empty, self.kept, self.emptied = error, cannot_empty, [], []

    def several(self, _ids):
        return {}

    def keep(self, picture, act):
        self.kept.append((picture, act))

    def addresses(self, person, upload_id, laid_at):
        return f"{person}/{upload_id}", laid_at

    def clean(self, fetch, lay):
        self.asked = (fetch, lay)
        if self.error:
            raise self.error
        return Cleaned(**TOLD)

    def empty(self, person, upload_id):
        self.emptied.append((person, upload_id))
        if self.cannot_empty:
            raise DarkroomShutError("S3")


def taken_in(records, licence=Licence.OWN):
    bench = VideoBench(records, records, records, records)
    named = PictureId("01J0000000000000000000000V")
    return take_in_video(UPLOAD, Origin(licence), PC, bench, picture_id=named, now=NOW)


@pytest.mark.parametrize("cannot_empty", [False, True])
def test_a_video_is_kept_under_our_name_and_what_was_sent_is_emptied(cannot_empty):
    records = Records(cannot_empty=cannot_empty)

    video = taken_in(records)

    [(kept, act)] = records.kept
    assert video == kept
    assert records.asked == (f"p-officer/{UPLOAD}", "pictures/01J0000000000000000000000V.mp4")
    assert (video.is_video, video.milliseconds, video.size) == (True, 2000, 9)
    assert act.payload["milliseconds"] == 2000
    assert records.emptied == [("p-officer", UPLOAD)]


def test_a_refused_video_is_emptied_and_not_kept():
    records = Records(SpoiltPictureError("No."))

    with pytest.raises(SpoiltPictureError):
        taken_in(records)

    assert (records.kept, records.emptied) == ([], [("p-officer", UPLOAD)])


@pytest.mark.parametrize("shut", [True, False])
def test_what_may_be_asked_for_again_is_left(shut):
    records = Records(DarkroomShutError("Shut.") if shut else None)

    with pytest.raises(DarkroomShutError if shut else InvalidOriginError):
        taken_in(records, Licence.OWN if shut else Licence.CC_BY)

    assert (records.kept, records.emptied) == ([], [])


@pytest.mark.parametrize("name", [UPLOAD, f"incoming/p-officer/{UPLOAD}"])
def test_an_upload_is_known_by_the_end_of_its_name(name):
    assert upload_in(name) == UPLOAD


@pytest.mark.parametrize(
    "name", ["", "..", f"{UPLOAD}/", UPLOAD[1:], f"{UPLOAD}\n", "pictures/x.mp4"]
)
def test_what_names_no_upload_is_refused(name):
    with pytest.raises(InvalidFieldsError):
        upload_in(name)


@pytest.mark.parametrize("upload", [None, 7, ["a"], {}])
def test_an_upload_that_is_no_text_is_refused(upload):
    with pytest.raises(InvalidFieldsError):
        video_from_body({"upload": upload, "licence": "own", "shows": "nobody"})


def test_every_place_says_the_same_of_how_much_a_video_may_be():
    longest = [here.videos.most_seconds for here in ALL.values() if here.videos]

    assert LARGEST_VIDEO == boxes.LARGEST == 50_000_000
    assert min(each for each in longest if each) >= boxes.LONGEST == 140
