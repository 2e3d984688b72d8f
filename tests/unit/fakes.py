"""What is on record, kept in memory: a deed is tested against it in microseconds.

`Ledger` holds the rows and the acts; `posts`, `approvals` and the others answer, refuse and raise
as the repositories of `shared.records` do. `tests/records/test_fakes.py` holds them to that.
"""

import json
from dataclasses import dataclass, field, replace
from itertools import count

from shared.accounts.incident import NO_INCIDENTS, Board, Incident
from shared.accounts.registry import Account, Person, PersonStatus
from shared.mail.links import token_sha256
from shared.posts.errors import ContentChangedError, UnlawfulStepError
from shared.posts.life import ENDINGS, Outcome, State, step
from shared.posts.life import Post as PostVersion
from shared.posts.pictures import Picture
from shared.posts.threads import spelled
from shared.recordlog.leaf import leaf
from shared.records import snapshot, stopped
from shared.records.approval import (
    LEADS_TO,
    WRONG_CODES,
    Approval,
    ApprovalState,
    Asking,
    Link,
    Undelivered,
    new_approval,
)
from shared.records.errors import (
    AlreadyClaimedError,
    AlreadyDecidedError,
    AlreadyDeclaredError,
    AlreadyExistsError,
    AlreadyReviewedError,
    AmbiguousEmailError,
    ApprovalClosedError,
    BoardMovedError,
    ChangedError,
    DeadLinkError,
    KeyReusedError,
    NotFoundError,
    PostMovedError,
    PublicationMovedError,
    TakenAwayError,
    TakenError,
)
from shared.records.hold import LEADS_TO as HOLD_LEADS_TO
from shared.records.hold import Hold, Review
from shared.records.holds import Held, let_go
from shared.records.letters import Sent
from shared.records.listing import Listing
from shared.records.publication import MAY_FOLLOW, KeptReceipt, Publication, step_of


@dataclass
class Ledger:
    """Everything on record; `acts` are in the order in which they happened."""

    rows: dict = field(default_factory=dict)
    since: dict = field(default_factory=dict)
    keys: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)
    also: list = field(default_factory=list)
    proved: dict = field(default_factory=dict)
    taken_away: set = field(default_factory=set)
    policy: object = None

    def __post_init__(self):
        self.posts = Posts(self)
        self.approvals = Approvals(self)
        self.publications = Publications(self)
        self.accounts = Accounts(self)
        self.people = People(self)
        self.links = Links(self)
        self.letters = Letters(self)
        self.replacing = Replacing(self)
        self.incidents = Incidents(self)
        self.stopped = Stopped(self)
        self.holds = Holds(self)
        self.snapshots = Snapshots(self)
        self._serial = count(1)

    @property
    def happened(self):
        """The types of the acts so far."""
        return [act.type for act in self.acts]

    def record(self, act):
        """Write an act down; like the real log it takes only what can be a leaf."""
        leaf(act, f"{next(self._serial):026d}", bytes(32))
        self.acts.append(act)

    def keep(self, *entries):
        """Put entries on record as they are, as if they had always been there."""
        for entry in entries:
            self.rows[key_of(entry)] = entry
            if isinstance(entry, PostVersion):
                self.since.setdefault(key_of(entry), entry.submitted_at)
        return self

    def all(self, kind):
        """Every entry of one kind, by its key."""
        return [row for key, row in sorted(self.rows.items(), key=repr) if isinstance(row, kind)]

    def find(self, kind, *key):
        """One entry, or NotFoundError."""
        found = self.rows.get((kind, *key))
        if found is None:
            raise NotFoundError(f"{kind.__name__.lower()}s", " ".join(map(str, key)))
        return found

    def require_same_post(self, post):
        """The condition of every write that moves a post."""
        found = self.find(PostVersion, post.post_id, post.version)
        if found.content_hash != post.content_hash:
            raise ContentChangedError(post.content_hash, found.content_hash)
        if found.state is not post.state:
            raise PostMovedError(found)

    def move(self, moved, act):
        """A post in its next state."""
        self.since[key_of(moved)] = act.at
        return self.keep(moved)


