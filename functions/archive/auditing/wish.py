"""What somebody asks of sealed months: a search or a fixed question, from one month to another.

    {"from": "2026-09", "to": "2026-10", "text": "road closed", "account": "leek-npt"}
    {"from": "2026-10", "to": "2026-10", "question": "own_approvals"}

Months are those that things were logged in; `since` and `until` may narrow them, and are told
wherever nobody did. Every other field is a text, as `Search.read` or the fixed question takes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from archive.auditing.errors import WrongWishError
from archive.questions.answer import asked_fixed
from archive.questions.errors import BadSearchError
from archive.questions.pack import fixed
from archive.questions.search import MOST_MONTHS, Search
from archive.questions.search_fields import READERS, moment, stamp
from shared.months.errors import BadMonthError
from shared.months.month import DECEMBER, Month, read_month

SEARCH = "search"
FROM, TO, QUESTION, AS_OF = "from", "to", "question", "as_of"
OF_ALL = frozenset({"since", "until", AS_OF})
"""Fields that every question has."""

MOST_FIELDS, LONGEST = 30, 1_000
MONTH = "Write the month as 2026-10."


@dataclass(frozen=True)
class Wish:
    """`name` is `search` or a fixed question's; `fields` is all that was said besides, `since` and
    `until` always among them."""

    name: str
    first: Month
    last: Month
    fields: Mapping[str, str]

    @property
    def since(self) -> datetime:
        """The first moment that is asked about."""
        return moment("since", self.fields["since"])

    @property
    def until(self) -> datetime:
        """The first moment that is not asked about any more."""
        return moment("until", self.fields["until"])

    @property
    def given(self) -> dict[str, str]:
        """Those that only this question has."""
        return {name: each for name, each in self.fields.items() if name not in OF_ALL}

    @property
    def asks(self) -> dict[str, str]:
        """All of its fields, as they stand on record."""
        return {QUESTION: self.name, **self.fields}


def wish_in(said: Mapping[str, object]) -> Wish:
    """What was asked, its months and its shape judged; WrongWishError for the first field that is
    wrong, BadSearchError, NoSuchQuestionError."""
    if len(said) > MOST_FIELDS:
        raise WrongWishError("", f"A question has {MOST_FIELDS} fields at most.")
    typed = {name: _text(name, value) for name, value in said.items() if value is not None}
    texts = {name: each for name, each in typed.items() if each}
    first, last = _month(FROM, texts.pop(FROM, "")), _month(TO, texts.pop(TO, ""))
    _require_range(first, last)
    name = texts.pop(QUESTION, SEARCH)
    wish = Wish(name, first, last, _bounded(texts, first, last))
    if name == SEARCH:
        Search.read(wish.fields, span=(first.begins, last.ends))
    else:
        asked_fixed(fixed(name), wish.since, wish.until, wish.given)
    return wish


def wish_of(asks: Mapping[str, str], first: Month, last: Month) -> Wish:
    """The same question as it stands on record."""
    fields = {name: value for name, value in asks.items() if name != QUESTION}
    return Wish(asks[QUESTION], first, last, fields)


def known_as(typed: str) -> datetime | int:
    """A size of the log, or a moment; BadSearchError."""
    found: datetime | int = READERS[AS_OF](typed)
    return found


def _bounded(texts: dict[str, str], first: Month, last: Month) -> dict[str, str]:
    """With the moments between which is asked, which must be within the months."""
    sides = {"since": first.begins, "until": last.ends}
    for side, usual in sides.items():
        at = moment(side, texts[side]) if side in texts else usual
        if not first.begins <= at <= last.ends:
            raise WrongWishError(side, f"“{side}” has to lie within the months {first} to {last}.")
        texts[side] = stamp(at)
    if AS_OF in texts:
        known_as(texts[AS_OF])
    if texts["since"] >= texts["until"]:
        raise BadSearchError("until", "The end has to be later than the beginning.")
    return texts


def _text(name: str, value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > LONGEST:
        raise WrongWishError(
            str(name)[:60], f"“{str(name)[:60]}” must be a text of {LONGEST:,} characters at most."
        )
    try:
        value.encode()
    except UnicodeEncodeError:
        raise WrongWishError(
            str(name)[:60], f"“{str(name)[:60]}” has a broken character. Type it anew."
        ) from None
    return value.strip()


def _month(field: str, typed: str) -> Month:
    try:
        return read_month(typed)
    except BadMonthError:
        raise WrongWishError(field, MONTH) from None


def _require_range(first: Month, last: Month) -> None:
    months = (last.year - first.year) * DECEMBER + last.number - first.number + 1
    if months < 1:
        raise WrongWishError(TO, "The last month has to be the first, or a later one.")
    if months > MOST_MONTHS:
        raise WrongWishError(
            TO, f"Ask about {MOST_MONTHS} months at most, and several times for more."
        )
