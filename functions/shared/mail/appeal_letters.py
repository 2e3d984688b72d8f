"""The letters about appeals of ours; what an appeal says stands behind their links only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AppealEnding:
    """To whoever looks after an appeal: its `last_day` is tomorrow, or `today`."""

    addressee: str
    account_title: str
    last_day: str
    today: bool
    link: str


@dataclass(frozen=True)
class AppealsOverdue:
    """To an approver on duty: appeals that are past their last day, or over, and that nobody has
    closed, each in a line without its words; `link` leads to them."""

    addressee: str
    appeals: tuple[str, ...]
    link: str