def key_of(entry):
    """What an entry is found by."""
    match entry:
        case PostVersion() | Approval() | Hold():
            return type(entry), entry.post_id, entry.version
        case Publication():
            return Publication, entry.post_id, entry.version, entry.place
        case Account():
            return Account, entry.account_id
        case Incident():
            return Incident, entry.incident_id
        case Person():
            return Person, entry.person_id
        case Link():
            return Link, entry.link_hash
    raise TypeError(type(entry))


@dataclass
class Posts:
    ledger: Ledger

    def submit(self, post, act, idempotency_key=None, *, besides=(), also=()):
        before = self.heard_before(post, idempotency_key)
        if before:
            return self.get(before.post_id, before.version)
        self.require_new(post)
        self.ledger.also.extend(also)
        self.keep_new(post, idempotency_key)
        for each in (act, *besides):
            self.ledger.record(each)
        return post

    def heard_before(self, post, key):
        """The version that this key brought before; KeyReusedError for other words."""
        before = self.ledger.keys.get((post.editor or post.author, key))
        if key is None or before is None:
            return None
        if before.content_hash != post.content_hash:
            raise KeyReusedError(key)
        return before

    def require_new(self, post):
        """The condition of every write that keeps a new version."""
        if key_of(post) in self.ledger.rows:
            raise AlreadyExistsError("post", f"{post.post_id} v{post.version}")

    def keep_new(self, post, key):
        """A version that was not there, and the key that brought it."""
        self.ledger.keep(post)
        self.ledger.keys[post.editor or post.author, key] = post

    def get(self, post_id, version=None):
        if version is not None:
            return self.ledger.find(PostVersion, post_id, version)
        if not self.history(post_id):
            raise NotFoundError("post", post_id)
        return self.history(post_id)[-1]

    def history(self, post_id):
        found = [post for post in self.ledger.all(PostVersion) if post.post_id == post_id]
        return tuple(sorted(found, key=lambda post: post.version))

    def move(
        self,
        post,
        to,
        act,
        *,
        reason=None,
        findings=None,
        policy_version=None,
        second_reader=None,
        incident=None,
    ):
        moved = replace(
            post,
            state=step(post.state, to),
            reason=post.reason if reason is None else reason,
            findings=post.findings if findings is None else tuple(map(dict, findings)),
            policy_version=policy_version or post.policy_version,
            second_reader=second_reader or post.second_reader,
            incident=incident or post.incident,
        )
        self.ledger.require_same_post(post)
        self.ledger.move(moved, act).record(act)
        return moved

    def note(self, post, checked, act):
        self.ledger.require_same_post(post)
        self.ledger.move(replace(checked, state=post.state), act).record(act)
        return checked

    def stalled(self, before):
        rests = ENDINGS | {State.HELD, State.UNCERTAIN}
        waiting = [post for post in self.ledger.all(PostVersion) if post.state not in rests]
        return tuple(post for post in waiting if self._since(post) < before)

    def _since(self, post):
        since = self.ledger.since[key_of(post)]
        if post.state is State.CLEARED and post.draft.not_before:
            return max(since, post.draft.not_before)
        return since


