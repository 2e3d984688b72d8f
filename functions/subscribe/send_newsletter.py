"""Every Friday: each reader gets the week's posts, once.

A reader is claimed for the issue before their letter leaves, so that nobody gets it twice, whatever
breaks between; a letter that broke is counted, and not sent again. Who was claimed by an earlier
run is passed over, so the clock may call as often as it takes to reach everybody. The posts of a
week are looked for where somebody waits for them, and not by the calls after everybody was reached.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.mail.errors import MailError
from shared.posts.acts import SYSTEM
from shared.posts.newsletter import Happened, Issue, Item, issue_of
from shared.recordlog.leaf import Act
from shared.records.subscribers import Subscriber
from subscribe.desk import Desk
from subscribe.letters import weekly

PAUSE = 0.08
"""Seconds between two letters; Amazon SES takes fourteen a second of a new sender."""


class LettersUnsentError(Exception):
    """Letters could not be handed over; raising it rings the alarm by name."""


@dataclass(frozen=True)
class Told:
    """How many posts the issue has (none were looked for where nobody waited), how many letters
    left, how many did not, and whether this was everybody."""

    posts: int
    sent: int
    unsent: int
    whole: bool


def send_newsletter(
    desk: Desk,
    items_of: Callable[[Issue], Sequence[Item]],
    clock: Callable[[], datetime],
    pause: Callable[[float], None],
    until: datetime,
) -> Told:
    """Send the issue that is due to whoever has not had it, and stop in time. A week without posts
    has no issue."""
    issue = issue_of(clock())
    items: Sequence[Item] = ()
    sent = unsent = 0
    whole = True
    for reader in _waiting(desk.subscribers.readers(), issue):
        items = items or items_of(issue)
        if not items:
            break
        if clock() >= until:
            whole = False
            break
        if not desk.subscribers.claim(reader, issue.name):
            continue
        try:
            desk.send(weekly(reader, issue, items, desk.sender, clock()))
            sent += 1
        except MailError:
            unsent += 1
        pause(PAUSE)
    told = Told(len(items), sent, unsent, whole)
    if sent or unsent:
        desk.subscribers.note(_act(issue, told, clock()))
    return told


def _waiting(readers: Iterable[Subscriber], issue: Issue) -> Iterator[Subscriber]:
    """Whoever has not had it. Who joined after it was due gets the next one: this one may have gone
    out an hour ago."""
    for reader in readers:
        had_it = reader.issue is not None and reader.issue >= issue.name
        if not had_it and reader.joined_at is not None and reader.joined_at < issue.until:
            yield reader


def _act(issue: Issue, told: Told, now: datetime) -> Act:
    return Act(
        type=Happened.SENT.value,
        account=None,
        subject=issue.subject,
        at=now,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload={"posts": told.posts, "letters": told.sent, "unsent": told.unsent},
    )
