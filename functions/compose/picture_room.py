"""The picture room: its collaborators, its clock, its application, and who may come in.

A function of its own: it lays pictures into the media bucket and reads them there, and reaches no
platform's key (P7). Strangers' files are opened in the darkroom, which has no rights at all.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from compose.develop import Darkroom
from compose.illustrate import Album
from compose.picture_translate import translate
from compose.settings import PictureSettings
from compose.take_in import Bench
from compose.translate import page_of
from shared.accounts.rights import Right, may
from shared.http.application import Answer, Application, journal
from shared.http.call import Call
from shared.identity.session import NotAllowedError
from shared.identity.visitor import Visitor
from shared.identity.visitor import visitor as behind
from shared.records.consents import Consents
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.pictures import Pictures
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.sessions import Sessions
from shared.records.shelf import Shelf, signing_client
from shared.records.tables import tables
from shared.settings.reading import read

if TYPE_CHECKING:
    from mypy_boto3_lambda.client import LambdaClient
    from mypy_boto3_s3.client import S3Client

    from compose.take_in_video import VideoBench
    from shared.mail.letters import Event, Letter
    from shared.pages.views import View

FORM = "pictures"


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    settings: PictureSettings
    pen: Pen
    people: People
    sessions: Sessions
    album: Album
    posts: Posts
    publications: Publications
    shelf: Shelf
    bench: Bench


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings, pen = read(PictureSettings, os.environ), Pen(secrets.token_bytes)
    kept = tables(settings.table_prefix)
    album = Album(Pictures(kept, pen), Consents(kept, pen))
    shelf = Shelf(s3, settings.media_bucket)
    darkroom = Darkroom(functions, settings.darkroom)
    return Room(
        settings,
        pen,
        People(kept, pen),
        Sessions(kept),
        album,
        Posts(kept, pen),
        Publications(kept, pen),
        shelf,
        Bench(album.pictures, album.consents, darkroom.develop, shelf.lay),
    )


@cache
def video_bench() -> "VideoBench":
    """What taking a video in needs; made when the first comes."""
    from compose.take_in_video import VideoBench
    from compose.videos import Incoming, VideoDarkroom

    settings, album = room().settings, room().album
    incoming = Incoming(s3, settings.incoming_bucket, settings.media_bucket)
    darkroom = VideoDarkroom(functions, settings.video_darkroom)
    return VideoBench(album.pictures, album.consents, incoming, darkroom)


@cache
def s3() -> "S3Client":
    """Where pictures lie; made when the first is asked for."""
    return signing_client()


@cache
def functions() -> "LambdaClient":
    """The way to the darkroom; made when the first picture comes. One attempt: a picture that was
    too much once is too much again."""
    import boto3
    from botocore.config import Config

    patience = Config(connect_timeout=2, read_timeout=21, retries={"total_max_attempts": 1})
    return boto3.client("lambda", config=patience)


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


app = Application("pictures", translate, lambda p: page_of(p, room().settings.sign_in_url))


def visitor(call: Call, right: Right = Right.LOOK) -> Visitor:
    """The visitor behind a request, if they have this right."""
    return behind(call, right, room().sessions, room().people, now())


def require(guest: Visitor, right: Right) -> None:
    """NotAllowedError unless they have this right."""
    answer = may(guest.person, right)
    if not answer.allowed:
        raise NotAllowedError(answer.reason)


def page(name: str, view: "View", guest: Visitor, status: int = 200) -> Answer:
    """A page with its form token, as this visitor sees it."""
    from shared.pages.render import render  # pages are read in by whoever shows one
    from shared.pages.viewer import viewer_of

    seen_by = viewer_of(guest.person, guest.leave_token())
    return Answer(render(name, view, csrf=guest.form_token(FORM), viewer=seen_by), status)


def tell_centre(event: "Event", letters: "Mapping[str, Letter]") -> None:
    """A copy to communications. A letter that does not leave undoes nothing: the list of consents
    shows the same."""
    from shared.mail.errors import MailError
    from shared.mail.everybody import send_to_all
    from shared.mail.send import send, ses_client

    client = ses_client()
    try:
        send_to_all(
            event,
            letters,
            sender=room().settings.mail_from,
            send=lambda message: send(message, client),
            at=now(),
        )
    except MailError:
        journal(app.app_name).warning("no copy of a consent reached communications")
