"""What is wrong with an entry, every fault at once, each with its field and what to do.

`account_faults` and `person_faults` look at an entry by itself; `opening_faults` at what an account
needs beyond that before it may speak; `hierarchy.link_faults` at the entries it speaks of.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from shared.accounts import checklist
from shared.accounts.emails import work_email
from shared.accounts.errors import Fault, RegistryError
from shared.accounts.force import Force
from shared.accounts.handles import MOST, handle_keys, handle_name, names_of
from shared.accounts.mobiles import mobile_number
from shared.accounts.registry import Account, AccountKind, ApprovalMode, Level, Person
from shared.accounts.rights import CENTRE
from shared.accounts.weblinks import force_page, secure_link, service_url
from shared.posts.lookalikes import is_unseen

LONGEST_TITLE = 100
LONGEST_WORDS = 500
LONGEST_RHYTHM = 24 * 31
"""From hourly to monthly (D28)."""
MOST_PEOPLE = 200
LONGEST_ID = 64

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_PLATFORM = re.compile(r"[a-z][a-z0-9-]{0,31}", re.ASCII)


def account_faults(account: Account, force: Force) -> tuple[Fault, ...]:
    """What no account may be without or hold, from the day it is asked for."""
    return (
        *_id_fault("account_id", account.account_id),
        *_words("title", account.title, LONGEST_TITLE),
        *_words("area", account.area, LONGEST_TITLE),
        *_words("purpose", account.purpose, LONGEST_WORDS),
        *_words("audience", account.audience, LONGEST_WORDS),
        *_refused("email", lambda: work_email(account.email, force.domain)),
        *_link_faults(account, force),
        *_name_faults(account),
        *_people_faults(account),
        *_standing_faults(account),
    )


def opening_faults(account: Account) -> tuple[Fault, ...]:
    """What an account still lacks before it may speak."""
    return (*_unfilled(account), *_unseen(account), *_unverified(account))


def _unfilled(account: Account) -> Iterator[Fault]:
    for name in ("purpose", "audience", "force_page", "house_rules"):
        if not getattr(account, name):
            yield Fault(name, f"Fill in the {name.replace('_', ' ')} first.")
    if account.review_date is None:
        yield Fault("review_date", "Say when this account is looked at again.")
    if not account.handles and account.kind is not AccountKind.INTERNAL_ONLY:
        yield Fault("handles", "Give the account a name on some platform.")


def _unseen(account: Account) -> Iterator[Fault]:
    missing = checklist.REQUIRED - account.checklist
    if account.level is Level.CORPORATE:  # there is no level above it to link to
        missing -= {checklist.Item.LEVELS_LINKED}
    for item in sorted(missing):
        yield Fault("checklist", f"Not seen yet: {checklist.ASKS[item]}")


def _unverified(account: Account) -> Iterator[Fault]:
    verified = {two_step.platform for two_step in account.two_step}
    for handle in account.handles:
        if handle.platform not in verified:
            sentence = f"Switch on two-step verification on {handle.platform} and record the day."
            yield Fault("two_step", sentence)


def person_faults(person: Person, force: Force) -> tuple[Fault, ...]:
    """What no person may be without before they are given access (A15)."""
    return (
        *_id_fault("person_id", person.person_id),
        *_words("name", person.name, LONGEST_TITLE),
        *(_words("rank", person.rank, LONGEST_TITLE) if person.rank else ()),
        *_refused("email", lambda: work_email(person.email, force.domain)),
        *_refused("mobile", lambda: mobile_number(person.mobile)),
        *_leave_faults(person),
        *_senior_faults(person),
    )


def _id_fault(field: str, value: str) -> Iterator[Fault]:
    if not _ID.fullmatch(value) or len(value) > LONGEST_ID:
        sentence = f"Use lower-case letters, digits and single hyphens, {LONGEST_ID} at most."
        yield Fault(field, sentence)


def _words(field: str, value: str, most: int) -> Iterator[Fault]:
    if not value.strip():
        yield Fault(field, f"Fill in the {field}.")
    elif len(value) > most:
        yield Fault(field, f"The {field} has {len(value)} characters; {most} is the most.")
    elif value != value.strip() or any(not c.isprintable() or is_unseen(c) for c in value):
        sentence = f"Take the space around the {field} and the unseen characters out of it."
        yield Fault(field, sentence)


def _refused(field: str, rule: Callable[[], str]) -> Iterator[Fault]:
    try:
        rule()
    except RegistryError as refused:
        yield Fault(field, str(refused))


def _link_faults(account: Account, force: Force) -> Iterator[Fault]:
    if account.force_page:
        yield from _refused("force_page", lambda: force_page(account.force_page, force.domain))
    if account.house_rules:
        yield from _refused("house_rules", lambda: secure_link(account.house_rules))


def _name_faults(account: Account) -> Iterator[Fault]:
    held = names_of(account)
    if len(held) > MOST:
        yield Fault("handles", f"An account holds at most {MOST} names on platforms.")
    for number, name in enumerate(held):
        field = "handles" if number < len(account.handles) else "reserved_names"
        if not _PLATFORM.fullmatch(name.platform):
            yield Fault(field, f"There is no platform {name.platform!a}.")
        try:
            handle_name(name.name)
        except RegistryError as refused:
            yield Fault(field, str(refused))
    for handle in account.handles:
        yield from _refused("handles", partial(service_url, handle.service))
    yield from _repeated_names(account)
    for two_step in account.two_step:
        if account.handle(two_step.platform) is None:
            yield Fault("two_step", f"The account has no name on {two_step.platform}.")


def _repeated_names(account: Account) -> Iterator[Fault]:
    for key, times in Counter(handle_keys(account)).items():
        if times > 1:
            sentence = f"{key.replace('#', ' ')} is here more than once."
            yield Fault("handles", sentence)
    for platform, times in Counter(handle.platform for handle in account.handles).items():
        if times > 1:
            yield Fault("handles", f"An account speaks under one name on {platform}, not {times}.")


def _people_faults(account: Account) -> Iterator[Fault]:
    if not account.owner:
        yield Fault("owner", "Say who owns the account.")
    if len(account.team) > MOST_PEOPLE:
        yield Fault("members", f"An account has at most {MOST_PEOPLE} people.")
    if account.level is Level.LPT and not account.communications_manager:
        sentence = "A local policing team has a communications manager; name one (A04)."
        yield Fault("communications_manager", sentence)


def _standing_faults(account: Account) -> Iterator[Fault]:
    if account.approval_mode is ApprovalMode.NONE and account.level is not Level.CORPORATE:
        yield Fault("approval_mode", "Only a corporate account may post without approval.")
    hours = account.rhythm_hours
    if hours is not None and not 1 <= hours <= LONGEST_RHYTHM:
        yield Fault("rhythm_hours", f"Give the rhythm in hours, from 1 to {LONGEST_RHYTHM}.")
    if account.level is Level.CORPORATE and account.parent is not None:
        yield Fault("parent", "A corporate account has no level above it.")
    if account.level is not Level.CORPORATE and account.parent is None:
        above = "corporate" if account.level is Level.LPT else "local policing team's"
        yield Fault("parent", f"Name the {above} account this one belongs to (A21).")


def _leave_faults(person: Person) -> Iterator[Fault]:
    for leave in person.leave:
        if leave.last_day < leave.first_day:
            yield Fault("leave", "Leave cannot end before it begins.")
        if leave.cover == person.person_id:
            yield Fault("leave", "Nobody covers for themselves; name somebody else.")


def _senior_faults(person: Person) -> Iterator[Fault]:
    if person.senior and person.role not in CENTRE:
        yield Fault("senior", "Only communications staff can be senior approvers.")
