"""A morning in memory: the registry, what was begun and told, and the letters that left."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import MappingProxyType

from shared.accounts.incident import NO_INCIDENTS
from shared.accounts.silence import USUAL_WAITS
from shared.records.errors import ChangedError
from shared.records.notices import PATIENCE, Notice
from tests.builders import NOW, a_person, an_account, an_approver
from watch.morning.find_silent import Desk, find_silent
from watch.morning.tell import Post, tell
from watch.morning.who import Who

DAY = timedelta(days=1)
LIND, RAY = a_person("sgt-lind"), an_approver()


@dataclass
class Notices:
    """As `shared.records.notices`."""

    acts: list
    begun: dict = field(default_factory=dict)

    def begin(self, notice_id, act, also=()):
        found = self.begun.get(notice_id)
        if found is None:
            for write in also:
                write()
            self.begun[notice_id] = Notice(act.at, told=False)
            self.acts.append(act)
            return True
        if found.told or found.begun_at > act.at - PATIENCE:
            return False
        self.begun[notice_id] = Notice(act.at, told=False)
        return True

    def begin_each(self, notices, also=MappingProxyType({})):
        return {each for each, act in notices if self._is_ours(each, act, also.get(each, ()))}

    def _is_ours(self, notice_id, act, also):
        with suppress(ChangedError):
            return self.begin(notice_id, act, also)
        return False

    def told(self, notice_ids, now):
        for notice_id in notice_ids:
            self.begun[notice_id] = replace(self.begun[notice_id], told=True)

    def several(self, notice_ids):
        return {each: self.begun[each] for each in notice_ids if each in self.begun}


@dataclass
class Accounts:
    """As `shared.records.accounts`, as far as the morning needs it."""

    rows: dict
    acts: list

    def changing(self, before, after):
        def write():
            if self.rows[before.account_id] != before:
                raise ChangedError("account", before.account_id, "was changed by somebody else")
            self.rows[before.account_id] = after

        return [write]

    def change(self, before, after, act):
        self.changing(before, after)[0]()
        self.acts.append(act)


@dataclass
class Spoken:
    """When each account spoke last; like the real one it keeps what it found, and asks again only
    about whom that is not new enough."""

    at: dict = field(default_factory=dict)
    kept: dict = field(default_factory=dict)

    def several(self, asked, now):
        fresh = {each for each in asked if each in self.kept and self.kept[each] > asked[each]}
        self.kept |= {each: self.at[each] for each in asked.keys() - fresh if each in self.at}
        return {each: self.kept[each] for each in asked if each in self.kept}


class Morning:
    """Comes again and again, and tells what is due."""

    def __init__(self, *accounts, people=(LIND, RAY), board=NO_INCIDENTS):
        self.acts, self.letters, self.fails, self.board = [], [], None, board
        self.people = {each.person_id: each for each in people}
        rows = {each.account_id: each for each in accounts or (an_account(),)}
        self.accounts, self.notices = Accounts(rows, self.acts), Notices(self.acts)
        self.spoken = Spoken()

    def comes(self, days=0):
        now = NOW + days * DAY
        return tell(self.office(), find_silent(self.desk(), self.who(), now), now)

    def desk(self):
        return Desk(self.accounts, self.spoken, self.notices, USUAL_WAITS)

    def who(self):
        on_duty = tuple(each for each in self.people.values() if each.duty is not None)
        return Who(dict(self.accounts.rows), self.people, on_duty, self.board)

    def office(self):
        return Post(self.notices, "https://bluelamp.example", "bluelamp@force.example", self.send)

    def send(self, letter):
        if self.fails:
            raise self.fails
        self.letters.append(letter)
        return "sent"

    @property
    def happened(self):
        return [act.type for act in self.acts]

    @property
    def told(self):
        return [str(letter["To"]) for letter in self.letters]