@dataclass
class Approvals:
    ledger: Ledger

    def open(self, post, first, act):
        waits = post
        if post.state is not State.AWAITING_APPROVAL:
            waits = replace(post, state=step(post.state, State.AWAITING_APPROVAL))
        if (Approval, post.post_id, post.version) in self.ledger.rows:
            return self.renew(self.get(post.post_id, post.version), first, act)
        self.ledger.require_same_post(post)
        approval = new_approval(post, first, act.at)
        self.ledger.move(waits, act).keep(approval, *first.links).record(act)
        return approval

    def renew(self, approval, again, act):
        found = self.get(approval.post_id, approval.version)
        asking = {
            "round": again.number,
            "asked": again.asked,
            "ends_at": again.ends_at,
            "task_token": again.task_token,
            "askings": (*approval.askings, Asking(again.number, again.asked, act.at)),
            "letters": tuple(link.link_hash for link in again.links),
            "others": again.others,
        }
        if found.state is ApprovalState.PENDING and approval.state is ApprovalState.PENDING:
            self.ledger.keep(replace(found, **asking), *again.links).record(act)
            return replace(approval, **asking)
        if found.ruling is None:
            raise ApprovalClosedError(found.name, found.state)
        handed = replace(found, task_token=again.task_token, delivered=False)
        self.ledger.keep(handed)
        return handed

    def get(self, post_id, version):
        return self.ledger.find(Approval, post_id, version)

    def decide(self, post, approval, ruling, act):
        decided = replace(approval, state=ApprovalState.DECIDED, ruling=ruling, delivered=False)
        self._close(post, decided, LEADS_TO[ruling.decision], ruling.reason, act)
        return decided

    def edit(self, post, approval, ruling, newer, acts):
        decided = replace(approval, state=ApprovalState.DECIDED, ruling=ruling, delivered=False)
        self._close(post, decided, LEADS_TO[ruling.decision], ruling.reason, acts[0], newer)
        self.ledger.keep(newer).record(acts[1])
        return decided

    def expire(self, post, approval, act):
        expired = replace(approval, state=ApprovalState.EXPIRED)
        self._close(post, expired, State.EXPIRED, act.reason, act)
        return expired

    def void(self, post, approval, act):
        void = replace(approval, state=ApprovalState.VOID)
        self._close(post, void, State.FAILED, act.reason, act)
        return void

    def delivered(self, approval):
        found = self.get(approval.post_id, approval.version)
        if found.task_token != approval.task_token:
            raise ChangedError("approval", approval.name, "was asked again")
        self.ledger.keep(replace(found, delivered=True))
        return replace(approval, delivered=True)

    def undelivered(self, before):
        return tuple(
            approval
            for approval in self.ledger.all(Approval)
            if approval.told
            and not approval.delivered
            and (approval.taken_back or approval.ruling).at < before
        )

    def _close(self, post, closed, to, reason, act, newer=None):
        moved = replace(post, state=step(post.state, to), reason=reason or post.reason)
        found = self.get(closed.post_id, closed.version)
        if found.ruling is not None and found.taken_back is None:
            ruling = found.ruling
            raise AlreadyDecidedError(found.name, ruling.by, ruling.at, ruling.decision)
        if found.content_hash != closed.content_hash:
            raise ContentChangedError(closed.content_hash, found.content_hash)
        if found.state is not ApprovalState.PENDING:
            raise ApprovalClosedError(found.name, found.state)
        self.ledger.require_same_post(post)
        if newer is not None:
            self.ledger.posts.require_new(newer)
        kept = replace(found, state=closed.state, ruling=closed.ruling, delivered=False)
        self.ledger.move(moved, act).keep(kept).record(act)


@dataclass
class Replacing:
    ledger: Ledger

    def supersede(self, standing, newer, back, acts, idempotency_key=None, *, also=()):
        after, posts = standing.after(back), self.ledger.posts
        before = posts.heard_before(newer, idempotency_key)
        if before:
            return posts.get(before.post_id, before.version), None
        posts.require_new(newer)
        self._require_same(standing)
        self.ledger.also.extend(also)
        posts.keep_new(newer, idempotency_key)
        return newer, self._close(after, acts)

    def withdraw(self, standing, back, reason, acts):
        after = standing.after(back)
        self._require_same(standing)
        return self._close(replace(after, post=replace(after.post, reason=reason)), acts)

    def _require_same(self, standing):
        self.ledger.require_same_post(standing.post)
        if standing.approval:
            found = self.ledger.approvals.get(standing.post.post_id, standing.post.version)
            if found.state is not standing.approval.state:
                raise ApprovalClosedError(found.name, found.state)
        if standing.hold:
            self.ledger.holds.require_waiting(standing.hold)

    def _close(self, after, acts):
        self.ledger.move(after.post, acts[0])
        if void := after.approval:
            found = self.ledger.approvals.get(void.post_id, void.version)
            changed = {"taken_back": void.taken_back, "delivered": void.delivered}
            self.ledger.keep(replace(found, state=void.state, **changed))
        if after.hold:
            self.ledger.keep(after.hold)
        for act in acts:
            self.ledger.record(act)
        return after


