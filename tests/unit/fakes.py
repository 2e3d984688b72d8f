"""What is on record, kept in memory: a deed is tested against it in microseconds.

`Ledger` holds the rows and the acts; `posts`, `approvals` and the others answer, refuse and raise
as the repositories of `shared.records` do. `tests/records/test_fakes.py` holds them to that.
"""

import json
from dataclasses import dataclass, field, replace
from itertools import count

from shared.accounts.registry import Account, Person, PersonStatus
from shared.mail.links import token_sha256
from shared.posts.errors import ContentChangedError, UnlawfulStepError
from shared.posts.life import ENDINGS, Outcome, State, step
from shared.posts.life import Post as PostVersion
from shared.recordlog.leaf import leaf
from shared.records import snapshot
from shared.records.approval import (
    LEADS_TO,
    WRONG_CODES,
    Approval,
    ApprovalState,
    Link,
    new_approval,
)
from shared.records.errors import (
    AlreadyClaimedError,
    AlreadyDecidedError,
    AlreadyExistsError,
    AmbiguousEmailError,
    ApprovalClosedError,
    ChangedError,
    DeadLinkError,
    KeyReusedError,
    NotFoundError,
    PostMovedError,
    PublicationMovedError,
)
from shared.records.publication import MAY_FOLLOW, KeptReceipt, Publication


@dataclass
class Ledger:
    """Everything on record; `acts` are in the order in which they happened."""

    rows: dict = field(default_factory=dict)
    since: dict = field(default_factory=dict)
    keys: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)

    def __post_init__(self):
        self.posts = Posts(self)
        self.approvals = Approvals(self)
        self.publications = Publications(self)
        self.accounts = Accounts(self)
        self.people = People(self)
        self.links = Links(self)
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
        case PostVersion() | Approval():
            return type(entry), entry.post_id, entry.version
        case Publication():
            return Publication, entry.post_id, entry.version, entry.platform
        case Account():
            return Account, entry.account_id
        case Person():
            return Person, entry.person_id
        case Link():
            return Link, entry.link_hash
    raise TypeError(type(entry))


@dataclass
class Posts:
    ledger: Ledger

    def submit(self, post, act, idempotency_key=None):
        before = self.ledger.keys.get((post.author, idempotency_key))
        if idempotency_key is not None and before:
            if before.content_hash != post.content_hash:
                raise KeyReusedError(idempotency_key)
            return self.get(before.post_id, before.version)
        if key_of(post) in self.ledger.rows:
            raise AlreadyExistsError("post", f"{post.post_id} v{post.version}")
        self.ledger.keep(post).record(act)
        self.ledger.keys[post.author, idempotency_key] = post
        return post

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
        self, post, to, act, *, reason=None, findings=None, policy_version=None, second_reader=None
    ):
        moved = replace(
            post,
            state=step(post.state, to),
            reason=post.reason if reason is None else reason,
            findings=post.findings if findings is None else tuple(map(dict, findings)),
            policy_version=policy_version or post.policy_version,
            second_reader=second_reader or post.second_reader,
        )
        self.ledger.require_same_post(post)
        self.ledger.move(moved, act).record(act)
        return moved

    def note(self, post, checked, act):
        self.ledger.require_same_post(post)
        self.ledger.move(replace(checked, state=post.state), act).record(act)
        return checked

    def stalled(self, before):
        waiting = [post for post in self.ledger.all(PostVersion) if post.state not in ENDINGS]
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
            if approval.ruling and not approval.delivered and approval.ruling.at < before
        )

    def _close(self, post, closed, to, reason, act):
        moved = replace(post, state=step(post.state, to), reason=reason or post.reason)
        found = self.get(closed.post_id, closed.version)
        if found.ruling is not None:
            ruling = found.ruling
            raise AlreadyDecidedError(found.name, ruling.by, ruling.at, ruling.decision)
        if found.content_hash != closed.content_hash:
            raise ContentChangedError(closed.content_hash, found.content_hash)
        if found.state is not ApprovalState.PENDING:
            raise ApprovalClosedError(found.name, found.state)
        self.ledger.require_same_post(post)
        kept = replace(found, state=closed.state, ruling=closed.ruling, delivered=False)
        self.ledger.move(moved, act).keep(kept).record(act)


@dataclass
class Publications:
    ledger: Ledger

    def claim(self, post, frozen, act):
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
        )
        if key_of(claimed) in self.ledger.rows:
            raise AlreadyClaimedError(self.ledger.rows[key_of(claimed)])
        self.ledger.keep(claimed).record(act)
        return claimed

    def settle(self, publication, to, act, *, receipt=None, reason=None):
        kept = receipt and KeptReceipt(
            receipt.platform_id, receipt.url, receipt.text, receipt.proof
        )
        settled = replace(
            publication,
            state=_lawful(publication.state, to),
            settled_at=act.at,
            receipt=kept or publication.receipt,
            reason=reason,
        )
        return self._change(publication, settled, act)

    def attempt(self, publication, act):
        if publication.state is not Outcome.PENDING:
            _lawful(publication.state, Outcome.PENDING)
        again = replace(
            publication,
            state=Outcome.PENDING,
            attempts=publication.attempts + 1,
            settled_at=None,
            reason=None,
        )
        return self._change(publication, again, act)

    def get(self, post_id, version, platform):
        return self.ledger.find(Publication, post_id, version, platform)

    def of(self, post_id, version):
        found = self.ledger.all(Publication)
        return tuple(p for p in found if (p.post_id, p.version) == (post_id, version))

    def _change(self, before, after, act):
        found = self.ledger.rows[key_of(before)]
        if (found.state, found.attempts) != (before.state, before.attempts):
            raise PublicationMovedError(found)
        self.ledger.keep(after).record(act)
        return after


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

    def read(self, *, posts=(), approvals=(), accounts=(), people=(), publications=()):
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
        )


@dataclass
class Conductor:
    """The executions: which were started, which tokens were answered, and what goes wrong."""

    started: list = field(default_factory=list)
    delivered: list = field(default_factory=list)
    fault: Exception | None = None

    def start(self, post_id, version):
        if self.fault:
            raise self.fault
        self.started.append((post_id, version))

    def decided(self, task_token, decision):
        if self.fault:
            raise self.fault
        self.delivered.append((task_token, decision))
