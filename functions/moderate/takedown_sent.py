"""What comes back from the forms of takedowns and blocks; InvalidTakedownError names a field."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from moderate import keep_block
from moderate.ask_takedown import Wish
from moderate.decide_appeal import Choice, Heard
from moderate.takedown_by_hand import Deeds
from moderate.takedown_forms import TURNED_DOWN, UPHELD
from moderate.takedown_shapes import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_WHY, LONGEST_WORDS
from shared.pages.forms import Fields, first, lines
from shared.posts.errors import InvalidTakedownError
from shared.posts.names import AccountId, PlatformName
from shared.posts.takedown import Deed

T = TypeVar("T")

ACTS = ("appeal", "decide", "hand")
BLOCK_ACTS = ("lift", "renew", "hand")


def wish_sent(sent: Fields) -> Wish:
    """A comment that is to be taken down."""
    account, platform = where_sent(sent)
    return Wish(
        account,
        platform,
        typed(sent, "comment", LONGEST_ADDRESS),
        _chosen(sent, "rule", str, "Choose the house rule it breaks. If it breaks none, leave it."),
        typed(sent, "why", LONGEST_WHY),
        _chosen(sent, "deed", Deed, "Choose what is to happen."),
        first(sent, "block") == "yes",
    )


def heard_sent(sent: Fields) -> Heard:
    """An appeal as it reached us."""
    return Heard(typed(sent, "who", LONGEST_NAME), typed(sent, "words", LONGEST_WORDS))


def choice_sent(sent: Fields) -> Choice:
    """What was decided about an appeal."""
    if first(sent, "decision") not in {UPHELD, TURNED_DOWN}:
        raise InvalidTakedownError("decision", "Choose.")
    return Choice(first(sent, "decision") == UPHELD, typed(sent, "why", LONGEST_WHY))


def deeds_sent(sent: Fields) -> Deeds:
    """What was done by hand."""
    return Deeds(
        typed(sent, "why", LONGEST_WHY),
        typed(sent, "text", LONGEST_WORDS),
        typed(sent, "author", LONGEST_NAME),
        typed(sent, "written", LONGEST_NAME),
    )


def block_sent(sent: Fields) -> keep_block.Wish:
    """Somebody who is to be blocked."""
    return keep_block.Wish(
        *where_sent(sent),
        typed(sent, "author_id", LONGEST_ADDRESS),
        typed(sent, "handle", LONGEST_NAME),
        typed(sent, "why", LONGEST_WHY),
        day_sent(sent),
    )


def where_sent(sent: Fields) -> tuple[AccountId, PlatformName]:
    """The account, and where it speaks."""
    account = first(sent, "account").strip()
    if not account:
        raise InvalidTakedownError("account", "Choose the account.")
    return AccountId(account), _chosen(sent, "platform", PlatformName, "Choose where.")


def day_sent(sent: Fields) -> date | None:
    """The day of the next look; None where none was typed."""
    given = first(sent, "review_on").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise InvalidTakedownError("review_on", "Enter a real date, like 2027-02-19.") from error


def typed(sent: Fields, name: str, longest: int) -> str:
    """The words of a field; InvalidTakedownError where there are too many of them."""
    words = lines(first(sent, name))
    if len(words) > longest:
        raise InvalidTakedownError(name, f"Say it in {longest:,} characters.")
    return words


def _chosen(sent: Fields, name: str, kind: Callable[[str], T], sentence: str) -> T:
    """What was chosen; InvalidTakedownError where nothing was."""
    value = first(sent, name)
    if not value:
        raise InvalidTakedownError(name, sentence)
    try:
        return kind(value)
    except ValueError as error:
        raise InvalidTakedownError(name, sentence) from error