@dataclass
class Publications:
    ledger: Ledger

    def claim(self, post, frozen, act, *, generation=0, after=None):
        claimed = Publication(
            post_id=post.post_id,
            version=post.version,
            platform=frozen.platform,
            account=post.draft.account,
            content_hash=post.content_hash,
            state=Outcome.PENDING,
            key=frozen.key,
            request=json.loads(json.dumps(frozen.request)),
            attempts=1,
            claimed_at=act.at,
            attempted_at=act.at,
            trail=(step_of(act),),
            part=after.part + 1 if after else 1,
        )
        if key_of(claimed) in self.ledger.rows:
            raise AlreadyClaimedError(self.ledger.rows[key_of(claimed)])
        if after and (found := self.ledger.rows[key_of(after)]).state is not Outcome.SENT:
            raise PublicationMovedError(found)
        self._pass_the_gate(generation)
        self._require_standing(post)
        self.ledger.keep(claimed).record(act)
        return claimed

    def never(self, post, frozen, act, reason, *, after=None):
        never = Publication(
            post_id=post.post_id,
            version=post.version,
            platform=frozen.platform,
            account=post.draft.account,
            content_hash=post.content_hash,
            state=Outcome.FAILED,
            key=frozen.key,
            request={},
            attempts=0,
            claimed_at=act.at,
            attempted_at=act.at,
            settled_at=act.at,
            reason=reason,
            trail=(step_of(act),),
            part=after.part + 1 if after else 1,
        )
        if key_of(never) in self.ledger.rows:
            raise AlreadyClaimedError(self.ledger.rows[key_of(never)])
        self.ledger.keep(never).record(act)
        return never

    def settle(
        self, publication, to, act, *, receipt=None, reason=None, named=None, disputed=False
    ):
        kept = receipt and KeptReceipt(
            receipt.platform_id, receipt.url, receipt.text, receipt.proof
        )
        settled = replace(
            publication,
            state=_lawful(publication.state, to),
            settled_at=act.at,
            named=named or publication.named,
            receipt=kept or publication.receipt,
            reason=reason,
            trail=publication.and_then(act),
        )
        self._require_same(publication)
        shown_as = receipt.platform_id if receipt else named
        if shown_as and not disputed:
            self._prove_ours(settled, shown_as)
        return self._change(publication, settled, act)

    def attempt(self, publication, act, *, generation=0):
        if publication.state is not Outcome.PENDING:
            _lawful(publication.state, Outcome.PENDING)
        again = replace(
            publication,
            state=Outcome.PENDING,
            attempts=publication.attempts + 1,
            attempted_at=act.at,
            settled_at=None,
            reason=None,
            trail=publication.and_then(act),
        )
        self._require_same(publication)
        self._pass_the_gate(generation)
        self._require_standing(publication)
        return self._change(publication, again, act)

    def looked(self, publication, act, reason):
        after = replace(publication, reason=reason, trail=publication.and_then(act))
        return self._change(publication, after, act)

    def _require_standing(self, of):
        if (of.post_id, of.version) in self.ledger.taken_away:
            raise TakenAwayError("post", of.post_id, "is being taken away")

    def _pass_the_gate(self, generation):
        if self.ledger.incidents.board().generation != generation:
            raise BoardMovedError(generation)

    def get(self, post_id, version, platform, part=1):
        return self.ledger.find(Publication, post_id, version, spelled(platform, part))

    def of(self, post_id, version):
        found = sorted(self.ledger.all(Publication), key=lambda p: (p.platform, p.part))
        return tuple(p for p in found if (p.post_id, p.version) == (post_id, version))

    def _require_same(self, before):
        found = self.ledger.rows[key_of(before)]
        if (found.state, found.attempts) != (before.state, before.attempts):
            raise PublicationMovedError(found)

    def _prove_ours(self, publication, platform_id):
        """A platform's post is one publication's, and no other's."""
        shown_as = f"{publication.platform}/{publication.account}/{platform_id}"
        owner = publication.post_id, publication.version, publication.part
        if self.ledger.proved.setdefault(shown_as, owner) != owner:
            raise TakenError(platform_id)

    def _change(self, before, after, act):
        self._require_same(before)
        self.ledger.keep(after).record(act)
        return after


