"""Whatever is due is claimed, then told: one letter a person, with all that is theirs.

That telling begins is on record before the letter leaves (`shared.records.notices`), and that it
left afterwards: what reached nobody, the next morning tells. What stands is told once a morning,
however often the clock or a retry calls.

MorningError
└── NobodyToTellError   something is due and nobody is there to be told; raising it rings the alarm
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.accounts.acts import Happened
from shared.mail.digest import Matter, gathered
from shared.mail.everybody import Send, send_each
from shared.mail.letters import Event
from shared.posts.localtime import local
from shared.records.notices import Notices
from watch.morning.due import Due, act_of

MOST_LINES = 60
"""In one letter; a force that begins with us has hundreds of things due on the first morning."""


class MorningError(Exception):
    """Root of what keeps the morning's letters from being whole."""


class NobodyToTellError(MorningError):
    """Something is due, and nobody is there to be told."""

    def __init__(self, notices: Iterable[str]) -> None:
        super().__init__("Nobody can be told of these; put somebody on duty: " + ", ".join(notices))


@dataclass(frozen=True)
class Post:
    """How letters leave."""

    notices: Notices
    base_url: str
    sender: str
    send: Send


def tell(office: Post, dues: Iterable[Due], now: datetime, standing: Iterable[Matter] = ()) -> int:
    """How many dues somebody was told of now, beside what is told every morning; the last MailError
    if one of them reached nobody, or none of the letters left, and NobodyToTellError if there is
    nobody to reach."""
    found = _untold(office.notices, dues)
    ours = _ours(office.notices, tuple(_fitting(found)))
    stands = _not_told_today(office.notices, tuple(standing), now)
    matters = (*stands, *(each.matter for each in ours))
    letters = gathered(matters, f"{office.base_url}/")
    posted = send_each(Event.MORNING, letters, sender=office.sender, send=office.send, at=now)
    told = [d for d in ours if any(p.email in posted.arrived for p in d.matter.to)]
    office.notices.told((each.notice_id for each in told), now)
    if stands and posted.arrived:
        office.notices.told([_morning(now)], now)
    if posted.failed is not None and (len(told) < len(ours) or not posted.arrived):
        raise posted.failed
    if nobody := [each.notice_id for each in found if not each.matter.to]:
        raise NobodyToTellError(nobody)
    return len(told)


def _not_told_today(
    notices: Notices, standing: tuple[Matter, ...], now: datetime
) -> tuple[Matter, ...]:
    """What stands, unless this morning's letters told it."""
    if not standing:
        return ()
    act = act_of(Happened.MORNING_TOLD, _morning(now), now, None, {"matters": len(standing)})
    return standing if notices.begin(_morning(now), act) else ()


def _morning(now: datetime) -> str:
    return f"morning:{local(now).date()}"


def _untold(notices: Notices, dues: Iterable[Due]) -> tuple[Due, ...]:
    """Those that nobody was told of, found in few calls, for most of them somebody was."""
    found = {each.notice_id: each for each in dues}
    known = notices.several(found)
    return tuple(due for name, due in found.items() if name not in known or not known[name].told)


def _fitting(dues: Iterable[Due]) -> Iterator[Due]:
    """As many as fit into the letters of everybody they are for, the first ones first; the others
    wait for another morning, as far as they may."""
    lines: Counter[str] = Counter()
    for due in dues:
        addresses = {person.email for person in due.matter.to}
        fits = all(lines[address] < MOST_LINES for address in addresses)
        if addresses and (fits or not due.may_wait):
            lines.update(addresses)
            yield due


def _ours(notices: Notices, dues: Sequence[Due]) -> list[Due]:
    """Those that nobody else tells. Whose entry somebody works on just now waits for tomorrow."""
    also = {due.notice_id: due.also for due in dues}
    begun = notices.begin_each(((due.notice_id, due.act) for due in dues), also)
    return [due for due in dues if due.notice_id in begun]
