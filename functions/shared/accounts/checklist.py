"""What the page of an account must show before it speaks (policy.md A13–A18, G25, C07, A10).

The registrar ticks an item when they have seen it on the page; nothing here looks at a platform.
The "ten things" that a team does week by week (events, appeals, answers) are its work, and are
measured elsewhere; these are the ones that are there from the first day or not at all.
"""

from enum import StrEnum


class Item(StrEnum):
    """One thing to be seen on an account's page; `asks` says it as a person would."""

    PHOTO = "photo"
    BIOGRAPHY = "biography"
    CONTACT_DETAILS = "contact_details"
    NOT_FOR_EMERGENCIES = "not_for_emergencies"
    FORCE_LINK = "force_link"
    LISTED_BACK = "listed_back"
    HOUSE_RULES = "house_rules"
    TAKEDOWN_POLICY = "takedown_policy"
    LEVELS_LINKED = "levels_linked"
    NAMES_RESERVED = "names_reserved"
    USEFUL_LINKS = "useful_links"
    QUESTIONS_ANSWERED = "questions_answered"


ASKS: dict[Item, str] = {
    Item.PHOTO: "The page has a photograph of the team, or the crest (A17).",
    Item.BIOGRAPHY: "The biography says who speaks and for which area (A17).",
    Item.CONTACT_DETAILS: "Telephone and e-mail are on the page, or a link to them (A18, T09).",
    Item.NOT_FOR_EMERGENCIES: "The page says to ring 999 or 101, not to write here (N26).",
    Item.FORCE_LINK: "The page links to its page on the force website (A13).",
    Item.LISTED_BACK: "The force website lists the account (A14).",
    Item.HOUSE_RULES: "How the account is used, and when it answers, is published (G25).",
    Item.TAKEDOWN_POLICY: "Which comments and pictures are not permitted is published (C07).",
    Item.LEVELS_LINKED: "The page and the page of the level above link to each other (A21).",
    Item.NAMES_RESERVED: "Alternative names are registered on each platform (A19).",
    Item.USEFUL_LINKS: "Useful local and partner links are on the page (T05).",
    Item.QUESTIONS_ANSWERED: "The common questions are answered on the page (T11).",
}
"""What the registrar looks for, item by item, with where the force says so."""

ADVISED = frozenset({Item.NAMES_RESERVED, Item.USEFUL_LINKS, Item.QUESTIONS_ANSWERED})
"""Good to have; an account may speak without them."""

REQUIRED = frozenset(Item) - ADVISED
"""Without these an account may not become active."""