@dataclass
class Holds:
    ledger: Ledger

    def open(self, post, hold, act):
        held = replace(
            post,
            state=step(post.state, State.HELD),
            reason=act.reason or post.reason,
            incident=hold.incident or post.incident,
        )
        before = self.find(hold.post_id, hold.version)
        if before and before.waits:
            raise AlreadyExistsError("hold", hold.name)
        self.ledger.require_same_post(post)
        self.ledger.move(held, act).keep(hold).record(act)
        return held

    def renew(self, hold, task_token):
        found = self.get(hold.post_id, hold.version)
        if found.held_at != hold.held_at:
            raise ChangedError("hold", hold.name, "was made anew")
        renewed = replace(found, task_token=task_token, delivered=False)
        self.ledger.keep(renewed)
        return renewed

    def get(self, post_id, version):
        return self.ledger.find(Hold, post_id, version)

    def find(self, post_id, version):
        return self.ledger.rows.get((Hold, post_id, version))

    def review(self, post, hold, ruling, act):
        reviewed = replace(hold, ruling=ruling, delivered=False)
        if ruling.decision is Review.RELEASE:
            moved = let_go(post, hold, ruling.at)
        else:
            to = post.state if hold.partly else step(post.state, HOLD_LEADS_TO[ruling.decision])
            moved = replace(post, state=to, reason=ruling.reason or post.reason)
        self._close(post, reviewed, moved, act)
        return reviewed

    def expire(self, post, hold, act, to=State.EXPIRED):
        stays = hold.partly and to is State.EXPIRED
        state = post.state if stays else step(post.state, to)
        ended = replace(post, state=state, reason=act.reason or post.reason)
        self._close(post, replace(hold, over=True), ended, act)
        return ended

    def require_waiting(self, hold):
        """The condition of every write that ends a hold."""
        found = self.get(hold.post_id, hold.version)
        if found.waits and (found.held_at, found.content_hash) == (hold.held_at, hold.content_hash):
            return
        if found.ruling is not None:
            raise AlreadyReviewedError(found, found.ruling)
        if found.content_hash != hold.content_hash:
            raise ContentChangedError(hold.content_hash, found.content_hash)
        raise ChangedError("hold", found.name, "is over, or was made anew")

    def delivered(self, hold):
        found = self.get(hold.post_id, hold.version)
        if found.task_token != hold.task_token:
            raise ChangedError("hold", hold.name, "was made anew")
        self.ledger.keep(replace(found, delivered=True))
        return replace(hold, delivered=True)

    def undelivered(self, before):
        return tuple(
            hold
            for hold in self.ledger.all(Hold)
            if hold.ruling and not hold.delivered and hold.ruling.at < before
        )

    def queue(self, cursor=None, limit=20):
        waiting = sorted((h for h in self.ledger.all(Hold) if h.waits), key=lambda h: h.held_at)
        posts = self.ledger.posts
        shown = [Held(hold, posts.get(hold.post_id, hold.version)) for hold in waiting]
        return Listing(tuple(shown[:limit]), None)

    def _close(self, post, closed, moved, act):
        self.require_waiting(closed)
        self.ledger.require_same_post(post)
        found = self.get(closed.post_id, closed.version)
        kept = replace(found, ruling=closed.ruling, over=closed.over, delivered=False)
        self.ledger.move(moved, act).keep(kept).record(act)


def _lawful(now, wanted):
    if wanted not in MAY_FOLLOW[now]:
        raise UnlawfulStepError(now.value, wanted.value)
    return wanted


@dataclass
class Accounts:
    ledger: Ledger

    def get(self, account_id):
        return self.ledger.find(Account, account_id)

    def all(self):
        return tuple(self.ledger.all(Account))


