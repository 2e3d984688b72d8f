"""What the pages of the newsletter are filled with; strangers see them, so they know nobody."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NewsletterView:
    """One page: a sentence, and a form where something can be done. `button` is its words; with
    `asks` it has a field for an address, `typed` is what was typed and `error` what is wrong."""

    title: str
    sentence: str
    address: str = ""
    button: str | None = None
    asks: bool = False
    typed: str = ""
    error: str | None = None
