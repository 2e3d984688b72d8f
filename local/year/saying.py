"""A post of a year: it stands on the sandbox, and on record as its workflow leaves it.

The workflow itself takes a second for each post, a year has thousands, and what is looked at here
begins where it ends.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from local.seed import SANDBOX
from local.stack import Stack
from local.year.names import account_of, handle_of, owner_of
from local.year.story import Voice
from shared.posts.acts import Happened
from shared.posts.content import Draft, content_hash
from shared.posts.life import Outcome, Post, State
from shared.records.acts import act_on
from shared.records.afterwards import Afterwards
from shared.records.pen import Pen
from shared.records.publication import KeptReceipt, Publication, step_of

Fields = Mapping[str, Any]
WORDS = "The surgery is at the library, {at:%H:%M on %d %B %Y}. Neighbourhood {number:03}."


def say(stack: Stack, pen: Pen, voice: Voice, said_at: datetime) -> None:
    """The voice posts at this moment, as it should."""
    enter(stack, pen, voice, said_at, stand(stack, voice, said_at))


def stand(stack: Stack, voice: Voice, said_at: datetime) -> Fields:
    """A post of the voice on the sandbox, whoever it is from; as it stands there."""
    text = WORDS.format(at=said_at, number=voice.number)
    fields = {"text": text, "reference": said_at.isoformat()}
    return stack.sandbox.network.post(handle_of(voice.number), fields, stack.sandbox.url).fields


def enter(stack: Stack, pen: Pen, voice: Voice, said_at: datetime, stands: Fields) -> None:
    """On record, with the two leaves that a publication ends with."""
    at, account = said_at.astimezone(UTC), account_of(voice.number)
    draft, url = Draft(str(stands["text"]), account, (SANDBOX,)), str(stands["url"])
    post = Post(
        pen.new_post_id(at),
        1,
        draft,
        content_hash(draft),
        owner_of(voice.number),
        at,
        State.PUBLISHED,
        "2026.11",
    )
    sent = act_on(post, Happened.SENT, at, {"url": url}, target=SANDBOX)
    concluded = act_on(post, Happened.CONCLUDED, at, {})
    publication = Publication(
        post_id=post.post_id,
        version=1,
        platform=SANDBOX,
        account=account,
        content_hash=post.content_hash,
        state=Outcome.SENT,
        key="",
        request={},
        attempts=1,
        claimed_at=at,
        attempted_at=at,
        settled_at=at,
        receipt=KeptReceipt(str(stands["id"]), url, draft.text),
        reason=None,
        trail=(step_of(sent),),
    )
    Afterwards(stack.tables, pen).enter(post, publication, url, (sent, concluded))
