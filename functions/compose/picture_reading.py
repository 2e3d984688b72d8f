"""Turns what came about a picture or a consent into what is meant, or says what is wrong with it.

The API sends the picture itself as the body, and what is to be said of it in the query; a page
sends a form with a file in it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from compose.keep_consent import Form
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.problems import BadRequestError, TooLargeError, UnsupportedTypeError
from shared.posts.consents import LONGEST_PURPOSE, LONGEST_REFERENCE, staff_consent_id
from shared.posts.names import ConsentId, PersonId
from shared.posts.pictures import (
    LONGEST_CREDIT,
    LONGEST_SOURCE,
    MOST_CONSENTS,
    Licence,
    Origin,
    Shows,
)

LARGEST = 4_400_000
"""Bytes of what is sent: in base64, as the gateway hands it on, the most that a function is given
(ADR 0017)."""

TOO_LARGE = "The picture has more than 4.4 MB. Save it smaller, 2,048 pixels wide, and send that."
VIDEO = "A video goes another way: POST /v1/videos/uploads tells where to."
SHOWN_TYPES = frozenset(
    {
        *("image/png", "image/jpeg", "image/jxl", "image/avif", "image/webp"),
        *("image/apng", "image/svg+xml", "image/gif", "image/heic"),
    }
)
"""What must come first in Accept, so that the gateway gives out bytes and not base64: the same as
in the template. Browsers put first what they were last taught."""

LICENCES = tuple(each.value for each in Licence)
SHOWN = tuple(each.value for each in Shows)
_ULID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}", re.ASCII)
_COMMAS = re.compile(r"[\s,;]+")


def picture_from(call: Call) -> bytes:
    """The body of `POST /v1/pictures`; UnsupportedTypeError, TooLargeError."""
    given = call.header("content-type").split(";")[0].strip().lower()
    if given.startswith("video/"):
        raise UnsupportedTypeError(VIDEO)
    if not given.startswith("image/"):
        raise UnsupportedTypeError(f"Send the picture itself, as image/jpeg, not {given or 'so'}.")
    return sized(call.body)


def sized(data: bytes) -> bytes:
    """What was sent, if it is no more than can be carried; TooLargeError."""
    if len(data) > LARGEST:
        raise TooLargeError(TOO_LARGE)
    return data


def check_accept(call: Call) -> None:
    """BadRequestError unless a picture was asked for: the gateway would hand out base64."""
    first = call.header("accept").split(",")[0].split(";")[0].strip().lower()
    if first not in SHOWN_TYPES:
        raise BadRequestError("Ask for the picture itself: Accept: image/jpeg, or look at a page.")


def origin_from_query(query: Mapping[str, str]) -> Origin:
    """What is said of a picture in the query; InvalidFieldsError names every fault."""
    said: dict[str, Any] = dict(query)
    said["consents"] = [each for each in _COMMAS.split(said.pop("consents", "")) if each]
    if "ai_generated" in said:
        known = {"true": True, "false": False}
        said["ai_generated"] = known.get(said["ai_generated"], said["ai_generated"])
    return origin_of(said)


def origin_from_form(texts: Mapping[str, Sequence[str]]) -> Origin:
    """What is said of a picture in the form."""
    said: dict[str, Any] = {
        name: next(iter(texts.get(name, ())), "") for name in ("source", "credit", "purpose")
    }
    said["licence"] = next(iter(texts.get("licence", ())), None)
    said["shows"] = next(iter(texts.get("shows", ())), None)
    written = " ".join(texts.get("consents", ()))
    said["consents"] = [each for each in _COMMAS.split(written) if each]
    said["ai_generated"] = "yes" in texts.get("ai_generated", ())
    return origin_of(said)


SENTENCES = {
    "licence": "Say by what right the force uses the picture.",
    "shows": "Say who can be recognised in it.",
}


def origin_of(said: Mapping[str, Any]) -> Origin:
    """What is said of a picture, field by field; InvalidFieldsError."""
    fields = Fields(said, SENTENCES)
    named = fields.maybe_texts("consents", longest=100, most=MOST_CONSENTS) or ()
    origin = Origin(
        licence=Licence(fields.one_of("licence", LICENCES)),
        source=fields.text("source", default="", longest=LONGEST_SOURCE),
        credit=fields.text("credit", default="", longest=LONGEST_CREDIT),
        shows=Shows(fields.one_of("shows", SHOWN)),
        consents=tuple(map(consent_named, named)),
        purpose=fields.text("purpose", default="", longest=LONGEST_SOURCE),
        ai_generated=fields.flag("ai_generated"),
    )
    fields.done()
    return origin


def consent_named(name: str) -> ConsentId:
    """A consent as somebody names it: by its id, or by the colleague whose own it is."""
    if _ULID.fullmatch(name) or name.startswith("staff-"):
        return ConsentId(name)
    return staff_consent_id(PersonId(name))


def form_from(body: Mapping[str, Any]) -> Form:
    """A signed form, as API and page tell of it."""
    fields = Fields(body)
    form = Form(
        reference=fields.text("reference", longest=LONGEST_REFERENCE),
        purpose=fields.text("purpose", longest=LONGEST_PURPOSE),
        given_on=fields.day("given_on"),
        guardian=fields.flag("guardian"),
    )
    fields.done()
    return form


def check_agreed(body: Mapping[str, Any]) -> None:
    """InvalidFieldsError unless it says that somebody agrees."""
    fields = Fields(body)
    if not fields.flag("agree"):
        fields.wrong("agree", "Say that you agree: “agree” must be true.")
    fields.done()


def check_empty(body: Mapping[str, Any]) -> None:
    """InvalidFieldsError for what says more than it can."""
    Fields(body).done()


def why_from(body: Mapping[str, Any]) -> str:
    """Why a consent was taken back."""
    fields = Fields(body)
    why = fields.text("why", longest=LONGEST_PURPOSE)
    fields.done()
    return why