@dataclass
class People:
    ledger: Ledger

    def get(self, person_id):
        return self.ledger.find(Person, person_id)

    def all(self):
        return tuple(sorted(self.ledger.all(Person), key=lambda person: person.person_id))

    def by_email(self, email):
        found = [p for p in self.ledger.all(Person) if p.email.casefold() == email.casefold()]
        if not found:
            raise NotFoundError("person", email)
        if len(found) > 1:
            raise AmbiguousEmailError(email, tuple(person.person_id for person in found))
        return found[0]

    def change(self, before, after, act):
        if self.ledger.rows.get((Person, before.person_id)) != before:
            raise ChangedError("person", before.person_id, "was changed by somebody else")
        self.ledger.keep(after).record(act)

    def on_duty(self):
        people = self.ledger.all(Person)
        able = [p for p in people if p.status is PersonStatus.ACTIVE and p.duty is not None]
        return tuple(sorted(able, key=lambda person: person.duty))


@dataclass
class Links:
    ledger: Ledger

    def find(self, secret):
        return self.ledger.find(Link, token_sha256(secret))

    def wrong_code(self, link):
        found = self.ledger.find(Link, link.link_hash)
        if found.void:
            raise DeadLinkError
        wrong = found.wrong_codes + 1
        counted = replace(found, wrong_codes=wrong, void=wrong >= WRONG_CODES)
        self.ledger.keep(counted)
        return counted

    def void_with(self, link, act, pen):
        if self.ledger.find(Link, link.link_hash).void:
            raise DeadLinkError
        self.ledger.keep(replace(link, void=True)).record(act)


@dataclass
class Letters:
    """What was told of letters; each is found by the hash of its link."""

    ledger: Ledger

    def find(self, link_hash):
        return self.ledger.find(Link, link_hash)

    def of(self, approval):
        found = [self.ledger.rows.get((Link, link_hash)) for link_hash in approval.letters]
        return tuple(link for link in found if link)

    def delivered(self, link_hash, at):
        link = self.ledger.rows.get((Link, link_hash))
        if link is None or link.delivered_at:
            return False
        self.ledger.keep(replace(link, delivered_at=at))
        return True

    def undelivered(self, link, approval, why, act):
        found, silent = self.find(link.link_hash), why is Undelivered.SILENCE
        told = (None,) if silent else (None, Undelivered.SILENCE)
        if found.undelivered not in told or (silent and found.delivered_at):
            raise DeadLinkError
        asked = self.ledger.find(Approval, approval.post_id, approval.version)
        if asked.state is not ApprovalState.PENDING:
            raise ApprovalClosedError(asked.name, asked.state)
        marked = replace(found, undelivered=why, void=link.void or not silent)
        noted = replace(asked, unreached=asked.unreached | {link.person_id})
        self.ledger.keep(marked, noted).record(act)
        return replace(link, undelivered=why, void=marked.void)

    def waiting(self, before):
        return tuple(
            Sent(
                approval,
                self.ledger.posts.get(approval.post_id, approval.version),
                self.of(approval),
            )
            for approval in self.ledger.all(Approval)
            if approval.state is ApprovalState.PENDING and approval.opened_at < before
        )


@dataclass
class Incidents:
    """The board is kept as the real one keeps it; `notes` holds how far somebody's work came."""

    ledger: Ledger
    on_board: Board = NO_INCIDENTS
    notes: dict = field(default_factory=dict)

    def board(self):
        return self.on_board

    def get(self, incident_id):
        return self.ledger.find(Incident, incident_id)

    def all(self, cursor=None, limit=20):
        found = sorted(self.ledger.all(Incident), key=lambda i: i.incident_id, reverse=True)
        return Listing(tuple(found[:limit]), None)

    def declare(self, incident, act):
        if standing := self.on_board.same_reach(incident):
            raise AlreadyDeclaredError(standing)
        if key_of(incident) in self.ledger.rows:
            raise AlreadyExistsError("incident", incident.incident_id)
        self._change(incident, act)
        return incident

    def stand_down(self, before, after, act):
        return self._swap(before, after, act)

    def exempt(self, before, after, act):
        return self._swap(before, after, act)

    def told(self, incident, telling, act):
        after = replace(incident, tellings=(*incident.tellings, telling))
        found = self.get(incident.incident_id)
        if found.tellings != incident.tellings:
            raise ChangedError("incident", incident.incident_id, "was told of by somebody else")
        self.ledger.keep(replace(found, tellings=after.tellings)).record(act)
        return after

    def progress(self, key):
        return self.notes.get(key)

    def go_on(self, key, before, after):
        if self.notes.get(key) != before:
            raise ChangedError("work", key, "was gone on with by another worker")
        self.notes[key] = after

    def _swap(self, before, after, act):
        found = self.get(before.incident_id)
        if replace(found, tellings=()) != replace(before, tellings=()):
            raise ChangedError("incident", before.incident_id, "was changed by somebody else")
        self._change(replace(after, tellings=found.tellings), act)
        return after

    def _change(self, incident, act):
        self.on_board = self.on_board.with_incident(incident, act.at)
        self.ledger.keep(incident).record(act)


