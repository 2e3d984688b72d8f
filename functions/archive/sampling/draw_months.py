"""Every sealed month is drawn from once, account by account; who is killed goes on the next day.

The lot hangs on the month's signed note, and what there is to draw from is read from the month
itself: nothing is asked of the tables but through whose hands a post went. A month that was sealed
long ago, before anybody sampled, is left alone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from archive.reading.bags import Bags
from archive.reading.sealed_bag import Bag
from archive.sampling.published import published_in
from shared.months.month import Month
from shared.posts.names import AccountId, PersonId, PostId
from shared.recordlog.canonical import JSON
from shared.records.notices import Notices
from shared.records.sample_acts import act_of_draw, act_on_month
from shared.records.samples import Samples
from shared.records.snapshot import Snapshots
from shared.samples.acts import Sampled, subject_of_month
from shared.samples.draw import Lot, drawn
from shared.samples.rule import Rule
from shared.samples.sample import Drawn, Sample, sample_name

RECENT = 3
"""The newest sealed months, which are drawn from if they were not."""


@dataclass(frozen=True)
class Desk:
    """Months as they were sealed, records, and by which rule is drawn."""

    bags: Bags
    samples: Samples
    notices: Notices
    snapshots: Snapshots
    rule: Rule


def drawn_notice(month: Month) -> str:
    """How it is known that a month was drawn from."""
    return f"{subject_of_month(str(month))}/drawn"


def draw_months(
    desk: Desk, sealed: Iterable[Month], now: datetime, *, is_time: Callable[[], bool]
) -> tuple[Month, ...]:
    """The months that were drawn from to their end now; UntrueBagError, NoMonthError. No account
    is begun once it is not time any more."""
    return tuple(
        month
        for month in sorted(sealed)
        if not desk.notices.was_told(drawn_notice(month)) and _draw(desk, month, now, is_time)
    )


def _draw(desk: Desk, month: Month, now: datetime, is_time: Callable[[], bool]) -> bool:
    bag = desk.bags.bag(month)
    published, known = published_in(bag), set(desk.samples.ids_of_month(str(month)))
    for account, names in published.items():
        if sample_name(AccountId(account), str(month)) in known:
            continue
        if not is_time():
            return False
        _draw_account(desk, bag, AccountId(account), names, now)
    said: dict[str, JSON] = {
        "accounts": len(published),
        "bag": bag.sealed.bag,
        "rule": str(desk.rule),
    }
    act = act_on_month(str(month), Sampled.MONTH_DRAWN, now, said)
    desk.notices.begin(drawn_notice(month), act)
    desk.notices.told([drawn_notice(month)], now)
    return True


def _draw_account(
    desk: Desk, bag: Bag, account: AccountId, names: frozenset[str], now: datetime
) -> None:
    lot = Lot(bag.sealed.origin, bag.month, bag.sealed.end, account)
    versions = [_version(name) for name in drawn(lot, desk.rule, names)]
    hands = _hands(desk.snapshots, versions)
    posts = (
        Drawn(number, *version, hands=hands[version[0]])
        for number, version in enumerate(versions, 1)
    )
    sample = Sample(account, str(bag.month), now, len(names), str(desk.rule), tuple(posts))
    desk.samples.draw(sample, act_of_draw(sample, lot, names))


def _version(name: str) -> tuple[PostId, int]:
    post_id, _, version = name.partition("@v")
    return PostId(post_id), int(version)


def _hands(
    snapshots: Snapshots, versions: list[tuple[PostId, int]]
) -> Mapping[PostId, frozenset[PersonId]]:
    """Who wrote, changed or decided about each post, in this version or one before it."""
    wanted = [(post, number) for post, last in versions for number in range(1, last + 1)]
    found = snapshots.read(posts=wanted, approvals=wanted)
    hands: dict[PostId, set[PersonId]] = {post: set() for post, _ in versions}
    for post in found.posts.values():
        reviewed_by = post.urgent_review.by if post.urgent_review else None
        hands[post.post_id] |= {each for each in (post.author, post.editor, reviewed_by) if each}
    for approval in found.approvals.values():
        if approval.ruling:
            hands[approval.post_id].add(approval.ruling.by)
    return {post: frozenset(people) for post, people in hands.items()}
