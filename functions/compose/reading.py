"""Turns what a browser or a program sent into a draft, or says everything that is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from compose.when import check_window
from compose.wishes import PictureWish, wishes_of
from compose.wordings import card_of, card_typed, check_wordings, thread_of, variants_of
from shared.accounts.registry import Account, Level, Person, Role
from shared.http.fields import Fields
from shared.http.problems import NotFoundError
from shared.policy.verdict import Candidate
from shared.posts.content import Draft, Kind
from shared.posts.errors import InvalidDraftError
from shared.posts.life import Urgency
from shared.posts.localtime import moment_typed
from shared.posts.names import AccountId, PersonId, PlatformName, PostId
from shared.posts.server_limits import NONE_TOLD, ServerLimits
from shared.posts.shortfalls import shortfalls

if TYPE_CHECKING:  # pages are read in by whoever shows one
    from shared.pages.forms import NewForm
    from shared.pages.parts import Typed
    from shared.posts.correction import Correction
    from shared.posts.reply import Reply

_POST_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}", re.ASCII)
_VERSION = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_KEY = re.compile(r"[ -~]{1,100}", re.ASCII)

FORM_SENTENCES = {
    "account": "Choose which account speaks.",
    "platforms": "Choose where the post should go.",
}

KINDS = tuple(kind.value for kind in Kind)
ROLES = tuple(role.value for role in Role)
LEVELS = tuple(level.value for level in Level)
URGENCIES = tuple(urgency.value for urgency in Urgency)
LANGUAGES = ("en-GB", "cy-GB")
"""The two of the form: a force's own area decides which it needs."""

LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Wanted:
    """What an author asks for: the draft, the version it replaces, the key of the request, how soon
    it is wanted, and why it does not wait for a second person, if it is not to. `hands` are author
    and last editor where those are known beforehand, as of a reminder; `pictures` still have to be
    put into the draft (`illustrate`); `correction` is what the draft puts right (`correct`),
    `note_of` the deletion that it tells the public of (`note`), `reply` what it answers."""

    draft: Draft
    replaces: tuple[PostId, int] | None = None
    key: str | None = None
    urgency: Urgency = Urgency.PROMPT
    urgent_reason: str | None = None
    hands: tuple[Person, PersonId | None] | None = None
    pictures: tuple[PictureWish, ...] = ()
    correction: "Correction | None" = None
    note_of: str | None = None
    reply: "Reply | None" = None


def wanted_from_json(body: Mapping[str, Any], key: str | None) -> Wanted:
    """Reads `POST /v1/posts`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    draft = Draft(
        text=fields.text("text"),
        account=AccountId(fields.text("account", longest=100)),
        platforms=tuple(PlatformName(name) for name in fields.words("platforms")),
        kind=Kind(fields.one_of("kind", KINDS, default=Kind.ORIGINAL.value)),
        about=fields.maybe_text("about"),
        language=fields.text("language", default="en-GB", longest=35),
        not_before=fields.maybe_moment("not_before"),
        embargo=fields.flag("embargo"),
        variants=variants_of(fields),
        card=card_of(fields),
        thread=thread_of(fields),
    )
    replaces = _replaced(fields.maybe_text("replaces", longest=60), fields)
    _check_key(key, fields)
    urgency, reason = _urgency(fields)
    pictures = wishes_of(fields)
    note_of = fields.maybe_text("note_of", longest=60)
    fields.done()
    return Wanted(draft, replaces, key, urgency, reason, pictures=pictures, note_of=note_of or None)


def wanted_from_form(form: "NewForm") -> Wanted:
    """Reads the post form; the same faults as the API, plus the London clock's."""
    typed = form.typed
    fields = Fields(
        {
            "text": typed.text,
            "account": typed.account or None,
            "platforms": list(typed.platforms),
            "replaces": typed.replaces or None,
            "urgency": typed.urgency,
            "urgent_reason": typed.urgent_reason.strip() or None,
            "pictures": [{"id": each, "alt": alt} for each, alt in typed.pictures],
            "variants": dict(typed.variants),
            "card": card_typed(typed.card),
            "language": typed.language,
            "thread": list(typed.thread),
        },
        FORM_SENTENCES,
    )
    draft = Draft(
        text=fields.text("text"),
        account=AccountId(fields.text("account", longest=100)),
        platforms=tuple(PlatformName(name) for name in fields.words("platforms")),
        language=fields.one_of("language", LANGUAGES),
        not_before=_moment(typed, fields),
        embargo=typed.embargo,
        variants=variants_of(fields),
        card=card_of(fields),
        thread=thread_of(fields),
    )
    replaces = _replaced(fields.maybe_text("replaces", longest=60), fields)
    _check_key(form.submission, fields)
    urgency, reason = _urgency(fields)
    pictures = wishes_of(fields)
    fields.done()
    return Wanted(draft, replaces, form.submission, urgency, reason, pictures=pictures)