@dataclass
class Stopped(stopped.Stopped):
    """What an incident stopped; what was in flight is judged as the real one judges it."""

    ledger: Ledger

    def by(self, incident_id):
        posts = [p for p in self.ledger.all(PostVersion) if p.incident == incident_id]
        find = self.ledger.holds.find
        return tuple(stopped.Stop(post, find(post.post_id, post.version)) for post in posts)

    def under_way(self):
        over = ENDINGS | {State.HELD}
        return tuple(post for post in self.ledger.all(PostVersion) if post.state not in over)

    def on_hold(self):
        return tuple(p for p in self.ledger.all(PostVersion) if p.state is State.HELD)

    def in_flight(self, posts, at):
        meant = {(post.post_id, post.version) for post in posts}
        found = [p for p in self.ledger.all(Publication) if (p.post_id, p.version) in meant]
        return tuple(target for target in found if stopped.was_in_flight(target, at))


@dataclass
class Entrances:
    """Sessions that were opened, by their token, and what signing out ended."""

    ledger: Ledger
    open_now: dict = field(default_factory=dict)

    def open(self, token, person_id, expires_at, act):
        self.open_now[token] = (person_id, act.at, expires_at)
        self.ledger.record(act)

    def close(self, token, person_id, act):
        kept = {t: held for t, held in self.open_now.items() if held[0] != person_id}
        self.open_now = {t: held for t, held in kept.items() if t != token}
        self.ledger.record(act)


class Snapshots(snapshot.Snapshots):
    """Reads as the real one does; what it makes of what it read is the real one's own."""

    def __init__(self, ledger):
        self.ledger = ledger

    def read(
        self,
        *,
        posts=(),
        approvals=(),
        accounts=(),
        people=(),
        publications=(),
        pictures=(),
        windows=(),
        board=False,
        policy=False,
    ):
        def among(kind, keys):
            found = {key: self.ledger.rows.get((kind, *key)) for key in keys}
            return {key: row for key, row in found.items() if row is not None}

        def single(kind, keys):
            return {key[0]: row for key, row in among(kind, [(k,) for k in keys]).items()}

        return snapshot.Snapshot(
            among(PostVersion, posts),
            among(Approval, approvals),
            single(Account, accounts),
            single(Person, people),
            among(Publication, publications),
            self.ledger.incidents.board() if board else NO_INCIDENTS,
            self.ledger.policy if policy else None,
            single(Picture, pictures),
        )


@dataclass
class Conductor:
    """The executions: which were started, which tokens were answered, and what goes wrong."""

    started: list = field(default_factory=list)
    delivered: list = field(default_factory=list)
    given_up: list = field(default_factory=list)
    telling: list = field(default_factory=list)
    fault: Exception | None = None

    def tell(self, incident_id, event):
        if self.fault:
            raise self.fault
        self.telling.append((incident_id, event))

    def start(self, post_id, version):
        if self.fault:
            raise self.fault
        self.started.append((post_id, version))

    def decided(self, task_token, decision):
        if self.fault:
            raise self.fault
        self.delivered.append((task_token, decision))

    def give_up(self, task_token, error, cause):
        if self.fault:
            raise self.fault
        self.given_up.append((task_token, error))
