"""Reads what is said besides the common words: the parts of a thread, what single platforms say
instead, and the card of a link; says what is wrong with them."""

from urllib.parse import urlsplit

from shared.http.fields import Fields
from shared.http.problems import InvalidFieldsError
from shared.posts.capabilities import TITLES, Can, capabilities
from shared.posts.content import Card, Draft, Variant, whole_text
from shared.posts.errors import InvalidDraftError
from shared.posts.names import PlatformName
from shared.posts.threads import MOST_PARTS

VARIANTS, CARD, THREAD = "variants", "card", "thread"
LONGEST_TEXT, LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_URL = 70_000, 200, 300, 1_000
MOST = 20


def variants_of(fields: Fields) -> tuple[Variant, ...]:
    """Reads `variants`, an object of text by platform; an empty text is none."""
    said = fields.maybe_object(VARIANTS, most=MOST)
    inner = Fields(said)
    texts = {name: inner.text(name, longest=LONGEST_TEXT) for name in said}
    _tell(VARIANTS, inner, fields)
    return tuple(Variant(PlatformName(name), text) for name, text in texts.items() if text.strip())


def thread_of(fields: Fields) -> tuple[str, ...]:
    """Reads `thread`, the parts after the text."""
    return fields.maybe_texts(THREAD, longest=LONGEST_TEXT, most=MOST_PARTS - 1) or ()


def card_typed(card: tuple[str, str, str]) -> dict[str, str] | None:
    """What a form's three fields ask for; None where all were left empty."""
    url, title, description = card
    return {"url": url, "title": title, "description": description} if any(card) else None


def card_of(fields: Fields) -> Card | None:
    """Reads `card`, `{url, title, description}`."""
    said = fields.maybe_object(CARD, most=3)
    if not said:
        return None
    inner = Fields(said)
    card = Card(
        inner.text("url", longest=LONGEST_URL).strip(),
        inner.text("title", longest=LONGEST_TITLE).strip(),
        inner.text("description", default="", longest=LONGEST_DESCRIPTION).strip(),
    )
    _tell(CARD, inner, fields)
    return card


def _tell(name: str, inner: Fields, fields: Fields) -> None:
    """What is wrong inside of one field is told of that field."""
    try:
        inner.done()
    except InvalidFieldsError as error:
        for fault in error.faults:
            fields.wrong(name, fault.sentence)


def check_wordings(draft: Draft) -> None:
    """InvalidDraftError for words that would stand nowhere, and a card that nobody could follow."""
    for variant in draft.variants:
        if variant.platform not in draft.platforms:
            sentence = f"There are words for {variant.platform}, and the post does not go there."
            raise InvalidDraftError(VARIANTS, sentence)
    if not all(text.strip() for text in draft.thread):
        raise InvalidDraftError(THREAD, "A part of the thread is empty; leave it out.")
    if draft.card:
        _check_card(draft, draft.card)


def _check_card(draft: Draft, card: Card) -> None:
    if not _is_address(card.url):
        raise InvalidDraftError(CARD, "The card's address must begin with https:// and a name.")
    if not card.title:
        raise InvalidDraftError(CARD, "Give the card a title: what is behind the link.")
    bare = [name for name in draft.platforms if not capabilities(name).can(Can.LINK_CARD)]
    unsaid = [name for name in bare if card.url not in whole_text(draft)]
    if unsaid:
        shown = ", ".join(TITLES.get(name, name) for name in unsaid)
        sentence = f"{shown}: no card is shown there. Put its address into the words."
        raise InvalidDraftError(CARD, sentence)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    clean = url.isprintable() and " " not in url and "@" not in parts.netloc
    return parts.scheme == "https" and "." in (parts.hostname or "") and clean
