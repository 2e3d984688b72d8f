"""Signs of spam (policy F04): each alone may be anybody's, together they are not."""

import re
from collections.abc import Iterator

from shared.followers.someone import Someone

SOLD = re.compile(
    r"\b(?:forex|crypto\s?(?:signals|investment)|giveaway|casino|betting tips|onlyfans|"
    r"followers for sale|buy followers|double your|(?:dm|whatsapp)(?: me)? (?:for|to)|18\+)",
    re.IGNORECASE,
)
"""What is offered where nobody asked; counts twice, for hardly anybody else says so."""

OFFERED = re.compile(
    r"forex|crypto|giveaway|casino|betting tips|onlyfans|followers for sale|buy followers|"
    r"double your|dm (?:me )?(?:for|to)|whatsapp (?:me )?(?:for|to)|18\+"
)
"""What every offer holds once it is in small letters; of most people nothing else is asked."""

TAKEN_FOR_I = "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "\N{LATIN SMALL LETTER DOTLESS I}"
"""Letters that a pattern takes for others, and that small letters do not make the same."""

NUMBERED = re.compile(r"[a-z]{2}[a-z_.-]*\d{6,}$", re.IGNORECASE)
LINK = re.compile(r"https?://|\bt\.me/|\bbit\.ly/", re.IGNORECASE)
LONGEST_LOOK = 2_000
MANY = 200


def signs(someone: Someone) -> Iterator[tuple[str, int]]:
    """What looks like spam, each as the end of “it …”, and how much it counts."""
    said = f"{someone.name}\n{someone.about}"[:LONGEST_LOOK]
    if is_offer(said):
        yield "offers what spam offers", 2
    if is_numbered(someone.handle.partition("@")[0].partition(".")[0]):
        yield "has a name that ends in a long number", 1
    if not someone.about.strip() and not someone.name.strip():
        yield "says nothing about itself", 1
    if someone.posts == 0 and (someone.follows or 0) >= MANY:
        yield f"follows {someone.follows:,} and never posted", 1
    if "/" in someone.name and LINK.search(someone.name):
        yield "has a link for a name", 1


def is_offer(said: str) -> bool:
    """Whether something is offered as spam offers it."""
    plain = not any(each in said for each in TAKEN_FOR_I)
    if plain and not OFFERED.search(said.casefold()):
        return False
    return SOLD.search(said) is not None


def is_numbered(name: str) -> bool:
    """Whether a name ends in a long number."""
    return name.rstrip("\n")[-6:].isdecimal() and NUMBERED.search(name) is not None
