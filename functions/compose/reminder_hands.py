"""Who may do what with a reminder, and whose it is then.

Its posts are its author's; whoever of the centre changes it is their last editor, so that neither
of the two decides about them. Where its author may not post any more, somebody of the team takes it
over.
"""

from dataclasses import dataclass
from datetime import datetime

from compose.errors import MayNotChangeError, MayNotPostError
from compose.keep_up import SeriesDesk
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may, may_post
from shared.posts.names import PersonId
from shared.posts.series import Reminder

NOT_YOURS = "Only its author or communications change this reminder. Make one of your own."


def may_keep(person: Person, account: Account) -> bool:
    """Whether somebody may do anything with the reminders of an account, whatever its state."""
    in_team = person.person_id in account.team or may(person, Right.WRITE_FOR_ANY).allowed
    return in_team and may(person, Right.WRITE).allowed


def may_change(reminder: Reminder, person: Person, account: Account, author: Person | None) -> bool:
    """Its author, the centre, and where its author may not post any more the whole team."""
    if person.person_id == reminder.author or _lost(author, account):
        return may_keep(person, account)
    return may(person, Right.WRITE_FOR_ANY).allowed


@dataclass(frozen=True)
class Keeper:
    """Who keeps a series, for which account, with what, and when."""

    person: Person
    account: Account
    desk: SeriesDesk
    now: datetime

    def check_posts(self) -> None:
        """MayNotPostError unless they may post for the account now."""
        answer = may_post(self.person, self.account)
        if not answer.allowed:
            raise MayNotPostError(answer.reason)

    def check_stops(self) -> None:
        """The same, but that a series may be stopped whatever state its account is in."""
        if not may_keep(self.person, self.account):
            raise MayNotPostError(may_post(self.person, self.account).reason)

    def author_of(self, reminder: Reminder) -> Person | None:
        """Its author, if the registry has them."""
        if reminder.author == self.person.person_id:
            return self.person
        read = self.desk.desk.files.snapshots.read
        return read(people=[reminder.author]).people.get(reminder.author)

    def taking(self, reminder: Reminder) -> PersonId:
        """Whose it is once they have a hand in it. MayNotPostError, MayNotChangeError."""
        self.check_posts()
        author = self.author_of(reminder)
        if not may_change(reminder, self.person, self.account, author):
            raise MayNotChangeError(NOT_YOURS)
        return self.person.person_id if _lost(author, self.account) else reminder.author


def _lost(author: Person | None, account: Account) -> bool:
    return author is None or not may_post(author, account).allowed
