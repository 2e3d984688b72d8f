"""What of the force the registry's rules need to know; the settings of a verb give it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Force:
    """`domain` is where work e-mail lives (`moorshire.police.example`); the force's web pages are
    on it or below it.
    """

    domain: str
