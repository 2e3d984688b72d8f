"""A sample drawn once more from the sealed month alone, and held against the one on record.

What is on record of a draw lies in a later month than the one it is of. Where none of the months
that are read speaks of it, only what would be drawn is said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.reading.bags import Reading
from archive.reading.choose_records import Wanted, chosen
from archive.reading.read_record import Record
from archive.sampling.published import published_in
from shared.months.month import Month
from shared.posts.names import AccountId
from shared.recordlog.canonical import JSON
from shared.records.sample_acts import lot_said
from shared.samples.acts import Sampled, subject_of, subject_of_month
from shared.samples.draw import Lot, drawn
from shared.samples.rule import Rule, read_rule
from shared.samples.sample import sample_name


@dataclass(frozen=True)
class Redrawn:
    """What the lot of an account and month draws of what was `published`, by which rule; the leaf
    that says what was drawn then (None: these months hold none), and what is `wrong` with it."""

    lot: Lot
    rule: Rule
    published: frozenset[str]
    posts: tuple[str, ...]
    record: Record | None
    wrong: tuple[str, ...]

    def as_json(self) -> dict[str, JSON]:
        """The answer for a program."""
        return {
            **lot_said(self.lot, self.published),
            "account": self.lot.account,
            "leaf_index": self.record.index if self.record else None,
            "month": str(self.lot.month),
            "posts": list(self.posts),
            "rule": str(self.rule),
            "wrong": list(self.wrong),
        }


def redraw(reading: Reading, month: Month, account: str, usual: Rule) -> Redrawn:
    """Draw again, by the rule on record, or the `usual` one where none is; the month is among those
    that are read. UntrueBagError, BadRuleError."""
    bag = next(each for each in reading.bags if each.month == month)
    lot = Lot(bag.sealed.origin, month, bag.sealed.end, account)
    published = published_in(bag).get(account, frozenset())
    named = subject_of(sample_name(AccountId(account), str(month)))
    record = _first(reading, Sampled.DRAWN, named)
    of_month = _first(reading, Sampled.MONTH_DRAWN, subject_of_month(str(month)))
    said = record or of_month
    rule = read_rule(str(said.payload.get("rule"))) if said else usual
    found = Redrawn(lot, rule, published, drawn(lot, rule, published), record, ())
    wrong = (*_wrong(found), *_wrong_in_month(found, of_month))
    return Redrawn(lot, rule, published, found.posts, record, wrong)


def _first(reading: Reading, happened: Sampled, subject: str) -> Record | None:
    wanted = Wanted(types=(happened.value,))
    found = (each for each in chosen(reading, wanted) if each.envelope.type == happened)
    return next((each for each in found if each.envelope.subject == subject), None)


def _wrong(found: Redrawn) -> Iterator[str]:
    """Where the leaf says something else than the month."""
    if found.record is None:
        return
    said: Mapping[str, JSON] = found.record.payload
    wanted = {**lot_said(found.lot, found.published), "posts": list(found.posts)}
    for name, value in wanted.items():
        if said.get(name) != value:
            yield f"{name}: on record is {said.get(name)}, from the month follows {value}"
    if found.record.envelope.account != found.lot.account:
        yield f"account: on record is {found.record.envelope.account}"


def _wrong_in_month(found: Redrawn, of_month: Record | None) -> Iterator[str]:
    if of_month is None:
        return
    if found.record is None and found.published:
        yield "The month was drawn from to its end, and of this account there is no sample"
    elif found.record is not None and of_month.payload.get("rule") != str(found.rule):
        yield f"rule: on record is {found.rule}, for the month {of_month.payload.get('rule')}"
