"""A letter is built, then handed to Amazon SES (API version 2).

The story: `compose_mail` fills an event's templates into a MIME letter with a plain and an HTML
part; a value that is missing stops it, and so does one that would break out of a header. `send`
is at most three attempts of at most seven seconds each; its outcome is an id or one MailError.
A letter that was sent twice does no harm, so an unknown outcome may be tried again.

Every letter carries its tags, by which what the mail service tells of it later is understood: its
event, and the hash of its approval link where it has one. They are no part of what leaves.
"""

import re
import unicodedata
from copy import copy
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shared.mail.errors import RefusedMailError, UnsafeLetterError, UnsentMailError
from shared.mail.letters import LETTER_OF_EVENT, ApprovalWanted, Event, Letter
from shared.mail.links import token_sha256
from shared.posts import localtime

if TYPE_CHECKING:
    from jinja2 import Environment
    from mypy_boto3_sesv2 import SESV2Client

PATIENCE = Config(
    connect_timeout=2,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 3},
)

TAGS = "X-SES-MESSAGE-TAGS"
"""The mail service's own name for them; `send` takes them off and hands them over beside it."""

LINK_TAG, EVENT_TAG = "link", "event"

_TAG = re.compile(r"([A-Za-z0-9_-]{1,256})=([A-Za-z0-9_-]{1,256})")
"""All the mail service takes; an event's name and a hash are never more."""

_NOT_NOW = frozenset({"TooManyRequestsException", "LimitExceededException", "ThrottlingException"})
_TOO_MANY_REQUESTS = 429
_SERVER_FAULT = 500


def compose_mail(
    event: Event, to: str, letter: Letter, *, sender: str, at: datetime
) -> EmailMessage:
    """The letter of an event, dated `at`; `to` and `sender` are bare addresses.

    Raises UnsafeLetterError; TypeError if the letter is not of the event's kind.
    """
    if type(letter) is not LETTER_OF_EVENT[event]:
        raise TypeError(f"A letter of {event.value} is not a {type(letter).__name__}.")
    _web_address(letter.link)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("Bluelamp", addr_spec=_address(sender))
    message["To"] = Address(addr_spec=_address(to))
    message["Subject"] = _one_line(_fill(event, "subject.txt", letter, at).strip())
    message["Date"] = at
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "en-GB"
    message[TAGS] = ", ".join(f"{name}={value}" for name, value in _tags(event, letter).items())
    message.set_content(_fill(event, "body.txt", letter, at), cte="quoted-printable")
    message.add_alternative(
        _fill(event, "body.html", letter, at), subtype="html", cte="quoted-printable"
    )
    return message


def ses_client() -> "SESV2Client":
    """A client that gives up in time; keep it, it is costly to make."""
    return boto3.client("sesv2", config=PATIENCE)


def send(message: EmailMessage, client: "SESV2Client") -> str:
    """The mail service's id of the letter it took. Raises RefusedMailError or UnsentMailError."""
    bare = copy(message)
    del bare[TAGS]
    try:
        answer = client.send_email(
            FromEmailAddress=str(message["From"]),
            Destination={"ToAddresses": [str(message["To"])]},
            Content={"Raw": {"Data": bare.as_bytes()}},
            EmailTags=[
                {"Name": name, "Value": value}
                for name, value in _TAG.findall(str(message.get(TAGS, "")))
            ],
        )
    except ClientError as error:
        raise _meaning(error) from error
    except BotoCoreError as error:
        raise UnsentMailError(f"The mail service did not answer: {error}") from error
    return answer["MessageId"]


def _tags(event: Event, letter: Letter) -> dict[str, str]:
    tags = {EVENT_TAG: event.value}
    if isinstance(letter, ApprovalWanted):
        # The hash finds the link's row and opens nothing.
        tags[LINK_TAG] = token_sha256(letter.link.rpartition("/")[2])
    return tags


def _address(text: str) -> str:
    name, at_sign, host = _one_line(text).rpartition("@")
    plain = text.isascii() and not any(c in text for c in ' ,;:<>()[]"\\')
    if not (name and at_sign and host and plain and "@" not in name):
        raise UnsafeLetterError("A letter needs one plain e-mail address.")
    return text


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")) or len(text.split()) != 1:
        raise UnsafeLetterError("The link of a letter has to be one whole web address.")
    return _one_line(text)


def _one_line(text: str) -> str:
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in text):
        raise UnsafeLetterError("A header of a letter may hold no line break or hidden character.")
    return text


def _fill(event: Event, part: str, letter: Letter, at: datetime) -> str:
    template = _environment().get_template(f"{event.value}/{part}")
    filled = template.render(letter=letter, at=at)
    # Half a surrogate pair can come in through JSON and cannot go out as UTF-8.
    return filled.encode("utf-8", "replace").decode("utf-8")


@cache
def _environment() -> "Environment":
    # Only the functions that write a letter pay for the template engine.
    from jinja2 import (
        Environment,
        PackageLoader,
        StrictUndefined,
        select_autoescape,
    )

    environment = Environment(
        loader=PackageLoader("shared.mail"),
        autoescape=select_autoescape(enabled_extensions=("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters.update(moment=localtime.moment_text, flat=_flat)
    environment.globals.update(by=localtime.deadline_text)
    return environment


def _flat(text: str) -> str:
    """On one line, so that nobody's name can add lines of its own to a plain letter."""
    return " ".join(text.split())


def _meaning(error: ClientError) -> RefusedMailError | UnsentMailError:
    code = error.response["Error"].get("Code", "unknown")
    status = error.response["ResponseMetadata"].get("HTTPStatusCode", 0)
    if code in _NOT_NOW or status == _TOO_MANY_REQUESTS or status >= _SERVER_FAULT:
        return UnsentMailError(f"The mail service is busy ({code}).")
    return RefusedMailError(code, error.response["Error"].get("Message", ""))