@dataclass(frozen=True)
class Asked:
    """What a check is asked about: the candidate as it was described, and the account whose level
    and circumstances count instead, if one is named."""

    candidate: Candidate
    account: AccountId | None = None


def asked_from_json(body: Mapping[str, Any]) -> Asked:
    """Reads `POST /v1/checks`, in the fields of `bluelamp check`."""
    fields = Fields(body)
    account = fields.maybe_text("account", longest=100)
    candidate = Candidate(
        text=fields.text("text"),
        platforms=fields.words("platforms"),
        author_role=fields.one_of("author_role", ROLES, default="officer"),
        account_level=fields.one_of("account_level", LEVELS, default="neighbourhood"),
        critical_incident=fields.flag("critical_incident"),
        kind=fields.one_of("kind", KINDS, default=Kind.ORIGINAL.value),
        reshare_of=fields.maybe_text("reshare_of", longest=100),
    )
    fields.done()
    return Asked(candidate, AccountId(account) if account is not None else None)


def version_typed(text: str) -> int:
    """The number of a version as an address or a form has it; NotFoundError."""
    if _VERSION.fullmatch(text):
        return int(text)
    raise NotFoundError("There is no such version of this post.")


def reason_from_json(body: Mapping[str, Any]) -> str:
    """Reads `POST /v1/posts/…/withdraw`."""
    fields = Fields(body)
    reason = fields.text("reason", longest=LONGEST_REASON).strip()
    fields.done()
    return reason


def check_draft(
    draft: Draft,
    account: Account,
    now: datetime,
    told: Mapping[PlatformName, ServerLimits] = NONE_TOLD,
    *,
    kind: Kind = Kind.ORIGINAL,
) -> None:
    """What only the registry, the clock and what servers `told` of themselves can tell about a
    draft, which is to be of this `kind`; InvalidDraftError if not so."""
    if not draft.text.strip():
        raise InvalidDraftError("text", "Write something first; the post is empty.")
    if draft.kind is not kind:
        sentence = "Only original posts can be sent from here; reshare or reply on the platform."
        raise InvalidDraftError("kind", sentence)
    for platform in draft.platforms:
        if account.handle(platform) is None:
            known = ", ".join(handle.platform for handle in account.handles) or "none"
            sentence = f"{account.title} has no voice on {platform}; it has: {known}."
            raise InvalidDraftError("platforms", sentence)
    check_window(draft.not_before, now)
    if draft.embargo and draft.not_before is None:
        raise InvalidDraftError("embargo", "Say until when the embargo lasts: a date and a time.")
    check_wordings(draft)
    for short in shortfalls(draft, told):
        if short.stops:
            raise InvalidDraftError("platforms", short.sentence)


def check_urgent(wanted: Wanted) -> None:
    """What goes out at once waits for nothing; InvalidDraftError if it were to."""
    if wanted.urgent_reason and wanted.draft.not_before is not None:
        sentence = "What cannot wait goes out at once. Leave date and time empty, or the reason."
        raise InvalidDraftError("not_before", sentence)


def _urgency(fields: Fields) -> tuple[Urgency, str | None]:
    urgency = fields.one_of("urgency", URGENCIES, default=Urgency.PROMPT.value)
    reason = fields.maybe_text("urgent_reason", longest=LONGEST_REASON)
    if reason is not None and not reason.strip():
        fields.wrong("urgent_reason", "Say why it cannot wait for a second person.")
    return Urgency(urgency), reason


def _moment(typed: "Typed", fields: Fields) -> datetime | None:
    try:
        return moment_typed(typed.date, typed.time)
    except InvalidDraftError as error:
        fields.wrong(error.field, str(error))
        return None


def _replaced(reference: str | None, fields: Fields) -> tuple[PostId, int] | None:
    if reference is None:
        return None
    post_id, _, version = reference.partition("@")
    if _POST_ID.fullmatch(post_id) and _VERSION.fullmatch(version):
        return PostId(post_id), int(version)
    fields.wrong("replaces", "“replaces” must be a post and its version, such as 01J…@1.")
    return None


def _check_key(key: str | None, fields: Fields) -> None:
    if key is not None and not _KEY.fullmatch(key):
        fields.wrong(
            "Idempotency-Key", "The Idempotency-Key must be 1 to 100 printable characters."
        )
