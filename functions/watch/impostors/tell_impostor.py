"""Somebody met an account that could be taken for ours and tells of it (policy F07, S1).

Whoever tells of one that is on record is led to that case; one that was gone is an impostor again,
for a person has seen it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.accounts.errors import HandleError, LinkError
from shared.accounts.handles import handle_name
from shared.accounts.registry import Account, Person
from shared.accounts.weblinks import secure_link
from shared.http.shapes import stamp
from shared.impostors.alike import Ours
from shared.impostors.case import Case, Source, seen_again
from shared.impostors.errors import InvalidCaseError, OursError
from shared.impostors.evidence import LONGEST_ABOUT, Evidence, case_name
from shared.impostors.places import PLACES
from shared.platforms.strangers import line, words
from shared.posts.names import LeafId, PlatformName
from shared.records.impostor_entries import act_of_finding, act_of_step
from shared.records.impostors import Impostors

TOLD = "Somebody told of it."
NO_PLATFORM = "Choose the platform that it is on."
ON_MASTODON = "On Mastodon write the server too, such as name@social.example."
MASTODON = PlatformName("mastodon")


@dataclass(frozen=True)
class Telling:
    """What somebody saw: where, what it is called, its address, and what it says of itself."""

    platform: PlatformName
    handle: str
    url: str = ""
    name: str = ""
    about: str = ""


def tell_impostor(
    telling: Telling, account: Account, by: Person, *, impostors: Impostors, now: datetime
) -> Case:
    """The case, new or the one there is; `account` is the one of ours that it could be taken for.
    InvalidCaseError, ChangedError."""
    checked = _checked(telling, account)
    named = case_name(checked.platform, checked.handle)
    case = Case(
        named,
        account.account_id,
        checked.platform,
        Source.BY_HAND,
        now,
        TOLD,
        LeafId(""),
        by.person_id,
    )
    evidence = Evidence(
        handle=checked.handle,
        seen_at=stamp(now) or "",
        name=checked.name,
        url=checked.url,
        about=checked.about,
    )
    if impostors.find(case, act_of_finding(case, evidence)):
        return case
    return _again(impostors.get(named), by, impostors, now)


def _again(before: Case, by: Person, impostors: Impostors, now: datetime) -> Case:
    after = seen_again(before, now)
    if after is not before:
        seen = replace(after.steps[-1], by=by.person_id)
        after = replace(after, steps=(*after.steps[:-1], seen))
        impostors.advance(before, after, [act_of_step(before, after)])
    return after


def _checked(telling: Telling, account: Account) -> Telling:
    platform = telling.platform
    if platform not in PLACES:
        raise InvalidCaseError("platform", NO_PLATFORM)
    try:
        handle = handle_name(telling.handle).lstrip("@")
    except HandleError as error:
        raise InvalidCaseError("handle", str(error)) from error
    if platform == MASTODON and "@" not in handle:
        raise InvalidCaseError("handle", ON_MASTODON)
    if Ours([account]).owner_of(platform, handle) is not None:
        raise OursError(account.title)
    try:
        url = secure_link(telling.url.strip()) if telling.url.strip() else ""
    except LinkError as error:
        raise InvalidCaseError("url", str(error)) from error
    name, about = line(telling.name), words(telling.about, LONGEST_ABOUT)
    return Telling(platform, handle, url, name, about)
